//! Columns and questions for the tests of the index.

use weerklank_domain::{ColumnFilter, Lang, Named, Sentiment, Slug};
use weerklank_search::{Answer, Document, Public, Query, SearchIndex};

pub fn slug(slug: &str) -> Slug {
    slug.parse().unwrap()
}

pub fn named(name: &str) -> Named {
    Named { slug: Slug::from_name(name).unwrap(), name: name.to_owned() }
}

/// A column about nothing; tests set what matters to them.
pub fn public(lang: Lang, title: &str, body: &str) -> Public {
    Public {
        title: title.to_owned(),
        summary: String::new(),
        body: body.to_owned(),
        lang,
        sentiment: Sentiment::Mixed,
        moments: Vec::new(),
        shops: Vec::new(),
        series: None,
        authors: Vec::new(),
        labels: Vec::new(),
        date: "2026-05-01".parse().unwrap(),
    }
}

pub fn document(name: &str, public: Public) -> Document {
    Document { slug: slug(name), public: Some(public) }
}

/// An index in memory of columns with these slugs and bodies.
pub fn index_of(lang: Lang, columns: &[(&str, &str)]) -> SearchIndex {
    index(columns.iter().map(|(name, body)| document(name, public(lang, "Zonder titel", body))))
}

pub fn index(documents: impl IntoIterator<Item = Document>) -> SearchIndex {
    let index = SearchIndex::open(None).unwrap().index;
    index.apply(documents, 1).unwrap();
    index
}

pub fn ask(index: &SearchIndex, text: &str) -> Answer {
    ask_with(index, text, ColumnFilter::default())
}

pub fn ask_with(index: &SearchIndex, text: &str, filter: ColumnFilter) -> Answer {
    index.search(&Query { text: text.to_owned(), filter, offset: 0, limit: 20 }).unwrap()
}

/// The slugs of the hits, best first.
pub fn slugs(answer: &Answer) -> Vec<&str> {
    answer.hits.iter().map(|hit| hit.slug.as_str()).collect()
}

pub fn found(index: &SearchIndex, text: &str) -> Vec<String> {
    slugs(&ask(index, text)).into_iter().map(str::to_owned).collect()
}

/// The words that are marked.
pub fn marked(pieces: &[(String, bool)]) -> Vec<&str> {
    pieces.iter().filter(|(_, marked)| *marked).map(|(piece, _)| piece.as_str()).collect()
}

pub fn joined(pieces: &[(String, bool)]) -> String {
    pieces.iter().map(|(piece, _)| piece.as_str()).collect()
}
