//! Claiming, deciding, undoing.

use axum::{
    body::Bytes,
    extract::{Path, State, rejection::BytesRejection},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use weerklank_api::desk::{
    claim::Request as Claim,
    decisions::{Request, Response as Told},
};
use weerklank_domain::desk::{Act, Decision};
use weerklank_store::{Carried, Claimed, Holder, Instead, Undone};

use super::{MAX_BODY, letters, told};
use crate::{
    app::App,
    auth::SignedIn,
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
        Claimed::Barred => Err(barred().into()),
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
    let now = app.clock.now();
    let item = told::id(&id)?;
    let whole = Box::pin(app.store.queue_item(item)).await.map_err(Problem::from)?;
    let whole = whole.ok_or_else(Problem::not_found)?;
    let decided = Decision { verdict, ground, statement, automated }.check(whole.item.kind);
    let decided = decided.map_err(Problem::invalid_decision)?;
    let mails = Box::pin(letters::letters(&app, &whole, &decided)).await.map_err(Problem::from)?;
    let carried = app.store.decide((item, version), editor, &decided, &mails, now);
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
        Carried::Barred => Err(barred().into()),
        Carried::Nothing => Err(Problem::not_found().into()),
    }
}

/// Takes a decision back.
pub async fn undo(State(app): State<App>, signed: SignedIn, Path(id): Path<String>) -> ApiResult<StatusCode> {
    let editor = signed.may(Act::Curate)?.id;
    let decision = told::id(&id)?;
    // Who was told of one removal alone is told of the other.
    let besides = app.store.removed_besides(decision).await.map_err(Problem::from)?;
    let mails = match besides {
        Some(item) => Box::pin(letters::of_removal(&app, item)).await.map_err(Problem::from)?,
        None => Vec::new(),
    };
    let instead = besides.map(|item| Instead { item, mails: &mails });
    let undone = app.store.undo(decision, editor, instead.as_ref(), app.clock.now());
    match Box::pin(undone).await.map_err(Problem::from)? {
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

/// Regulation (EU) 2022/2065, article 20(6), as this board takes it.
fn barred() -> Problem {
    Problem::conflict("own-decision", "An appeal is decided on by somebody else")
}

fn not_waiting() -> Problem {
    Problem::conflict("not-waiting", "It was decided or taken back")
}
