//! Mails that have not left.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use weerklank_api::desk::mails::{Mail, Queued, Response as Mails};
use weerklank_domain::desk::Act;
use weerklank_store::{DeadMail, WaitingMail};

use super::told;
use crate::{
    app::App,
    auth::SignedIn,
    problem::Problem,
    routes::{
        answer::ApiResult,
        json::{private, rfc3339},
    },
};

/// Mails that are shown, of those that wait and of those that were given up.
const SHOWN: u64 = 100;

/// What waits, and what was given up.
pub async fn list(State(app): State<App>, signed: SignedIn) -> ApiResult<Response> {
    signed.may(Act::Oversee)?;
    let counts = app.store.mail_counts().await.map_err(Problem::from)?;
    let dead = app.store.dead_mails(SHOWN).await.map_err(Problem::from)?;
    let waiting = app.store.waiting_mails(SHOWN).await.map_err(Problem::from)?;
    let mails = Mails {
        has_server: app.post.is_open(),
        waiting: counts.waiting,
        unconfirmed: counts.unconfirmed,
        dead: counts.dead,
        mails: dead.into_iter().map(mail).collect(),
        queued: waiting.into_iter().map(queued).collect(),
    };
    Ok(private(StatusCode::OK, &mails))
}

/// Tries one again, as if it had just been written.
pub async fn retry(
    State(app): State<App>,
    signed: SignedIn,
    Path(id): Path<String>,
) -> ApiResult<StatusCode> {
    signed.may(Act::Oversee)?;
    if !app.store.retry_mail(told::id(&id)?, app.clock.now()).await.map_err(Problem::from)? {
        return Err(Problem::not_found().into());
    }
    app.post.wake();
    Ok(StatusCode::NO_CONTENT)
}

fn mail(mail: DeadMail) -> Mail {
    Mail {
        id: mail.id.to_string(),
        subject: mail.subject,
        attempts: mail.attempts,
        last_error: mail.last_error,
        created_at: rfc3339(mail.created_at),
        dead_at: rfc3339(mail.dead_at),
    }
}

fn queued(mail: WaitingMail) -> Queued {
    Queued {
        id: mail.id.to_string(),
        subject: mail.subject,
        attempts: mail.attempts,
        last_error: mail.last_error,
        created_at: rfc3339(mail.created_at),
    }
}
