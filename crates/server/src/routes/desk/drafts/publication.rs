//! A version comes to stand on the board, now or later, and leaves it.

use axum::{
    body::Bytes,
    extract::{Path, State, rejection::BytesRejection},
    http::HeaderMap,
    response::Response,
};
use time::OffsetDateTime;
use uuid::Uuid;
use weerklank::mail;
use weerklank_api::desk::publication::{Request, TakeOff};
use weerklank_domain::{
    compose::{SheetKey, limits},
    desk::Act,
};
use weerklank_markdown::SheetProblem;
use weerklank_store::{Draft, Hindrance, Published, Scheduled, TakenOff};

use super::super::MAX_BODY;
use super::{item_id, whole};
use crate::{
    app::App,
    auth::SignedIn,
    clock::{day_in_amsterdam, from_amsterdam},
    composing::{self, NotPublished, checked, taken_off_letters},
    jobs,
    problem::{FieldProblem, Problem},
    routes::{answer::ApiResult, json::read},
};

/// Publishes, or sets the moment.
pub async fn publish(
    State(app): State<App>,
    signed: SignedIn,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> ApiResult<Response> {
    let editor = signed.may(Act::Curate)?;
    let id = item_id(&id)?;
    let (Request { version, at }, _) = read::<Request>(&headers, body, MAX_BODY)?;
    let draft = found(&app, id).await?;
    if draft.version != version {
        return Err(Problem::draft_changed().into());
    }
    let by = (editor.id, editor.role);
    match at {
        None => {
            let done = Box::pin(composing::publish(&app, (id, version), &draft.sheet, by, None)).await;
            done.map_err(refused)?;
        }
        Some(at) => schedule(&app, &draft, &at, by).await?,
    }
    whole(&app, id, editor.lang).await
}

async fn schedule(
    app: &App,
    draft: &Draft,
    at: &str,
    by: (Uuid, weerklank_domain::desk::Role),
) -> Result<(), Problem> {
    let wrong = |detail: &str| {
        Problem::invalid_draft(vec![FieldProblem { field: "at".to_owned(), detail: detail.to_owned() }])
    };
    let at: OffsetDateTime =
        from_amsterdam(at).ok_or_else(|| wrong("write it like 2026-11-22T14:05, Amsterdam's time"))?;
    let now = app.clock.now();
    if at <= now {
        return Err(wrong("it has passed; publish now, or choose a later moment"));
    }
    // What has to be mended is said now, not at night when nobody looks.
    let standing = composing::standing(app, draft).await?;
    let column = checked(&draft.sheet, day_in_amsterdam(at), standing.as_ref())
        .map_err(|problems| mended(&problems))?;
    match &standing {
        Some(standing) if standing.slug != column.slug => return Err(refusal(Published::SlugFixed)),
        Some(_) if draft.column.as_ref().is_some_and(|column| column.is_changed) => {
            return Err(refusal(Published::ColumnChanged));
        }
        None if app.store.column(&column.slug).await?.is_some() => {
            return Err(refusal(Published::SlugTaken));
        }
        _ => {}
    }
    match Box::pin(app.store.schedule_draft((draft.id, draft.version), at, by, now)).await? {
        Scheduled::Done => Ok(()),
        Scheduled::Changed(_) => Err(Problem::draft_changed()),
        Scheduled::Hindered(hindrance) => Err(hindered(hindrance)),
        Scheduled::Nothing => Err(Problem::not_found()),
    }
}

/// Takes the moment off.
pub async fn unschedule(
    State(app): State<App>,
    signed: SignedIn,
    Path(id): Path<String>,
) -> ApiResult<Response> {
    let editor = signed.may(Act::Curate)?;
    let id = item_id(&id)?;
    // Taken off twice, it is off.
    app.store.unschedule_draft(id, Some(editor.id), None, app.clock.now()).await.map_err(Problem::from)?;
    whole(&app, id, editor.lang).await
}

/// Takes the column off the board.
pub async fn take_off(
    State(app): State<App>,
    signed: SignedIn,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> ApiResult<Response> {
    let editor = signed.may(Act::Curate)?;
    let id = item_id(&id)?;
    let (TakeOff { reason }, _) = read::<TakeOff>(&headers, body, MAX_BODY)?;
    let reason = reason.trim();
    if reason.is_empty() || reason.chars().count() > limits::REMARK {
        return Err(Problem::invalid_body("`reason`: 1 to 2,000 characters").into());
    }
    let draft = found(&app, id).await?;
    // What readers know it by, whatever it is called at the desk by now.
    let standing = composing::standing(&app, &draft).await.map_err(Problem::from)?;
    let title = standing.map(|column| column.title).unwrap_or_default();
    let why = mail::TakenOff { title: &title, reason, ground: None, may_appeal: true };
    let mails = Box::pin(taken_off_letters(&app, &draft, &why)).await.map_err(Problem::from)?;
    let taken = Box::pin(app.store.take_off(id, reason, editor.id, &mails, app.clock.now())).await;
    match taken.map_err(Problem::from)? {
        TakenOff::Done => {
            if let Err(error) = jobs::refresh(&app).await {
                tracing::debug!(%error, "pages follow a little later");
            }
            app.post.wake();
            whole(&app, id, editor.lang).await
        }
        TakenOff::NotThere => {
            Err(Problem::conflict("not-on-the-board", "It does not stand on the board").into())
        }
        TakenOff::Nothing => Err(Problem::not_found().into()),
    }
}

async fn found(app: &App, id: Uuid) -> Result<Draft, Problem> {
    Box::pin(app.store.draft(id)).await?.ok_or_else(Problem::not_found)
}

fn refused(error: NotPublished) -> Problem {
    match error {
        NotPublished::Problems(problems) => mended(&problems),
        NotPublished::Refused(refused) => refusal(refused),
        NotPublished::Store(error) => error.into(),
    }
}

fn refusal(refused: Published) -> Problem {
    match refused {
        Published::Changed(_) => Problem::draft_changed(),
        Published::SlugTaken => field(SheetKey::Slug, "another column has this address; choose another"),
        Published::SlugFixed => {
            field(SheetKey::Slug, "it stands on the board under its first address, and keeps that")
        }
        Published::ColumnChanged => {
            Problem::conflict("column-changed", "An import changed the column since; take that in first")
        }
        Published::Hindered(hindrance) => hindered(hindrance),
        Published::Done | Published::Nothing => Problem::not_found(),
    }
}

fn hindered(hindrance: Hindrance) -> Problem {
    match hindrance {
        Hindrance::NoConsent => {
            Problem::conflict("no-consent", "A sender did not consent to what they sent in being published")
        }
        Hindrance::NotAccepted => Problem::conflict(
            "not-accepted",
            "What it is made of was taken back or changed, and is not accepted as it is now",
        ),
        Hindrance::NotApproved => {
            Problem::conflict("not-approved", "A sender has not approved this text; ask them, or a chief")
        }
    }
}

fn field(key: SheetKey, message: &str) -> Problem {
    mended(&[SheetProblem { key: Some(key), message: message.to_owned() }])
}

fn mended(problems: &[SheetProblem]) -> Problem {
    let told = |problem: &SheetProblem| FieldProblem {
        field: problem.key.map_or("body", SheetKey::as_str).to_owned(),
        detail: problem.message.clone(),
    };
    Problem::invalid_draft(problems.iter().map(told).collect())
}
