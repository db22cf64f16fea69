//! `/search?q=`.

use serde::{Deserialize, Serialize};

use super::Pager;
use weerklank_domain::{Card, ColumnFilter, Facets};

/// The answer to a query, or the empty form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SearchPage {
    /// As typed, trimmed, at most 200 characters; empty on the bare form.
    pub query: String,
    pub filter: ColumnFilter,
    pub hits: Vec<SearchHit>,
    pub pager: Pager,
    pub facets: Facets,
}

/// A found column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SearchHit {
    pub card: Card,
    /// The title in pieces; `true` marks what matched.
    pub title: Vec<(String, bool)>,
    /// A passage around the matches in pieces, plain text; `true` marks what matched.
    pub snippet: Vec<(String, bool)>,
}
