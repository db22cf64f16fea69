//! Two who wrote at the same time.

use axum::{
    body::Bytes,
    extract::{Path, State, rejection::BytesRejection},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use weerklank_api::desk::{
    draft::MAX_BODY,
    merging::{Conflict, Part, Request, Response as Merged},
};
use weerklank_domain::desk::Act;
use weerklank_markdown::sheet_of;
use weerklank_revision::{BodyPart, Merge};

use super::{item_id, kept};
use crate::{
    app::App,
    auth::SignedIn,
    problem::Problem,
    routes::{
        answer::ApiResult,
        json::{private, read},
    },
};

/// What both make together.
pub async fn merge(
    State(app): State<App>,
    signed: SignedIn,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> ApiResult<Response> {
    signed.may(Act::Curate)?;
    let id = item_id(&id)?;
    let (Request { base, sheet }, _) = read::<Request>(&headers, body, MAX_BODY)?;
    let mine = kept(sheet)?;
    let found = Box::pin(app.store.draft(id)).await.map_err(Problem::from)?;
    let draft = found.ok_or_else(Problem::not_found)?;
    let (version, mut saved_by) = (draft.version, draft.saved_by);
    let mut seen = None;
    let (base, theirs) = if let Some(base) = base {
        (base, draft.sheet)
    } else {
        // Before the column is read: what changes it in between is seen as another one.
        seen = app.store.column_hash(id).await.map_err(Problem::from)?;
        let slug = draft.column.map(|column| column.slug).ok_or_else(Problem::not_found)?;
        let stored = app.store.column(&slug).await.map_err(Problem::from)?.ok_or_else(Problem::not_found)?;
        saved_by = String::new();
        // What it was when the draft published or found it.
        (draft.published_version.unwrap_or(1), sheet_of(&stored.column))
    };
    let base = app.store.revision(id, base).await.map_err(Problem::from)?;
    // Too long ago to be kept, the two have nothing in common that is known: every difference is shown.
    let base = base.unwrap_or_default();
    let merged = tokio::task::spawn_blocking(move || weerklank_revision::merge(&base, &mine, &theirs)).await;
    let merged = merged.map_err(|_| Problem::internal())?;
    let column = seen.map(|hash| URL_SAFE_NO_PAD.encode(hash));
    Ok(private(StatusCode::OK, &told(merged, (version, saved_by), column)))
}

fn told(merge: Merge, (version, saved_by): (i64, String), column: Option<String>) -> Merged {
    let part = |part| match part {
        BodyPart::Text(text) => Part::Text(text),
        BodyPart::Conflict { mine, theirs } => Part::Conflict { mine, theirs },
    };
    let conflict = |one: weerklank_revision::FrontConflict| Conflict {
        key: one.key,
        mine: one.mine,
        theirs: one.theirs,
    };
    Merged {
        version,
        saved_by,
        front: merge.front,
        conflicts: merge.conflicts.into_iter().map(conflict).collect(),
        body: merge.body.into_iter().map(part).collect(),
        column,
    }
}
