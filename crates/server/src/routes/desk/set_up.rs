//! Setting a password, by a link or by the one before.

use axum::{
    Extension,
    body::Bytes,
    extract::{Path, State, rejection::BytesRejection},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use weerklank_api::desk::{password::Request as Change, set_up::Request};
use weerklank_domain::desk::Password;

use super::{MAX_BODY, session, told};
use crate::{
    app::App,
    auth::{self, SignedIn},
    http::client::Peer,
    problem::Problem,
    routes::{
        answer::ApiResult,
        json::{private, read},
    },
    secrets,
};

/// Whose link it is.
pub async fn show(State(app): State<App>, Path(token): Path<String>) -> ApiResult<Response> {
    let now = app.clock.now();
    let editor = app.store.set_up_link(&secrets::hash(&token), now).await.map_err(Problem::from)?;
    Ok(private(StatusCode::OK, &told::person(&editor.ok_or_else(Problem::not_found)?)))
}

/// Sets the password and signs in.
pub async fn set_up(
    State(app): State<App>,
    Path(token): Path<String>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> ApiResult<Response> {
    let (request, _) = read::<Request>(&headers, body, MAX_BODY)?;
    let (link, now) = (secrets::hash(&token), app.clock.now());
    // Hashing is for who has a link that works.
    let editor = app.store.set_up_link(&link, now).await.map_err(Problem::from)?;
    let editor = editor.ok_or_else(Problem::not_found)?;
    let password =
        Password::new(&request.password, editor.email.as_str()).map_err(Problem::invalid_password)?;
    let hash = app.passwords.hash(password, secrets::new_salt()).await;
    let token = secrets::new_token();
    let new = session::new_session(&app, &headers, &token);
    let editor = app.store.set_up(&link, &hash, &new, now).await.map_err(Problem::from)?;
    Ok(session::begun(&app, &editor.ok_or_else(Problem::not_found)?, &token))
}

/// Changes one's own password; another session begins.
pub async fn change_password(
    State(app): State<App>,
    signed: SignedIn,
    Extension(peer): Extension<Peer>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> ApiResult<Response> {
    let (change, _) = read::<Change>(&headers, body, MAX_BODY)?;
    let editor = signed.editor();
    confirm(&app, (peer, &headers), &signed, &change.old).await?;
    let new = Password::new(&change.new, editor.email.as_str()).map_err(Problem::invalid_password)?;
    let hash = app.passwords.hash(new, secrets::new_salt()).await;
    let token = secrets::new_token();
    let session = session::new_session(&app, &headers, &token);
    let changed = app.store.change_password(editor.id, &hash, &session, app.clock.now()).await;
    if !changed.map_err(Problem::from)? {
        return Err(Problem::not_signed_in().into());
    }
    Ok(session::begun(&app, editor, &token))
}

/// Lets pass who knows the password of who is signed in.
pub(super) async fn confirm(
    app: &App,
    from: (Peer, &HeaderMap),
    signed: &SignedIn,
    typed: &str,
) -> Result<(), Problem> {
    auth::knock(app, from, signed.editor().email.as_str(), app.clock.now()).await?;
    let facts = app.store.sign_in_facts(&signed.editor().email).await?;
    let password = Password::typed(typed).ok_or_else(Problem::wrong_credentials)?;
    if app.passwords.is(password, facts.map(|facts| facts.password_hash)).await {
        Ok(())
    } else {
        Err(Problem::wrong_credentials())
    }
}
