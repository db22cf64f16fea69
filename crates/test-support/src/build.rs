//! Columns that say only what differs.

use weerklank_domain::{Column, Comments, Lang, Sentiment, Slug, Source, Status};
use weerklank_store::Derived;

/// A published Dutch column of 2026-05-01 with that slug, a title and one line of text, and nothing
/// else.
pub fn column(slug: &str) -> Column {
    Column {
        slug: slug.parse().expect("a slug"),
        title: format!("Titel van {slug}"),
        date: "2026-05-01".parse().expect("a date"),
        updated: None,
        authors: Vec::new(),
        lang: Lang::Nl,
        sentiment: Sentiment::Mixed,
        moments: Vec::new(),
        shops: Vec::new(),
        series: None,
        guest: None,
        first_published: None,
        summary: None,
        tags: Vec::new(),
        image: None,
        source: Source::Own,
        comments: Comments::Open,
        status: Status::Published,
        incomplete: false,
        body: "Een regel.\n".to_owned(),
    }
}

/// What a renderer would find out about a column of one line.
pub fn derived() -> Derived {
    Derived { words: 2, reading_minutes: 1, excerpt: "Een regel.".to_owned() }
}

/// A slug that is known to be one.
pub fn slug(text: &str) -> Slug {
    text.parse().expect("a slug")
}
