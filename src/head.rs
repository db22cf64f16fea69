//! What a page says of itself to browsers, search engines and whoever shows a link to it.

#[cfg(feature = "ssr")]
mod json_ld;

use weerklank_api::pages::{Envelope, Listing, Page, Pager, SearchPage};
use weerklank_domain::{ColumnFilter, Lang, PageNumber};

use crate::routes::{Route, feed, localised, pattern};
use crate::ui::{Place, next, previous};
use crate::words::Words;

/// The name of the site, in every language.
pub const SITE: &str = "Weerklank";

/// The head of a page. Addresses are absolute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    pub title: String,
    /// One or two sentences, plain text. Made with feature `ssr` only.
    pub description: String,
    /// The page's one address; `None` where nothing should be remembered (404, 410, 500, 503). A column's
    /// is the one without an interface language, as in sitemap, feeds and structured data: what is
    /// around it changes with the interface, the column itself does not.
    pub canonical: Option<String>,
    /// `noindex` or `noindex, follow`, where a search engine should not list it.
    pub robots: Option<&'static str>,
    /// Open Graph properties in order: `("og:title", …)`.
    pub open_graph: Vec<(&'static str, String)>,
    /// A JSON-LD document, not yet escaped for HTML. Made with feature `ssr` only.
    pub json_ld: Option<String>,
    /// The same page per interface language: `nl`, `en` and `x-default` (negotiated). None for a column,
    /// which is not translated.
    pub alternates: Vec<(&'static str, String)>,
    /// Feeds of what this page lists.
    pub feeds: Vec<FeedLink>,
    /// The page before this one in a list or a series.
    pub previous: Option<String>,
    /// The page after this one in a list or a series.
    pub next: Option<String>,
}

/// A feed to subscribe to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedLink {
    /// `application/atom+xml` or `application/feed+json`.
    pub media_type: &'static str,
    pub title: String,
    pub href: String,
}

impl Head {
    pub fn of(envelope: &Envelope) -> Self {
        let known = !matches!(envelope.page, Page::NotFound | Page::Gone(_) | Page::Failure(_));
        let translated = !matches!(envelope.page, Page::Column(_));
        let prefix = (envelope.ui_in_path && translated).then_some(envelope.ui);
        let address = |lang| absolute(envelope, &localised(&envelope.url, lang));
        let title = title(envelope);
        #[cfg(feature = "ssr")]
        let description = description(envelope);
        #[cfg(not(feature = "ssr"))]
        let description = String::new();
        let alternates = if known && translated {
            let per_language = Lang::ALL.iter().map(|lang| (lang.as_str(), address(Some(*lang))));
            per_language.chain([("x-default", address(None))]).collect()
        } else {
            Vec::new()
        };
        let canonical = known.then(|| address(prefix));
        let (previous, next) = neighbours(envelope);
        Self {
            open_graph: open_graph(envelope, &title, &description, canonical.as_deref()),
            #[cfg(feature = "ssr")]
            json_ld: json_ld::of(envelope, &title, &description),
            #[cfg(not(feature = "ssr"))]
            json_ld: None,
            title,
            description,
            canonical,
            robots: robots(envelope),
            alternates,
            feeds: if known { feeds(envelope) } else { Vec::new() },
            previous,
            next,
        }
    }
}

/// What stands in the browser's tab: the page's own name first.
pub fn title(envelope: &Envelope) -> String {
    let words = Words::new(envelope.ui);
    match (&envelope.page, own_title(&envelope.page, words)) {
        (Page::Home(page), own) if page.listing.filter.is_empty() && page.listing.pager.page == 1 => own,
        (page, own) => match page_number(page) {
            Some(pager) if pager.page > 1 => {
                let page =
                    words.pager_position(&words.number(pager.page.into()), &words.number(pager.pages.into()));
                format!("{own} ({page}) · {SITE}")
            }
            _ => format!("{own} · {SITE}"),
        },
    }
}

/// A page's name without the site's, except on the front page.
fn own_title(page: &Page, words: Words) -> String {
    match page {
        Page::Home(page) => {
            let names = chosen(&page.listing.filter, words);
            if names.is_empty() {
                format!("{SITE}: {}", words.site_tagline())
            } else {
                format!("{}: {}", words.nav_columns(), names.join(", "))
            }
        }
        Page::Column(page) => page.card.title.clone(),
        Page::Series(page) => page.series.name.clone(),
        Page::Moment(page) => words.moment(page.about).to_owned(),
        Page::Shops(_) => words.shops_title().to_owned(),
        Page::Shop(page) | Page::Author(page) => page.about.name.clone(),
        Page::Search(page) if page.query.is_empty() => words.search_title().to_owned(),
        Page::Search(page) => format!("{}: {}", words.search_title(), page.query),
        Page::Text(page) => page.title.clone(),
        Page::Gone(_) => words.gone_title().to_owned(),
        Page::NotFound => words.not_found_title().to_owned(),
        Page::Failure(page) if page.passing => words.failure_passing_title().to_owned(),
        Page::Failure(_) => words.failure_title().to_owned(),
    }
}

/// The names of the choices that need no look-up.
fn chosen(filter: &ColumnFilter, words: Words) -> Vec<String> {
    let sentiment = filter.sentiment.map(|sentiment| words.sentiment(sentiment).to_owned());
    let moment = filter.moment.map(|moment| words.moment(moment).to_owned());
    let slugs =
        [&filter.shop, &filter.series, &filter.author].map(|slug| slug.as_ref().map(ToString::to_string));
    let lang = filter.lang.map(|lang| words.lang(lang).to_owned());
    [sentiment, moment].into_iter().chain(slugs).chain([lang]).flatten().collect()
}

/// What is listed and how many columns that is, so that no two lists say the same of themselves.
#[cfg(feature = "ssr")]
fn counted(name: Option<&str>, listing: &Listing, words: Words) -> String {
    let names: Vec<_> =
        name.map(ToOwned::to_owned).into_iter().chain(chosen(&listing.filter, words)).collect();
    let balance = listing.balance;
    let feels: Vec<_> = weerklank_domain::Sentiment::ALL
        .iter()
        .filter(|feel| balance.of(**feel) > 0)
        .map(|feel| format!("{} {}", words.number(balance.of(*feel)), words.sentiment(*feel)))
        .collect();
    let feels = if feels.is_empty() { String::new() } else { format!(" ({})", feels.join(", ")) };
    let total = words.balance_total(balance.total());
    format!("{}: {total}{feels}. {}", names.join(", "), words.site_description())
}

#[cfg(feature = "ssr")]
fn description(envelope: &Envelope) -> String {
    let words = Words::new(envelope.ui);
    match &envelope.page {
        Page::Column(page) => page.card.summary.clone(),
        Page::Moment(page) if page.listing.filter.is_empty() => words.moment_lead(page.about).to_owned(),
        Page::Moment(page) => counted(Some(words.moment(page.about)), &page.listing, words),
        Page::Shops(_) => words.shops_lead().to_owned(),
        Page::Text(page) => page.summary.clone(),
        Page::Gone(page) => words.gone_body(&page.title),
        Page::NotFound => words.not_found_body().to_owned(),
        Page::Search(_) => words.search_lead().to_owned(),
        Page::Home(page) if page.listing.filter.is_empty() => words.site_description().to_owned(),
        Page::Home(page) => counted(None, &page.listing, words),
        Page::Series(page) => {
            let parts = words.series_parts(page.parts.len() as u64);
            format!("{}: {parts}. {}", page.series.name, words.site_description())
        }
        Page::Shop(page) | Page::Author(page) => counted(Some(&page.about.name), &page.listing, words),
        Page::Failure(_) => words.site_description().to_owned(),
    }
}

/// Searches and combined filters are the same columns in endless orders: nothing to index.
fn robots(envelope: &Envelope) -> Option<&'static str> {
    match &envelope.page {
        Page::Search(_) => Some("noindex, follow"),
        Page::NotFound | Page::Gone(_) | Page::Failure(_) => Some("noindex"),
        page => listing(page).filter(|listing| !listing.filter.is_empty()).map(|_| "noindex, follow"),
    }
}

fn listing(page: &Page) -> Option<&Listing> {
    match page {
        Page::Home(page) => Some(&page.listing),
        Page::Moment(page) => Some(&page.listing),
        Page::Shop(page) | Page::Author(page) => Some(&page.listing),
        _ => None,
    }
}

fn page_number(page: &Page) -> Option<Pager> {
    match page {
        Page::Shops(page) => Some(page.pager),
        Page::Search(page) => Some(page.pager),
        page => listing(page).map(|listing| listing.pager),
    }
}

fn open_graph(
    envelope: &Envelope,
    title: &str,
    description: &str,
    canonical: Option<&str>,
) -> Vec<(&'static str, String)> {
    let column = match &envelope.page {
        Page::Column(page) => Some(page),
        _ => None,
    };
    let own = column.map_or_else(|| title.to_owned(), |page| page.card.title.clone());
    let lang = column.map_or(envelope.ui, |page| page.card.lang);
    let locale = match lang {
        Lang::Nl => "nl_NL",
        Lang::En => "en_GB",
    };
    let mut graph = vec![
        ("og:site_name", SITE.to_owned()),
        ("og:type", if column.is_some() { "article" } else { "website" }.to_owned()),
        ("og:title", own),
        ("og:description", description.to_owned()),
        ("og:locale", locale.to_owned()),
    ];
    graph.extend(canonical.map(|url| ("og:url", url.to_owned())));
    // Whoever shows a link draws no SVG.
    let picture = column
        .and_then(|page| page.card.image.as_ref())
        .filter(|image| !image.src.to_ascii_lowercase().ends_with(".svg"));
    graph.push(("og:image", absolute(envelope, picture.map_or("/share.png", |image| &image.src))));
    graph.extend(picture.map(|image| ("og:image:alt", image.alt.clone())));
    if let Some(page) = column {
        graph.push(("article:published_time", page.card.date.to_string()));
        graph.extend(page.updated.map(|date| ("article:modified_time", date.to_string())));
        graph.extend(page.tags.iter().map(|tag| ("article:tag", tag.clone())));
    }
    graph
}

/// The feeds of what the page lists; of everything where it lists nothing of its own. Feeds have no
/// interface language: each entry keeps its column's.
fn feeds(envelope: &Envelope) -> Vec<FeedLink> {
    let words = Words::new(envelope.ui);
    let one = |filter: ColumnFilter, name: String| (filter, Some(name));
    let (filter, name) = match &envelope.page {
        Page::Home(page) => {
            let names = chosen(&page.listing.filter, words);
            (page.listing.filter.clone(), (!names.is_empty()).then(|| names.join(", ")))
        }
        Page::Series(page) => one(
            ColumnFilter { series: Some(page.series.slug.clone()), ..ColumnFilter::default() },
            page.series.name.clone(),
        ),
        Page::Moment(page) => one(
            ColumnFilter { moment: Some(page.about), ..page.listing.filter.clone() },
            words.moment(page.about).to_owned(),
        ),
        Page::Shop(page) => one(
            ColumnFilter { shop: Some(page.about.slug.clone()), ..page.listing.filter.clone() },
            page.about.name.clone(),
        ),
        Page::Author(page) => one(
            ColumnFilter { author: Some(page.about.slug.clone()), ..page.listing.filter.clone() },
            page.about.name.clone(),
        ),
        _ => (ColumnFilter::default(), None),
    };
    let title = name.map_or_else(|| words.feed_title().to_owned(), |name| words.feed_filtered(&name));
    [("application/atom+xml", pattern::FEED_ATOM), ("application/feed+json", pattern::FEED_JSON)]
        .into_iter()
        .map(|(media_type, pattern)| FeedLink {
            media_type,
            title: title.clone(),
            href: absolute(envelope, &feed(pattern, &filter)),
        })
        .collect()
}

/// The pages before and after this one: of a list, or of a series.
fn neighbours(envelope: &Envelope) -> (Option<String>, Option<String>) {
    let place = Place::of(envelope);
    let href = |route: &Route| absolute(envelope, &place.href(route));
    if let Page::Column(page) = &envelope.page {
        let Some(series) = &page.series else { return (None, None) };
        let part = |neighbour: &Option<weerklank_domain::Neighbour>| {
            neighbour.as_ref().map(|neighbour| href(&Route::Column(neighbour.slug.clone())))
        };
        return (part(&series.previous), part(&series.next));
    }
    let Some(pager) = page_number(&envelope.page) else { return (None, None) };
    let page = |number: Option<PageNumber>| {
        number.and_then(|number| list_route(&envelope.page, number)).map(|route| href(&route))
    };
    (page(previous(pager)), page(next(pager)))
}

/// Another page of the same list.
fn list_route(page: &Page, number: PageNumber) -> Option<Route> {
    Some(match page {
        Page::Home(page) => Route::Home(page.listing.filter.clone(), number),
        Page::Moment(page) => Route::Moment(page.about, page.listing.filter.clone(), number),
        Page::Shops(_) => Route::Shops(number),
        Page::Shop(page) => Route::Shop(page.about.slug.clone(), page.listing.filter.clone(), number),
        Page::Author(page) => Route::Author(page.about.slug.clone(), page.listing.filter.clone(), number),
        Page::Search(SearchPage { query, filter, .. }) => {
            Route::Search(query.clone(), filter.clone(), number)
        }
        _ => return None,
    })
}

/// A path of this site with its origin; an address that already has one as it is.
fn absolute(envelope: &Envelope, url: &str) -> String {
    if url.starts_with('/') { format!("{}{url}", envelope.origin) } else { url.to_owned() }
}

#[cfg(all(test, feature = "ssr"))]
mod tests;
