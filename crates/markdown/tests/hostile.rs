//! Texts made to cost much: what is counted here is work, not time (`examples/ladder.rs` tells that).

mod common;

use common::{hostile, html};

const SIZE: usize = 4_096;

/// The HTML is at most twice as long as the text, or 64 KiB, and what cannot be drawn in that is shown
/// as it was typed, which has at most one character in two escaped.
#[test]
fn html_grows_no_more_than_the_text() {
    for (name, make) in hostile::LADDER {
        for size in [SIZE, 8 * SIZE] {
            let text = make(size);
            let html = common::draw(&text);
            let limit = if html.starts_with("<pre class=\"source\"") {
                3 * text.len() + 64
            } else {
                (2 * text.len()).max(64 * 1024)
            };
            assert!(html.len() <= limit, "{name}: {} bytes of {}", html.len(), text.len());
        }
    }
}

#[test]
fn html_stays_shallow_and_well_formed() {
    for (name, make) in hostile::LADDER {
        let html = common::draw(&make(SIZE));
        let seen = html::check(&html).unwrap_or_else(|error| panic!("{name}: {error}"));
        // In the innermost of 32 levels stand texts and images: `figure`, `figcaption`; `pre`, `code`;
        // `p`, `sup`, `a`.
        assert!(seen.depth <= 32 + 3, "{name}: {} levels", seen.depth);
    }
}

/// Elements drawn grow with the text, so the work of drawing does.
#[test]
fn elements_grow_with_the_text() {
    for (name, make) in hostile::LADDER {
        let count = |size| html::check(&common::draw(&make(size))).map_or(0, |seen| seen.elements);
        let (once, twice) = (count(SIZE / 4), count(SIZE / 2));
        assert!(twice <= 2 * once + 64, "{name}: {once}, then {twice}");
    }
}

#[test]
fn hostile_texts_are_extracted_and_cleaned() {
    for (name, make) in hostile::LADDER {
        let text = make(SIZE);
        let plain = weerklank_markdown::plain_text(&text);
        // Characters that stand for others (U+FFFD for a NUL) take up to three bytes for one.
        assert!(plain.len() <= 3 * text.len(), "{name}");
        assert!(weerklank_markdown::summary(&text, 160).chars().count() <= 160, "{name}");
        let (once, _) = weerklank_markdown::clean(&text);
        assert_eq!(weerklank_markdown::clean(&once).0, once, "{name}");
    }
}

/// Deep nesting costs the stack nothing.
#[test]
fn twenty_thousand_levels_are_no_matter() {
    for unit in [">", "- ", "1. ", "[", "![", "*a ", "> [!NOTE]\n", "<div>", "[^a]: "] {
        let html = common::draw(&unit.repeat(20_000));
        html::check(&html).unwrap_or_else(|error| panic!("{unit}: {error}"));
    }
}
