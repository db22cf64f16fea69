//! `/reply/{secret}`: a shop that was asked for a reply answers.

use axum::{
    Extension,
    body::Bytes,
    extract::{Path, RawQuery, State, rejection::BytesRejection},
    http::{HeaderMap, StatusCode, Uri},
    response::Response,
};
use time::Duration;
use weerklank::{
    routes::{self, Route, pattern},
    share::{Around, nothing, too_large},
    voice::{AboutText, Quoted, ReplyPage, ToldShop, Typed, reply, reply_erased},
};
use weerklank_domain::{
    Status,
    voice::{self, ReplyDraft, VoiceField},
};
use weerklank_store::{Changed, RepliedTo, ShopsReply};

use super::{
    Sent,
    said::{course, typed},
};
use crate::{
    app::App,
    clock::day_in_amsterdam,
    http::{RequestId, client::Peer},
    pages::{render_remark, render_text},
    routes::share::{answer, around, failed, see_other, too_often, waiting},
    secrets,
};

type Id = Option<Extension<RequestId>>;

/// The page.
pub async fn show(
    State(app): State<App>,
    id: Id,
    Path(secret): Path<String>,
    RawQuery(query): RawQuery,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let around = around(&app, &uri, &headers, &pattern::reply(&secret));
    let told = match query.as_deref() {
        Some("sent") => ToldShop::Sent,
        Some("appealed") => ToldShop::Appealed,
        Some("late") => ToldShop::Late,
        Some("unsure") => ToldShop::Unsure,
        _ => ToldShop::Nothing,
    };
    page(&app, &around, id, &secret, (StatusCode::OK, told), (None, None)).await
}

/// Answering, appealing, erasing.
pub async fn take(
    State(app): State<App>,
    id: Id,
    Extension(peer): Extension<Peer>,
    Path(secret): Path<String>,
    uri: Uri,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let around = around(&app, &uri, &headers, &pattern::reply(&secret));
    let Ok(body) = body else { return answer(StatusCode::PAYLOAD_TOO_LARGE, too_large(&around)) };
    let sent = Sent::read(&app, &body);
    let (hash, now) = (secrets::hash(&secret), app.clock.now());
    let wrong = (StatusCode::UNPROCESSABLE_ENTITY, ToldShop::Nothing);
    let (done, told) = match sent.get("go") {
        "reply" => {
            let draft = ReplyDraft { text: sent.get("text").to_owned(), name: sent.get("name").to_owned() };
            match draft.check() {
                Ok(said) => match too_often(&app, (peer, &headers)).await {
                    Ok(None) => (app.store.reply(&hash, &said, now).await, "sent"),
                    Ok(Some(seconds)) => {
                        let often = (StatusCode::TOO_MANY_REQUESTS, ToldShop::Often);
                        let kept = (Some(typed(&sent, Vec::new())), None);
                        return waiting(page(&app, &around, id, &secret, often, kept).await, seconds);
                    }
                    Err(error) => (Err(error), ""),
                },
                Err(faults) => {
                    let typed = Some(typed(&sent, faults));
                    return page(&app, &around, id, &secret, wrong, (typed, None)).await;
                }
            }
        }
        "appeal" => match voice::appeal(sent.get("text")) {
            Ok(text) => (app.store.appeal(&hash, &text, now).await, "appealed"),
            Err(fault) => {
                let typed = Some(typed(&sent, vec![(VoiceField::Text, fault)]));
                return page(&app, &around, id, &secret, wrong, (None, typed)).await;
            }
        },
        "erase" if sent.get("sure").is_empty() => (Ok(Changed::Done), "unsure"),
        "erase" => match app.store.erase_reply(&hash, now).await {
            Ok(true) => {
                app.live.poke();
                return answer(StatusCode::OK, reply_erased(&around));
            }
            Ok(false) => (Ok(Changed::Nobody), ""),
            Err(error) => (Err(error), ""),
        },
        _ => (Ok(Changed::Done), ""),
    };
    app.live.poke();
    match done {
        Ok(Changed::Nobody) => answer(StatusCode::NOT_FOUND, nothing(&around)),
        // What they wrote stays on the page that says why it was not taken.
        Ok(Changed::NotNow) => {
            let kept = Some(typed(&sent, Vec::new()));
            let late = (StatusCode::CONFLICT, ToldShop::Late);
            let kept = if sent.get("go") == "appeal" { (None, kept) } else { (kept, None) };
            page(&app, &around, id, &secret, late, kept).await
        }
        Ok(Changed::Done) => {
            let address = format!("{}?{told}", pattern::reply(&secret));
            see_other(&routes::localised(&address, around.ui_in_path.then_some(around.ui)))
        }
        Err(error) => failed(&app, &around, error, id.map(|id| id.0)),
    }
}

/// `typed`: a reply and an appeal that could not be taken.
async fn page(
    app: &App,
    around: &Around,
    id: Id,
    secret: &str,
    (status, told): (StatusCode, ToldShop),
    typed: (Option<Typed>, Option<Typed>),
) -> Response {
    match app.store.shops_reply(&secrets::hash(secret), app.clock.now()).await {
        Ok(Some(own)) => answer(status, draw(app, around, (secret, &own), told, typed)),
        // A secret of nobody, or of what was called off or erased: the same answer for all.
        Ok(None) => answer(StatusCode::NOT_FOUND, nothing(around)),
        Err(error) => failed(app, around, error, id.map(|id| id.0)),
    }
}

fn draw(
    app: &App,
    around: &Around,
    (secret, own): (&str, &ShopsReply),
    told: ToldShop,
    (write, appeal): (Option<Typed>, Option<Typed>),
) -> String {
    let asked = &own.reply;
    let render = |text: &str| render_text(text, asked.lang, app.public_url.as_str(), &app.assets);
    let answered = asked.answer.as_ref().map(|said| {
        let text_html = render_remark(&said.text, asked.lang, app);
        (Quoted { name: said.name.clone(), lang: asked.lang, text_html }, day_in_amsterdam(said.changed_at))
    });
    let kept = asked.answer.as_ref().map(|said| Typed {
        text: said.text.clone(),
        name: said.name.clone().unwrap_or_default(),
        faults: Vec::new(),
    });
    let page = ReplyPage {
        secret,
        shop: &asked.shop,
        question: asked.question.as_deref().map(|text| Quoted {
            name: Some(asked.asked_by.clone()),
            lang: asked.lang,
            text_html: render(text),
        }),
        about: about(app, &asked.about),
        until: day_in_amsterdam(asked.closes_at - Duration::SECOND),
        is_closed: asked.closes_at <= app.clock.now(),
        answer: answered,
        course: course(app, (&own.decisions, &own.appeals), asked.lang),
        // What could not be taken is shown all the same, so that it can be copied.
        write: write.or_else(|| own.may_write.then(|| kept.unwrap_or_default())),
        appeal: appeal.or_else(|| own.may_appeal.map(|_| Typed::default())),
        told,
    };
    reply(around, &page)
}

fn about(app: &App, about: &RepliedTo) -> AboutText {
    match (&about.column, &about.body) {
        (Some((column, Status::Published)), _) => {
            AboutText::Column(Route::Column(column.slug.clone()).url(), column.title.clone())
        }
        (_, Some(body)) => AboutText::Draft {
            title: about.title.clone(),
            lang: about.lang,
            html: render_text(body, about.lang, app.public_url.as_str(), &app.assets),
        },
        (_, None) => AboutText::Hidden,
    }
}
