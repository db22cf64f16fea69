//! What a shop's programs read: its answers and its scores, as JSON or CSV.

use axum::{
    extract::{RawQuery, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use weerklank_api::{
    feedback::{self, Item, MOST, Query as ListQuery, Response as List},
    scores::{self, Count, Figure, Line, Mean, Query as ScoresQuery, Response as Scores},
};
use weerklank_domain::feedback::{
    OwnAnswer,
    scores::{AnyFigure, Grouping, Standing},
};
use weerklank_store::{FeedbackCursor, FeedbackFilter, KnownShop, ScoreLine, StoredFeedback};

use super::{
    answer::{ApiResult, query},
    filters::word,
    json::{private, rfc3339},
};
use crate::{
    app::App,
    csv::{Cell, Csv},
    problem::Problem,
    secrets,
};

/// Answers on a page, unless it is said.
const USUAL: u32 = 100;

/// The shop's own answers, newest first, by cursor.
///
/// As CSV, the next page is named by a `Link` with `rel="next"`.
#[utoipa::path(get, path = feedback::PATH, operation_id = "listFeedback", params(ListQuery), tag = "feedback",
    security(("api_key" = [])),
    responses(
        (status = 200, description = "A page of them", content((List = "application/json"), (String = "text/csv"))),
        (status = 400, description = "`invalid-parameter`", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "`api-key-needed` or `wrong-api-key`", body = Problem, content_type = "application/problem+json"),
    ))]
pub async fn list(
    State(app): State<App>,
    RawQuery(raw): RawQuery,
    headers: HeaderMap,
) -> ApiResult<Response> {
    let shop = shop(&app, &headers).await?;
    let asked: ListQuery = query(raw.as_deref())?;
    let format = format(asked.format.as_deref(), &headers)?;
    let filter = FeedbackFilter {
        from: word("from", asked.from.as_deref())?,
        to: word("to", asked.to.as_deref())?,
        moment: word("moment", asked.moment.as_deref())?,
        agent: word("agent", asked.agent.as_deref())?,
        team: word("team", asked.team.as_deref())?,
        tag: word("tag", asked.tag.as_deref())?,
        lang: word("lang", asked.lang.as_deref())?,
        verified: word("verified", asked.verified.as_deref())?,
        question: word("question", asked.question.as_deref())?,
    };
    let cursor: Option<FeedbackCursor> = word("cursor", asked.cursor.as_deref())?;
    let limit = match asked.limit.unwrap_or(USUAL) {
        limit @ 1..=MOST => limit,
        limit => {
            let why = format!("{limit} is not between 1 and {MOST}");
            return Err(Problem::invalid_parameter("limit", why).into());
        }
    };
    let page = Box::pin(app.store.feedback(shop.id, &filter, cursor, limit)).await.map_err(Problem::from)?;
    let items: Vec<Item> = page.items.into_iter().map(item).collect();
    let next = page.next.map(|next| next.to_string());
    let mut response = match format {
        Format::Json => private(StatusCode::OK, &List { items, next: next.clone() }),
        Format::Csv => csv(answers_csv(&items)),
    };
    if let Some(next) = next {
        let link = next_page(raw.as_deref().unwrap_or_default(), &next);
        if let Ok(link) = HeaderValue::from_str(&link) {
            response.headers_mut().insert(header::LINK, link);
        }
    }
    Ok(response)
}

/// The shop's own scores with their 95% intervals, verified answers and others apart.
#[utoipa::path(get, path = scores::PATH, operation_id = "scores", params(ScoresQuery), tag = "feedback",
    security(("api_key" = [])),
    responses(
        (status = 200, description = "The scores", content((Scores = "application/json"), (String = "text/csv"))),
        (status = 400, description = "`invalid-parameter`", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "`api-key-needed` or `wrong-api-key`", body = Problem, content_type = "application/problem+json"),
    ))]
pub async fn scores(
    State(app): State<App>,
    RawQuery(raw): RawQuery,
    headers: HeaderMap,
) -> ApiResult<Response> {
    let shop = shop(&app, &headers).await?;
    let asked: ScoresQuery = query(raw.as_deref())?;
    let format = format(asked.format.as_deref(), &headers)?;
    let filter = FeedbackFilter {
        from: word("from", asked.from.as_deref())?,
        to: word("to", asked.to.as_deref())?,
        moment: word("moment", asked.moment.as_deref())?,
        agent: word("agent", asked.agent.as_deref())?,
        team: word("team", asked.team.as_deref())?,
        tag: word("tag", asked.tag.as_deref())?,
        lang: word("lang", asked.lang.as_deref())?,
        verified: word("verified", asked.verified.as_deref())?,
        question: word("question", asked.question.as_deref())?,
    };
    let group_by: Option<Grouping> = word("group_by", asked.group_by.as_deref())?;
    let lines = app.store.feedback_tallies(shop.id, &filter, group_by).await.map_err(Problem::from)?;
    let scores: Vec<Line> = lines.iter().map(line).collect();
    Ok(match format {
        Format::Json => private(StatusCode::OK, &Scores { group_by, scores }),
        Format::Csv => csv(scores_csv(&scores)),
    })
}

/// Whose key it is. Only a hash of it is looked up, so nothing of the key can be told from how long that takes.
async fn shop(app: &App, headers: &HeaderMap) -> Result<KnownShop, Problem> {
    let said = headers.get(header::AUTHORIZATION).map(|value| value.to_str().unwrap_or_default());
    let Some(said) = said else { return Err(Problem::no_api_key(false)) };
    let key = match said.split_once(' ') {
        // RFC 9110, 11.1: the name of a scheme is in any case.
        Some((scheme, key)) if scheme.eq_ignore_ascii_case("bearer") => key.trim(),
        _ => return Err(Problem::no_api_key(false)),
    };
    let found = app.store.shop_by_api_key(&secrets::hash(key)).await?;
    found.ok_or_else(|| Problem::no_api_key(true))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Json,
    Csv,
}

/// As `format` says; else CSV where `Accept` names it and not JSON.
fn format(named: Option<&str>, headers: &HeaderMap) -> Result<Format, Problem> {
    match named {
        Some("json") => Ok(Format::Json),
        Some("csv") => Ok(Format::Csv),
        Some(other) => {
            Err(Problem::invalid_parameter("format", format!("`{other}` is neither json nor csv")))
        }
        None => {
            let accept =
                headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
            let is_csv = accept.contains("text/csv") && !accept.contains("application/json");
            Ok(if is_csv { Format::Csv } else { Format::Json })
        }
    }
}

fn csv(table: Csv) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CACHE_CONTROL, "private, no-store"),
        (header::VARY, "Accept"),
    ];
    (headers, table.into_text()).into_response()
}

/// RFC 8288: the address of the page after, as it was asked for.
fn next_page(raw: &str, cursor: &str) -> String {
    let mut pairs = form_urlencoded::Serializer::new(String::new());
    for (key, value) in form_urlencoded::parse(raw.as_bytes()).take(32).filter(|(key, _)| key != "cursor") {
        pairs.append_pair(&key, &value);
    }
    pairs.append_pair("cursor", cursor);
    format!("<{}?{}>; rel=\"next\"", feedback::PATH, pairs.finish())
}

fn item(stored: StoredFeedback) -> Item {
    let StoredFeedback { answer, .. } = stored;
    Item {
        id: stored.id.to_string(),
        site: stored.site.to_string(),
        ticket: stored.ticket.map(String::from),
        round: stored.round.get(),
        verified: stored.verified,
        question: answer.score.question(),
        score: answer.score.value(),
        lang: stored.lang,
        moment: stored.moment,
        agent: stored.agent.map(String::from),
        team: stored.team.map(String::from),
        tags: stored.tags.as_slice().iter().map(ToString::to_string).collect(),
        ratings: answer.ratings.into_iter().map(|(moment, rating)| (moment, rating.get())).collect(),
        answers: answer.answers,
        comment: answer.comment,
        story: answer.story,
        day: stored.first_on,
        first_at: rfc3339(stored.first_at),
        changed_at: rfc3339(stored.changed_at),
    }
}

fn line(line: &ScoreLine) -> Line {
    let ScoreLine { group, verified, tally } = line;
    let standing = Standing::of(tally.n());
    let figure = tally.figure().filter(|_| standing != Standing::TooFew);
    Line {
        group: group.clone(),
        question: tally.question(),
        verified: *verified,
        n: tally.n(),
        tally: tally.counts().into_iter().map(|(value, times)| Count { value, times }).collect(),
        standing,
        figure: figure.map(|figure| {
            let interval = figure.interval();
            let mean = match figure {
                AnyFigure::Ces(ces) => Some(Mean {
                    value: ces.mean.value,
                    low: ces.mean.interval.map(|interval| interval.low),
                    high: ces.mean.interval.map(|interval| interval.high),
                }),
                _ => None,
            };
            Figure { estimate: figure.estimate(), low: interval.low, high: interval.high, mean }
        }),
    }
}

fn answers_csv(items: &[Item]) -> Csv {
    let mut csv = Csv::new(&[
        "id",
        "site",
        "ticket",
        "round",
        "verified",
        "question",
        "score",
        "lang",
        "moment",
        "agent",
        "team",
        "tags",
        "ratings",
        "answers",
        "comment",
        "story",
        "day",
        "first_at",
        "changed_at",
    ]);
    for item in items {
        let text = |text: &Option<String>| Cell::Text(text.clone().unwrap_or_default());
        let listed = |list: Vec<String>| Cell::Text(list.join("; "));
        csv.cells(&[
            Cell::Text(item.id.clone()),
            Cell::Text(item.site.clone()),
            text(&item.ticket),
            Cell::number(item.round),
            Cell::Text(item.verified.to_string()),
            Cell::Text(item.question.to_string()),
            Cell::number(item.score),
            Cell::Text(item.lang.to_string()),
            Cell::Text(item.moment.map(|moment| moment.to_string()).unwrap_or_default()),
            text(&item.agent),
            text(&item.team),
            listed(item.tags.clone()),
            listed(item.ratings.iter().map(|(moment, rating)| format!("{moment}: {rating}")).collect()),
            listed(item.answers.iter().map(|(question, answer)| own(question.as_str(), answer)).collect()),
            text(&item.comment),
            Cell::Text(item.story.to_string()),
            Cell::Text(item.day.to_string()),
            Cell::Text(item.first_at.clone()),
            Cell::Text(item.changed_at.clone()),
        ]);
    }
    csv
}

fn own(question: &str, answer: &OwnAnswer) -> String {
    match answer {
        OwnAnswer::Choice(choice) => format!("{question}: {choice}"),
        OwnAnswer::Scale(point) => format!("{question}: {point}"),
        OwnAnswer::Text(text) => format!("{question}: {text}"),
    }
}

fn scores_csv(lines: &[Line]) -> Csv {
    let mut csv = Csv::new(&[
        "group",
        "question",
        "verified",
        "n",
        "standing",
        "estimate",
        "low",
        "high",
        "mean",
        "mean_low",
        "mean_high",
        "tally",
    ]);
    for line in lines {
        let number = |number: Option<f64>| number.map_or(Cell::Text(String::new()), Cell::number);
        let (figure, mean) = (line.figure, line.figure.and_then(|figure| figure.mean));
        csv.cells(&[
            Cell::Text(line.group.clone().unwrap_or_default()),
            Cell::Text(line.question.to_string()),
            Cell::Text(line.verified.to_string()),
            Cell::number(line.n),
            Cell::Text(line.standing.to_string()),
            number(figure.map(|figure| figure.estimate)),
            number(figure.map(|figure| figure.low)),
            number(figure.map(|figure| figure.high)),
            number(mean.map(|mean| mean.value)),
            number(mean.and_then(|mean| mean.low)),
            number(mean.and_then(|mean| mean.high)),
            Cell::Text(
                line.tally
                    .iter()
                    .map(|count| format!("{}: {}", count.value, count.times))
                    .collect::<Vec<_>>()
                    .join("; "),
            ),
        ]);
    }
    csv
}
