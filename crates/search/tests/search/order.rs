//! In which order hits stand.

use weerklank_domain::Lang::{En, Nl};
use weerklank_domain::{ColumnFilter, Lang};
use weerklank_search::{Document, Public, Query, SearchIndex};

use crate::support::{ask, document, found, index, named, public, slugs};

/// The word stands once in each column, in another part of it; all are equally long.
fn in_every_part(lang: Lang) -> SearchIndex {
    let other = |name: &str| {
        let mut column = public(lang, "Anders", "Iets anders als tekst.");
        column.summary = "Korte inhoud".into();
        column.shops = vec![named("Winkelier")];
        column.labels = vec![name.to_owned()];
        column
    };
    let with = |name: &str, set: fn(&mut Public)| {
        let mut column = other(name);
        set(&mut column);
        document(name, column)
    };
    index([
        with("a-body", |column| column.body = "Iets zoekwoord als tekst.".into()),
        with("b-summary", |column| column.summary = "Korte zoekwoord".into()),
        with("c-shop", |column| column.shops = vec![named("Zoekwoord")]),
        with("d-title", |column| column.title = "Zoekwoord".into()),
        with("e-none", |_| ()),
    ])
}

#[test]
fn titles_before_labels_before_summaries_before_bodies() {
    for lang in [Nl, En] {
        assert_eq!(found(&in_every_part(lang), "zoekwoord"), ["d-title", "c-shop", "b-summary", "a-body"]);
    }
}

fn dated(name: &str, date: &str) -> Document {
    let mut column = public(Nl, "Titel", "Dezelfde tekst.");
    column.date = date.parse().unwrap();
    document(name, column)
}

#[test]
fn of_equals_the_newest_then_the_first_slug() {
    let index = SearchIndex::open(None).unwrap().index;
    // Fed in several turns, so that equals stand in several segments.
    index.apply([dated("c", "2026-01-01"), dated("a", "2026-01-01")], 1).unwrap();
    index.apply([dated("new", "2026-03-01"), dated("b", "2026-01-01")], 2).unwrap();
    index.apply([dated("old", "2020-03-01")], 3).unwrap();
    assert_eq!(found(&index, "tekst"), ["new", "a", "b", "c", "old"]);
}

#[test]
fn pages_follow_each_other_without_gap_or_repeat() {
    let days = ["2026-01-01", "2026-01-02", "2026-01-03"];
    let columns = (0..60).map(|i| dated(&format!("nr-{i:02}"), days[i % 3]));
    let index = index(columns);
    let page = |offset, limit| {
        let query = Query { text: "tekst".into(), filter: ColumnFilter::default(), offset, limit };
        index.search(&query).unwrap()
    };
    let all = page(0, 100);
    assert_eq!((all.hits.len(), all.total), (60, 60));
    let mut paged = Vec::new();
    for offset in (0..70).step_by(7) {
        let page = page(offset, 7);
        assert_eq!(page.total, 60);
        paged.extend(page.hits);
    }
    assert_eq!(paged, all.hits);
    assert!(page(u64::MAX, u32::MAX).hits.is_empty());
    assert_eq!((page(0, 0).hits.len(), page(0, 0).total), (0, 60));
}

#[test]
fn the_rarer_language_is_not_put_behind() {
    let dutch =
        (0..30).map(|i| document(&format!("nl-{i}"), public(Nl, "Titel", "Het merk Vonk maakt lampen.")));
    let english = document("en", public(En, "Vonk", "The lamps that Vonk makes, by Vonk."));
    let index = index(dutch.chain([english]));
    assert_eq!(slugs(&ask(&index, "vonk"))[0], "en");
}
