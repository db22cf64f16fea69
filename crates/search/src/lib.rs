//! Full-text search over the public columns.
//!
//! The index is derived: the server feeds it [`Document`]s with the store's change sequence, and it
//! can be thrown away at any time. [`SearchIndex::open`] says up to which change it was built.
//!
//! What a query means:
//! - All its words must be in the column, in any form (`retouren` finds `retour`), inside a compound
//!   (`retour` finds `webwinkelretour`), and across one (`retourtermijn` finds `retour termijn`).
//!   Words that say little (`de`, `the`) are only asked for when there are no others.
//! - When no column has all words, those that have at least half of them are the answer, or else any;
//!   a column with more of the words stands before one with fewer.
//! - `"words in quotes"` must stand next to each other, in that order, stop words included.
//! - A word of five letters or more that hardly any column has may be one typing error (a letter
//!   wrong, missing or too many, or two swapped) away from one that some column has.
//! - Everything else is not a language: `title:`, `*`, `AND` and stray quotes are spaces.
//! - The first 200 characters and 16 words count.
//!
//! The filter narrows the answer; it never changes which words count as found.

mod analysis;
mod answer;
mod collect;
mod compound;
mod expand;
mod facets;
mod folder;
mod hold;
mod index;
mod marks;
mod plan;
mod query;
mod schema;
mod snapshot;
mod snippet;
mod tier;
mod vocabulary;

use weerklank_domain::{ColumnFilter, Date, Facets, Lang, Moment, Named, Sentiment, Slug};

pub use hold::{Hold, remove_abandoned};
pub use index::{Opened, SearchError, SearchIndex};

/// What the index should hold of a column from now on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    pub slug: Slug,
    /// `None` when readers no longer see the column: it leaves the index.
    pub public: Option<Public>,
}

/// A column that readers see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Public {
    pub title: String,
    pub summary: String,
    /// Plain text, no Markdown.
    pub body: String,
    pub lang: Lang,
    pub sentiment: Sentiment,
    pub moments: Vec<Moment>,
    pub shops: Vec<Named>,
    pub series: Option<Named>,
    pub authors: Vec<Named>,
    /// Other words under which readers may look for it: tags, what its moments are called.
    pub labels: Vec<String>,
    pub date: Date,
}

/// A reader's question.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// As typed; anything goes.
    pub text: String,
    pub filter: ColumnFilter,
    /// How many hits to skip.
    pub offset: u64,
    /// At most how many hits to return; 0 counts only.
    pub limit: u32,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// Best first; equally good ones newest first, then by slug.
    pub hits: Vec<Hit>,
    /// How many columns match text and filter.
    pub total: u64,
    /// Counts over all matches of the text, given the other facets that are set.
    pub facets: Facets,
}

/// A column that was found. Texts come in pieces, each with whether it matches the query; they are
/// plain text, to be escaped by whoever draws them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    pub slug: Slug,
    /// The language of the texts.
    pub lang: Lang,
    /// Together exactly the title.
    pub title: Vec<(String, bool)>,
    /// About 180 characters around the best match in the body, else in the summary, else the
    /// beginning; white space folded, `…` where it was cut. Whole words are marked, also where
    /// only a part of a compound matches.
    pub snippet: Vec<(String, bool)>,
}
