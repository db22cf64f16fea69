//! Signing in and out.

use axum::{
    Extension,
    body::Bytes,
    extract::{Path, State, rejection::BytesRejection},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use weerklank_api::desk::{
    session::Request,
    sessions::{Response as Sessions, Session},
};
use weerklank_domain::{desk::Password, experience::Email};
use weerklank_store::{Editor, NewSession};

use super::{MAX_BODY, told};
use crate::{
    app::App,
    auth::{self, Codes, Jar, SignedIn},
    http::client::Peer,
    problem::Problem,
    routes::{
        answer::{ApiResult, Refusal},
        json::{private, read, rfc3339},
    },
    secrets,
};

/// Who is signed in; nothing where nobody is, which is how everybody begins and no error.
pub async fn show(signed: Result<SignedIn, Refusal>) -> ApiResult<Response> {
    match signed {
        Ok(signed) => Ok(private(StatusCode::OK, &told::person(signed.editor()))),
        Err(refusal) if refusal.is(&Problem::not_signed_in()) => {
            let kept = [(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"))];
            Ok((StatusCode::NO_CONTENT, kept).into_response())
        }
        Err(refusal) => Err(refusal),
    }
}

/// Signs in: with another session than any before, whatever the browser sent.
pub async fn sign_in(
    State(app): State<App>,
    Extension(peer): Extension<Peer>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> ApiResult<Response> {
    let (request, _) = read::<Request>(&headers, body, MAX_BODY)?;
    let now = app.clock.now();
    auth::knock(&app, (peer, &headers), &request.email, now).await?;
    // What can be nobody's is looked at for as long as what is somebody's.
    let facts = match request.email.trim().parse::<Email>() {
        Ok(email) => app.store.sign_in_facts(&email).await.map_err(Problem::from)?,
        Err(_) => None,
    };
    let password = Password::typed(&request.password).ok_or_else(Problem::wrong_credentials)?;
    let hash = facts.as_ref().map(|facts| facts.password_hash.clone());
    if !app.passwords.is(password, hash).await {
        return Err(Problem::wrong_credentials().into());
    }
    let Some(facts) = facts else { return Err(Problem::wrong_credentials().into()) };
    let step = match &facts.second {
        None => None,
        Some(second) => {
            let code = request.code.as_deref().unwrap_or_default();
            if code.trim().is_empty() {
                return Err(Problem::code_needed().into());
            }
            let step = Codes::of(&second.secret).and_then(|codes| codes.step(code, now));
            Some(step.ok_or_else(Problem::wrong_credentials)?)
        }
    };
    let token = secrets::new_token();
    let session = new_session(&app, &headers, &token);
    let editor = app.store.sign_in(&facts, step, &session, now).await.map_err(Problem::from)?;
    Ok(begun(&app, &editor.ok_or_else(Problem::wrong_credentials)?, &token))
}

/// Signs out.
pub async fn sign_out(State(app): State<App>, signed: SignedIn) -> ApiResult<Response> {
    app.store.end_session(signed.editor().id, signed.session()).await.map_err(Problem::from)?;
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, Jar::Session.ended(&app))]).into_response())
}

/// Where one is signed in.
pub async fn list(State(app): State<App>, signed: SignedIn) -> ApiResult<Response> {
    let found = app.store.sessions(signed.editor().id, app.clock.now()).await.map_err(Problem::from)?;
    let sessions = found.into_iter().map(|session| Session {
        is_this: session.id == signed.session(),
        id: session.id.to_string(),
        agent: session.agent,
        began_at: rfc3339(session.began_at),
        seen_at: rfc3339(session.seen_at),
    });
    Ok(private(StatusCode::OK, &Sessions { sessions: sessions.collect() }))
}

/// Ends one of one's own sessions.
pub async fn end(State(app): State<App>, signed: SignedIn, Path(id): Path<String>) -> ApiResult<StatusCode> {
    let id = told::id(&id)?;
    if app.store.end_session(signed.editor().id, id).await.map_err(Problem::from)? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(Problem::not_found().into())
    }
}

/// A session in the place of the one that the browser showed.
pub(super) fn new_session<'a>(app: &App, headers: &'a HeaderMap, token: &str) -> NewSession<'a> {
    NewSession {
        hash: secrets::hash(token),
        instead_of: Jar::Session.token(app, headers).map(secrets::hash),
        // What it calls itself.
        agent: headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default(),
    }
}

/// Who is signed in from now on, with the cookie.
pub(super) fn begun(app: &App, editor: &Editor, token: &str) -> Response {
    let mut response = private(StatusCode::OK, &told::person(editor));
    response.headers_mut().insert(header::SET_COOKIE, Jar::Session.set(app, token));
    response
}
