//! The only place that spells a URL.
//!
//! A page has one address: its path, its query in one order, and optionally an interface language
//! in front (`/en/columns/…`). Without one the server chooses by `Accept-Language`.

mod desk;
pub mod picture;

pub use desk::DeskRoute;

use weerklank_domain::{ColumnFilter, Lang, Moment, PageNumber, Slug};

/// The addresses that are no pages, as the server's router listens to them.
pub mod pattern {
    pub const FEED_ATOM: &str = "/feed.atom";
    pub const FEED_JSON: &str = "/feed.json";
    pub const SITEMAP: &str = "/sitemap.xml";
    pub const ROBOTS: &str = "/robots.txt";
    pub const HEALTH: &str = "/healthz";
    pub const READY: &str = "/readyz";
    pub const METRICS: &str = "/metrics";
    /// Where an experience is sent in.
    pub const SHARE: &str = "/share";
    /// A sender's own page.
    pub fn mine(secret: &str) -> String {
        format!("/mine/{secret}")
    }

    /// The form that changes what was sent.
    pub fn mine_change(secret: &str) -> String {
        format!("/mine/{secret}/change")
    }

    /// What was sent, as a file.
    pub fn mine_file(secret: &str) -> String {
        format!("/mine/{secret}/experience.json")
    }

    /// Where readers comment on a column, or answer a comment.
    pub fn comment(slug: &str) -> String {
        format!("/columns/{slug}/comment")
    }

    /// What the form for that carries to say which comment it answers.
    pub const ANSWERS: &str = "to";

    /// Where readers say that they recognise what a column tells, and take it back.
    pub fn reaction(slug: &str) -> String {
        format!("/columns/{slug}/reaction")
    }

    /// Where readers report what should not be there.
    pub const REPORT: &str = "/report";

    /// The form for that, with the address of what it is about.
    pub fn report(url: &str) -> String {
        let mut address = format!("{REPORT}?where=");
        super::encode_into(&mut address, url);
        address
    }

    /// The place of a comment on the page of its column.
    pub fn comment_place(id: &str) -> String {
        format!("#comment-{id}")
    }

    /// The place of a shop's reply there.
    pub fn reply_place(id: &str) -> String {
        format!("#reply-{id}")
    }

    /// Where a shop that was asked for a reply writes it, and finds it again.
    pub fn reply(secret: &str) -> String {
        format!("/reply/{secret}")
    }

    /// Where somebody finds again what they said: a comment, a report.
    pub fn said(secret: &str) -> String {
        format!("/said/{secret}")
    }

    /// The desk, and every page of it.
    pub const DESK: &str = "/desk";
    pub const DESK_ANY: &str = "/desk/{*page}";
    /// What all addresses of its pages and files begin with.
    pub const DESK_BELOW: &str = "/desk/";
    /// The page template, among its built files.
    pub const DESK_TEMPLATE: &str = "/desk/index.html";
    /// The same of those where columns are written.
    pub const COLUMNS_TEMPLATE: &str = "/desk/writing/index.html";
    /// Where somebody sets their password.
    pub fn desk_set_up(token: &str) -> String {
        format!("{DESK}/set-up/{token}")
    }

    /// Where the reader of an address says whether it is theirs; the secret is of the mail that asks.
    pub fn confirm(secret: &str) -> String {
        format!("/mine/{secret}/confirm")
    }

    /// The script that a shop's page embeds.
    pub const WIDGET_SCRIPT: &str = "/w/v1.js";

    /// Where an invitation leads.
    pub fn invitation(token: &str) -> String {
        format!("/i/{token}")
    }

    /// The figures of a year as a file; the year, and `.csv`.
    pub const TRANSPARENCY_FILE: &str = "/transparency/{file}";
    /// Where that of a year is.
    pub fn transparency_file(year: i32) -> String {
        format!("/transparency/{year}.csv")
    }

    /// What the static mirror answers from, in the browser.
    pub const MIRROR_INDEX: &str = "/search-index.json";
    /// The list of moments, at the end of every page.
    pub const MOMENTS: &str = "#moments";
    /// What lies beside each page: its data.
    pub const DATA_FILE: &str = "page.json";
}

/// The sub-pages of `/about`.
pub const ABOUT_PARTS: &[&str] = &["method", "privacy", "moderation", "accessibility", TRANSPARENCY];
/// The one whose figures follow from what is decided.
pub const TRANSPARENCY: &str = "transparency";

/// A page, as a link names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    Home(ColumnFilter, PageNumber),
    Column(Slug),
    Series(Slug),
    Moment(Moment, ColumnFilter, PageNumber),
    Shops(PageNumber),
    Shop(Slug, ColumnFilter, PageNumber),
    Author(Slug, ColumnFilter, PageNumber),
    Search(String, ColumnFilter, PageNumber),
    About,
    AboutPart(&'static str),
}

impl Route {
    /// The front page without filters.
    pub fn home() -> Self {
        Self::Home(ColumnFilter::default(), PageNumber::FIRST)
    }

    /// Everything about a moment.
    pub fn moment(moment: Moment) -> Self {
        Self::Moment(moment, ColumnFilter::default(), PageNumber::FIRST)
    }

    /// Everything about a shop.
    pub fn shop(slug: Slug) -> Self {
        Self::Shop(slug, ColumnFilter::default(), PageNumber::FIRST)
    }

    /// Everything by an author.
    pub fn author(slug: Slug) -> Self {
        Self::Author(slug, ColumnFilter::default(), PageNumber::FIRST)
    }

    /// The page at a path (percent-decoded, without language) and a query. Unknown keys are ignored;
    /// `None` where there is no such page, which an impossible value of a known key means as well.
    pub fn parse(path: &str, query: &[(String, String)]) -> Option<Self> {
        let mut segments = path.strip_prefix('/')?.split('/');
        let first = segments.next().unwrap_or_default();
        let second = segments.next();
        if segments.next().is_some() {
            return None;
        }
        let list = Query::parse(query)?;
        Some(match (first, second) {
            ("", None) => Self::Home(list.filter, list.page),
            ("columns", Some(slug)) => Self::Column(slug.parse().ok()?),
            ("series", Some(slug)) => Self::Series(slug.parse().ok()?),
            ("moments", Some(moment)) => {
                Self::Moment(moment.parse().ok()?, ColumnFilter { moment: None, ..list.filter }, list.page)
            }
            ("shops", None) => Self::Shops(list.page),
            ("shops", Some(slug)) => {
                Self::Shop(slug.parse().ok()?, ColumnFilter { shop: None, ..list.filter }, list.page)
            }
            ("authors", Some(slug)) => {
                Self::Author(slug.parse().ok()?, ColumnFilter { author: None, ..list.filter }, list.page)
            }
            ("search", None) => Self::Search(list.q, list.filter, list.page),
            ("about", None) => Self::About,
            ("about", Some(part)) => Self::AboutPart(ABOUT_PARTS.iter().find(|known| **known == part)?),
            _ => return None,
        })
    }

    /// The page that was clearly meant by an address that is none, with the place on it (`#…`, or
    /// nothing): the list that a cut-off address names, or a page in capitals or with a slash at its
    /// end. Path and query as [`Route::parse`] takes them; whether something is there, only the
    /// database knows.
    pub fn meant(path: &str, query: &[(String, String)]) -> Option<(Self, &'static str)> {
        if path.contains("//") {
            return None;
        }
        let path =
            path.strip_suffix('/').filter(|path| !path.is_empty()).unwrap_or(path).to_ascii_lowercase();
        match path.as_str() {
            "/moments" => match Query::parse(query)?.filter {
                filter if filter.is_empty() => Some((Self::home(), pattern::MOMENTS)),
                // That list knows no filter; the facets of the filtered front page name the moments too.
                filter => Some((Self::Home(filter, PageNumber::FIRST), "")),
            },
            // Columns, series and authors have one list, with facets.
            "/columns" | "/series" | "/authors" => Some((Self::parse("/", query)?, "")),
            path => Some((Self::parse(path, query)?, "")),
        }
    }

    /// A short fixed name, for metrics.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Home(..) => "home",
            Self::Column(_) => "column",
            Self::Series(_) => "series",
            Self::Moment(..) => "moment",
            Self::Shops(_) => "shops",
            Self::Shop(..) => "shop",
            Self::Author(..) => "author",
            Self::Search(..) => "search",
            Self::About | Self::AboutPart(_) => "about",
        }
    }

    /// Path and query without a language: `/moments/contact?sentiment=negative&page=2`. The query is
    /// in the one order that pages are kept under.
    pub fn url(&self) -> String {
        match self {
            Self::Home(filter, page) => with_query("/".to_owned(), None, filter, *page),
            Self::Column(slug) => format!("/columns/{slug}"),
            Self::Series(slug) => format!("/series/{slug}"),
            Self::Moment(moment, filter, page) => {
                with_query(format!("/moments/{moment}"), None, filter, *page)
            }
            Self::Shops(page) => with_query("/shops".to_owned(), None, &ColumnFilter::default(), *page),
            Self::Shop(slug, filter, page) => with_query(format!("/shops/{slug}"), None, filter, *page),
            Self::Author(slug, filter, page) => with_query(format!("/authors/{slug}"), None, filter, *page),
            Self::Search(query, filter, page) => with_query("/search".to_owned(), Some(query), filter, *page),
            Self::About => "/about".to_owned(),
            Self::AboutPart(part) => format!("/about/{part}"),
        }
    }
}

/// What the query of a list may say.
struct Query {
    q: String,
    filter: ColumnFilter,
    page: PageNumber,
}

/// A longer query is cut: 200 characters hold any sentence someone looks for.
pub const MAX_QUERY_CHARS: usize = 200;

impl Query {
    fn parse(pairs: &[(String, String)]) -> Option<Self> {
        let mut query = Self { q: String::new(), filter: ColumnFilter::default(), page: PageNumber::FIRST };
        for (key, value) in pairs {
            let filter = &mut query.filter;
            match key.as_str() {
                "q" => query.q = value.trim().chars().take(MAX_QUERY_CHARS).collect(),
                // A form without a choice sends the key with nothing in it.
                _ if value.is_empty() => {}
                "sentiment" => filter.sentiment = Some(value.parse().ok()?),
                "moment" => filter.moment = Some(value.parse().ok()?),
                "shop" => filter.shop = Some(value.parse().ok()?),
                "series" => filter.series = Some(value.parse().ok()?),
                "author" => filter.author = Some(value.parse().ok()?),
                "lang" => filter.lang = Some(value.parse().ok()?),
                "page" => query.page = PageNumber::new(value.parse().ok()?)?,
                _ => {}
            }
        }
        Some(query)
    }
}

/// The address of a page in a fixed interface language, or in the negotiated one.
pub fn localised(url: &str, lang: Option<Lang>) -> String {
    match lang {
        None => url.to_owned(),
        Some(lang) if url == "/" => format!("/{lang}/"),
        Some(lang) => match url.strip_prefix('/') {
            Some(rest) if rest.starts_with('?') => format!("/{lang}/{rest}"),
            _ => format!("/{lang}{url}"),
        },
    }
}

/// Takes the interface language off the front of a path: `/en/columns/x` is (`en`, `/columns/x`).
pub fn split_language(path: &str) -> (Option<Lang>, &str) {
    for lang in Lang::ALL {
        if let Some(rest) = path.strip_prefix('/').and_then(|path| path.strip_prefix(lang.as_str())) {
            if rest.is_empty() {
                return (Some(*lang), "/");
            }
            if rest.starts_with('/') {
                return (Some(*lang), rest);
            }
        }
    }
    (None, path)
}

/// Where a page's data lies, beside the page itself: `/columns/x/page.json`, `/page.json?moment=contact`.
pub fn data_url(url: &str) -> String {
    let (path, query) = url.split_once('?').map_or((url, None), |(path, query)| (path, Some(query)));
    let mut data = format!("{}/page.json", path.trim_end_matches('/'));
    if let Some(query) = query {
        data.push('?');
        data.push_str(query);
    }
    data
}

/// A feed of the columns that meet a filter.
pub fn feed(pattern: &str, filter: &ColumnFilter) -> String {
    with_query(pattern.to_owned(), None, filter, PageNumber::FIRST)
}

fn with_query(path: String, q: Option<&str>, filter: &ColumnFilter, page: PageNumber) -> String {
    let mut url = path;
    let mut first = true;
    let mut add = |key: &str, value: &str| {
        url.push(if first { '?' } else { '&' });
        first = false;
        url.push_str(key);
        url.push('=');
        encode_into(&mut url, value);
    };
    if let Some(q) = q.filter(|q| !q.is_empty()) {
        add("q", q);
    }
    if let Some(sentiment) = filter.sentiment {
        add("sentiment", sentiment.as_str());
    }
    if let Some(moment) = filter.moment {
        add("moment", moment.as_str());
    }
    if let Some(shop) = &filter.shop {
        add("shop", shop.as_str());
    }
    if let Some(series) = &filter.series {
        add("series", series.as_str());
    }
    if let Some(author) = &filter.author {
        add("author", author.as_str());
    }
    if let Some(lang) = filter.lang {
        add("lang", lang.as_str());
    }
    if page != PageNumber::FIRST {
        add("page", &page.get().to_string());
    }
    url
}

/// Percent-encodes a query value (`application/x-www-form-urlencoded`, a space becomes `+`).
fn encode_into(url: &mut String, value: &str) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for byte in value.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'*' => url.push(char::from(byte)),
            b' ' => url.push('+'),
            _ => {
                url.push('%');
                url.push(char::from(HEX[usize::from(byte >> 4)]));
                url.push(char::from(HEX[usize::from(byte & 15)]));
            }
        }
    }
}

#[cfg(test)]
mod tests;
