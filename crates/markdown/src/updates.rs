//! What was learned later: the update boxes of a text.

use pulldown_cmark::{Event, Parser, Tag};
use weerklank_domain::Date;

use crate::render::callout::{self, Kind};
use crate::render::guard;

/// An update (`> [!UPDATE] 2018-02-01`) that gives its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Update {
    /// Of the text, from 1.
    pub line: usize,
    pub date: Date,
}

/// The dated updates of a column's Markdown, in the order of the text.
pub fn updates(markdown: &str) -> Vec<Update> {
    let bounded = guard::bound(markdown);
    let mut events = Parser::new_ext(&bounded.text, bounded.dialect).into_offset_iter().peekable();
    let (mut found, mut line, mut counted) = (Vec::new(), 1, 0);
    while let Some((event, _)) = events.next() {
        if !matches!(event, Event::Start(Tag::BlockQuote(_))) {
            continue;
        }
        let Some((Event::Start(Tag::Paragraph), range)) = events.peek() else { continue };
        let source = bounded.text[range.start..].trim_start();
        let Some((Kind::Update, length)) = callout::mark(source) else { continue };
        let first_line = source[length..].lines().next().unwrap_or_default();
        let Some(Ok(date)) = first_line.split_whitespace().next().map(str::parse) else { continue };
        // Footnotes come where they are defined, so the text is walked once.
        if let Some(between) = bounded.text.get(counted..range.start) {
            line += between.bytes().filter(|byte| *byte == b'\n').count();
            counted = range.start;
        }
        found.push(Update { line, date });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn updates_are_found_with_their_lines_and_days() {
        let text = "Tekst.[^a]\n\n> [!UPDATE] 2018-02-01 Antwoord\n> Tekst.\n\n- punt\n\n  > [!update] 2021-09-13\n\n\
                    > [!UPDATE] ooit\n\n> [!NOTE] 2020-01-01\n\n> Een citaat.\n> [!UPDATE] 2020-01-01\n\n\
                    [^a]: Noot.\n\n    > [!UPDATE] 2022-03-04\n";
        let found: Vec<_> =
            updates(text).iter().map(|update| (update.line, update.date.to_string())).collect();
        let expected = [(3, "2018-02-01"), (8, "2021-09-13"), (19, "2022-03-04")];
        assert_eq!(found, expected.map(|(line, date)| (line, date.to_owned())));
    }
}
