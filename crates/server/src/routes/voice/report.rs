//! `/report`: a reader reports what should not be there.

use axum::{
    Extension,
    body::Bytes,
    extract::{RawQuery, State, rejection::BytesRejection},
    http::{HeaderMap, StatusCode, Uri, header},
    response::Response,
};
use weerklank::{
    mail::Confirms,
    routes::{self, Route, pattern},
    share::{Around, too_large},
    voice::{
        Carried, NotSent, ReportForm, not_sent, report_column_words, report_comment_words, report_form,
        report_reply_words,
    },
};
use weerklank_api::challenge::SOLUTION;
use weerklank_domain::{
    Lang, Slug,
    voice::{Report, ReportDraft, VoiceFaults},
};
use weerklank_store::{NewWords, Said, Spot, StoreError};

use super::{Sent, arrival, public_column, question};
use crate::{
    app::App,
    guard::seconds_until,
    http::{RequestId, client::Peer},
    routes::share::{answer, around, failed, see_other},
    secrets,
};

type Id = Option<Extension<RequestId>>;

/// What a report consists of.
const FIELDS: [&str; 6] = ["where", "ground", "text", "name", "email", "good_faith"];

/// Something that can be reported: a column, or what stands below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub column: Slug,
    pub spot: Spot,
}

impl Place {
    /// From the address of a page of this board, whole or as a path, with the place on it.
    pub fn parse(address: &str, origin: &str) -> Option<Self> {
        let path = address.trim();
        let path = path.strip_prefix(origin).unwrap_or(path);
        let (path, place) = path.split_once('#').unwrap_or((path, ""));
        let path = path.split('?').next().unwrap_or_default();
        let (_, path) = routes::split_language(path);
        let Some(Route::Column(column)) = Route::parse(path, &[]) else { return None };
        let of = |prefix: String| place.strip_prefix(prefix.trim_start_matches('#')).map(str::parse);
        // A place on the page that is neither is of the column.
        let spot = match (of(pattern::comment_place("")), of(pattern::reply_place(""))) {
            (Some(id), _) => Spot::Comment(id.ok()?),
            (_, Some(id)) => Spot::Reply(id.ok()?),
            (None, None) => Spot::Column,
        };
        Some(Self { column, spot })
    }
}

/// The form.
pub async fn show(
    State(app): State<App>,
    id: Id,
    RawQuery(query): RawQuery,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let around = around(&app, &uri, &headers, pattern::REPORT);
    let mut sent = Sent::blank(&app);
    let query = query.unwrap_or_default();
    sent.fields = form_urlencoded::parse(query.as_bytes())
        .filter(|(name, _)| name == "where")
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .take(1)
        .collect();
    form(&app, &around, id, &sent, Vec::new(), None).await
}

/// A report was sent.
pub async fn take(
    State(app): State<App>,
    id: Id,
    Extension(peer): Extension<Peer>,
    uri: Uri,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let around = around(&app, &uri, &headers, pattern::REPORT);
    let Ok(body) = body else { return answer(StatusCode::PAYLOAD_TOO_LARGE, too_large(&around)) };
    let sent = Sent::read(&app, &body);
    let report = match draft(&around, &sent).check() {
        Ok(report) => report,
        Err(faults) => return form(&app, &around, id, &sent, faults, None).await,
    };
    match Box::pin(store(&app, (peer, &headers), &around, &sent, &report)).await {
        Ok((Said::New(_) | Said::Again(_), secret)) => {
            app.post.wake();
            app.live.poke();
            let address = format!("{}?sent", pattern::said(&secret));
            see_other(&routes::localised(&address, around.ui_in_path.then_some(around.ui)))
        }
        // Sent again with other words, the first ones stand: a decision may rest on them already.
        Ok((Said::KeyTaken, secret)) => {
            answer(StatusCode::CONFLICT, not_sent(&around, NotSent::First(&secret), sent.get("text")))
        }
        Ok((Said::TooOften { again_at }, _)) => {
            let seconds = seconds_until(again_at, app.clock.now());
            form(&app, &around, id, &sent, Vec::new(), Some(seconds)).await
        }
        Ok((Said::Closed | Said::Nothing, _)) => form(&app, &around, id, &sent, Vec::new(), None).await,
        Err(error) => failed(&app, &around, error, id.map(|id| id.0)),
    }
}

async fn store(
    app: &App,
    from: (Peer, &HeaderMap),
    around: &Around,
    sent: &Sent,
    report: &Report,
) -> Result<(Said, String), StoreError> {
    let secret = app.links.said(&app.store, &sent.key).await?;
    let Some(place) = Place::parse(sent.get("where"), app.public_url.as_str()) else {
        return Ok((Said::Nothing, secret));
    };
    let Some(named) = named(app, around.ui, &place).await? else { return Ok((Said::Nothing, secret)) };
    let what = Confirms::Report(&named);
    let confirm = question(app, &secret, (report.email.as_ref(), report.lang), what).await?;
    let marks = sent.marks(app);
    let proof = Some(sent.get(SOLUTION)).filter(|proof| !proof.is_empty());
    let new = NewWords {
        column: &place.column,
        secret: secrets::hash(&secret),
        request: sent.hash(&FIELDS),
        confirm: confirm.as_ref(),
        arrival: arrival(app, from, "report", &marks, proof).await?,
    };
    let said = (report, place.spot);
    let said = app.store.receive_report(&new, said, app.clock.today(), app.clock.now()).await?;
    Ok((said, secret))
}

/// What people call it; `None` where there is no such thing that readers see.
pub async fn named(app: &App, lang: Lang, place: &Place) -> Result<Option<String>, StoreError> {
    let Some(column) = public_column(app, place.column.as_str()).await? else { return Ok(None) };
    let title = column.column.title;
    if place.spot == Spot::Column {
        return Ok(Some(report_column_words(lang, &title)));
    }
    let voices = app.store.voices(column.id, app.clock.now()).await?;
    Ok(match place.spot {
        Spot::Column => None,
        Spot::Comment(id) => {
            let comment = voices.comments.into_iter().find(|found| found.id == id && found.text.is_some());
            comment.map(|comment| report_comment_words(lang, comment.name.as_deref(), &title))
        }
        Spot::Reply(id) => {
            let reply = voices.replies.into_iter().find(|found| found.id == id && found.said.is_some());
            reply.map(|reply| report_reply_words(lang, &reply.shop, &title))
        }
    })
}

fn draft(around: &Around, sent: &Sent) -> ReportDraft {
    ReportDraft {
        ground: sent.get("ground").to_owned(),
        text: sent.get("text").to_owned(),
        name: sent.get("name").to_owned(),
        email: sent.get("email").to_owned(),
        lang: around.ui.to_string(),
        good_faith: !sent.get("good_faith").is_empty(),
    }
}

async fn form(
    app: &App,
    around: &Around,
    id: Id,
    sent: &Sent,
    faults: VoiceFaults,
    wait: Option<u32>,
) -> Response {
    let about = sent.get("where");
    let found = match Place::parse(about, app.public_url.as_str()) {
        Some(place) => named(app, around.ui, &place).await,
        None => Ok(None),
    };
    let found = match found {
        Ok(found) => found,
        Err(error) => return failed(app, around, error, id.map(|id| id.0)),
    };
    // A form that was only opened, at whatever address, has nothing wrong with it yet.
    let is_sent = !sent.get("go").is_empty();
    let is_nowhere = found.is_none() && is_sent;
    let status = match (wait, is_nowhere || !faults.is_empty()) {
        (Some(_), _) => StatusCode::TOO_MANY_REQUESTS,
        (None, true) => StatusCode::UNPROCESSABLE_ENTITY,
        (None, false) => StatusCode::OK,
    };
    let carried = Carried { wait: wait.map(|seconds| seconds.div_ceil(60)), ..sent.carried(faults) };
    let draft = draft(around, sent);
    let page = report_form(around, &ReportForm { carried, draft: &draft, about, found, is_nowhere });
    let mut response = answer(status, page);
    if let Some(seconds) = wait {
        response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    }
    response
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_place_is_a_column_or_what_stands_below_it() {
        let id = Uuid::from_u128(7);
        let of = |spot| Place { column: "een".parse().unwrap(), spot };
        let parse = |address: &str| Place::parse(address, "https://board.example");
        for address in [
            "/columns/een",
            " https://board.example/en/columns/een ",
            "/nl/columns/een?x=y#voice_title",
            "/columns/een#",
        ] {
            assert_eq!(parse(address), Some(of(Spot::Column)), "{address}");
        }
        assert_eq!(parse(&format!("/columns/een#comment-{id}")), Some(of(Spot::Comment(id))));
        assert_eq!(parse(&format!("/columns/een#reply-{id}")), Some(of(Spot::Reply(id))));
        for address in [
            "",
            "/",
            "/shops/een",
            "https://elsewhere.example/columns/een",
            "//board.example/columns/een",
            "/columns/een#comment-x",
            "/columns/een#reply-x",
            "/columns/../een",
            "javascript:alert(1)",
        ] {
            assert_eq!(parse(address), None, "{address}");
        }
    }
}
