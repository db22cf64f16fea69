//! `/api/v1/experiences`: sending in, and what its sender does with it, for programs.

use axum::{
    body::Bytes,
    extract::{Path, State, rejection::BytesRejection},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::{Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};
use weerklank::{routes::pattern, share::fault_words};
use weerklank_api::{
    experience::{Change, Response as Own},
    experiences::{Request, Response as Stored},
};
use weerklank_domain::{
    Lang,
    experience::{Draft, Experience},
};
use weerklank_store::{NewExperience, Received, StoredExperience};

use super::{answer::ApiResult, confirm::question};
use crate::{
    app::App,
    problem::{FieldProblem, Problem},
    secrets,
};

/// Sends in an experience.
///
/// Sent again with the same `Idempotency-Key`, it is stored once and answered alike.
#[utoipa::path(post, path = weerklank_api::experiences::PATH, operation_id = "sendExperience", tag = "experiences",
    params(("Idempotency-Key" = Option<String>, Header, description = "16 to 64 characters of `A-Za-z0-9_-`, never used before; the secret is made from it, so take random ones")),
    request_body(content = Object, description = "A draft: `docs/api.md` has its fields", content_type = "application/json"),
    responses(
        (status = 201, description = "It is stored", body = Stored),
        (status = 400, description = "`invalid-body` or `invalid-idempotency-key`", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "`too-large`", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "`unsupported-media-type`", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`invalid-experience` or `idempotency-key-reused`", body = Problem, content_type = "application/problem+json"),
    ))]
pub async fn send(
    State(app): State<App>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> ApiResult<Response> {
    let key = key(&headers)?;
    let (draft, body) = read::<Request>(&headers, body)?;
    let experience = check(&app, &draft)?;
    let secret = app.links.secret(&app.store, &key).await.map_err(Problem::from)?;
    let question = question(&app, &secret, &experience).await.map_err(Problem::from)?;
    let new = NewExperience {
        experience: &experience,
        secret: secrets::hash(&secret),
        key: secrets::hash(&key),
        request: Sha256::digest(&body).into(),
        confirm: question.as_ref(),
    };
    let now = app.clock.now();
    let received = Box::pin(app.store.receive_experience(&new, now)).await.map_err(Problem::from)?;
    let (Received::New(id) | Received::Again(id)) = received else {
        return Err(Problem::idempotency_key_reused().into());
    };
    app.post.wake();
    let secret_url = format!("{}{}", app.public_url.as_str(), pattern::mine(&secret));
    let mut response = own(StatusCode::CREATED, &Stored { id: id.to_string(), secret_url });
    let address = weerklank_api::experience::PATH.replace("{secret}", &secret);
    if let Ok(address) = HeaderValue::from_str(&address) {
        response.headers_mut().insert(header::LOCATION, address);
    }
    Ok(response)
}

/// What is kept of an experience.
#[utoipa::path(get, path = weerklank_api::experience::PATH, operation_id = "ownExperience", tag = "experiences",
    params(("secret" = String, Path, description = "From `secret_url`")),
    responses(
        (status = 200, description = "What is kept", body = Own),
        (status = 404, description = "`not-found`", body = Problem, content_type = "application/problem+json"),
    ))]
pub async fn show(State(app): State<App>, Path(secret): Path<String>) -> ApiResult<Response> {
    Ok(own(StatusCode::OK, &view(&stored(&app, &secret).await?)))
}

/// Corrects an experience, takes it back, or puts it back.
#[utoipa::path(patch, path = weerklank_api::experience::PATH, operation_id = "changeExperience", tag = "experiences",
    params(("secret" = String, Path, description = "From `secret_url`")),
    request_body(content = Change, content_type = "application/json"),
    responses(
        (status = 200, description = "What is kept now", body = Own),
        (status = 400, description = "`invalid-body`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`not-found`", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "`too-large`", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "`unsupported-media-type`", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`invalid-experience`", body = Problem, content_type = "application/problem+json"),
    ))]
pub async fn change(
    State(app): State<App>,
    Path(secret): Path<String>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> ApiResult<Response> {
    let (change, _) = read::<Change>(&headers, body)?;
    let (hash, now) = (secrets::hash(&secret), app.clock.now());
    // Before anything is written: all of it is right, or none is done.
    let experience = change.experience.as_ref().map(|draft| check(&app, draft)).transpose()?;
    if let Some(experience) = experience {
        let question = question(&app, &secret, &experience).await.map_err(Problem::from)?;
        let corrected = app.store.correct_experience(&hash, &experience, question.as_ref(), now);
        Box::pin(corrected).await.map_err(Problem::from)?;
        app.post.wake();
    }
    if let Some(state) = change.state {
        app.store.move_experience(&hash, state, now).await.map_err(Problem::from)?;
    }
    Ok(own(StatusCode::OK, &view(&stored(&app, &secret).await?)))
}

/// Erases an experience with everything that belongs to it.
#[utoipa::path(delete, path = weerklank_api::experience::PATH, operation_id = "eraseExperience", tag = "experiences",
    params(("secret" = String, Path, description = "From `secret_url`")),
    responses(
        (status = 204, description = "Nothing of it is kept"),
        (status = 404, description = "`not-found`", body = Problem, content_type = "application/problem+json"),
    ))]
pub async fn erase(State(app): State<App>, Path(secret): Path<String>) -> ApiResult<StatusCode> {
    let erased = app.store.erase_experience(&secrets::hash(&secret)).await.map_err(Problem::from)?;
    if erased { Ok(StatusCode::NO_CONTENT) } else { Err(Problem::not_found().into()) }
}

async fn stored(app: &App, secret: &str) -> Result<StoredExperience, Problem> {
    let found = app.store.experience_by_secret(&secrets::hash(secret)).await?;
    found.ok_or_else(Problem::not_found)
}

fn view(stored: &StoredExperience) -> Own {
    let at = |time: OffsetDateTime| time.format(&Rfc3339).unwrap_or_default();
    Own {
        id: stored.id.to_string(),
        state: stored.state,
        received_at: at(stored.received_at),
        changed_at: at(stored.changed_at),
        email_confirmed: stored.confirmed_at.is_some(),
        experience: Draft::of(&stored.experience),
    }
}

/// Of one person's own: kept nowhere.
fn own(status: StatusCode, body: &impl Serialize) -> Response {
    let body = serde_json::to_vec(body).expect("answers are made of texts");
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
    ];
    (status, headers, body).into_response()
}

fn check(app: &App, draft: &Draft) -> Result<Experience, Problem> {
    draft.check(app.clock.today()).map_err(|faults| {
        let errors = faults
            .into_iter()
            .map(|fault| FieldProblem { field: fault.field.name(), detail: fault_words(Lang::En, fault) });
        Problem::invalid_experience(errors.collect())
    })
}

/// A body of JSON, and its bytes.
fn read<T: DeserializeOwned>(
    headers: &HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<(T, Bytes), Problem> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if !kind.eq_ignore_ascii_case("application/json") {
        return Err(Problem::unsupported_media_type());
    }
    let body = body.map_err(|refused| match refused.into_response().status() {
        StatusCode::PAYLOAD_TOO_LARGE => Problem::too_large(super::share::MAX_FORM),
        _ => Problem::invalid_body("it did not arrive whole"),
    })?;
    let read = serde_json::from_slice(&body).map_err(Problem::invalid_body)?;
    Ok((read, body))
}

/// As the header says, with or without the quotation marks of a structured field (RFC 8941); a fresh one
/// where there is no header.
fn key(headers: &HeaderMap) -> Result<String, Problem> {
    let Some(value) = headers.get("idempotency-key") else { return Ok(secrets::new_key()) };
    let value = value.to_str().unwrap_or_default();
    let value = value.strip_prefix('"').and_then(|value| value.strip_suffix('"')).unwrap_or(value);
    if secrets::is_key(value) { Ok(value.to_owned()) } else { Err(Problem::invalid_idempotency_key()) }
}
