//! Senders are asked whether the text may be published.

use axum::{
    body::Bytes,
    extract::{Path, State, rejection::BytesRejection},
    http::HeaderMap,
    response::Response,
};
use weerklank_api::desk::approval::Request;
use weerklank_domain::desk::Act;
use weerklank_store::AskedApproval;

use super::super::MAX_BODY;
use super::{item_id, whole};
use crate::{
    app::App,
    auth::SignedIn,
    composing::{approval_letters, has_both_halves},
    problem::Problem,
    routes::{answer::ApiResult, json::read},
};

/// Asks.
pub async fn ask(
    State(app): State<App>,
    signed: SignedIn,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> ApiResult<Response> {
    let editor = signed.may(Act::Curate)?;
    let id = item_id(&id)?;
    let (Request { version }, _) = read::<Request>(&headers, body, MAX_BODY)?;
    let found = Box::pin(app.store.draft(id)).await.map_err(Problem::from)?;
    let draft = found.ok_or_else(Problem::not_found)?;
    if draft.made_of.len() > 1 && !has_both_halves(&draft.sheet.body) {
        let title = "Each sender is shown their own half: put the headings of both above them";
        return Err(Problem::conflict("no-halves", title).into());
    }
    let mails = Box::pin(approval_letters(&app, &draft)).await.map_err(Problem::from)?;
    let asked = app.store.ask_approval((id, version), editor.id, &mails, app.clock.now()).await;
    match asked.map_err(Problem::from)? {
        AskedApproval::Done => {
            app.post.wake();
            whole(&app, id, editor.lang).await
        }
        AskedApproval::Changed(_) => Err(Problem::draft_changed().into()),
        AskedApproval::Nobody => {
            Err(Problem::conflict("made-of-nothing", "Nobody sent in anything for this text").into())
        }
        AskedApproval::Nothing => Err(Problem::not_found().into()),
    }
}
