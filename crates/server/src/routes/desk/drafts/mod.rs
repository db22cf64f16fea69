//! Columns while they are written.

mod approval;
mod begin;
mod merge;
mod publication;
mod replies;
mod revisions;
mod told;

pub use approval::ask;
pub use begin::begin;
pub use merge::merge;
pub use publication::{publish, take_off, unschedule};
pub use replies::{ask as ask_shop, call_off as call_off_reply, list as replies};
pub use revisions::{compared, list as revisions, restore};

use axum::{
    body::Bytes,
    extract::{Path, RawQuery, State, rejection::BytesRejection},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use time::OffsetDateTime;
use uuid::Uuid;
use weerklank_api::desk::{
    draft::{MAX_BODY, Request, Saved as Told},
    drafts::{LIMIT, Query, Response as Drafts},
    preview,
};
use weerklank_domain::{
    compose::{Cause, Sheet},
    desk::Act,
};
use weerklank_markdown::{reading_minutes, word_count};
use weerklank_store::{Discarded, Saved};

use super::told::id as item_id;
use crate::{
    app::App,
    auth::SignedIn,
    pages::render_column,
    problem::Problem,
    routes::{
        answer::{self, ApiResult},
        json::{private, read, rfc3339},
    },
};

/// What is being written.
pub async fn list(
    State(app): State<App>,
    signed: SignedIn,
    RawQuery(query): RawQuery,
) -> ApiResult<Response> {
    let lang = signed.may(Act::Curate)?.lang;
    let query: Query = answer::query(query.as_deref())?;
    let before = query.cursor.as_deref().map(read_cursor).transpose()?;
    let mut lines = app.store.drafts(before, u64::from(LIMIT) + 1).await.map_err(Problem::from)?;
    let more = lines.len() > usize::from(LIMIT);
    lines.truncate(LIMIT.into());
    let next = lines.last().filter(|_| more).map(|last| write_cursor(last.changed_at, last.id));
    let drafts = lines.iter().map(|line| told::line(line, lang)).collect();
    Ok(private(StatusCode::OK, &Drafts { drafts, next }))
}

/// A draft as it was saved last.
pub async fn show(State(app): State<App>, signed: SignedIn, Path(id): Path<String>) -> ApiResult<Response> {
    let lang = signed.may(Act::Curate)?.lang;
    whole(&app, item_id(&id)?, lang).await
}

/// Keeps what was typed.
pub async fn save(
    State(app): State<App>,
    signed: SignedIn,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> ApiResult<Response> {
    let editor = signed.may(Act::Curate)?.id;
    let id = item_id(&id)?;
    let version = named_version(&headers)?;
    let (Request { sheet, seen_column }, _) = read::<Request>(&headers, body, MAX_BODY)?;
    let sheet = kept(sheet)?;
    let seen = seen_column.map(|text| {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok().and_then(|bytes| bytes.try_into().ok());
        bytes.ok_or_else(|| Problem::invalid_body("`seen_column`: it is not one that a merge gave"))
    });
    let seen = seen.transpose()?;
    let now = app.clock.now();
    let saved = app.store.save_draft((id, version), &sheet, Cause::Saved, editor, now).await;
    match saved.map_err(Problem::from)? {
        Saved::Done(version) => {
            if let Some(seen) = seen {
                app.store.take_note_of_column(id, &seen).await.map_err(Problem::from)?;
            }
            Ok(tagged(version, private(StatusCode::OK, &Told { version, saved_at: rfc3339(now) })))
        }
        Saved::Changed(_) => Err(Problem::draft_changed().into()),
        Saved::Nothing => Err(Problem::not_found().into()),
    }
}

/// Throws a draft away, as whoever does so has seen it.
pub async fn discard(
    State(app): State<App>,
    signed: SignedIn,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> ApiResult<StatusCode> {
    let editor = signed.may(Act::Curate)?.id;
    let draft = (item_id(&id)?, named_version(&headers)?);
    match app.store.discard_draft(draft, editor, app.clock.now()).await.map_err(Problem::from)? {
        Discarded::Changed(_) => Err(Problem::draft_changed().into()),
        Discarded::Done => Ok(StatusCode::NO_CONTENT),
        Discarded::OnTheBoard => {
            let title = "It stands on the board, or did; take it off instead";
            Err(Problem::conflict("on-the-board", title).into())
        }
        Discarded::Answered => {
            Err(Problem::conflict("answered-already", "A shop answered to it: decide on that").into())
        }
        Discarded::Nothing => Err(Problem::not_found().into()),
    }
}

/// Markdown as a page shows it.
pub async fn preview(
    State(app): State<App>,
    signed: SignedIn,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> ApiResult<Response> {
    signed.may(Act::Curate)?;
    let (preview::Request { lang, body }, _) = read::<preview::Request>(&headers, body, MAX_BODY)?;
    let sheet = kept(Sheet { body, ..Sheet::default() })?;
    // As it will be stored, so that not a byte differs.
    let body = weerklank_markdown::tidy_body(&sheet.body);
    let words = word_count(&body);
    let html = render_column(&body, lang, app.public_url.as_str(), &app.assets).html;
    Ok(private(StatusCode::OK, &preview::Response { html, words, reading_minutes: reading_minutes(words) }))
}

/// A draft with the version that a save has to name.
async fn whole(app: &App, id: Uuid, lang: weerklank_domain::Lang) -> ApiResult<Response> {
    let found = Box::pin(app.store.draft(id)).await.map_err(Problem::from)?;
    let draft = found.ok_or_else(Problem::not_found)?;
    Ok(tagged(draft.version, private(StatusCode::OK, &told::draft(draft, lang))))
}

fn tagged(version: i64, mut response: Response) -> Response {
    let tag = HeaderValue::from_str(&format!("\"{version}\"")).expect("a number is visible ASCII");
    response.headers_mut().insert(header::ETAG, tag);
    response.into_response()
}

/// The version that a write was made on (RFC 9110, section 13.1.1).
fn named_version(headers: &HeaderMap) -> Result<i64, Problem> {
    let tag = headers.get(header::IF_MATCH).and_then(|value| value.to_str().ok());
    let tag = tag.ok_or_else(Problem::version_needed)?;
    let number = tag.trim().strip_prefix('"').and_then(|tag| tag.strip_suffix('"'));
    number.and_then(|number| number.parse().ok()).ok_or_else(Problem::draft_changed)
}

fn kept(sheet: Sheet) -> Result<Sheet, Problem> {
    sheet.kept().map_err(Problem::invalid_body)
}

/// Where a page ended: nanoseconds since 1970 and an id, as nobody else has to read it.
fn write_cursor(at: OffsetDateTime, id: Uuid) -> String {
    URL_SAFE_NO_PAD.encode(format!("{} {id}", at.unix_timestamp_nanos()))
}

fn read_cursor(text: &str) -> Result<(OffsetDateTime, Uuid), Problem> {
    let wrong = || Problem::invalid_parameter("cursor", "it is not one that was given out");
    let plain = URL_SAFE_NO_PAD.decode(text).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let plain = plain.ok_or_else(wrong)?;
    let (at, id) = plain.split_once(' ').ok_or_else(wrong)?;
    let at = at.parse().ok().and_then(|nanos| OffsetDateTime::from_unix_timestamp_nanos(nanos).ok());
    Ok((at.ok_or_else(wrong)?, id.parse().map_err(|_| wrong())?))
}
