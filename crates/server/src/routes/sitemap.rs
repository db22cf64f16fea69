//! For crawlers: every public page with the day it last changed, and what not to crawl.

use axum::{
    extract::{RawQuery, State},
    http::{HeaderMap, header},
    response::Response,
};
use quick_xml::{
    Writer,
    events::{BytesDecl, BytesText, Event},
};
use weerklank::routes::{ABOUT_PARTS, Route, pattern};
use weerklank_domain::{Date, PageNumber, Slug};
use weerklank_store::SitemapEntry;

use super::answer::{ApiResult, kept};
use crate::{
    app::App,
    http::{Kept, kept::Effort},
    problem::Problem,
};

/// At most 50,000 addresses in a file (sitemaps.org protocol).
const PART: usize = 40_000;

/// A page and the day it last changed.
pub struct Place {
    pub route: Route,
    pub changed: Option<Date>,
}

/// One file while all fit; else an index of parts (`?part=2`).
pub async fn sitemap(
    State(app): State<App>,
    RawQuery(raw): RawQuery,
    headers: HeaderMap,
) -> ApiResult<Response> {
    let part =
        raw.as_deref().and_then(|raw| raw.strip_prefix("part=")).and_then(|part| part.parse::<usize>().ok());
    let url =
        part.map_or_else(|| pattern::SITEMAP.to_owned(), |part| format!("{}?part={part}", pattern::SITEMAP));
    let load = Box::pin(async {
        let places = places(&app).await?;
        let there = part.is_none_or(|part| (1..=places.len().div_ceil(PART)).contains(&part));
        there.then_some(places).ok_or_else(Problem::not_found)
    });
    let kept = kept(&app, url, load, move |app, places| {
        let origin = app.public_url.as_str();
        let xml = match part {
            None if places.len() > PART => index(origin, places.len().div_ceil(PART)),
            None => urls(origin, &places),
            Some(part) => urls(origin, places.chunks(PART).nth(part - 1).unwrap_or_default()),
        };
        // Megabytes that crawlers read once a day.
        Kept::compressed(xml, Effort::Query)
            .static_header(header::CONTENT_TYPE, "application/xml; charset=utf-8")
            .static_header(header::CACHE_CONTROL, "public, max-age=3600")
    });
    Ok(kept.await?.respond(&headers))
}

/// Every public page but those behind a query.
pub async fn places(app: &App) -> Result<Vec<Place>, Problem> {
    let map = app.store.sitemap(app.edition().today).await?;
    let newest = map.columns.iter().map(|entry| entry.lastmod).max();
    let dated = |entries: Vec<SitemapEntry<Slug>>, route: fn(Slug) -> Route| {
        entries.into_iter().map(move |entry| Place { route: route(entry.what), changed: Some(entry.lastmod) })
    };
    let mut places = vec![Place { route: Route::home(), changed: newest }];
    places.extend(dated(map.columns, Route::Column));
    places.extend(dated(map.series, Route::Series));
    places.extend(
        map.moments
            .into_iter()
            .map(|entry| Place { route: Route::moment(entry.what), changed: Some(entry.lastmod) }),
    );
    places.push(Place { route: Route::Shops(PageNumber::FIRST), changed: newest });
    places.extend(dated(map.shops, Route::shop));
    places.extend(dated(map.authors, Route::author));
    places.push(Place { route: Route::About, changed: None });
    places.extend(ABOUT_PARTS.iter().map(|part| Place { route: Route::AboutPart(part), changed: None }));
    Ok(places)
}

fn document(root: &str, write: impl FnOnce(&mut Writer<Vec<u8>>) -> std::io::Result<()>) -> String {
    let mut xml = Writer::new(Vec::new());
    // Writing into memory cannot fail.
    let _written = xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None))).and_then(|()| {
        xml.create_element(root)
            .with_attribute(("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9"))
            .write_inner_content(write)
            .map(|_| ())
    });
    String::from_utf8(xml.into_inner()).unwrap_or_default()
}

/// The addresses of `places`, each with the day it changed.
pub fn urls(origin: &str, places: &[Place]) -> String {
    document("urlset", |xml| {
        for place in places {
            xml.create_element("url").write_inner_content(|xml| {
                let address = format!("{origin}{}", place.route.url());
                xml.create_element("loc").write_text_content(BytesText::new(&address))?;
                if let Some(day) = place.changed {
                    xml.create_element("lastmod").write_text_content(BytesText::new(&day.to_string()))?;
                }
                Ok(())
            })?;
        }
        Ok(())
    })
}

fn index(origin: &str, parts: usize) -> String {
    document("sitemapindex", |xml| {
        for part in 1..=parts {
            xml.create_element("sitemap").write_inner_content(|xml| {
                let address = format!("{origin}{}?part={part}", pattern::SITEMAP);
                xml.create_element("loc").write_text_content(BytesText::new(&address))?;
                Ok(())
            })?;
        }
        Ok(())
    })
}

/// Search results and combined filters are endless and hold nothing of their own.
pub fn robots_text(origin: &str) -> String {
    format!(
        "User-agent: *\nDisallow: /search\nDisallow: /nl/search\nDisallow: /en/search\nDisallow: /api/\nDisallow: /*page.json\n\nSitemap: {origin}{}\n",
        pattern::SITEMAP
    )
}

pub async fn robots(State(app): State<App>, headers: HeaderMap) -> Response {
    // Short enough to be made each time, and too short to be compressed.
    Kept::with_codings(robots_text(app.public_url.as_str()).into(), None, None)
        .static_header(header::CONTENT_TYPE, "text/plain; charset=utf-8")
        .static_header(header::CACHE_CONTROL, "public, max-age=3600")
        .respond(&headers)
}
