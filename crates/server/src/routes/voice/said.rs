//! `/said/{secret}`: somebody finds again what they said.

use axum::{
    Extension,
    body::Bytes,
    extract::{Path, RawQuery, State, rejection::BytesRejection},
    http::{HeaderMap, StatusCode, Uri},
    response::Response,
};
use weerklank::{
    routes::{self, Route, pattern},
    share::{Around, nothing, too_large},
    voice::{Quoted, SaidPage, Step, ToldOf, Typed, said, said_erased},
};
use weerklank_domain::voice::{self, CommentDraft, VoiceFaults, VoiceField};
use weerklank_store::{AboutColumn, Changed, OwnAppeal, OwnWords, PastDecision, Words};

use super::Sent;
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
    let around = around(&app, &uri, &headers, &pattern::said(&secret));
    let told = match query.as_deref() {
        Some("sent") => ToldOf::Sent,
        Some("saved") => ToldOf::Saved,
        Some("appealed") => ToldOf::Appealed,
        Some("late") => ToldOf::Late,
        Some("forgotten") => ToldOf::Forgotten,
        Some("unsure") => ToldOf::Unsure,
        _ => ToldOf::Nothing,
    };
    page(&app, &around, id, &secret, (StatusCode::OK, told), (None, None)).await
}

/// Changing, erasing, appealing, taking the address away.
pub async fn decide(
    State(app): State<App>,
    id: Id,
    Extension(peer): Extension<Peer>,
    Path(secret): Path<String>,
    uri: Uri,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let around = around(&app, &uri, &headers, &pattern::said(&secret));
    let Ok(body) = body else { return answer(StatusCode::PAYLOAD_TOO_LARGE, too_large(&around)) };
    let sent = Sent::read(&app, &body);
    let (hash, now) = (secrets::hash(&secret), app.clock.now());
    let wrong = (StatusCode::UNPROCESSABLE_ENTITY, ToldOf::Nothing);
    let (done, told) = match sent.get("go") {
        "change" => {
            let draft = CommentDraft {
                text: sent.get("text").to_owned(),
                name: sent.get("name").to_owned(),
                email: String::new(),
                lang: around.ui.to_string(),
            };
            match draft.check() {
                Ok(comment) => match too_often(&app, (peer, &headers)).await {
                    Ok(None) => (app.store.change_comment(&hash, &comment, now).await, "saved"),
                    Ok(Some(seconds)) => {
                        let often = (StatusCode::TOO_MANY_REQUESTS, ToldOf::Often);
                        let kept = (Some(typed(&sent, Vec::new())), None);
                        return waiting(page(&app, &around, id, &secret, often, kept).await, seconds);
                    }
                    Err(error) => (Err(error), ""),
                },
                Err(faults) => {
                    return page(&app, &around, id, &secret, wrong, (Some(typed(&sent, faults)), None)).await;
                }
            }
        }
        "appeal" => match voice::appeal(sent.get("text")) {
            Ok(text) => (app.store.appeal(&hash, &text, now).await, "appealed"),
            Err(fault) => {
                let typed = typed(&sent, vec![(VoiceField::Text, fault)]);
                return page(&app, &around, id, &secret, wrong, (None, Some(typed))).await;
            }
        },
        "forget" => match app.store.forget_words_address(&hash).await {
            Ok(true) => (Ok(Changed::Done), "forgotten"),
            Ok(false) => (Ok(Changed::Nobody), ""),
            Err(error) => (Err(error), ""),
        },
        "erase" if sent.get("sure").is_empty() => (Ok(Changed::Done), "unsure"),
        "erase" => match app.store.erase_comment(&hash, now).await {
            Ok(true) => {
                app.live.poke();
                return answer(StatusCode::OK, said_erased(&around));
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
            let kept = if sent.get("go") == "appeal" { (None, kept) } else { (kept, None) };
            page(&app, &around, id, &secret, (StatusCode::CONFLICT, ToldOf::Late), kept).await
        }
        Ok(Changed::Done) => {
            let address = format!("{}?{told}", pattern::said(&secret));
            see_other(&routes::localised(&address, around.ui_in_path.then_some(around.ui)))
        }
        Err(error) => failed(&app, &around, error, id.map(|id| id.0)),
    }
}

/// What was typed, with what is wrong with it.
pub(super) fn typed(sent: &Sent, faults: VoiceFaults) -> Typed {
    Typed { text: sent.get("text").to_owned(), name: sent.get("name").to_owned(), faults }
}

/// `typed`: a change and an appeal that could not be taken.
pub(super) async fn page(
    app: &App,
    around: &Around,
    id: Id,
    secret: &str,
    (status, told): (StatusCode, ToldOf),
    typed: (Option<Typed>, Option<Typed>),
) -> Response {
    match app.store.words_by_secret(&secrets::hash(secret), app.clock.now()).await {
        Ok(Some(own)) => answer(status, draw(app, around, (secret, &own), told, typed)),
        // A secret of nobody, or of what was erased: the same answer for both.
        Ok(None) => answer(StatusCode::NOT_FOUND, nothing(around)),
        Err(error) => failed(app, around, error, id.map(|id| id.0)),
    }
}

fn draw(
    app: &App,
    around: &Around,
    (secret, own): (&str, &OwnWords),
    told: ToldOf,
    (change, appeal): (Option<Typed>, Option<Typed>),
) -> String {
    let column = |column: &AboutColumn| (Route::Column(column.slug.clone()).url(), column.title.clone());
    let quoted = |name: &Option<String>, text: &str, lang| Quoted {
        name: name.clone(),
        lang,
        text_html: render_remark(text, lang, app),
    };
    let (column, words, ground, received, kept) = match &own.words {
        Words::Comment(comment) => (
            column(&comment.column),
            quoted(&comment.name, &comment.text, comment.lang),
            None,
            comment.received_at,
            Some(Typed {
                text: comment.text.clone(),
                name: comment.name.clone().unwrap_or_default(),
                faults: Vec::new(),
            }),
        ),
        Words::Report(report) => (
            column(&report.column),
            quoted(&report.name, &report.text, report.lang),
            Some(report.ground),
            report.received_at,
            None,
        ),
    };
    let page = SaidPage {
        secret,
        is_report: matches!(own.words, Words::Report(_)),
        column,
        received: day_in_amsterdam(received),
        course: course(app, (&own.decisions, &own.appeals), words.lang),
        words,
        ground,
        // What could not be taken is shown all the same, so that it can be copied.
        change: change.or_else(|| kept.filter(|_| own.may_change)),
        appeal: appeal.or_else(|| own.may_appeal.map(|_| Typed::default())),
        email: own.address.as_ref().map(|(email, on)| (email.as_str(), on.map(day_in_amsterdam))),
        told,
    };
    said(around, &page)
}

/// What was decided and appealed against, in the order in which it was.
pub(super) fn course(
    app: &App,
    (decisions, appeals): (&[PastDecision], &[OwnAppeal]),
    lang: weerklank_domain::Lang,
) -> Vec<Step> {
    let render = |text: &str| render_text(text, lang, app.public_url.as_str(), &app.assets);
    let of_appeals = appeals.iter().filter_map(|appeal| Some((appeal.decided.as_ref()?, appeal.away)));
    let decided = decisions.iter().map(|made| (made, None)).chain(of_appeals).map(|(made, away)| {
        let step = Step::Decided {
            on: day_in_amsterdam(made.decided_at),
            verdict: made.verdict,
            ground: made.ground,
            statement_html: made.statement.as_deref().map(render),
            automated: made.automated,
            away,
        };
        (made.decided_at, step)
    });
    let appealed = appeals.iter().map(|appeal| {
        let on = day_in_amsterdam(appeal.received_at);
        (appeal.received_at, Step::Appealed { on, html: render(&appeal.text) })
    });
    let mut course: Vec<_> = decided.chain(appealed).collect();
    course.sort_by_key(|(at, _)| *at);
    course.into_iter().map(|(_, step)| step).collect()
}
