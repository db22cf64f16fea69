//! Claiming, deciding, undoing.

use axum::{
    body::Bytes,
    extract::{Path, State, rejection::BytesRejection},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use uuid::Uuid;
use weerklank::routes::{self, pattern};
use weerklank_api::desk::{
    claim::Request as Claim,
    decisions::{Request, Response as Told},
};
use weerklank_domain::desk::{Act, Decided, Decision};
use weerklank_store::{Carried, Claimed, Holder, MailText, StoreError, Undone};

use super::{MAX_BODY, told};
use crate::{
    app::App,
    auth::SignedIn,
    clock::day_in_amsterdam,
    mail,
    problem::Problem,
    routes::{
        answer::ApiResult,
        json::{private, read, rfc3339},
    },
};

/// Takes an item, or goes on holding it.
pub async fn claim(
    State(app): State<App>,
    signed: SignedIn,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> ApiResult<Response> {
    let (claim, _) = read::<Claim>(&headers, body, MAX_BODY)?;
    let editor = signed.may(if claim.by_force { Act::Oversee } else { Act::Curate })?.id;
    let now = app.clock.now();
    let claimed = app.store.claim(told::id(&id)?, editor, claim.by_force, now).await;
    match claimed.map_err(Problem::from)? {
        Claimed::Yours(item) => {
            app.live.poke();
            Ok(private(StatusCode::OK, &told::item(&item, now)))
        }
        Claimed::Held(holder) => Err(held(&holder).into()),
        Claimed::NotWaiting => Err(not_waiting().into()),
        Claimed::Nothing => Err(Problem::not_found().into()),
    }
}

/// Lets an item go.
pub async fn release(
    State(app): State<App>,
    signed: SignedIn,
    Path(id): Path<String>,
) -> ApiResult<StatusCode> {
    let editor = signed.may(Act::Curate)?.id;
    if app.store.release(told::id(&id)?, editor, app.clock.now()).await.map_err(Problem::from)? {
        app.live.poke();
    }
    // Let go twice, it is let go.
    Ok(StatusCode::NO_CONTENT)
}

/// Decides.
pub async fn decide(
    State(app): State<App>,
    signed: SignedIn,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> ApiResult<Response> {
    let editor = signed.may(Act::Curate)?.id;
    let (Request { version, verdict, ground, statement, automated }, _) =
        read::<Request>(&headers, body, MAX_BODY)?;
    let decided = Decision { verdict, ground, statement, automated }.check();
    let decided = decided.map_err(Problem::invalid_decision)?;
    let now = app.clock.now();
    let item = told::id(&id)?;
    let mail = Box::pin(letter(&app, item, &decided)).await.map_err(Problem::from)?;
    let carried = app.store.decide((item, version), editor, &decided, mail.as_ref(), now);
    match Box::pin(carried).await.map_err(Problem::from)? {
        Carried::Done { decision, final_at, state } => {
            app.live.poke();
            let told = Told { id: decision.to_string(), state, final_at: rfc3339(final_at) };
            Ok(private(StatusCode::CREATED, &told))
        }
        Carried::Held(holder) => Err(held(&holder).into()),
        Carried::NotHeld => Err(Problem::conflict("not-held", "Claim it first").into()),
        Carried::Changed => {
            Err(Problem::conflict("changed", "It changed since you read it; read it again").into())
        }
        Carried::NotWaiting => Err(not_waiting().into()),
        Carried::Nothing => Err(Problem::not_found().into()),
    }
}

/// The mail that tells its sender, if they gave an address.
async fn letter(app: &App, item: Uuid, decided: &Decided) -> Result<Option<MailText>, StoreError> {
    let Some(secret) = app.store.link_secret(item).await? else { return Ok(None) };
    let Some(whole) = app.store.queue_item(item).await? else { return Ok(None) };
    let lang = whole.item.lang;
    let path = routes::localised(&pattern::mine(&secret), Some(lang));
    let letter = weerklank::mail::decided(&weerklank::mail::Decided {
        lang,
        site: mail::site(&app.public_url),
        verdict: decided.verdict,
        ground: decided.ground,
        statement: decided.statement.as_deref(),
        automated: decided.automated,
        received: day_in_amsterdam(whole.item.came_at),
        url: &format!("{}{path}", app.public_url.as_str()),
    });
    Ok(Some(mail::kept(&app.public_url, letter)))
}

/// Takes a decision back.
pub async fn undo(State(app): State<App>, signed: SignedIn, Path(id): Path<String>) -> ApiResult<StatusCode> {
    let editor = signed.may(Act::Curate)?.id;
    match app.store.undo(told::id(&id)?, editor, app.clock.now()).await.map_err(Problem::from)? {
        Undone::Done => {
            app.live.poke();
            Ok(StatusCode::NO_CONTENT)
        }
        Undone::TooLate => Err(Problem::conflict("too-late", "It is final").into()),
        // Whose it is, the audit log tells who may read that.
        Undone::NotYours | Undone::Nothing => Err(Problem::not_found().into()),
    }
}

fn held(holder: &Holder) -> Problem {
    Problem::conflict("held", "Somebody else works on it").detail(holder.name.clone())
}

fn not_waiting() -> Problem {
    Problem::conflict("not-waiting", "It was decided or taken back")
}
