//! Whatever a text holds: its HTML holds only listed tags and attributes, is bounded in size and
//! depth, and what is extracted from it and cleaned in it keeps its promises.
//!
//! `cargo +nightly fuzz run render fuzz/corpus/render content/columns`
#![no_main]

use libfuzzer_sys::fuzz_target;
use weerklank_markdown::{Labels, Options, clean, plain_text, render, summary, word_count};

#[path = "../../crates/markdown/tests/common/html.rs"]
mod html;

fuzz_target!(|text: &str| {
    let labels = Labels {
        advice: "Advice",
        law: "Law",
        checked_on: "Checked on",
        update: "Update",
        note: "Note",
        footnotes: "Footnotes",
        footnote_back: "Back to reference",
        external_link: "other site",
        table: "Table",
        date: &|date| date.to_string(),
    };
    let options = Options {
        labels: &labels,
        site_origin: Some("https://board.example"),
        heading_base: 2,
        reserved_ids: &["main"],
        image_size: &|src| (src.len() % 2 == 0).then_some((4, 3)),
        image_sources: &|src| (src.len() % 3 == 0).then(|| (src.to_owned(), "100vw")),
    };
    let rendered = render(text, &options);
    let seen = html::check(&rendered.html).unwrap_or_else(|error| panic!("{error}\nin {}", rendered.html));
    assert!(seen.depth <= 32 + 3, "{} levels", seen.depth);
    for entry in &rendered.toc {
        assert!(seen.ids.contains(&entry.id), "{entry:?} leads nowhere");
    }
    assert_eq!(rendered.words, word_count(text));
    assert!(summary(text, 160).chars().count() <= 160);
    plain_text(text);
    let (once, _) = clean(text);
    assert_eq!(clean(&once).0, once, "a second cleaning changed more");
});
