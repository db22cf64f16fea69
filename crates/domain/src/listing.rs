//! What a list of columns consists of: the same on a page, in the store's answer and in a search.

use serde::{Deserialize, Serialize};

use crate::{Date, Image, Lang, Moment, Sentiment, Slug};

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

/// How many columns look back on what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Balance {
    pub positive: u64,
    pub negative: u64,
    pub mixed: u64,
}

impl Balance {
    pub fn total(self) -> u64 {
        self.positive + self.negative + self.mixed
    }

    pub fn of(self, sentiment: Sentiment) -> u64 {
        match sentiment {
            Sentiment::Positive => self.positive,
            Sentiment::Negative => self.negative,
            Sentiment::Mixed => self.mixed,
        }
    }
}

/// The choices a list offers, each with the number of columns it would leave, given the other
/// facets that are set. Choices that would leave none are absent, unless chosen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facets {
    pub sentiments: Vec<FacetCount<Sentiment>>,
    /// In the order of the vocabulary.
    pub moments: Vec<FacetCount<Moment>>,
    pub langs: Vec<FacetCount<Lang>>,
    /// The 20 with most columns, most first, and the chosen one.
    pub shops: Vec<FacetCount<Named>>,
    /// The 20 with most columns, most first, and the chosen one.
    pub series: Vec<FacetCount<Named>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FacetCount<T> {
    pub value: T,
    pub count: u64,
}

/// A shop in the list of shops.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShopLine {
    pub shop: Named,
    pub balance: Balance,
}

/// Where a column stands in its series.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeriesPosition {
    pub series: Named,
    pub number: u32,
    /// How many parts readers can see.
    pub parts: u32,
    pub previous: Option<Neighbour>,
    pub next: Option<Neighbour>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Neighbour {
    pub slug: Slug,
    pub title: String,
    pub number: u32,
}
