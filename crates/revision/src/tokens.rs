//! Texts in parts, each on a line of its own, as what compares lines wants them.

use std::borrow::Cow;

/// Parts of one text that are compared with those of another.
const MOST: usize = 8_000;

/// How a text is parted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Grain {
    /// A word with the spaces after it, or a line end.
    Words,
    /// A line with its end.
    Lines,
    Whole,
}

impl Grain {
    /// The finest for which none of the texts has too many parts.
    pub(crate) fn of(texts: &[&str]) -> Self {
        let fits = |grain: Self| texts.iter().all(|text| grain.parts(text).take(MOST + 1).count() <= MOST);
        [Self::Words, Self::Lines].into_iter().find(|grain| fits(*grain)).unwrap_or(Self::Whole)
    }

    fn parts(self, text: &str) -> Parts<'_> {
        Parts { grain: self, rest: text }
    }

    /// Each part on a line that begins with a space, so that it is never taken for the mark of a conflict.
    pub(crate) fn lined(self, text: &str) -> String {
        let mut lined = String::with_capacity(text.len() + text.len() / 2);
        for part in self.parts(text) {
            lined.push(' ');
            for c in part.chars() {
                match c {
                    '\\' => lined.push_str("\\\\"),
                    '\n' => lined.push_str("\\n"),
                    c => lined.push(c),
                }
            }
            lined.push('\n');
        }
        lined
    }
}

/// The part that a line was made of.
pub(crate) fn unlined(line: &str) -> Cow<'_, str> {
    let line = line.strip_suffix('\n').unwrap_or(line);
    let part = line.strip_prefix(' ').unwrap_or(line);
    if !part.contains('\\') {
        return Cow::Borrowed(part);
    }
    let mut text = String::with_capacity(part.len());
    let mut chars = part.chars();
    while let Some(c) = chars.next() {
        match (c, c == '\\') {
            (_, true) => match chars.next() {
                Some('n') => text.push('\n'),
                Some(other) => text.push(other),
                None => {}
            },
            (c, false) => text.push(c),
        }
    }
    Cow::Owned(text)
}

struct Parts<'a> {
    grain: Grain,
    rest: &'a str,
}

impl<'a> Iterator for Parts<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        if self.rest.is_empty() {
            return None;
        }
        let end = match self.grain {
            Grain::Whole => self.rest.len(),
            Grain::Lines => self.rest.find('\n').map_or(self.rest.len(), |at| at + 1),
            Grain::Words => word_end(self.rest),
        };
        let (part, rest) = self.rest.split_at(end);
        self.rest = rest;
        Some(part)
    }
}

/// Where the first word of a text ends, with the spaces behind it; a line end is a word of its own.
fn word_end(text: &str) -> usize {
    if text.starts_with('\n') {
        return 1;
    }
    let is_space = |c: char| c.is_whitespace() && c != '\n';
    let word = text.find(char::is_whitespace).unwrap_or(text.len());
    let spaces = text[word..].find(|c| !is_space(c)).unwrap_or(text.len() - word);
    word + spaces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_make_the_text_again() {
        let text = "Een  woord.\n\n\tTwee \\n drie\u{a0}vier\n <<<<<<< ours\n=======";
        for grain in [Grain::Words, Grain::Lines, Grain::Whole] {
            let lined = grain.lined(text);
            assert!(lined.lines().all(|line| line.starts_with(' ')), "{lined}");
            let again: String = lined.split_inclusive('\n').map(unlined).collect();
            assert_eq!(again, text, "{grain:?}");
        }
        let words: Vec<&str> = Grain::Words.parts("Een  woord.\n\nTwee").collect();
        assert_eq!(words, ["Een  ", "woord.", "\n", "\n", "Twee"]);
    }

    #[test]
    fn long_texts_are_compared_coarsely() {
        assert_eq!(Grain::of(&["een twee", ""]), Grain::Words);
        assert_eq!(Grain::of(&[&"woord ".repeat(MOST + 1), "kort"]), Grain::Lines);
        assert_eq!(Grain::of(&["kort", &"\n".repeat(MOST + 1)]), Grain::Whole);
    }
}
