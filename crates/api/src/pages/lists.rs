//! The pages that list columns.

use serde::{Deserialize, Serialize};
use weerklank_domain::{ColumnFilter, Lang, Moment, Sentiment};

use super::{Card, Named, Pager};

/// Columns that meet a filter, one page of them, newest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Listing {
    /// What the reader chose, besides what the page itself fixes (a shop's page fixes its shop).
    pub filter: ColumnFilter,
    pub cards: Vec<Card>,
    pub pager: Pager,
    pub facets: Facets,
    /// Positive, negative and mixed under all chosen facets but the sentiment.
    pub balance: Balance,
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
    pub moments: Vec<FacetCount<Moment>>,
    pub langs: Vec<FacetCount<Lang>>,
    /// The 20 with most columns, and the chosen one.
    pub shops: Vec<FacetCount<Named>>,
    /// The 20 with most columns, and the chosen one.
    pub series: Vec<FacetCount<Named>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FacetCount<T> {
    pub value: T,
    pub count: u64,
}

/// `/`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HomePage {
    pub listing: Listing,
}

/// A moment's, a shop's or an author's page: who or what it is about, and its columns.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ListPage<T> {
    pub about: T,
    pub listing: Listing,
}

/// `/series/{slug}`: parts in their own order, gaps as they are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SeriesPage {
    pub series: Named,
    /// By number.
    pub parts: Vec<Card>,
}

/// `/shops`: every shop that a public column is about, by name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ShopsPage {
    pub shops: Vec<ShopLine>,
    pub pager: Pager,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShopLine {
    pub shop: Named,
    pub balance: Balance,
}
