//! Shops are asked for their side.

use axum::{
    body::Bytes,
    extract::{Path, State, rejection::BytesRejection},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use time::Duration;
use uuid::Uuid;
use weerklank::{
    desk_words::day,
    mail::reply_asked,
    routes::{self, pattern},
};
use weerklank_api::desk::replies::{Line, Request, Response as Told};
use weerklank_domain::{Lang, desk::Act};
use weerklank_store::{AskedShop, NewReplyRequest, StoreError, StoredReply};

use super::super::MAX_BODY;
use super::item_id;
use crate::{
    app::App,
    auth::SignedIn,
    clock::day_in_amsterdam,
    mail,
    problem::Problem,
    routes::{
        answer::ApiResult,
        api_voice::invalid,
        json::{private, read},
    },
    secrets,
};

/// Who was asked.
pub async fn list(State(app): State<App>, signed: SignedIn, Path(id): Path<String>) -> ApiResult<Response> {
    let lang = signed.may(Act::Curate)?.lang;
    let draft = item_id(&id)?;
    if app.store.draft(draft).await.map_err(Problem::from)?.is_none() {
        return Err(Problem::not_found().into());
    }
    told(&app, draft, lang, StatusCode::OK).await
}

/// Asks a shop.
pub async fn ask(
    State(app): State<App>,
    signed: SignedIn,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> ApiResult<Response> {
    let editor = signed.may(Act::Curate)?;
    let draft = item_id(&id)?;
    let (typed, _) = read::<Request>(&headers, body, MAX_BODY)?;
    let request = typed.check().map_err(|faults| invalid("invalid-reply", faults))?;
    let now = app.clock.now();
    let id = app.store.new_id(now);
    let secret = app.links.reply(&app.store, id).await.map_err(Problem::from)?;
    let until = day_in_amsterdam(now + Duration::days(i64::from(request.days)) - Duration::SECOND);
    let mail = reply_asked(
        request.lang,
        mail::site(&app.public_url),
        &request.shop,
        request.question.as_deref(),
        (until, url(&app, &secret, request.lang)),
    );
    let mail = mail::kept(&app.public_url, mail);
    let new = NewReplyRequest { id, secret: secrets::hash(&secret), draft, request: &request, mail: &mail };
    match Box::pin(app.store.ask_shop(&new, editor.id, now)).await.map_err(Problem::from)? {
        AskedShop::Done => {
            app.post.wake();
            told(&app, draft, editor.lang, StatusCode::CREATED).await
        }
        AskedShop::Already => {
            Err(Problem::conflict("asked-already", "That shop was asked, and can still answer").into())
        }
        AskedShop::NotForShop => {
            let title = "A sender does not let the shop see it before it is published";
            Err(Problem::conflict("not-for-shop", title).into())
        }
        AskedShop::Empty => Err(Problem::conflict("empty-draft", "It needs a title and a text first").into()),
        AskedShop::Nothing => Err(Problem::not_found().into()),
    }
}

/// Takes that back.
pub async fn call_off(
    State(app): State<App>,
    signed: SignedIn,
    Path(id): Path<String>,
) -> ApiResult<StatusCode> {
    let editor = signed.may(Act::Curate)?.id;
    let id = item_id(&id)?;
    if app.store.call_off_reply(id, editor, app.clock.now()).await.map_err(Problem::from)? {
        return Ok(StatusCode::NO_CONTENT);
    }
    match app.store.queue_item(id).await.map_err(Problem::from)? {
        Some(_) => Err(Problem::conflict("answered-already", "The shop answered").into()),
        None => Err(Problem::not_found().into()),
    }
}

/// The whole address at which a shop answers.
fn url(app: &App, secret: &str, lang: Lang) -> String {
    format!("{}{}", app.public_url.as_str(), routes::localised(&pattern::reply(secret), Some(lang)))
}

async fn told(app: &App, draft: Uuid, lang: Lang, status: StatusCode) -> ApiResult<Response> {
    let mut replies = Vec::new();
    for reply in app.store.replies(draft).await.map_err(Problem::from)? {
        replies.push(line(app, reply, lang).await.map_err(Problem::from)?);
    }
    Ok(private(status, &Told { replies }))
}

async fn line(app: &App, reply: StoredReply, lang: Lang) -> Result<Line, StoreError> {
    let secret = app.links.reply(&app.store, reply.id).await?;
    Ok(Line {
        id: reply.id.to_string(),
        link: url(app, &secret, reply.lang),
        shop: reply.shop,
        asked_by: reply.asked_by,
        until: day(lang, day_in_amsterdam(reply.closes_at - Duration::SECOND)),
        is_late: reply.closes_at <= app.clock.now(),
        state: reply.answer.map(|answer| answer.state),
    })
}
