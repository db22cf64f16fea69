//! Older versions.

use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use weerklank_api::desk::revisions::{Compared, Response as Revisions, Revision};
use weerklank_domain::{
    compose::{Cause, SheetKey},
    desk::Act,
};
use weerklank_store::Saved;

use super::{item_id, named_version, whole};
use crate::{
    app::App,
    auth::SignedIn,
    composing::drawn,
    problem::Problem,
    routes::{
        answer::ApiResult,
        json::{private, rfc3339},
    },
};

/// The versions of a draft.
pub async fn list(State(app): State<App>, signed: SignedIn, Path(id): Path<String>) -> ApiResult<Response> {
    signed.may(Act::Curate)?;
    let found = app.store.revisions(item_id(&id)?).await.map_err(Problem::from)?;
    let revisions = found.ok_or_else(Problem::not_found)?.into_iter().map(|revision| Revision {
        version: revision.version,
        saved_at: rfc3339(revision.saved_at),
        saved_by: revision.saved_by,
        cause: revision.cause,
        is_published: revision.is_published,
    });
    Ok(private(StatusCode::OK, &Revisions { revisions: revisions.collect() }))
}

/// What a version changed, against the one before it in the list.
pub async fn compared(
    State(app): State<App>,
    signed: SignedIn,
    Path((id, version)): Path<(String, i64)>,
) -> ApiResult<Response> {
    let lang = signed.may(Act::Curate)?.lang;
    let id = item_id(&id)?;
    let known = app.store.revisions(id).await.map_err(Problem::from)?.ok_or_else(Problem::not_found)?;
    let sheet = app.store.revision(id, version).await.map_err(Problem::from)?;
    let sheet = sheet.ok_or_else(Problem::not_found)?;
    let before = match known.iter().map(|revision| revision.version).find(|known| *known < version) {
        Some(before) => app.store.revision(id, before).await.map_err(Problem::from)?.unwrap_or_default(),
        // The first changed nothing.
        None => sheet.clone(),
    };
    let compared = tokio::task::spawn_blocking(move || Compared {
        front: SheetKey::ALL
            .iter()
            .filter(|key| before.get(**key) != sheet.get(**key))
            .map(|key| (*key, drawn(before.get(*key), sheet.get(*key), lang)))
            .collect(),
        body: drawn(&before.body, &sheet.body, lang),
    });
    let compared = compared.await.map_err(|_| Problem::internal())?;
    Ok(private(StatusCode::OK, &compared))
}

/// Puts a version back, as a new one.
pub async fn restore(
    State(app): State<App>,
    signed: SignedIn,
    Path((id, version)): Path<(String, i64)>,
    headers: HeaderMap,
) -> ApiResult<Response> {
    let editor = signed.may(Act::Curate)?;
    let id = item_id(&id)?;
    let on = named_version(&headers)?;
    let sheet = app.store.revision(id, version).await.map_err(Problem::from)?;
    let sheet = sheet.ok_or_else(Problem::not_found)?;
    let saved = app.store.save_draft((id, on), &sheet, Cause::Restored, editor.id, app.clock.now()).await;
    match saved.map_err(Problem::from)? {
        Saved::Done(_) => whole(&app, id, editor.lang).await,
        Saved::Changed(_) => Err(Problem::draft_changed().into()),
        Saved::Nothing => Err(Problem::not_found().into()),
    }
}
