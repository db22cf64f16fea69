//! Keys of devices by which editors come in.

use axum::{
    Extension,
    body::Bytes,
    extract::{Path, State, rejection::BytesRejection},
    http::{HeaderMap, StatusCode, header},
    response::Response,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use time::OffsetDateTime;
use uuid::Uuid;
use weerklank_api::desk::passkeys::{
    self as api, Confirmation, Entry, Options, Request, Response as Passkeys,
};
use weerklank_domain::one_line;
use weerklank_store::{NewPasskey, Passkey, PasskeyAdded, PasskeyChallenge, PasskeyEntry, PasskeyUse};

use super::{MAX_BODY, session, set_up, told};
use crate::{
    app::App,
    auth::{self, Asked, Checked, Jar, SignedIn},
    http::client::Peer,
    problem::Problem,
    routes::{
        answer::ApiResult,
        json::{private, read, rfc3339},
    },
    secrets,
};

/// One's own.
pub async fn list(State(app): State<App>, signed: SignedIn) -> ApiResult<Response> {
    let found = app.store.passkeys(signed.editor().id).await.map_err(Problem::from)?;
    let passkeys = found.into_iter().map(shown).collect();
    Ok(private(StatusCode::OK, &Passkeys { passkeys }))
}

/// Says what a device has to make, to who knows the password.
pub async fn propose(
    State(app): State<App>,
    signed: SignedIn,
    Extension(peer): Extension<Peer>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> ApiResult<Response> {
    let (request, _) = read::<Confirmation>(&headers, body, MAX_BODY)?;
    set_up::confirm(&app, (peer, &headers), &signed, &request.password).await?;
    let editor = signed.editor();
    let known = app.store.passkeys(editor.id).await.map_err(Problem::from)?;
    let known = known.into_iter().map(|passkey| passkey.credential_id).collect();
    let asked = app.passkeys.propose(editor, known)?;
    Ok(ask(&app, asked, Some(editor.id), app.clock.now()).await?)
}

/// Adds what a device made.
pub async fn add(
    State(app): State<App>,
    signed: SignedIn,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> ApiResult<Response> {
    let (request, _) = read::<Request>(&headers, body, MAX_BODY)?;
    let now = app.clock.now();
    let asked = answered(&app, &headers, now).await?.filter(|asked| asked.editor == Some(signed.editor().id));
    let asked = asked.ok_or_else(|| Problem::unusable_passkey("nothing was asked, or too long ago"))?;
    let name = one_line(&request.name);
    if name.is_empty() || name.chars().count() > api::NAME {
        return Err(Problem::unusable_passkey("`name`: one line of at most 60 characters").into());
    }
    let made = app.passkeys.made(&asked.state, request.credential)?;
    let made =
        made.ok_or_else(|| Problem::unusable_passkey("`credential` is no answer to what was asked"))?;
    let new = NewPasskey {
        name: &name,
        credential_id: &made.credential_id,
        credential: &made.credential,
        counter: made.counter,
    };
    match app.store.add_passkey(signed.editor().id, &new, now).await.map_err(Problem::from)? {
        PasskeyAdded::Done(passkey) => Ok(private(StatusCode::CREATED, &shown(passkey))),
        PasskeyAdded::Known => {
            Err(Problem::conflict("passkey-there", "This passkey is there already").into())
        }
        PasskeyAdded::TooMany => {
            Err(Problem::conflict("too-many-passkeys", "Remove another passkey first").into())
        }
        PasskeyAdded::Nobody => Err(Problem::not_signed_in().into()),
    }
}

/// Removes one of one's own.
pub async fn remove(
    State(app): State<App>,
    signed: SignedIn,
    Extension(peer): Extension<Peer>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> ApiResult<StatusCode> {
    let (request, _) = read::<Confirmation>(&headers, body, MAX_BODY)?;
    let id = told::id(&id)?;
    set_up::confirm(&app, (peer, &headers), &signed, &request.password).await?;
    if app.store.remove_passkey(signed.editor().id, id, app.clock.now()).await.map_err(Problem::from)? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(Problem::not_found().into())
    }
}

/// Says what a device has to sign.
pub async fn challenge(
    State(app): State<App>,
    Extension(peer): Extension<Peer>,
    headers: HeaderMap,
) -> ApiResult<Response> {
    let now = app.clock.now();
    let asked = app.passkeys.challenge()?;
    auth::knock_for_passkey(&app, (peer, &headers), now).await?;
    Ok(ask(&app, asked, None, now).await?)
}

/// Signs in: with another session than any before, whatever the browser sent.
pub async fn enter(
    State(app): State<App>,
    Extension(peer): Extension<Peer>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> ApiResult<Response> {
    let (request, _) = read::<Entry>(&headers, body, MAX_BODY)?;
    let now = app.clock.now();
    // Whatever comes next, it is not answered again.
    let asked = answered(&app, &headers, now).await?.filter(|asked| asked.editor.is_none());
    let asked = asked.ok_or_else(Problem::wrong_passkey)?;
    let answer = app.passkeys.named(request.credential)?.ok_or_else(Problem::wrong_passkey)?;
    auth::knock(&app, (peer, &headers), &URL_SAFE_NO_PAD.encode(answer.credential_id()), now).await?;
    let facts = app.store.passkey_facts(answer.credential_id()).await.map_err(Problem::from)?;
    // A device says whose a key is; it is theirs, or nobody's (Web Authentication, 7.2, step 6).
    let facts = facts.filter(|facts| facts.editor == answer.editor);
    let checked =
        app.passkeys.check(&asked.state, &answer, facts.as_ref().map(|facts| &*facts.credential))?;
    let Some(facts) = facts else { return Err(Problem::wrong_passkey().into()) };
    match checked {
        Checked::Right { credential, counter } => {
            let token = secrets::new_token();
            let session = session::new_session(&app, &headers, &token);
            let made = PasskeyUse { counter, credential: &credential };
            let entry = app.store.sign_in_by_passkey(&facts, &made, &session, now).await;
            if let PasskeyEntry::Done(editor) = entry.map_err(Problem::from)? {
                let mut response = session::begun(&app, &editor, &token);
                response.headers_mut().append(header::SET_COOKIE, Jar::Passkey.ended(&app));
                return Ok(response);
            }
        }
        Checked::CountsBack => {
            app.store.suspect_passkey(&facts, now).await.map_err(Problem::from)?;
        }
        Checked::Wrong => {}
    }
    Err(Problem::wrong_passkey().into())
}

/// Keeps what is asked for the browser that asks.
async fn ask(
    app: &App,
    asked: Asked,
    editor: Option<Uuid>,
    now: OffsetDateTime,
) -> Result<Response, Problem> {
    let token = secrets::new_token();
    let challenge = PasskeyChallenge { editor, state: asked.state };
    app.store.ask_passkey(&secrets::hash(&token), &challenge, now).await?;
    let mut response = private(StatusCode::OK, &Options { options: asked.options });
    response.headers_mut().insert(header::SET_COOKIE, Jar::Passkey.set(app, &token));
    Ok(response)
}

async fn answered(
    app: &App,
    headers: &HeaderMap,
    now: OffsetDateTime,
) -> Result<Option<PasskeyChallenge>, Problem> {
    let Some(token) = Jar::Passkey.token(app, headers) else { return Ok(None) };
    Ok(app.store.answer_passkey(&secrets::hash(token), now).await?)
}

fn shown(passkey: Passkey) -> api::Passkey {
    api::Passkey {
        id: passkey.id.to_string(),
        name: passkey.name,
        made_at: rfc3339(passkey.made_at),
        used_at: passkey.used_at.map(rfc3339),
    }
}
