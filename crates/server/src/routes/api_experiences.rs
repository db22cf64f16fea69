//! `/api/v1/experiences`: sending in, and what its sender does with it, for programs.

use axum::{
    Extension,
    body::Bytes,
    extract::{Path, State, rejection::BytesRejection},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
};
use sha2::{Digest, Sha256};
use weerklank::{
    routes::{Route, pattern},
    share::fault_words,
};
use weerklank_api::{
    challenge::SOLUTION,
    experience::{Answer, Appeal, Change, Consented, Decision, Reply, Response as Own, Text},
    experiences::{Request, Response as Stored},
};
use weerklank_domain::{
    Lang, Slug,
    compose::{Approval, SheetKey},
    desk::limits,
    experience::{Draft, Experience, State as Stage},
};
use weerklank_store::{Changed, NewExperience, OwnExperience, OwnText, PastDecision, Received, StoreError};

use super::{
    answer::ApiResult,
    confirm::question,
    json::{private, read, rfc3339},
};
use crate::{
    app::App,
    composing::{own_part, parted_letters},
    guard::seconds_until,
    http::client::Peer,
    problem::{FieldProblem, Problem},
    secrets,
};

/// Sends in an experience.
///
/// Sent again with the same `Idempotency-Key`, it is stored once and answered alike.
#[utoipa::path(post, path = weerklank_api::experiences::PATH, operation_id = "sendExperience", tag = "experiences",
    params(
        ("Idempotency-Key" = Option<String>, Header, description = "16 to 64 characters of `A-Za-z0-9_-`, never used before; the secret is made from it, so take random ones"),
        ("Altcha" = Option<String>, Header, description = "A solution of `/api/v1/challenge`, as ALTCHA's clients send it; without one it counts for more against the limit"),
    ),
    request_body(content = Object, description = "A draft: `docs/api.md` has its fields", content_type = "application/json"),
    responses(
        (status = 201, description = "It is stored", body = Stored),
        (status = 400, description = "`invalid-body` or `invalid-idempotency-key`", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "`too-large`", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "`unsupported-media-type`", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`invalid-experience` or `idempotency-key-reused`", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "`too-many-requests`: try again after `Retry-After` seconds", body = Problem, content_type = "application/problem+json"),
    ))]
pub async fn send(
    State(app): State<App>,
    Extension(peer): Extension<Peer>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> ApiResult<Response> {
    let key = key(&headers)?;
    let (draft, body) = read::<Request>(&headers, body, super::share::MAX_FORM)?;
    let experience = check(&app, &draft)?;
    let secret = app.links.secret(&app.store, &key).await.map_err(Problem::from)?;
    let question = question(&app, &secret, &experience).await.map_err(Problem::from)?;
    let now = app.clock.now();
    let proof = headers.get(SOLUTION).and_then(|value| value.to_str().ok());
    let arrival = app.guard.arrival(&app.store, (peer, &headers), &[], proof, now);
    let arrival = arrival.await.map_err(Problem::from)?;
    let new = NewExperience {
        experience: &experience,
        secret: secrets::hash(&secret),
        key: secrets::hash(&key),
        request: Sha256::digest(&body).into(),
        confirm: question.as_ref(),
        arrival,
    };
    let received = Box::pin(app.store.receive_experience(&new, now)).await.map_err(Problem::from)?;
    let id = match received {
        Received::New(id) | Received::Again(id) => id,
        Received::KeyTaken => return Err(Problem::idempotency_key_reused().into()),
        Received::TooOften { again_at } => {
            return Err(Problem::too_many_requests(seconds_until(again_at, now)).into());
        }
    };
    if new.confirm.is_some() {
        app.post.wake();
    }
    let secret_url = format!("{}{}", app.public_url.as_str(), pattern::mine(&secret));
    let mut response = private(StatusCode::CREATED, &Stored { id: id.to_string(), secret_url });
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
    Ok(private(StatusCode::OK, &view(&app, &stored(&app, &secret).await?)))
}

/// Corrects an experience, answers a question about it, takes it back, or puts it back.
#[utoipa::path(patch, path = weerklank_api::experience::PATH, operation_id = "changeExperience", tag = "experiences",
    params(("secret" = String, Path, description = "From `secret_url`")),
    request_body(content = Change, content_type = "application/json"),
    responses(
        (status = 200, description = "What is kept now", body = Own),
        (status = 400, description = "`invalid-body`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`not-found`", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`not-now`", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "`too-large`", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "`unsupported-media-type`", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`invalid-experience`", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "`too-many-requests`: try again after `Retry-After` seconds", body = Problem, content_type = "application/problem+json"),
    ))]
pub async fn change(
    State(app): State<App>,
    Extension(peer): Extension<Peer>,
    Path(secret): Path<String>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> ApiResult<Response> {
    let (change, _) = read::<Change>(&headers, body, super::share::MAX_FORM)?;
    let (hash, now) = (secrets::hash(&secret), app.clock.now());
    // Before anything is written: all of it is right, or none is done.
    let experience = change.experience.as_ref().map(|draft| check(&app, draft)).transpose()?;
    let answer = change.answer.as_deref().map(answered).transpose()?;
    if let Some(state) = change.state.filter(|to| !matches!(to, Stage::Received | Stage::Withdrawn)) {
        return Err(Problem::invalid_body(format!("`state`: only an editor makes it `{state}`")).into());
    }
    // What goes is never held up; what comes back is.
    let is_counted = experience.is_some() || answer.is_some() || change.state == Some(Stage::Received);
    if is_counted
        && let Some(again_at) =
            app.guard.count_change(&app.store, (peer, &headers), now).await.map_err(Problem::from)?
    {
        return Err(Problem::too_many_requests(seconds_until(again_at, now)).into());
    }
    if let Some(experience) = experience {
        let question = question(&app, &secret, &experience).await.map_err(Problem::from)?;
        let mails = parted_letters(&app, &secret).await.map_err(Problem::from)?;
        let told = (question.as_ref(), &*mails);
        // With an answer beside it, both or neither.
        let corrected = app.store.correct_and_answer(&hash, &experience, told, answer, now);
        done(Box::pin(corrected).await)?;
        app.post.wake();
    } else if let Some(answer) = answer {
        done(app.store.answer(&hash, answer, now).await)?;
    }
    match change.state {
        Some(Stage::Withdrawn) => {
            let mails = parted_letters(&app, &secret).await.map_err(Problem::from)?;
            done(app.store.withdraw_experience(&hash, &mails, now).await)?;
            app.post.wake();
        }
        Some(_) => done(app.store.restore_experience(&hash, now).await)?,
        None => {}
    }
    Ok(private(StatusCode::OK, &view(&app, &stored(&app, &secret).await?)))
}

/// Erases an experience with everything that belongs to it.
#[utoipa::path(delete, path = weerklank_api::experience::PATH, operation_id = "eraseExperience", tag = "experiences",
    params(("secret" = String, Path, description = "From `secret_url`")),
    responses(
        (status = 204, description = "Nothing of it is kept"),
        (status = 404, description = "`not-found`", body = Problem, content_type = "application/problem+json"),
    ))]
pub async fn erase(State(app): State<App>, Path(secret): Path<String>) -> ApiResult<StatusCode> {
    let mails = parted_letters(&app, &secret).await.map_err(Problem::from)?;
    let erased = app.store.erase_experience(&secrets::hash(&secret), &mails, app.clock.now()).await;
    let erased = erased.map_err(Problem::from)?;
    app.post.wake();
    app.live.poke();
    if erased { Ok(StatusCode::NO_CONTENT) } else { Err(Problem::not_found().into()) }
}

async fn stored(app: &App, secret: &str) -> Result<OwnExperience, Problem> {
    let found = app.store.experience_by_secret(&secrets::hash(secret), app.clock.now()).await?;
    found.ok_or_else(Problem::not_found)
}

/// What a sender wanted was done, or why not.
fn done(changed: Result<Changed, StoreError>) -> Result<(), Problem> {
    match changed? {
        Changed::Done => Ok(()),
        Changed::Nobody => Err(Problem::not_found()),
        Changed::NotNow => Err(Problem::not_now()),
    }
}

/// An answer as it may be stored.
pub fn answered(text: &str) -> Result<&str, Problem> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > limits::STATEMENT {
        return Err(Problem::invalid_body(format!("`answer`: 1 to {} characters", limits::STATEMENT)));
    }
    Ok(text)
}

/// What its sender sees of it, as a program reads it: all that is kept of it.
pub fn view(app: &App, own: &OwnExperience) -> Own {
    let [publish, contact, shop] = own.consented.map(|at| at.map(rfc3339));
    Own {
        id: own.stored.id.to_string(),
        state: own.stored.state,
        received_at: rfc3339(own.stored.received_at),
        changed_at: rfc3339(own.stored.changed_at),
        email_confirmed: own.stored.confirmed_at.is_some(),
        experience: Draft::of(&own.stored.experience),
        decisions: own.decisions.iter().map(decision).collect(),
        answers: own
            .answers
            .iter()
            .map(|answer| Answer { text: answer.text.clone(), written_at: rfc3339(answer.written_at) })
            .collect(),
        appeals: own
            .appeals
            .iter()
            .map(|appeal| Appeal {
                text: appeal.text.clone(),
                received_at: rfc3339(appeal.received_at),
                decision: appeal.decided.as_ref().map(decision),
                ended_at: appeal.ended_at.map(rfc3339),
            })
            .collect(),
        texts: own.texts.iter().map(|text| self::text(app, &own.stored.experience, text)).collect(),
        consented: Consented { publish, contact, shop },
        marks: own.marks.iter().map(ToString::to_string).collect(),
        email_confirmed_at: own.stored.confirmed_at.map(rfc3339),
    }
}

fn decision(made: &PastDecision) -> Decision {
    Decision {
        verdict: made.verdict,
        ground: made.ground,
        statement: made.statement.clone(),
        automated: made.automated,
        decided_at: rfc3339(made.decided_at),
    }
}

fn text(app: &App, own: &Experience, text: &OwnText) -> Text {
    let asked = text.asked.as_ref().map(|(_, sheet)| sheet);
    let sides: Vec<_> = own.halves.iter().map(|half| half.side).collect();
    // What somebody else told is not theirs.
    let body =
        asked.and_then(
            |sheet| {
                if text.is_shared { own_part(&sheet.body, &sides) } else { Some(sheet.body.clone()) }
            },
        );
    let address = |slug: &Slug| format!("{}{}", app.public_url.as_str(), Route::Column(slug.clone()).url());
    Text {
        title: asked.map(|sheet| sheet.get(SheetKey::Title).to_owned()),
        body,
        approved: match text.approval {
            Approval::Approved => Some(true),
            Approval::Refused => Some(false),
            Approval::Asked { .. } | Approval::NotAsked { .. } => None,
        },
        remark: text.remark.clone(),
        column: text.column.as_ref().map(|(slug, ..)| address(slug)),
        column_status: text.column.as_ref().map(|(_, _, status)| status.to_string()),
        withdrawn_reason: text.withdrawn_reason.clone(),
        replies: text
            .replies
            .iter()
            .map(|own| Reply {
                shop: own.reply.shop.clone(),
                name: own.reply.said.as_ref().and_then(|(name, _)| name.clone()),
                text: own.reply.said.as_ref().map(|(_, text)| text.clone()),
                received_at: rfc3339(own.reply.received_at),
                solved: own.outcome.map(|solved| solved.to_string()),
            })
            .collect(),
    }
}

fn check(app: &App, draft: &Draft) -> Result<Experience, Problem> {
    draft.check(app.clock.today()).map_err(|faults| {
        let errors = faults
            .into_iter()
            .map(|fault| FieldProblem { field: fault.field.name(), detail: fault_words(Lang::En, fault) });
        Problem::invalid_experience(errors.collect())
    })
}

/// As the header says, with or without the quotation marks of a structured field (RFC 8941); a fresh one
/// where there is no header.
pub fn key(headers: &HeaderMap) -> Result<String, Problem> {
    let Some(value) = headers.get("idempotency-key") else { return Ok(secrets::new_key()) };
    let value = value.to_str().unwrap_or_default();
    let value = value.strip_prefix('"').and_then(|value| value.strip_suffix('"')).unwrap_or(value);
    if secrets::is_key(value) { Ok(value.to_owned()) } else { Err(Problem::invalid_idempotency_key()) }
}
