//! GET `/api/v1/columns` and `/api/v1/columns/{slug}`.

use axum::{
    extract::{Path, RawQuery, State, rejection::PathRejection},
    http::HeaderMap,
    response::Response,
};
use weerklank::routes::Route;
use weerklank_api::columns::{self as api, Item, Query, Response as Page, SeriesRef};
use weerklank_domain::{FirstPublished, Guest, Image, Named, Slug, Status};
use weerklank_store::{ColumnCursor, StoredColumn};

use super::{
    answer::{ApiResult, address, json, kept, query},
    filters::{Filters, limit, word},
};
use crate::{app::App, http::kept::Effort, pages::render_for_feed, problem::Problem};

/// Published columns, newest first, by cursor.
#[utoipa::path(get, path = weerklank_api::columns::PATH, operation_id = "listColumns", params(Query), tag = "columns",
    responses(
        (status = 200, description = "A page of them", body = Page),
        (status = 400, description = "`invalid-parameter`", body = Problem, content_type = "application/problem+json"),
    ))]
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
    let more = [("cursor", cursor.as_ref().map(ToString::to_string)), ("limit", Some(limit.to_string()))];
    let url = address(weerklank_api::columns::PATH, &filter, &more);
    let load = Box::pin(async {
        let today = app.edition().today;
        Ok(app.store.public_columns_after(cursor.as_ref(), &filter, limit, today).await?)
    });
    let kept = kept(&app, url, load, |app, (columns, next)| {
        let items = columns.into_iter().map(|column| item(app, column)).collect();
        // There are more of these than anyone reads twice.
        json(&Page { items, next: next.map(|next| next.to_string()) }, Effort::Query)
    });
    Ok(kept.await?.respond(&headers))
}

/// One published column.
#[utoipa::path(get, path = weerklank_api::column::PATH, operation_id = "getColumn", tag = "columns",
    params(("slug" = String, Path, description = "The column's slug")),
    responses(
        (status = 200, description = "The column", body = Item),
        (status = 404, description = "`not-found`", body = Problem, content_type = "application/problem+json"),
        (status = 410, description = "`withdrawn`", body = Problem, content_type = "application/problem+json"),
    ))]
pub async fn one(
    State(app): State<App>,
    slug: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
) -> ApiResult<Response> {
    // A path that is no text names nothing.
    let Path(slug) = slug.map_err(|_| Problem::not_found())?;
    let slug: Slug = slug.parse().map_err(|_| Problem::not_found())?;
    let url = weerklank_api::column::PATH.replace("{slug}", slug.as_str());
    let load = Box::pin(async {
        let column = app.store.column(&slug).await?.ok_or_else(Problem::not_found)?;
        if column.column.status == Status::Withdrawn {
            return Err(Problem::gone());
        }
        let public = column.column.is_public(app.edition().today);
        public.then_some(column).ok_or_else(Problem::not_found)
    });
    let kept = kept(&app, url, load, |app, column| json(&item(app, column), app.effort));
    Ok(kept.await?.respond(&headers))
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
        authors: names(card.authors),
        lang: card.lang,
        sentiment: card.sentiment,
        moments: card.moments,
        shops: names(card.shops),
        series: card.series.map(|part| SeriesRef {
            slug: part.series.slug,
            name: part.series.name,
            number: part.number,
        }),
        guest: column.guest.map(|Guest { name, role, organisation }| api::Guest { name, role, organisation }),
        first_published: column.first_published.map(|FirstPublished { medium, issue, date, url }| {
            api::FirstPublished { medium, issue, date, url }
        }),
        summary: card.summary,
        tags: column.tags,
        image: column.image.map(|Image { src, alt, credit }| {
            let (width, height) = app.assets.image_size(&src).unzip();
            let src = if src.starts_with('/') { format!("{origin}{src}") } else { src };
            api::Image { src, alt, credit, width, height }
        }),
        source: column.source,
        comments: column.comments,
        incomplete: column.incomplete,
        reading_minutes: card.reading_minutes,
        html: render_for_feed(&column.body, card.lang, origin, &app.assets),
        markdown: column.body,
    }
}

fn names(named: Vec<Named>) -> Vec<api::Name> {
    named.into_iter().map(|Named { slug, name }| api::Name { slug, name }).collect()
}
