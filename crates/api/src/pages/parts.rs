//! What several pages share.

use serde::{Deserialize, Serialize};
use weerklank_domain::{Date, Image, Lang, Moment, Sentiment, Slug};

/// Something with a page of its own: a shop, an author, a series.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Named {
    pub slug: Slug,
    pub name: String,
}

/// A column in a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Card {
    pub slug: Slug,
    pub title: String,
    /// The summary of the front matter, or the first sentences; plain text.
    pub summary: String,
    pub date: Date,
    /// The language of the column, which may differ from the interface's.
    pub lang: Lang,
    pub sentiment: Sentiment,
    pub moments: Vec<Moment>,
    pub shops: Vec<Named>,
    pub authors: Vec<Named>,
    pub series: Option<CardSeries>,
    /// Whole minutes, at least 1.
    pub reading_minutes: u32,
    pub image: Option<Image>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardSeries {
    pub series: Named,
    pub number: u32,
}

/// Where a list stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pager {
    /// From 1.
    pub page: u32,
    /// At least 1.
    pub pages: u32,
    /// Items over all pages.
    pub total: u64,
}
