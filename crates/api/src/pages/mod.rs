//! One struct per page. Views take them whole and fetch nothing, so what a page shows is what its
//! struct holds.

mod column;
mod lists;
mod parts;
mod search;

pub use column::{ColumnPage, TocEntry};
pub use lists::{HomePage, ListPage, Listing, SeriesPage, ShopsPage};
pub use parts::{PER_PAGE, Pager, SHOPS_PER_PAGE};
pub use search::{SearchHit, SearchPage};

use serde::{Deserialize, Serialize};
use weerklank_domain::{Lang, Named, Slug};

/// A page with what every page needs: this is what travels in the HTML (`<script id="page">`) and
/// from `…/page.json`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Envelope {
    /// The interface language in which the page is drawn.
    pub ui: Lang,
    /// Whether the language stands in the path (`/en/…`); links then keep it there.
    pub ui_in_path: bool,
    /// Path and query without the language prefix, normalised: `/columns/een-titel`, `/?moment=contact&page=2`.
    pub url: String,
    /// Scheme and host of the board without a trailing slash, `https://board.example`.
    pub origin: String,
    /// Whether this is the static mirror: no forms, search and filters work in the browser.
    pub mirror: bool,
    /// Whether readers can send something in here: then every page says where.
    pub takes: bool,
    /// Names the build that made it; another build's browser code loads pages whole.
    pub build: String,
    pub page: Page,
}

/// Every public page there is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Page {
    Home(HomePage),
    Column(Box<ColumnPage>),
    Series(SeriesPage),
    Moment(ListPage<weerklank_domain::Moment>),
    Shops(ShopsPage),
    Shop(ListPage<Named>),
    Author(ListPage<Named>),
    Search(SearchPage),
    /// `/about` and its sub-pages.
    Text(TextPage),
    /// A withdrawn column's tombstone (410).
    Gone(GonePage),
    /// 404.
    NotFound,
    /// 500 and 503.
    Failure(FailurePage),
}

/// A page of the house's own words, from Markdown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TextPage {
    /// `about`, or one of its parts: `about/method`.
    pub path: String,
    pub title: String,
    pub summary: String,
    /// Rendered Markdown, safe to place as it is.
    pub body_html: String,
}

/// What stands where a withdrawn column stood.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GonePage {
    pub slug: Slug,
    pub title: String,
    pub lang: Lang,
}

/// Something failed on our side.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FailurePage {
    /// What a reader can quote to the operator; the log has it too.
    pub request_id: String,
    /// Whether trying again in a moment is likely to help (503).
    pub passing: bool,
    /// Where a reader can write to whoever runs the board: a `mailto:` or `https:` address.
    pub contact: Option<String>,
}
