//! What is done to a text before the parser sees it, so that time grows with its size alone.
//!
//! pulldown-cmark walks the open containers (quotes, list items) anew on every line, so deep nesting
//! times many lines is quadratic: 64 kB of `> ` × 16,000 followed by as many lazy lines takes a third
//! of a second. No other superlinear input was found (`examples/ladder.rs` holds those tried).

use std::borrow::Cow;

/// Levels of quotes and lists beyond which containers are not opened, and elements not drawn.
pub(crate) const MAX_DEPTH: usize = 32;

/// Steps over containers that a byte of text may cost before its nesting is cut down.
const STEPS_PER_BYTE: usize = 16;

/// The text as it is, unless depth times lines is out of proportion to its size: then the marks of
/// quotes and list items deeper than [`MAX_DEPTH`] are left out.
pub(crate) fn bound(markdown: &str) -> Cow<'_, str> {
    let mut deepest = 0;
    let mut count = 0;
    for line in lines(markdown) {
        count += 1;
        deepest = deepest.max(prefix(line, usize::MAX).0);
    }
    if deepest <= MAX_DEPTH || deepest * count <= STEPS_PER_BYTE * markdown.len() {
        return Cow::Borrowed(markdown);
    }
    let mut flat = String::with_capacity(markdown.len());
    for line in lines(markdown) {
        let (_, kept) = prefix(line, MAX_DEPTH);
        let (_, all) = prefix(line, usize::MAX);
        flat.push_str(&line[..kept]);
        flat.push_str(&line[all..]);
    }
    Cow::Owned(flat)
}

/// Lines with their ends. CRLF gives an empty line more than there is, which harms nothing here.
fn lines(markdown: &str) -> impl Iterator<Item = &str> {
    markdown.split_inclusive(['\n', '\r'])
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
        for text in ["", "> > a\n", "- a\n  - b\n    1. c\n", "* * *\n", "----\n", &"> ".repeat(20_000)] {
            assert!(matches!(bound(text), Cow::Borrowed(_)), "{text}");
        }
    }

    #[test]
    fn deep_nesting_over_many_lines_is_cut() {
        for (deep, line) in [("> ", "a\n"), ("- ", "a\n"), (">", "> b\n"), ("1. ", "\n"), ("[^a]: > ", "a\n")]
        {
            let text = format!("{}x\n{}", deep.repeat(10_000), line.repeat(10_000));
            let flat = bound(&text);
            let first = flat.lines().next().unwrap();
            assert!(first.len() <= 6 * MAX_DEPTH + 1 && first.ends_with('x'), "{first}");
            assert_eq!(flat.lines().count(), 10_001);
        }
        let stairs: String = (0..250).map(|n| format!("{}- a\n", "  ".repeat(n))).collect();
        let text = format!("{stairs}{}", "b\n".repeat(20_000));
        assert!(bound(&text).len() < text.len());
    }
}
