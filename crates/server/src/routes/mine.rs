//! `/mine/{secret}`: a sender finds again what they sent.

use axum::{
    Extension,
    body::Bytes,
    extract::{Path, RawQuery, State, rejection::BytesRejection},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use weerklank::{
    routes::{self, Route, pattern},
    share::{Around, AskedText, Entry, Mine, Replied, Text, Told, erased, mine, too_large},
    voice::Typed,
};
use weerklank_domain::{
    Lang, Status,
    compose::{self, Approval, SheetKey},
    desk::limits,
    experience::{Draft, Experience},
    voice::{self, VoiceField},
};
use weerklank_store::{ApprovalGiven, Asked, Changed, OwnExperience, OwnText, StoreError};

use super::{
    api_experiences,
    confirm::question,
    share::{Go, Sent, answer, around, failed, page, see_other},
};
use crate::{
    app::App,
    clock::day_in_amsterdam,
    composing::{drawn, own_part, parted_letters, sheet_of_experiences},
    guard::seconds_until,
    http::{RequestId, client::Peer},
    pages::{render_remark, render_text},
    secrets,
};

type Id = Option<Extension<RequestId>>;

/// The page itself.
pub async fn show(
    State(app): State<App>,
    id: Id,
    Path(secret): Path<String>,
    RawQuery(query): RawQuery,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let around = around(&app, &uri, &headers, &pattern::mine(&secret));
    let told = match query.as_deref() {
        Some("sent") => Told::Sent,
        Some("saved") => Told::Saved,
        Some("unsure") => Told::Unsure,
        Some("late") => Told::Late,
        Some("asked") => Told::Asked,
        Some("too-soon") => Told::TooSoon,
        Some("forgotten") => Told::Forgotten,
        Some("said") => Told::Said,
        Some("outcome") => Told::Outcome,
        Some("outdated") => Told::Outdated,
        Some("appealed") => Told::Appealed,
        _ => Told::Nothing,
    };
    match stored(&app, &around, &secret, id).await {
        Ok(own) => answer(StatusCode::OK, draw(&app, &around, &secret, &own, told, "")),
        Err(response) => response,
    }
}

/// Taking back, putting back, erasing; and what becomes of the e-mail address.
pub async fn decide(
    State(app): State<App>,
    Extension(peer): Extension<Peer>,
    id: Id,
    Path(secret): Path<String>,
    uri: Uri,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let around = around(&app, &uri, &headers, &pattern::mine(&secret));
    let Ok(body) = body else { return answer(StatusCode::PAYLOAD_TOO_LARGE, too_large(&around)) };
    let field = |wanted: &str| {
        form_urlencoded::parse(&body).find(|(name, _)| name == wanted).map(|(_, value)| value.into_owned())
    };
    let (hash, now) = (secrets::hash(&secret), app.clock.now());
    let (done, told) = match field("go").as_deref() {
        Some("withdraw") => {
            let done = match parted_letters(&app, &secret).await {
                Ok(mails) => app.store.withdraw_experience(&hash, &mails, now).await,
                Err(error) => Err(error),
            };
            app.post.wake();
            (done, "")
        }
        Some("restore") => (app.store.restore_experience(&hash, now).await, ""),
        Some("answer") => {
            let typed = field("answer").unwrap_or_default().replace("\r\n", "\n");
            let text = typed.trim();
            if text.is_empty() || text.chars().count() > limits::STATEMENT {
                return unanswered(&app, &around, &secret, id, typed).await;
            }
            match too_often(&app, (peer, &headers)).await {
                Ok(None) => {}
                Ok(Some(seconds)) => {
                    return answered_too_often(&app, &around, (&secret, &typed), id, seconds).await;
                }
                Err(error) => return failed(&app, &around, error, id.map(|id| id.0)),
            }
            (app.store.answer(&hash, text, now).await, "?saved")
        }
        Some("appeal") => {
            let text = field("text").unwrap_or_default();
            match voice::appeal(&text) {
                Ok(appeal) => (app.store.appeal(&hash, &appeal, now).await, "?appealed"),
                Err(fault) => {
                    let faults = vec![(VoiceField::Text, fault)];
                    let typed = Typed { text, faults, ..Typed::default() };
                    return unappealed(&app, &around, &secret, id, typed).await;
                }
            }
        }
        Some(word @ ("approve" | "refuse")) => {
            match said_of_text(&app, &secret, word == "approve", &field).await {
                Ok(Ok((done, told))) => (Ok(done), told),
                Ok(Err(typed)) => return unsaid(&app, &around, &secret, id, &typed).await,
                Err(error) => (Err(error), ""),
            }
        }
        Some("outcome") => {
            let reply = field("reply").and_then(|id| id.parse().ok());
            let solved = field("solved").and_then(|word| word.parse().ok());
            match (reply, solved) {
                (Some(reply), Some(solved)) => {
                    (app.store.say_outcome(&hash, reply, solved, now).await, "?outcome")
                }
                _ => (Ok(Changed::Done), ""),
            }
        }
        Some("ask") => match ask_again(&app, &secret).await {
            Ok(Some(told)) => (Ok(Changed::Done), told),
            Ok(None) => (Ok(Changed::Nobody), ""),
            Err(error) => (Err(error), ""),
        },
        Some("forget") => {
            let forgotten = app.store.forget_address(&hash).await;
            (forgotten.map(|done| if done { Changed::Done } else { Changed::Nobody }), "?forgotten")
        }
        Some("erase") if field("sure").is_none() => (Ok(Changed::Done), "?unsure"),
        Some("erase") => {
            let erased_now = match parted_letters(&app, &secret).await {
                Ok(mails) => app.store.erase_experience(&hash, &mails, now).await,
                Err(error) => Err(error),
            };
            app.post.wake();
            app.live.poke();
            return match erased_now {
                Ok(true) => answer(StatusCode::OK, erased(&around)),
                Ok(false) => nothing(&around),
                Err(error) => failed(&app, &around, error, id.map(|id| id.0)),
            };
        }
        _ => (Ok(Changed::Done), ""),
    };
    settled(&app, &around, &secret, id, done, told)
}

/// An appeal that is none, or too long: the page again, with what was typed.
async fn unappealed(app: &App, around: &Around, secret: &str, id: Id, typed: Typed) -> Response {
    match stored(app, around, secret, id).await {
        Ok(own) => {
            let page = draw_with(app, around, (secret, &own), (Told::Nothing, ""), Some(typed));
            answer(StatusCode::UNPROCESSABLE_ENTITY, page)
        }
        Err(response) => response,
    }
}

/// Seconds until something can be changed again from that address, where it was too often.
async fn too_often(app: &App, from: (Peer, &HeaderMap)) -> Result<Option<u32>, StoreError> {
    let now = app.clock.now();
    Ok(app.guard.count_change(&app.store, from, now).await?.map(|again_at| seconds_until(again_at, now)))
}

/// One of too many answers: the page again, with what was typed.
async fn answered_too_often(
    app: &App,
    around: &Around,
    (secret, typed): (&str, &str),
    id: Id,
    seconds: u32,
) -> Response {
    match stored(app, around, secret, id).await {
        Ok(own) => {
            let page = draw(app, around, secret, &own, Told::OftenAnswer, typed);
            let mut response = answer(StatusCode::TOO_MANY_REQUESTS, page);
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
            response
        }
        Err(response) => response,
    }
}

/// An answer that is none, or too long: the page again, with what was typed.
async fn unanswered(app: &App, around: &Around, secret: &str, id: Id, typed: String) -> Response {
    match stored(app, around, secret, id).await {
        Ok(own) => {
            let told = if typed.trim().is_empty() { Told::NoAnswer } else { Told::LongAnswer };
            answer(StatusCode::UNPROCESSABLE_ENTITY, draw(app, around, secret, &own, told, &typed))
        }
        Err(response) => response,
    }
}

/// What a sender thinks of a text; their words where they are too long to be kept.
async fn said_of_text(
    app: &App,
    secret: &str,
    approved: bool,
    field: &impl Fn(&str) -> Option<String>,
) -> Result<Result<(Changed, &'static str), String>, StoreError> {
    let remark = field("remark").unwrap_or_default().replace("\r\n", "\n");
    if remark.trim().chars().count() > compose::limits::REMARK {
        return Ok(Err(remark));
    }
    let (Some(draft), Some(version)) = (
        field("draft").and_then(|id| id.parse().ok()),
        field("version").and_then(|version| version.parse().ok()),
    ) else {
        return Ok(Ok((Changed::Done, "?outdated")));
    };
    let remark = Some(remark.trim()).filter(|remark| !remark.is_empty());
    let now = app.clock.now();
    let given =
        app.store.give_approval(&secrets::hash(secret), (draft, version), approved, remark, now).await?;
    Ok(Ok(match given {
        ApprovalGiven::Done => (Changed::Done, "?said"),
        ApprovalGiven::Outdated => (Changed::Done, "?outdated"),
        ApprovalGiven::Nobody => (Changed::Nobody, ""),
    }))
}

/// Words that are too long: the page again, with what was typed.
async fn unsaid(app: &App, around: &Around, secret: &str, id: Id, typed: &str) -> Response {
    match stored(app, around, secret, id).await {
        Ok(own) => {
            answer(StatusCode::UNPROCESSABLE_ENTITY, draw(app, around, secret, &own, Told::LongRemark, typed))
        }
        Err(response) => response,
    }
}

/// Sends the mail once more that asks whose the address is. `None` where the secret is nobody's.
async fn ask_again(app: &App, secret: &str) -> Result<Option<&'static str>, StoreError> {
    let (hash, now) = (secrets::hash(secret), app.clock.now());
    let Some(own) = app.store.experience_by_secret(&hash, now).await? else { return Ok(None) };
    let Some(question) = question(app, secret, &own.stored.experience).await? else { return Ok(Some("")) };
    let asked = app.store.ask_address_again(&hash, &question, now).await?;
    app.post.wake();
    Ok(asked.map(|asked| match asked {
        Asked::Again => "?asked",
        Asked::TooSoon => "?too-soon",
        Asked::NoNeed => "",
    }))
}

/// Back to the page, which then tells what happened.
fn settled(
    app: &App,
    around: &Around,
    secret: &str,
    id: Id,
    done: Result<Changed, StoreError>,
    told: &str,
) -> Response {
    match done {
        Ok(done @ (Changed::Done | Changed::NotNow)) => {
            let told = if done == Changed::Done { told } else { "?late" };
            let address = format!("{}{told}", pattern::mine(secret));
            see_other(&routes::localised(&address, around.ui_in_path.then_some(around.ui)))
        }
        Ok(Changed::Nobody) => nothing(around),
        Err(error) => failed(app, around, error, id.map(|id| id.0)),
    }
}

/// The form, with what was sent.
pub async fn change(
    State(app): State<App>,
    id: Id,
    Path(secret): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let around = around(&app, &uri, &headers, &pattern::mine(&secret));
    match stored(&app, &around, &secret, id).await {
        // Another browser window still shows the way here.
        Ok(own) if !own.stored.state.may_change() => {
            settled(&app, &around, &secret, id, Ok(Changed::NotNow), "")
        }
        Ok(own) => {
            let sent = Sent::blank(Draft::of(&own.stored.experience));
            page(&around, StatusCode::OK, &sent.form(&app, &pattern::mine_change(&secret), true))
        }
        Err(response) => response,
    }
}

/// A step of the change was taken.
pub async fn take_change(
    State(app): State<App>,
    Extension(peer): Extension<Peer>,
    id: Id,
    Path(secret): Path<String>,
    uri: Uri,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let around = around(&app, &uri, &headers, &pattern::mine(&secret));
    let Ok(body) = body else { return answer(StatusCode::PAYLOAD_TOO_LARGE, too_large(&around)) };
    let (sent, action) = (Sent::read(&body), pattern::mine_change(&secret));
    match sent.go(&app, &around, &action, true) {
        Go::Show(page) => page,
        Go::Send(experience) => {
            match too_often(&app, (peer, &headers)).await {
                Ok(None) => {}
                Ok(Some(seconds)) => return sent.not_now(&app, &around, (&action, true), seconds),
                Err(error) => return failed(&app, &around, error, id.map(|id| id.0)),
            }
            let hash = secrets::hash(&secret);
            let correct = async || {
                let question = question(&app, &secret, &experience).await?;
                let (mails, now) = (parted_letters(&app, &secret).await?, app.clock.now());
                app.store.correct_experience(&hash, &experience, question.as_ref(), &mails, now).await
            };
            let done = Box::pin(correct()).await;
            app.post.wake();
            settled(&app, &around, &secret, id, done, "?saved")
        }
    }
}

/// Everything that is kept of it, as a file.
pub async fn download(
    State(app): State<App>,
    id: Id,
    Path(secret): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let around = around(&app, &uri, &headers, &pattern::mine(&secret));
    let own = match stored(&app, &around, &secret, id).await {
        Ok(own) => own,
        Err(response) => return response,
    };
    let body = serde_json::to_vec_pretty(&api_experiences::view(&app, &own))
        .expect("texts and numbers can be written");
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"weerklank.json\"")),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
        (HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex")),
    ];
    (headers, body).into_response()
}

async fn stored(app: &App, around: &Around, secret: &str, id: Id) -> Result<OwnExperience, Response> {
    match app.store.experience_by_secret(&secrets::hash(secret), app.clock.now()).await {
        Ok(Some(stored)) => Ok(stored),
        Ok(None) => Err(nothing(around)),
        Err(error) => Err(failed(app, around, error, id.map(|id| id.0))),
    }
}

/// A secret of nobody, or of what was erased: the same answer for both.
fn nothing(around: &Around) -> Response {
    answer(StatusCode::NOT_FOUND, weerklank::share::nothing(around))
}

fn draw(app: &App, around: &Around, secret: &str, own: &OwnExperience, told: Told, typed: &str) -> String {
    draw_with(app, around, (secret, own), (told, typed), None)
}

/// `appeal`: one that could not be taken.
fn draw_with(
    app: &App,
    around: &Around,
    (secret, own): (&str, &OwnExperience),
    (told, typed): (Told, &str),
    appeal: Option<Typed>,
) -> String {
    let (stored, experience) = (&own.stored, &own.stored.experience);
    let render = |text: &str| render_text(text, experience.lang, app.public_url.as_str(), &app.assets);
    mine(
        around,
        &Mine {
            experience,
            state: stored.state,
            received: day_in_amsterdam(stored.received_at),
            confirmed: stored.confirmed_at.map(day_in_amsterdam),
            secret,
            told,
            stories_html: experience.halves.iter().map(|half| render(&half.story)).collect(),
            suggestion_html: experience.suggestion.as_deref().map(render),
            course: course(own, render),
            texts: own
                .texts
                .iter()
                .map(|text| told_text(app, text, (experience, around.ui), render))
                .collect(),
            parted: own.parted_at.map(day_in_amsterdam),
            typed,
            appeal: own.may_appeal.map(|_| appeal.unwrap_or_default()),
        },
    )
}

/// A text beside its sender's own words.
fn told_text(
    app: &App,
    text: &OwnText,
    (own, ui): (&Experience, Lang),
    render: impl Fn(&str) -> String,
) -> Text {
    let asked = text.asked.as_ref().and_then(|(version, sheet)| {
        let sides: Vec<_> = own.halves.iter().map(|half| half.side).collect();
        // Of a text of two, each sees their own part, and nothing where that cannot be told.
        let part = if text.is_shared { own_part(&sheet.body, &sides)? } else { sheet.body.clone() };
        let mut words = sheet_of_experiences(std::slice::from_ref(own), "").body;
        if words.trim().is_empty() {
            words = own.suggestion.clone().unwrap_or_default();
        }
        Some(AskedText {
            draft: text.draft.to_string(),
            version: *version,
            lang: sheet.get(SheetKey::Lang).parse().unwrap_or(own.lang),
            title: sheet.get(SheetKey::Title).to_owned(),
            html: render(&part),
            diff_html: drawn(words.trim(), part.trim(), ui),
            is_pair: text.is_shared,
            approved: match text.approval {
                Approval::Approved => Some(true),
                Approval::Refused => Some(false),
                Approval::Asked { .. } | Approval::NotAsked { .. } => None,
            },
            remark: text.remark.clone().unwrap_or_default(),
        })
    });
    let column = text.column.as_ref().map(|(slug, title, status)| {
        (title.clone(), Route::Column(slug.clone()).url(), *status != Status::Withdrawn)
    });
    let replies = text.replies.iter().map(|own| {
        let reply = &own.reply;
        let said =
            reply.said.as_ref().map(|(name, text)| (name.clone(), render_remark(text, reply.lang, app)));
        Replied {
            id: reply.id.to_string(),
            shop: reply.shop.clone(),
            on: day_in_amsterdam(reply.received_at),
            lang: reply.lang,
            said,
            outcome: own.outcome,
        }
    });
    let replies = replies.collect();
    Text { asked, column, withdrawn_reason: text.withdrawn_reason.clone(), replies }
}

/// What was decided and answered, in the order in which it was.
fn course(own: &OwnExperience, render: impl Fn(&str) -> String) -> Vec<Entry> {
    let of_appeals = own.appeals.iter().filter_map(|appeal| Some((appeal.decided.as_ref()?, appeal.away)));
    let decided = own.decisions.iter().map(|made| (made, None)).chain(of_appeals).map(|(decision, away)| {
        let entry = Entry::Decided {
            on: day_in_amsterdam(decision.decided_at),
            verdict: decision.verdict,
            ground: decision.ground,
            statement_html: decision.statement.as_deref().map(&render),
            automated: decision.automated,
            away,
        };
        (decision.decided_at, entry)
    });
    let ended = own.appeals.iter().filter_map(|appeal| {
        let at = appeal.ended_at?;
        Some((at, Entry::Ended { on: day_in_amsterdam(at), away: appeal.away }))
    });
    let answered = own.answers.iter().map(|answer| {
        let on = day_in_amsterdam(answer.written_at);
        (answer.written_at, Entry::Answered { on, text_html: render(&answer.text) })
    });
    let appealed = own.appeals.iter().map(|appeal| {
        let on = day_in_amsterdam(appeal.received_at);
        (appeal.received_at, Entry::Appealed { on, text_html: render(&appeal.text) })
    });
    let mut course: Vec<_> = decided.chain(answered).chain(appealed).chain(ended).collect();
    course.sort_by_key(|(at, _)| *at);
    course.into_iter().map(|(_, entry)| entry).collect()
}
