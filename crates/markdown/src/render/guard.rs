//! What is done to a text before the parser sees it, so that time grows with its size alone.
//!
//! Two things in pulldown-cmark 0.13 grow faster (`examples/ladder.rs` holds all that were tried):
//! - It walks the open containers (quotes, list items, footnotes) anew on every line, so deep nesting
//!   times many lines is quadratic: 64 kB of 16,000 quotes and as many lazy lines take 0.3 s.
//! - It fills short rows of a table with empty cells, up to 262,144 for each table: 64 kB of tables of
//!   100 columns and rows of one take 0.2 s.

use std::borrow::Cow;

use pulldown_cmark::Options as Dialect;

/// Levels of quotes and lists beyond which containers are not opened, and elements not drawn.
pub(crate) const MAX_DEPTH: usize = 32;

/// Steps over containers that a byte of text may cost before its nesting is cut down.
const STEPS_PER_BYTE: usize = 16;

/// Empty cells that a text may be filled up with: this many, and one for every eight bytes.
const FREE_CELLS: usize = 256;

const DIALECT: Dialect = Dialect::ENABLE_TABLES
    .union(Dialect::ENABLE_FOOTNOTES)
    .union(Dialect::ENABLE_STRIKETHROUGH)
    .union(Dialect::ENABLE_TASKLISTS)
    .union(Dialect::ENABLE_HEADING_ATTRIBUTES);

/// A text that the parser reads in linear time, and how it is to read it.
pub(crate) struct Bounded<'a> {
    /// The text as it is, unless depth times lines is out of proportion to its size: then without the
    /// marks of quotes and list items deeper than [`MAX_DEPTH`].
    pub text: Cow<'a, str>,
    /// Ours, unless filling its tables is out of proportion to its size: then without tables.
    pub dialect: Dialect,
}

pub(crate) fn bound(markdown: &str) -> Bounded<'_> {
    let (mut deepest, mut count, mut columns, mut missing) = (0, 0, 0_usize, 0);
    for line in lines(markdown) {
        count += 1;
        if columns > 0 {
            if is_blank(line) {
                columns = 0;
            }
            missing += columns.saturating_sub(memchr::memchr_iter(b'|', line.as_bytes()).count());
        }
        // Most lines start with a letter: that is all there is to see.
        if !line.as_bytes()[0].is_ascii_alphabetic() {
            deepest = deepest.max(prefix(line, usize::MAX).0);
            columns = columns.max(delimiters(line));
        }
    }
    let dialect = if missing > FREE_CELLS + markdown.len() / 8 {
        DIALECT.difference(Dialect::ENABLE_TABLES)
    } else {
        DIALECT
    };
    if deepest <= MAX_DEPTH || deepest * count <= STEPS_PER_BYTE * markdown.len() {
        return Bounded { text: Cow::Borrowed(markdown), dialect };
    }
    let mut flat = String::with_capacity(markdown.len());
    for line in lines(markdown) {
        let (_, kept) = prefix(line, MAX_DEPTH);
        let (_, all) = prefix(line, usize::MAX);
        flat.push_str(&line[..kept]);
        flat.push_str(&line[all..]);
    }
    Bounded { text: Cow::Owned(flat), dialect }
}

/// The columns of the row below a table's head; 0 where a line is no such row, in no container.
fn delimiters(line: &str) -> usize {
    let bytes = line.as_bytes();
    let may_be = |b: &u8| {
        matches!(b, b'|' | b'-' | b':' | b'>' | b'+' | b'*' | b'.' | b')')
            || b.is_ascii_digit()
            || b.is_ascii_whitespace()
    };
    if memchr::memchr(b'-', bytes).is_some() && bytes.iter().all(may_be) {
        memchr::memchr_iter(b'|', bytes).count() + 1
    } else {
        0
    }
}

/// Whether a line ends a table, in quotes or not.
fn is_blank(line: &str) -> bool {
    line.bytes().all(|b| b == b'>' || b.is_ascii_whitespace())
}

/// Lines with their ends. Where returns end lines, CRLF gives an empty line more than there is, which
/// harms nothing here.
fn lines(markdown: &str) -> impl Iterator<Item = &str> {
    let returns = memchr::memchr(b'\r', markdown.as_bytes()).is_some();
    let mut rest = markdown;
    std::iter::from_fn(move || {
        let bytes = rest.as_bytes();
        let end = if returns { memchr::memchr2(b'\n', b'\r', bytes) } else { memchr::memchr(b'\n', bytes) };
        let (line, after) = rest.split_at(end.map_or(rest.len(), |end| end + 1));
        rest = after;
        (!line.is_empty()).then_some(line)
    })
}

/// How deep a line can be at most, judged by its start, and where that start ends; counting stops at
/// `max`. A quote takes at least its `>`, an item that is opened takes its mark, one that is
/// continued at least two columns of space.
fn prefix(line: &str, max: usize) -> (usize, usize) {
    let bytes = line.as_bytes();
    let (mut marks, mut columns, mut at) = (0, 0, 0);
    loop {
        let depth = marks + columns / 2;
        if depth >= max {
            return (depth, at);
        }
        match bytes.get(at) {
            Some(b' ') => columns += 1,
            Some(b'\t') => columns += 4,
            Some(b'>') => marks += 1,
            Some(b'-' | b'+' | b'*') if ends_mark(bytes, at + 1) => marks += 1,
            Some(b'0'..=b'9') => {
                let digits = bytes[at..].iter().take_while(|b| b.is_ascii_digit()).count();
                let dot = matches!(bytes.get(at + digits), Some(b'.' | b')'));
                if digits > 9 || !dot || !ends_mark(bytes, at + digits + 1) {
                    return (depth, at);
                }
                marks += 1;
                at += digits;
            }
            Some(b'[') => match footnote_mark(&bytes[at..]) {
                Some(length) => {
                    marks += 1;
                    at += length - 1;
                }
                None => return (depth, at),
            },
            _ => return (depth, at),
        }
        at += 1;
    }
}

/// The length of a `[^label]:` at the start, which holds quotes and lists as well.
fn footnote_mark(bytes: &[u8]) -> Option<usize> {
    let label = bytes.strip_prefix(b"[^")?;
    let mut at = 0;
    while *label.get(at)? != b']' {
        at += if label[at] == b'\\' { 2 } else { 1 };
    }
    (label.get(at + 1) == Some(&b':')).then_some(at + 4)
}

fn ends_mark(bytes: &[u8], at: usize) -> bool {
    matches!(bytes.get(at), None | Some(b' ' | b'\t' | b'\n' | b'\r'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_people_write_stay_as_they_are() {
        let table = format!("|a|b|c|\n|-|-|-|\n{}\nen verder\n", "|1|\n".repeat(60));
        for text in
            [&table, "", "> > a\n", "- a\n  - b\n    1. c\n", "* * *\n", "----\n", &"> ".repeat(20_000)]
        {
            let Bounded { text: same, dialect } = bound(text);
            assert!(matches!(same, Cow::Borrowed(_)) && dialect == DIALECT, "{text}");
        }
    }

    #[test]
    fn deep_nesting_over_many_lines_is_cut() {
        for (deep, line) in [("> ", "a\n"), ("- ", "a\n"), (">", "> b\n"), ("1. ", "\n"), ("[^a]: > ", "a\n")]
        {
            let text = format!("{}x\n{}", deep.repeat(10_000), line.repeat(10_000));
            let flat = bound(&text).text;
            let first = flat.lines().next().unwrap();
            assert!(first.len() <= 6 * MAX_DEPTH + 1 && first.ends_with('x'), "{first}");
            assert_eq!(flat.lines().count(), 10_001);
        }
        let stairs: Vec<String> = (0..250).map(|n| format!("{}- a\n", "  ".repeat(n))).collect();
        let text = stairs.concat() + &"b\n".repeat(20_000);
        assert!(bound(&text).text.len() < text.len());
    }

    #[test]
    fn tables_that_would_fill_a_page_with_nothing_are_text() {
        for quote in ["", "> "] {
            let (head, rule) = ("|a".repeat(100), "|-".repeat(100));
            let text = format!("{quote}{head}|\n{quote}{rule}|\n{}", format!("{quote}a\n").repeat(600));
            assert!(!bound(&text).dialect.contains(Dialect::ENABLE_TABLES));
        }
    }
}
