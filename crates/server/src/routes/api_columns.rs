//! GET `/api/v1/columns` and `/api/v1/columns/{slug}`.

use axum::{
    extract::{Path, RawQuery, State, rejection::PathRejection},
    http::HeaderMap,
    response::Response,
};
use weerklank::routes::Route;
use weerklank_api::columns::{Item, Query, Response as Page, SeriesRef};
use weerklank_domain::{Slug, Status};
use weerklank_store::{ColumnCursor, StoredColumn};

use super::{
    answer::{ApiResult, answer, query},
    filters::{Filters, limit, word},
};
use crate::{app::App, pages::render_for_feed, problem::Problem};

/// Published columns, newest first, by cursor.
#[utoipa::path(get, path = weerklank_api::columns::PATH, params(Query), tag = "columns",
    responses((status = 200, body = Page), (status = 400, description = "`invalid-parameter`")))]
pub async fn list(
    State(app): State<App>,
    RawQuery(raw): RawQuery,
    headers: HeaderMap,
) -> ApiResult<Response> {
    let query: Query = query(raw.as_deref())?;
    let filters = Filters {
        sentiment: query.sentiment,
        moment: query.moment,
        shop: query.shop,
        series: query.series,
        author: query.author,
        lang: query.lang,
    };
    let (filter, limit) = (filters.parse()?, limit(query.limit)?);
    let cursor: Option<ColumnCursor> = word("cursor", query.cursor.as_deref())?;
    let (columns, next) = app
        .store
        .public_columns_after(cursor.as_ref(), &filter, limit, app.edition().today)
        .await
        .map_err(Problem::from)?;
    let items = columns.into_iter().map(|column| item(&app, column)).collect();
    Ok(answer(&Page { items, next: next.map(|next| next.to_string()) }, &headers))
}

/// One published column.
#[utoipa::path(get, path = weerklank_api::column::PATH, params(("slug" = String, Path, description = "The column's slug")),
    tag = "columns", responses((status = 200, body = Item), (status = 404, description = "`not-found`"), (status = 410, description = "`withdrawn`")))]
pub async fn one(
    State(app): State<App>,
    slug: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
) -> ApiResult<Response> {
    // A path that is no text names nothing.
    let Path(slug) = slug.map_err(|_| Problem::not_found())?;
    let slug: Slug = slug.parse().map_err(|_| Problem::not_found())?;
    let column = app.store.column(&slug).await.map_err(Problem::from)?.ok_or_else(Problem::not_found)?;
    if column.column.status == Status::Withdrawn {
        return Err(Problem::gone().into());
    }
    if !column.column.is_public(app.edition().today) {
        return Err(Problem::not_found().into());
    }
    Ok(answer(&item(&app, column), &headers))
}

fn item(app: &App, stored: StoredColumn) -> Item {
    let StoredColumn { column, card, .. } = stored;
    let origin = app.public_url.as_str();
    Item {
        url: format!("{origin}{}", Route::Column(card.slug.clone()).url()),
        slug: card.slug,
        title: card.title,
        date: card.date,
        updated: column.updated,
        authors: card.authors,
        lang: card.lang,
        sentiment: card.sentiment,
        moments: card.moments,
        shops: card.shops,
        series: card.series.map(|part| SeriesRef {
            slug: part.series.slug,
            name: part.series.name,
            number: part.number,
        }),
        guest: column.guest,
        first_published: column.first_published,
        summary: card.summary,
        tags: column.tags,
        source: column.source,
        comments: column.comments,
        incomplete: column.incomplete,
        reading_minutes: card.reading_minutes,
        html: render_for_feed(&column.body, card.lang, origin),
        markdown: column.body,
    }
}
