//! Words of texts and of queries, and when one means the other.

use std::ops::Range;

use weerklank_domain::fold;

/// From how many letters on the beginning of a word finds the word.
const PREFIX_FROM: usize = 3;
/// From how many letters on a word is found inside another, as a part of a compound.
const PART_FROM: usize = 4;
/// From how many letters on a word may be a typing error.
const TYPO_FROM: usize = 5;

/// The words of a text, lower-case and without accents, each with the bytes it takes. An apostrophe
/// within a word vanishes, and a closing `'s` with it.
pub(crate) fn words(text: &str) -> Vec<(String, Range<usize>)> {
    let mut words = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, first)) = chars.next() {
        if !is_letter(first) {
            continue;
        }
        let mut word = String::new();
        push(&mut word, first);
        let mut end = start + first.len_utf8();
        let mut before_apostrophe = None;
        while let Some((at, c)) = chars.peek().copied() {
            let behind = at + c.len_utf8();
            if is_apostrophe(c) {
                if !text[behind..].chars().next().is_some_and(is_letter) {
                    break;
                }
                before_apostrophe = Some(word.len());
            } else if is_letter(c) || is_invisible(c) {
                push(&mut word, c);
            } else {
                break;
            }
            end = behind;
            chars.next();
        }
        if let Some(length) = before_apostrophe.filter(|length| word[*length..] == *"s") {
            word.truncate(length);
        }
        words.push((word, start..end));
    }
    words
}

fn push(word: &mut String, c: char) {
    if !is_invisible(c) {
        word.extend(fold(c).flat_map(char::to_lowercase));
    }
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() && !is_apostrophe(c)
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ')
}

/// Part of the word around it, and of no letter: accents on their own, soft hyphens, joiners.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// A word of a query.
#[derive(Debug)]
pub(crate) struct Wanted {
    /// As it was typed, folded; or, where nothing is spelled so, the words that may have been meant.
    spellings: Vec<String>,
}

impl Wanted {
    /// Of a folded word, given every word that there is.
    pub fn new<'a>(typed: String, known: impl Iterator<Item = &'a str> + Clone) -> Self {
        let as_typed = Self { spellings: vec![typed] };
        let typed: Vec<char> = as_typed.spellings[0].chars().collect();
        // A number with another digit is another number.
        if typed.len() < TYPO_FROM
            || typed.iter().any(char::is_ascii_digit)
            || known.clone().any(|word| as_typed.finds(word))
        {
            return as_typed;
        }
        let meant = known.filter(|word| one_typo(&typed, &word.chars().collect::<Vec<_>>()));
        let spellings: Vec<String> = meant.map(str::to_owned).collect();
        if spellings.is_empty() { as_typed } else { Self { spellings } }
    }

    /// Whether a folded word is what is looked for.
    pub fn finds(&self, word: &str) -> bool {
        self.spellings.iter().any(|wanted| {
            let letters = wanted.chars().count();
            word == wanted
                || (letters >= PREFIX_FROM && word.starts_with(wanted.as_str()))
                || (letters >= PART_FROM && word.contains(wanted.as_str()))
        })
    }
}

/// Whether two words differ by one letter that is wrong, missing or too many, or by two that are
/// swapped.
fn one_typo(one: &[char], other: &[char]) -> bool {
    let start = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[start..], &other[start..]);
    let end = one.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
    match (&one[..one.len() - end], &other[..other.len() - end]) {
        ([], [_]) | ([_], [] | [_]) => true,
        ([a, b], [c, d]) => a == d && b == c,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded() {
        for (text, expected) in [
            ("Één Café-IJssel", vec!["een", "cafe", "ijssel"]),
            ("cafe\u{301} web\u{ad}winkel", vec!["cafe", "webwinkel"]),
            ("foto's, Anna’s zo'n 't", vec!["foto", "anna", "zon", "t"]),
            ("11/12-2015 & bol.com", vec!["11", "12", "2015", "bol", "com"]),
            ("😀 — ' \u{301}", vec![]),
        ] {
            let found: Vec<_> = words(text).into_iter().map(|(word, _)| word).collect();
            assert_eq!(found, expected, "{text}");
        }
        assert_eq!(words("De foto's.")[1].1, 3..9);
    }

    /// Whether a word finds another in a text that has these words besides.
    fn finds(wanted: &str, word: &str, besides: &[&str]) -> bool {
        let known = std::iter::once(word).chain(besides.iter().copied());
        Wanted::new(wanted.to_owned(), known).finds(word)
    }

    #[test]
    fn a_word_finds_its_kin() {
        for (wanted, word, found) in [
            ("retour", "retour", true),
            ("retour", "retouren", true),
            ("retour", "webwinkelretour", true),
            ("op", "opnieuw", false),
            ("nie", "opnieuw", false),
            ("opn", "opnieuw", true),
        ] {
            assert_eq!(finds(wanted, word, &[]), found, "{wanted} in {word}");
        }
    }

    #[test]
    fn one_typing_error_is_forgiven_where_nothing_is_spelled_so() {
        for typo in ["retuor", "retor", "retourr", "retoor", "eretour", "tetour"] {
            assert!(finds(typo, "retour", &[]), "{typo}");
            assert!(finds(typo, "retourdoos", &["retour"]), "{typo} and what goes with what was meant");
            assert!(!finds(typo, "retour", &[typo]), "{typo} is a word");
        }
        for other in ["toerre", "ratuor", "pakket", "reto\u{301}"] {
            assert!(!finds(other, "retour", &["roteer"]), "{other}");
        }
        assert!(!finds("huos", "huis", &[]) && !finds("20151", "20152", &[]));
    }
}
