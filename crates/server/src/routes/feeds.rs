//! Atom (RFC 4287) and JSON Feed 1.1: whole columns, newest first, per filter.

use std::{borrow::Cow, sync::Arc};

use axum::{
    extract::{RawQuery, State},
    http::{HeaderMap, header},
    response::Response,
};
use quick_xml::{
    Writer,
    events::{BytesDecl, BytesText, Event},
};
use serde_json::json;
use weerklank::{
    board,
    head::SITE,
    routes::{self, Route, pattern},
};
use weerklank_domain::{ColumnFilter, Date, Lang};
use weerklank_store::StoredColumn;

use super::{
    answer::{ApiResult, kept, query},
    filters::Filters,
};
use crate::{
    app::App,
    http::{Kept, kept::Effort},
    pages::{known, render_for_feed},
    problem::Problem,
};

/// Columns in a feed.
const LENGTH: u32 = 30;

/// A feed before it takes a form.
pub struct Feed {
    pub title: String,
    pub lang: Lang,
    pub filter: ColumnFilter,
    pub columns: Vec<StoredColumn>,
}

pub async fn atom(
    State(app): State<App>,
    RawQuery(raw): RawQuery,
    headers: HeaderMap,
) -> ApiResult<Response> {
    let kept = feed(&app, pattern::FEED_ATOM, raw, write_atom, "application/atom+xml; charset=utf-8").await?;
    Ok(kept.respond(&headers))
}

pub async fn json(
    State(app): State<App>,
    RawQuery(raw): RawQuery,
    headers: HeaderMap,
) -> ApiResult<Response> {
    let kept = feed(&app, pattern::FEED_JSON, raw, write_json, "application/feed+json").await?;
    Ok(kept.respond(&headers))
}

async fn feed(
    app: &App,
    pattern: &'static str,
    raw: Option<String>,
    write: fn(&App, &Feed) -> String,
    content_type: &'static str,
) -> ApiResult<Arc<Kept>> {
    let filter = query::<Filters>(raw.as_deref())?.parse()?;
    let url = routes::feed(pattern, &filter);
    // The feed of everything is read all day; of the others there are more than anyone counts.
    let effort = if filter.is_empty() { app.effort } else { Effort::Query };
    let keep = move |app: &App, feed: Feed| {
        Kept::compressed(write(app, &feed), effort)
            .static_header(header::CONTENT_TYPE, content_type)
            .static_header(header::CACHE_CONTROL, "public, max-age=300")
    };
    kept(app, url, Box::pin(load(app, filter)), keep).await
}

/// Loads the feed of a filter; 404 where the filter names a shop, series or author that is not there.
pub async fn load(app: &App, filter: ColumnFilter) -> Result<Feed, Problem> {
    let mut names = Vec::new();
    let lang = filter.lang.unwrap_or(Lang::Nl);
    let edition = app.edition();
    let today = edition.today;
    // In the order in which the page of the same choices names them.
    if let Some(sentiment) = filter.sentiment {
        names.push(board::sentiment_name(lang, sentiment).to_owned());
    }
    if let Some(moment) = filter.moment {
        names.push(board::moment_name(lang, moment).to_owned());
    }
    if let Some(shop) = &filter.shop {
        let alone = ColumnFilter { shop: Some(shop.clone()), ..ColumnFilter::default() };
        let shop = known(app, edition, app.store.shop(shop).await?, &alone).await?;
        names.push(shop.ok_or_else(Problem::not_found)?.name);
    }
    if let Some(series) = &filter.series {
        names.push(app.store.series(series, today).await?.ok_or_else(Problem::not_found)?.0.name);
    }
    if let Some(author) = &filter.author {
        let alone = ColumnFilter { author: Some(author.clone()), ..ColumnFilter::default() };
        let author = known(app, edition, app.store.author(author).await?, &alone).await?;
        names.push(author.ok_or_else(Problem::not_found)?.name);
    }
    if let Some(of) = filter.lang {
        names.push(board::lang_name(lang, of).to_owned());
    }
    let columns = app.store.feed(&filter, LENGTH, today).await?;
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    Ok(Feed { title: board::feed_title(lang, &names), lang, filter, columns })
}

/// The page that a feed is the feed of.
fn home_page(filter: &ColumnFilter) -> String {
    Route::Home(filter.clone(), weerklank_domain::PageNumber::FIRST).url()
}

pub fn write_atom(app: &App, feed: &Feed) -> String {
    let mut xml = Writer::new(Vec::new());
    // Writing into memory cannot fail.
    let _written = atom_feed(&mut xml, app, feed);
    String::from_utf8(xml.into_inner()).unwrap_or_default()
}

fn atom_feed(xml: &mut Writer<Vec<u8>>, app: &App, feed: &Feed) -> std::io::Result<()> {
    let origin = app.public_url.as_str();
    let own = format!("{origin}{}", routes::feed(pattern::FEED_ATOM, &feed.filter));
    let updated = feed.columns.iter().map(last_change).max().map_or_else(|| midnight("1970-01-01"), midnight);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    xml.create_element("feed")
        .with_attributes([("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", feed.lang.as_str())])
        .write_inner_content(|xml| {
            text(xml, "title", &feed.title)?;
            text(xml, "id", &own)?;
            text(xml, "updated", &updated)?;
            // RFC 4287, section 4.1.1: for the entries that name nobody.
            xml.create_element("author").write_inner_content(|xml| text(xml, "name", SITE))?;
            link(xml, "self", "application/atom+xml", &own)?;
            link(xml, "alternate", "text/html", &format!("{origin}{}", home_page(&feed.filter)))?;
            feed.columns.iter().try_for_each(|column| atom_entry(xml, app, column))
        })?;
    Ok(())
}

fn atom_entry(xml: &mut Writer<Vec<u8>>, app: &App, stored: &StoredColumn) -> std::io::Result<()> {
    let origin = app.public_url.as_str();
    let StoredColumn { column, card, .. } = stored;
    let url = format!("{origin}{}", Route::Column(card.slug.clone()).url());
    xml.create_element("entry").with_attribute(("xml:lang", card.lang.as_str())).write_inner_content(
        |xml| {
            text(xml, "title", &card.title)?;
            text(xml, "id", &url)?;
            link(xml, "alternate", "text/html", &url)?;
            text(xml, "published", &midnight(card.date))?;
            text(xml, "updated", &midnight(last_change(stored)))?;
            for author in &card.authors {
                xml.create_element("author").write_inner_content(|xml| text(xml, "name", &author.name))?;
            }
            for moment in &card.moments {
                let label = board::moment_name(card.lang, *moment);
                xml.create_element("category")
                    .with_attributes([("term", moment.as_str()), ("label", label)])
                    .write_empty()?;
            }
            for tag in &column.tags {
                xml.create_element("category").with_attribute(("term", &*writable(tag))).write_empty()?;
            }
            text(xml, "summary", &card.summary)?;
            let html = render_for_feed(&column.body, card.lang, origin, &app.assets);
            xml.create_element("content")
                .with_attribute(("type", "html"))
                .write_text_content(BytesText::new(&writable(&html)))?;
            Ok(())
        },
    )?;
    Ok(())
}

fn text(xml: &mut Writer<Vec<u8>>, name: &str, value: &str) -> std::io::Result<()> {
    xml.create_element(name).write_text_content(BytesText::new(&writable(value)))?;
    Ok(())
}

/// XML 1.0, section 2.2: a few characters cannot be written, not even escaped. One of them would
/// cost every reader the whole feed.
fn writable(text: &str) -> Cow<'_, str> {
    let is_char = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..);
    if text.chars().all(is_char) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.chars().filter(|c| is_char(*c)).collect())
    }
}

fn link(xml: &mut Writer<Vec<u8>>, rel: &str, kind: &str, href: &str) -> std::io::Result<()> {
    xml.create_element("link")
        .with_attributes([("rel", rel), ("type", kind), ("href", href)])
        .write_empty()?;
    Ok(())
}

pub fn write_json(app: &App, feed: &Feed) -> String {
    let origin = app.public_url.as_str();
    let items: Vec<_> = feed.columns.iter().map(|column| json_item(app, column)).collect();
    let feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": board::site_description(feed.lang),
        "home_page_url": format!("{origin}{}", home_page(&feed.filter)),
        "feed_url": format!("{origin}{}", routes::feed(pattern::FEED_JSON, &feed.filter)),
        "language": feed.lang,
        "items": items,
    });
    feed.to_string()
}

fn json_item(app: &App, stored: &StoredColumn) -> serde_json::Value {
    let origin = app.public_url.as_str();
    let StoredColumn { column, card, .. } = stored;
    let url = format!("{origin}{}", Route::Column(card.slug.clone()).url());
    let authors: Vec<_> = card
        .authors
        .iter()
        .map(|author| {
            let url = format!("{origin}{}", Route::author(author.slug.clone()).url());
            json!({ "name": author.name, "url": url })
        })
        .collect();
    let moments = card.moments.iter().map(|moment| board::moment_name(card.lang, *moment));
    let tags: Vec<&str> = moments.chain(column.tags.iter().map(String::as_str)).collect();
    let mut item = json!({
        "id": url,
        "url": url,
        "title": card.title,
        "summary": card.summary,
        "content_html": render_for_feed(&column.body, card.lang, origin, &app.assets),
        "date_published": midnight(card.date),
        "date_modified": midnight(last_change(stored)),
        "authors": authors,
        "tags": tags,
        "language": card.lang,
    });
    // A picture from elsewhere would tell that place who reads.
    if let Some(image) = card.image.as_ref().filter(|image| image.src.starts_with('/')) {
        item["image"] = json!(format!("{origin}{}", image.src));
    }
    item
}

fn last_change(stored: &StoredColumn) -> Date {
    stored.column.updated.unwrap_or(stored.column.date).max(stored.column.date)
}

/// RFC 3339 wants a time; a column has a day.
fn midnight(day: impl std::fmt::Display) -> String {
    format!("{day}T00:00:00Z")
}
