//! GET `/api/v1/search`.

use axum::{
    extract::{RawQuery, State},
    http::HeaderMap,
    response::Response,
};
use weerklank::routes::{MAX_QUERY_CHARS, Route};
use weerklank_api::search::{Hit, Query, Response as Page};
use weerklank_domain::{Card, Slug};

use super::{
    answer::{ApiResult, address, json, kept, query},
    filters::{Filters, limit, word},
};
use crate::{app::App, http::kept::Effort, pages::find, problem::Problem};

/// Pages further on are not offered: who looks for one column refines the query.
const MAX_OFFSET: u64 = 10_000;

/// Published columns that a query finds, best first.
#[utoipa::path(get, path = weerklank_api::search::PATH, operation_id = "searchColumns", params(Query), tag = "columns",
    responses(
        (status = 200, description = "A page of what was found", body = Page),
        (status = 400, description = "`invalid-parameter`", body = Problem, content_type = "application/problem+json"),
    ))]
pub async fn search(
    State(app): State<App>,
    RawQuery(raw): RawQuery,
    headers: HeaderMap,
) -> ApiResult<Response> {
    let query: Query = query(raw.as_deref())?;
    let text = query.q.unwrap_or_default().trim().to_owned();
    if text.is_empty() {
        return Err(Problem::invalid_parameter("q", "say what to look for").into());
    }
    if text.chars().count() > MAX_QUERY_CHARS {
        return Err(
            Problem::invalid_parameter("q", format!("longer than {MAX_QUERY_CHARS} characters")).into()
        );
    }
    let filters = Filters {
        sentiment: query.sentiment,
        moment: query.moment,
        shop: query.shop,
        series: query.series,
        author: query.author,
        lang: query.lang,
    };
    let (filter, limit) = (filters.parse()?, limit(query.limit)?);
    let offset = word::<u64>("cursor", query.cursor.as_deref())?.unwrap_or_default();
    if offset > MAX_OFFSET {
        return Err(Problem::invalid_parameter("cursor", "no further than 10,000 hits").into());
    }
    let more =
        [("q", Some(text.clone())), ("cursor", Some(offset.to_string())), ("limit", Some(limit.to_string()))];
    let url = address(weerklank_api::search::PATH, &filter, &more);
    let load = Box::pin(async {
        let found = find(&app, &text, &filter, offset, limit).await?;
        let slugs: Vec<Slug> = found.hits.iter().map(|hit| hit.slug.clone()).collect();
        let cards = app.store.cards(&slugs, app.edition().today).await?;
        Ok((found, cards))
    });
    let kept = kept(&app, url, load, move |app, (found, cards)| {
        let end = offset + u64::from(limit);
        let next = (end < found.total && end <= MAX_OFFSET).then(|| end.to_string());
        let items = found.hits.into_iter().filter_map(|hit| item(app, hit, &cards)).collect();
        json(&Page { total: found.total, items, facets: found.facets, next }, Effort::Query)
    });
    Ok(kept.await?.respond(&headers))
}

/// A hit with what its card knows; a column may have gone between the index and the database.
fn item(app: &App, hit: weerklank_search::Hit, cards: &[Card]) -> Option<Hit> {
    let card = cards.iter().find(|card| card.slug == hit.slug)?;
    Some(Hit {
        url: format!("{}{}", app.public_url.as_str(), Route::Column(hit.slug.clone()).url()),
        slug: hit.slug,
        title: card.title.clone(),
        snippet: hit.snippet.into_iter().map(|(text, _)| text).collect(),
        date: card.date,
        lang: card.lang,
        sentiment: card.sentiment,
    })
}
