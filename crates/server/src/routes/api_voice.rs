//! What readers say about columns, for programs.

use axum::{
    Extension,
    body::Bytes,
    extract::{Path, State, rejection::BytesRejection},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use sha2::{Digest, Sha256};
use weerklank::{mail::Confirms, routes::pattern, voice::voice_fault_words};
use weerklank_api::{
    challenge::SOLUTION,
    comments::{self, Request as CommentRequest},
    experiences::Response as Stored,
    reactions::{self, Response as Reactions},
    reports::{self, Request as ReportRequest},
};
use weerklank_domain::{
    Lang, Slug,
    voice::{CommentDraft, ReportDraft, VoiceFault, VoiceFaults, VoiceField},
};
use weerklank_store::{NewWords, Reacted, Said};

use super::{
    answer::ApiResult,
    api_experiences::key,
    json::{private, read},
    share::MAX_FORM,
    voice::{Cookie, Place, arrival, named, question, reader},
};
use crate::{
    app::App,
    auth::is_own,
    guard::seconds_until,
    http::client::Peer,
    problem::{FieldProblem, Problem},
    secrets,
};

/// Comments on a column.
///
/// Sent again with the same `Idempotency-Key`, it is stored once and answered alike.
#[utoipa::path(post, path = comments::PATH, operation_id = "sendComment", tag = "voice",
    params(
        ("slug" = String, Path, description = "Of the column"),
        ("Idempotency-Key" = Option<String>, Header, description = "16 to 64 characters of `A-Za-z0-9_-`, never used before; the secret is made from it, so take random ones"),
        ("Altcha" = Option<String>, Header, description = "A solution of `/api/v1/challenge`, as ALTCHA's clients send it; without one it counts for more against the limit"),
    ),
    request_body(content = CommentRequest, content_type = "application/json"),
    responses(
        (status = 201, description = "It is stored, and waits for an editor", body = Stored),
        (status = 400, description = "`invalid-body` or `invalid-idempotency-key`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`not-found`: no such column, or no such comment to be answered", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`comments-closed`", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "`too-large`", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "`unsupported-media-type`", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`invalid-comment` or `idempotency-key-reused`", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "`too-many-requests`: try again after `Retry-After` seconds", body = Problem, content_type = "application/problem+json"),
    ))]
pub async fn comment(
    State(app): State<App>,
    Extension(peer): Extension<Peer>,
    Path(slug): Path<String>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> ApiResult<Response> {
    let key = key(&headers)?;
    let (request, body) = read::<CommentRequest>(&headers, body, MAX_FORM)?;
    let CommentRequest { text, name, email, lang, answers } = request;
    let column: Slug = slug.parse().map_err(|_| Problem::not_found())?;
    let draft = CommentDraft { text, name, email, lang };
    let comment = draft.check().map_err(|faults| invalid("invalid-comment", faults))?;
    let parent = match answers.as_deref() {
        None | Some("") => None,
        Some(id) => Some(id.parse().map_err(|_| Problem::not_found())?),
    };
    let secret = app.links.said(&app.store, &key).await.map_err(Problem::from)?;
    let confirm = question(&app, &secret, (comment.email.as_ref(), comment.lang), Confirms::Comment).await;
    let confirm = confirm.map_err(Problem::from)?;
    let arrival = arrival(&app, (peer, &headers), "comment", &[], proof(&headers)).await;
    let new = NewWords {
        column: &column,
        secret: secrets::hash(&secret),
        request: Sha256::digest([&body[..], slug.as_bytes()].concat()).into(),
        confirm: confirm.as_ref(),
        arrival: arrival.map_err(Problem::from)?,
    };
    let said = app.store.receive_comment(&new, (&comment, parent), app.clock.today(), app.clock.now());
    stored(&app, &secret, Box::pin(said).await.map_err(Problem::from)?)
}

/// Reports what should not be there.
///
/// Sent again with the same `Idempotency-Key`, it is stored once and answered alike.
#[utoipa::path(post, path = reports::PATH, operation_id = "sendReport", tag = "voice",
    params(
        ("Idempotency-Key" = Option<String>, Header, description = "16 to 64 characters of `A-Za-z0-9_-`, never used before; the secret is made from it, so take random ones"),
        ("Altcha" = Option<String>, Header, description = "A solution of `/api/v1/challenge`, as ALTCHA's clients send it; without one it counts for more against the limit"),
    ),
    request_body(content = ReportRequest, content_type = "application/json"),
    responses(
        (status = 201, description = "It is stored, and waits for an editor", body = Stored),
        (status = 400, description = "`invalid-body` or `invalid-idempotency-key`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`not-found`: `where` is no column or comment of this board", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "`too-large`", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "`unsupported-media-type`", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`invalid-report` or `idempotency-key-reused`", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "`too-many-requests`: try again after `Retry-After` seconds", body = Problem, content_type = "application/problem+json"),
    ))]
pub async fn report(
    State(app): State<App>,
    Extension(peer): Extension<Peer>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> ApiResult<Response> {
    let key = key(&headers)?;
    let (request, body) = read::<ReportRequest>(&headers, body, MAX_FORM)?;
    let ReportRequest { r#where, ground, text, name, email, lang, good_faith } = request;
    let draft = ReportDraft { ground, text, name, email, lang, good_faith };
    let report = draft.check().map_err(|faults| invalid("invalid-report", faults))?;
    let place = Place::parse(&r#where, app.public_url.as_str()).ok_or_else(Problem::not_found)?;
    let found = named(&app, report.lang, &place).await.map_err(Problem::from)?;
    let found = found.ok_or_else(Problem::not_found)?;
    let secret = app.links.said(&app.store, &key).await.map_err(Problem::from)?;
    let what = Confirms::Report(&found);
    let confirm = question(&app, &secret, (report.email.as_ref(), report.lang), what).await;
    let confirm = confirm.map_err(Problem::from)?;
    let arrival = arrival(&app, (peer, &headers), "report", &[], proof(&headers)).await;
    let new = NewWords {
        column: &place.column,
        secret: secrets::hash(&secret),
        request: Sha256::digest(&body).into(),
        confirm: confirm.as_ref(),
        arrival: arrival.map_err(Problem::from)?,
    };
    let said = app.store.receive_report(&new, (&report, place.spot), app.clock.today(), app.clock.now());
    stored(&app, &secret, Box::pin(said).await.map_err(Problem::from)?)
}

/// Says that one recognises what a column tells.
///
/// Said again by the same reader, who is known by a cookie that the first one sets, it counts once.
#[utoipa::path(post, path = reactions::PATH, operation_id = "react", tag = "voice",
    params(("slug" = String, Path, description = "Of the column")),
    responses(
        (status = 200, description = "It counts", body = Reactions),
        (status = 403, description = "`cross-site`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`not-found`", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "`too-many-requests`: try again after `Retry-After` seconds", body = Problem, content_type = "application/problem+json"),
    ))]
pub async fn react(
    State(app): State<App>,
    Extension(peer): Extension<Peer>,
    Path(slug): Path<String>,
    headers: HeaderMap,
) -> ApiResult<Response> {
    let column = own_column(&app, &slug, &headers)?;
    let cookie = Cookie::read_or_new(&app, &headers);
    let reader = reader(&app, (peer, &headers), &cookie, &column).await.map_err(Problem::from)?;
    let now = app.clock.now();
    let reacted = app.store.react(&column, &reader, app.clock.today(), now).await.map_err(Problem::from)?;
    match reacted {
        Reacted::Counts => {}
        Reacted::Nothing => return Err(Problem::not_found().into()),
        Reacted::TooOften { again_at } => {
            return Err(Problem::too_many_requests(seconds_until(again_at, now)).into());
        }
    }
    let mut response = counted(&app, &column, Some(&cookie)).await?;
    cookie.put(&app, &mut response);
    Ok(response)
}

/// Takes it back.
#[utoipa::path(delete, path = reactions::PATH, operation_id = "takeReactionBack", tag = "voice",
    params(("slug" = String, Path, description = "Of the column")),
    responses(
        (status = 200, description = "It does not count", body = Reactions),
        (status = 403, description = "`cross-site`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`not-found`", body = Problem, content_type = "application/problem+json"),
    ))]
pub async fn take_back(
    State(app): State<App>,
    Path(slug): Path<String>,
    headers: HeaderMap,
) -> ApiResult<Response> {
    let column = own_column(&app, &slug, &headers)?;
    let cookie = Cookie::read(&app, &headers);
    if let Some(cookie) = &cookie {
        let token = cookie.hash(&column);
        let back = app.store.take_back_reaction(&column, &token, app.clock.today(), app.clock.now());
        back.await.map_err(Problem::from)?;
    }
    counted(&app, &column, cookie.as_ref()).await
}

/// The column of a request that no other site made. A program has neither cookie nor origin.
fn own_column(app: &App, slug: &str, headers: &HeaderMap) -> Result<Slug, Problem> {
    let is_program = ["sec-fetch-site", "origin", "cookie"].iter().all(|name| !headers.contains_key(*name));
    if !is_program && !is_own(headers, app.public_url.as_str()) {
        return Err(Problem::cross_site());
    }
    slug.parse().map_err(|_| Problem::not_found())
}

async fn counted(app: &App, column: &Slug, cookie: Option<&Cookie>) -> ApiResult<Response> {
    let token = cookie.map(|cookie| cookie.hash(column));
    let found =
        app.store.reactions(column, token.as_ref(), app.clock.today()).await.map_err(Problem::from)?;
    let (count, own) = found.ok_or_else(Problem::not_found)?;
    Ok(private(StatusCode::OK, &Reactions { count, own }))
}

fn proof(headers: &HeaderMap) -> Option<&str> {
    headers.get(SOLUTION).and_then(|value| value.to_str().ok())
}

fn stored(app: &App, secret: &str, said: Said) -> ApiResult<Response> {
    let id = match said {
        Said::New(id) | Said::Again(id) => id,
        Said::KeyTaken => return Err(Problem::idempotency_key_reused().into()),
        Said::TooOften { again_at } => {
            return Err(Problem::too_many_requests(seconds_until(again_at, app.clock.now())).into());
        }
        Said::Closed => {
            return Err(Problem::conflict("comments-closed", "This column takes no comments").into());
        }
        Said::Nothing => return Err(Problem::not_found().into()),
    };
    app.post.wake();
    app.live.poke();
    let secret_url = format!("{}{}", app.public_url.as_str(), pattern::said(secret));
    Ok(private(StatusCode::CREATED, &Stored { id: id.to_string(), secret_url }))
}

pub fn invalid(code: &'static str, faults: VoiceFaults) -> Problem {
    let error = |(field, fault): (VoiceField, VoiceFault)| FieldProblem {
        field: field.to_string(),
        detail: voice_fault_words(Lang::En, field, fault),
    };
    Problem::invalid_fields(code, faults.into_iter().map(error).collect())
}
