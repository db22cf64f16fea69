//! What a column says, without its markup.

use pulldown_cmark::{Event, Parser};

/// The text of a column for search: no markup, footnotes and callout titles included.
pub fn plain_text(markdown: &str) -> String {
    let mut text = String::new();
    for event in Parser::new(markdown) {
        match event {
            Event::Text(part) | Event::Code(part) => text.push_str(&part),
            Event::SoftBreak | Event::HardBreak | Event::End(_) => text.push(' '),
            _ => {}
        }
    }
    text
}

/// The first sentences, at most `max_chars` characters.
pub fn summary(markdown: &str, max_chars: usize) -> String {
    plain_text(markdown).chars().take(max_chars).collect()
}

/// Words a reader reads: runs of characters between spaces that hold a letter or a digit.
pub fn word_count(markdown: &str) -> u32 {
    u32::try_from(plain_text(markdown).split_whitespace().count()).unwrap_or(u32::MAX)
}

/// Whole minutes, at least 1.
pub fn reading_minutes(words: u32) -> u32 {
    ((words + 119) / 238).max(1)
}
