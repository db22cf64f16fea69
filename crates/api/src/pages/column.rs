//! `/columns/{slug}`.

use serde::{Deserialize, Serialize};
use weerklank_domain::{Card, Date, FirstPublished, Guest, SeriesPosition, Source};

/// A column, whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ColumnPage {
    /// Title, date, sentiment, moments, shops, authors, series, image and reading time.
    pub card: Card,
    /// The card's image and its caption as HTML, safe to place as it is: what sizes there are of it, the server
    /// knows.
    pub picture_html: Option<String>,
    /// Whether the card's summary was written as one; else it is how the text begins.
    pub summarised: bool,
    pub updated: Option<Date>,
    pub guest: Option<Guest>,
    pub first_published: Option<FirstPublished>,
    pub tags: Vec<String>,
    pub source: Source,
    /// What readers say about it, and where they can: HTML that the server drew, safe to place as it is. Empty
    /// where there is neither.
    pub voices_html: String,
    /// The source text breaks off; the page says so at its end.
    pub incomplete: bool,
    /// Rendered Markdown, safe to place as it is.
    pub body_html: String,
    pub words: u32,
    /// Empty for short columns.
    pub toc: Vec<TocEntry>,
    pub series: Option<SeriesPosition>,
    /// At most 3, nearest first.
    pub related: Vec<Card>,
}

/// A heading that the table of contents links to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TocEntry {
    /// 2 or 3.
    pub level: u8,
    /// The `id` of the heading.
    pub id: String,
    /// Plain text.
    pub text: String,
}
