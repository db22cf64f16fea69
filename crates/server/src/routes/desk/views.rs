//! Selections of the queue that an editor gave a name: theirs alone.

use axum::{
    body::Bytes,
    extract::{Path, State, rejection::BytesRejection},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use uuid::Uuid;
use weerklank_api::desk::{
    queue::Query,
    views::{Entry, Request, Response as Views},
};
use weerklank_domain::{
    desk::{Act, limits},
    one_line,
};
use weerklank_store::ViewKept;

use super::{MAX_BODY, told};
use crate::{
    app::App,
    auth::SignedIn,
    problem::Problem,
    routes::{
        answer::{self, ApiResult},
        json::{private, read},
    },
};

/// One's own.
pub async fn list(State(app): State<App>, signed: SignedIn) -> ApiResult<Response> {
    all(&app, signed.may(Act::Curate)?.id).await
}

/// Keeps one; answers with all.
pub async fn keep(
    State(app): State<App>,
    signed: SignedIn,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> ApiResult<Response> {
    let editor = signed.may(Act::Curate)?.id;
    let (request, _) = read::<Request>(&headers, body, MAX_BODY)?;
    let name = one_line(&request.name);
    if name.is_empty() || name.chars().count() > limits::VIEW_NAME {
        let why = format!("`name`: one line of 1 to {} characters", limits::VIEW_NAME);
        return Err(Problem::invalid_view(why).into());
    }
    // Only what is understood is kept: nothing else gets into an address.
    let query: Query = answer::query(Some(&request.query))
        .map_err(|_| Problem::invalid_view("`query`: it names what the queue does not know"))?;
    let query = query.selection();
    if query.is_empty() {
        return Err(Problem::invalid_view("`query`: it restricts nothing").into());
    }
    let kept = app.store.keep_queue_view(editor, (&name, &query), app.clock.now()).await;
    match kept.map_err(Problem::from)? {
        ViewKept::Done => all(&app, editor).await,
        ViewKept::TooMany => Err(Problem::conflict("too-many-views", "Remove another view first").into()),
        ViewKept::Nobody => Err(Problem::not_signed_in().into()),
    }
}

/// Removes one of one's own.
pub async fn remove(
    State(app): State<App>,
    signed: SignedIn,
    Path(id): Path<String>,
) -> ApiResult<StatusCode> {
    let editor = signed.may(Act::Curate)?.id;
    if app.store.drop_queue_view(editor, told::id(&id)?).await.map_err(Problem::from)? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(Problem::not_found().into())
    }
}

async fn all(app: &App, editor: Uuid) -> ApiResult<Response> {
    let views = app.store.queue_views(editor).await.map_err(Problem::from)?;
    let views =
        views.into_iter().map(|view| Entry { id: view.id.to_string(), name: view.name, query: view.query });
    Ok(private(StatusCode::OK, &Views { views: views.collect() }))
}
