//! From what was typed to what is looked for.

use crate::analysis::Scanner;

/// Characters of a query that count.
pub const MAX_CHARS: usize = 200;
/// Words of a query that count.
pub const MAX_WORDS: usize = 16;

/// Something that a column should have; words are folded, not stemmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Clause {
    Word(String),
    /// Two words or more, next to each other.
    Phrase(Vec<String>),
}

/// Reads anything; what makes no word is left out. Repeated clauses count once.
pub fn parse(text: &str) -> Vec<Clause> {
    let end = text.char_indices().nth(MAX_CHARS).map_or(text.len(), |(at, _)| at);
    let text = &text[..end];
    let mut clauses = Vec::new();
    let mut left = MAX_WORDS;
    let is_quote = |c: char| matches!(c, '"' | '“' | '”' | '„' | '«' | '»');
    let parts: Vec<&str> = text.split(is_quote).collect();
    for (i, part) in parts.iter().enumerate() {
        // An odd part stands between two quotes, save the last: then the quote was never closed.
        let quoted = i % 2 == 1 && i + 1 < parts.len();
        let words = words(part, quoted, &mut left);
        if quoted && words.len() > 1 {
            push_new(&mut clauses, Clause::Phrase(words));
        } else {
            for word in words {
                push_new(&mut clauses, Clause::Word(word));
            }
        }
    }
    clauses
}

fn push_new(clauses: &mut Vec<Clause>, clause: Clause) {
    if !clauses.contains(&clause) {
        clauses.push(clause);
    }
}

fn words(text: &str, quoted: bool, left: &mut usize) -> Vec<String> {
    let mut scanner = Scanner::new(text);
    let mut word = String::new();
    let mut words = Vec::new();
    while *left > 0
        && let Some(range) = scanner.next_into(&mut word)
    {
        // What people know from other search boxes; nobody looks for a lone capital AND.
        if !quoted && matches!(&text[range], "AND" | "OR" | "NOT") {
            continue;
        }
        *left -= 1;
        words.push(word.clone());
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(word: &str) -> Clause {
        Clause::Word(word.to_owned())
    }

    fn phrase(text: &str) -> Clause {
        Clause::Phrase(text.split(' ').map(str::to_owned).collect())
    }

    #[test]
    fn words_and_phrases() {
        assert_eq!(parse("Retour \"Niet  goed\" geld"), [word("retour"), phrase("niet goed"), word("geld")]);
        assert_eq!(parse("“op tijd” ''"), [phrase("op tijd")]);
        assert_eq!(parse("\"retour\""), [word("retour")]);
        assert_eq!(parse("retour retour"), [word("retour")]);
    }

    #[test]
    fn nothing_is_an_operator() {
        assert_eq!(parse("title:foo* AND (bar OR -baz)"), ["title", "foo", "bar", "baz"].map(word));
        assert_eq!(parse("a \"b c"), ["a", "b", "c"].map(word));
        assert_eq!(parse("\" \"\" 😀 \u{202e}\0"), []);
    }

    #[test]
    fn length_is_bounded() {
        let many: Vec<_> = (0..10_000).map(|i| i.to_string()).collect();
        assert_eq!(parse(&many.join(" ")).len(), MAX_WORDS);
        assert_eq!(parse(&format!("{}b", " ".repeat(MAX_CHARS))), []);
        let phrases = "\"a b\" \"c d\" ".repeat(20);
        assert_eq!(parse(&phrases), [phrase("a b"), phrase("c d")]);
    }
}
