//! The pages that list columns.

use serde::{Deserialize, Serialize};
use weerklank_domain::{Balance, Card, ColumnFilter, Facets, Named, ShopLine};

use super::Pager;

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
