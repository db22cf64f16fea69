//! Customers answer, for programs: the first answer, and what follows.

use axum::{
    Extension, Router,
    body::Bytes,
    extract::{DefaultBodyLimit, Path, Request, State, rejection::BytesRejection},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{patch, post},
};
use sha2::{Digest, Sha256};
use weerklank_api::{
    own_feedback::{self, Request as RestDraft, Response as Changed},
    site_feedback::{self, Request as WholeDraft, Response as Given},
};
use weerklank_domain::feedback::{FeedbackFault, FeedbackFaults, site::Origin, token::Round};
use weerklank_store::{Added, Gave, Limit, NewFeedback, OwnFeedback, SentBy, StoreError, StoredSite};

use super::{
    answer::{self, ApiResult, Refusal},
    api_experiences::key,
    json::{private, read},
    share::MAX_FORM,
};
use crate::{
    app::App,
    auth::is_own,
    guard::seconds_until,
    http::client::{Peer, client_address},
    invitations::{self, TokenFault},
    problem::{FieldProblem, Problem},
    secrets,
};

/// Where customers answer. Scripts of a site's own pages may ask, and of no others.
pub fn router(app: &App) -> Router<App> {
    let at_site = post(give)
        .layer(middleware::from_fn(answer::problems))
        .layer(middleware::from_fn_with_state(app.clone(), of_site));
    let own = patch(add)
        .layer(middleware::from_fn(answer::problems))
        .layer(middleware::from_fn_with_state(app.clone(), of_answer));
    Router::new()
        .route(site_feedback::PATH, at_site)
        .route(own_feedback::PATH, own)
        .layer(DefaultBodyLimit::max(MAX_FORM))
}

/// Takes a customer's answer: with a score alone, or all of it.
///
/// Sent again with the same `Idempotency-Key`, it is stored once and answered alike. For a ticket that was answered before, it
/// changes that answer. Without an `Origin` it comes from a server.
#[utoipa::path(post, path = site_feedback::PATH, operation_id = "giveFeedback", tag = "feedback",
    params(
        ("key" = String, Path, description = "Of the site"),
        ("Idempotency-Key" = Option<String>, Header, description = "16 to 64 characters of `A-Za-z0-9_-`, never used before; the edit token is made from it, so take random ones"),
    ),
    request_body(content = Object, description = "`docs/api.md` has its fields; only `score` is needed", content_type = "application/json"),
    responses(
        (status = 201, description = "It is stored", body = Given),
        (status = 400, description = "`invalid-body` or `invalid-idempotency-key`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`origin-not-allowed`: `detail` says how to mend it", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`not-found`: there is no such site", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`site-disabled`, or `too-late`: the ticket was answered a week ago", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "`too-large`", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "`unsupported-media-type`", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`invalid-feedback`, `invalid-token`, `expired-token` or `idempotency-key-reused`", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "`too-many-requests`: try again after `Retry-After` seconds", body = Problem, content_type = "application/problem+json"),
    ))]
pub async fn give(
    State(app): State<App>,
    Extension(peer): Extension<Peer>,
    Extension(site): Extension<StoredSite>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> ApiResult<Response> {
    if site.disabled_at.is_some() {
        return Err(Problem::conflict("site-disabled", "This site takes no answers any more").into());
    }
    let key = key(&headers)?;
    let (draft, body) = read::<WholeDraft>(&headers, body, MAX_FORM)?;
    let (first, rest, token) = draft.split();
    let question = site.site.question;
    let (mut first, rest) =
        match (first.check(question, site.site.lang), rest.check(question, &site.site.own)) {
            (Ok(first), Ok(rest)) => (first, rest),
            (first, rest) => {
                let faults = [first.err(), rest.err()].into_iter().flatten().flatten().collect();
                return Err(invalid(faults).into());
            }
        };
    let now = app.clock.now();
    let (mut round, verified) = (Round::FIRST, !token.is_empty());
    if verified {
        let claims = match invitations::read(&app.store, &token, now).await.map_err(Problem::from)? {
            Ok(invited) if invited.site.id == site.id => invited.claims,
            Ok(_) => {
                return Err(Problem::invalid_token("it is of another site than the address names").into());
            }
            Err(TokenFault::Expired) => return Err(Problem::expired_token().into()),
            Err(TokenFault::Invalid) => {
                return Err(Problem::invalid_token(
                    "it is cut off or changed, or signed with a key that is revoked or none of this board",
                )
                .into());
            }
        };
        if first.ticket.as_ref().is_some_and(|ticket| *ticket != claims.ticket) {
            return Err(Problem::invalid_token("it is of another ticket than `ticket` names").into());
        }
        round = claims.round;
        first.ticket = Some(claims.ticket);
    }
    let edit_token = app.links.feedback(&app.store, &key).await.map_err(Problem::from)?;
    let sender =
        if verified { None } else { Some(sent_by(&app, (peer, &headers)).await.map_err(Problem::from)?) };
    let new = NewFeedback {
        site: &site,
        first: &first,
        rest: &rest,
        round,
        verified,
        edit: secrets::hash(&edit_token),
        key: secrets::hash(&key),
        // The address is a part of what was sent.
        request: Sha256::digest([&body[..], site.key.as_str().as_bytes()].concat()).into(),
        day: app.clock.today(),
        sender,
    };
    let id = match Box::pin(app.store.give_feedback(&new, now)).await.map_err(Problem::from)? {
        Gave::New(id) | Gave::Joined(id) | Gave::Again(id) => id,
        Gave::KeyTaken => return Err(Problem::idempotency_key_reused().into()),
        Gave::TooLate => return Err(too_late().into()),
        Gave::TooOften { again_at } => {
            return Err(Problem::too_many_requests(seconds_until(again_at, now)).into());
        }
    };
    let mut response =
        private(StatusCode::CREATED, &Given { id: id.to_string(), edit_token: edit_token.clone() });
    let address = own_feedback::PATH.replace("{edit_token}", &edit_token);
    if let Ok(address) = HeaderValue::from_str(&address) {
        response.headers_mut().insert(header::LOCATION, address);
    }
    Ok(response)
}

/// Adds to an answer, or changes it, within seven days; what it said is kept in its history.
///
/// What is left out stays as it is, what is empty is taken back.
#[utoipa::path(patch, path = own_feedback::PATH, operation_id = "addFeedback", tag = "feedback",
    params(("edit_token" = String, Path, description = "From the first answer")),
    request_body(content = Object, description = "`docs/api.md` has its fields", content_type = "application/json"),
    responses(
        (status = 200, description = "It is stored", body = Changed),
        (status = 400, description = "`invalid-body`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`origin-not-allowed`: `detail` says how to mend it", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`not-found`", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`too-late`", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "`too-large`", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "`unsupported-media-type`", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`invalid-feedback`", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "`too-many-requests`: it was changed 200 times that day", body = Problem, content_type = "application/problem+json"),
    ))]
pub async fn add(
    State(app): State<App>,
    Extension(own): Extension<OwnFeedback>,
    Path(edit_token): Path<String>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> ApiResult<Response> {
    let (draft, _) = read::<RestDraft>(&headers, body, MAX_FORM)?;
    // Of what was asked then, whatever the site asks now.
    let rest = draft.check(own.answer.score.question(), &own.site.site.own).map_err(invalid)?;
    let now = app.clock.now();
    let added = app.store.add_feedback(&secrets::hash(&edit_token), &rest, now).await;
    match added.map_err(Problem::from)? {
        Added::Done => Ok(private(StatusCode::OK, &Changed { id: own.id.to_string() })),
        Added::Nobody => Err(Problem::not_found().into()),
        Added::TooLate => Err(too_late().into()),
        Added::TooOften { again_at } => Err(Problem::too_many_requests(seconds_until(again_at, now)).into()),
    }
}

/// From where an answer comes that no token proves, counted apart from what else an address sends.
pub async fn sent_by(app: &App, (peer, headers): (Peer, &HeaderMap)) -> Result<SentBy, StoreError> {
    let config = &app.guard.config;
    let address = client_address(peer, headers, config.proxy.as_ref());
    let address = app.guard.senders.hash(&app.store, address, app.clock.now()).await?;
    Ok(SentBy { address, limit: Limit { what: "feedback", ..config.limit } })
}

fn too_late() -> Problem {
    Problem::conflict("too-late", "It was answered a week ago, and cannot be changed any more")
}

fn invalid(faults: FeedbackFaults) -> Problem {
    let errors =
        faults.into_iter().map(|fault| FieldProblem { field: fault.field, detail: detail(fault.fault) });
    Problem::invalid_fields("invalid-feedback", errors.collect())
}

/// For who writes a program; the form has words of its own.
fn detail(fault: FeedbackFault) -> String {
    match fault {
        FeedbackFault::Missing => "it is needed".to_owned(),
        FeedbackFault::TooLong { max, found } => format!("{max} characters at most, and there are {found}"),
        FeedbackFault::TooMany { max, found } => format!("{max} at most, and there are {found}"),
        FeedbackFault::TooFew { min, found } => format!("{min} at least, and there are {found}"),
        FeedbackFault::OutOfRange { min, max } => format!("a whole number of {min} to {max}, as a text"),
        FeedbackFault::UnknownWord => "not a word that may stand here".to_owned(),
        other => other.code().to_owned(),
    }
}

/// Finds the site of an address, and sees that the page that asks may.
async fn of_site(
    State(app): State<App>,
    Path(key): Path<String>,
    mut request: Request,
    next: Next,
) -> Response {
    let site = match key.parse() {
        Ok(key) => app.store.site_by_key(&key).await.map_err(Problem::from),
        Err(_) => Ok(None),
    };
    match site.and_then(|site| site.ok_or_else(Problem::not_found)) {
        Ok(site) => {
            request.extensions_mut().insert(site.clone());
            for_pages_of(&app, &site, "POST", request, next).await
        }
        Err(problem) => Refusal::from(problem).into_response(),
    }
}

/// The same of the answer that a token opens.
async fn of_answer(
    State(app): State<App>,
    Path(edit_token): Path<String>,
    mut request: Request,
    next: Next,
) -> Response {
    let own = app.store.own_feedback(&secrets::hash(&edit_token)).await.map_err(Problem::from);
    match own.and_then(|own| own.ok_or_else(Problem::not_found)) {
        Ok(own) => {
            request.extensions_mut().insert(own.clone());
            for_pages_of(&app, &own.site, "PATCH", request, next).await
        }
        Err(problem) => Refusal::from(problem).into_response(),
    }
}

/// Lets scripts of a site's pages ask and read the answer, problems as well (Fetch, 4.9: CORS-preflight fetch). A page of
/// another origin is refused; that is advice, since whoever writes a program can say any origin: whether an answer is
/// verified hangs on its token alone.
async fn for_pages_of(
    app: &App,
    site: &StoredSite,
    method: &'static str,
    request: Request,
    next: Next,
) -> Response {
    let Some(origin) = request.headers().get(header::ORIGIN).cloned() else {
        return next.run(request).await;
    };
    if let Err(problem) = may_come_from(app, site, request.headers()) {
        return Refusal::from(problem).into_response();
    }
    let asks_first = *request.method() == Method::OPTIONS
        && request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    let mut response =
        if asks_first { StatusCode::NO_CONTENT.into_response() } else { next.run(request).await };
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    headers.append(header::VARY, HeaderValue::from_static("Origin"));
    let told = if asks_first {
        &[
            (header::ACCESS_CONTROL_ALLOW_METHODS, method),
            (header::ACCESS_CONTROL_ALLOW_HEADERS, "Content-Type, Idempotency-Key"),
            (header::ACCESS_CONTROL_MAX_AGE, "600"),
        ][..]
    } else {
        &[(header::ACCESS_CONTROL_EXPOSE_HEADERS, "Location, Retry-After, X-Request-Id")]
    };
    for (name, value) in told {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Whether a page may ask: one of the site's origins, or of this board, where the form itself stands.
pub fn may_come_from(app: &App, site: &StoredSite, headers: &HeaderMap) -> Result<(), Problem> {
    let Some(origin) = headers.get(header::ORIGIN) else { return Ok(()) };
    let found = origin.to_str().unwrap_or_default();
    let is_at_site = found.parse::<Origin>().is_ok_and(|origin| site.site.is_at(&origin));
    if is_at_site || is_own(headers, app.public_url.as_str()) {
        return Ok(());
    }
    Err(Problem::origin_not_allowed(found))
}
