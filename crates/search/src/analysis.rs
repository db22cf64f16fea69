//! How text becomes words: the same for a column, for a query and for a snippet.
//!
//! A word is a run of letters and digits, lower-cased and without accents (Unicode NFKD, so `ĳ`
//! becomes `ij`), at most [`MAX_WORD`] bytes. Apostrophes inside a word vanish (`zo'n` is `zon`), a
//! closing `'s` is left out (`foto's`, `customer's`), and so are soft hyphens and invisible marks.
//! A word's stem is what Snowball makes of it in the language of the text.

use std::ops::Range;

use tantivy::tokenizer::{
    Language, RawTokenizer, Stemmer, StopWordFilter, TextAnalyzer, Token, TokenStream, Tokenizer,
    TokenizerManager,
};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
use weerklank_domain::Lang;

/// Bytes of a word that count; what comes after them is ignored.
pub const MAX_WORD: usize = 64;

/// The tokenizer of surface words.
pub const SURFACE: &str = "weerklank_surface";

/// The tokenizer of stems in a language.
pub const fn stems(lang: Lang) -> &'static str {
    match lang {
        Lang::Nl => "weerklank_stems_nl",
        Lang::En => "weerklank_stems_en",
    }
}

pub fn tokenizers() -> TokenizerManager {
    let manager = TokenizerManager::default();
    manager.register(SURFACE, Words::default());
    for lang in Lang::ALL {
        let analyzer = TextAnalyzer::builder(Words::default()).filter(Stemmer::new(language(*lang)));
        manager.register(stems(*lang), analyzer.build());
    }
    manager
}

fn language(lang: Lang) -> Language {
    match lang {
        Lang::Nl => Language::Dutch,
        Lang::En => Language::English,
    }
}

/// What is known of single words in one language.
#[derive(Clone)]
pub struct Lexicon {
    stemmer: TextAnalyzer,
    without_stop_words: TextAnalyzer,
}

impl Lexicon {
    pub fn new(lang: Lang) -> Self {
        let raw = RawTokenizer::default();
        let stemmer = TextAnalyzer::builder(raw.clone()).filter(Stemmer::new(language(lang))).build();
        let stop_words =
            StopWordFilter::new(language(lang)).unwrap_or_else(|| StopWordFilter::remove(Vec::new()));
        let without_stop_words = TextAnalyzer::builder(raw).filter(stop_words).build();
        Self { stemmer, without_stop_words }
    }

    /// The stem of a folded word.
    pub fn stem(&mut self, word: &str) -> String {
        let mut stream = self.stemmer.token_stream(word);
        if stream.advance() { std::mem::take(&mut stream.token_mut().text) } else { word.to_owned() }
    }

    /// Whether a folded word is one of those that say little on their own (`de`, `the`).
    pub fn is_stop_word(&mut self, word: &str) -> bool {
        !self.without_stop_words.token_stream(word).advance()
    }
}

/// Walks over the words of a text.
pub struct Scanner<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Scanner<'a> {
    pub fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// Puts the next word, folded, into `word` and returns the bytes it takes in the text,
    /// a closing `'s` included.
    pub fn next_into(&mut self, word: &mut String) -> Option<Range<usize>> {
        loop {
            let start = word_start(self.text, self.at)?;
            let (letters, end) = extent(self.text, start);
            self.at = end;
            word.clear();
            fold(&self.text[start..letters], word);
            if !word.is_empty() {
                return Some(start..end);
            }
        }
    }
}

/// Where the first word of `text` from `at` on starts.
fn word_start(text: &str, mut at: usize) -> Option<usize> {
    loop {
        // Most of what is between words is one ASCII space.
        while text.as_bytes().get(at).is_some_and(|b| b.is_ascii() && !b.is_ascii_alphanumeric()) {
            at += 1;
        }
        let c = text[at..].chars().next()?;
        if is_letter(c) {
            return Some(at);
        }
        at += c.len_utf8();
    }
}

/// Where the word that starts at `start` ends: without, and with a closing `'s`.
fn extent(text: &str, start: usize) -> (usize, usize) {
    let mut at = start;
    loop {
        while text.as_bytes().get(at).is_some_and(u8::is_ascii_alphanumeric) {
            at += 1;
        }
        let Some(c) = text[at..].chars().next() else { return (at, at) };
        let next = at + c.len_utf8();
        if is_apostrophe(c) {
            let mut after = text[next..].chars();
            let first = after.next();
            if !first.is_some_and(is_letter) {
                return (at, at);
            }
            let is_s = matches!(first, Some('s' | 'S'));
            if is_s && !after.next().is_some_and(|c| is_letter(c) || is_invisible(c) || is_apostrophe(c)) {
                return (at, next + 1);
            }
        } else if !is_letter(c) && !is_invisible(c) {
            return (at, at);
        }
        at = next;
    }
}

/// Letters and digits; Unicode counts one of the apostrophes (U+02BC) among them.
fn is_letter(c: char) -> bool {
    c.is_alphanumeric() && !is_apostrophe(c)
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '`' | '´')
}

/// Marks that are part of the word around them but of no letter: soft hyphen, zero-width and
/// direction marks, combining accents, variation selectors.
pub fn is_invisible(c: char) -> bool {
    !c.is_ascii() && (is_format(c) || is_combining_mark(c))
}

/// Zero-width and direction marks (Unicode category Cf, as far as text meets them).
pub fn is_format(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn fold(text: &str, word: &mut String) {
    if text.len() <= MAX_WORD && text.bytes().all(|b| b.is_ascii_alphanumeric()) {
        word.push_str(text);
        word.make_ascii_lowercase();
        return;
    }
    for c in text.chars() {
        if word.len() >= MAX_WORD {
            break;
        }
        if c.is_ascii_alphanumeric() {
            word.push(c.to_ascii_lowercase());
        } else if !c.is_ascii() {
            fold_char(c, word);
        }
    }
}

fn fold_char(c: char, word: &mut String) {
    for lower in c.to_lowercase() {
        // The letters that NFKD leaves whole.
        let whole = match lower {
            'ß' => "ss",
            'æ' => "ae",
            'œ' => "oe",
            'ø' => "o",
            'ł' => "l",
            'đ' | 'ð' => "d",
            'þ' => "th",
            'ı' => "i",
            'ħ' => "h",
            _ => "",
        };
        word.push_str(whole);
        if whole.is_empty() {
            word.extend(std::iter::once(lower).nfkd().filter(|c| c.is_alphanumeric()));
        }
    }
}

/// [`Scanner`] as Tantivy wants it.
#[derive(Clone, Default)]
struct Words {
    token: Token,
}

struct WordStream<'a> {
    scanner: Scanner<'a>,
    token: &'a mut Token,
}

impl Tokenizer for Words {
    type TokenStream<'a> = WordStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream<'a> {
        self.token.reset();
        WordStream { scanner: Scanner::new(text), token: &mut self.token }
    }
}

impl TokenStream for WordStream<'_> {
    fn advance(&mut self) -> bool {
        let Some(range) = self.scanner.next_into(&mut self.token.text) else { return false };
        self.token.offset_from = range.start;
        self.token.offset_to = range.end;
        self.token.position = self.token.position.wrapping_add(1);
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let mut scanner = Scanner::new(text);
        let mut word = String::new();
        std::iter::from_fn(|| scanner.next_into(&mut word).map(|_| word.clone())).collect()
    }

    #[test]
    fn words_are_folded() {
        for (text, expected) in [
            ("Één Café", vec!["een", "cafe"]),
            ("cafe\u{301}", vec!["cafe"]),
            ("ĲSSEL Straße", vec!["ijssel", "strasse"]),
            ("foto's, Anna’s customer's", vec!["foto", "anna", "customer"]),
            ("zo'n 't don’t", vec!["zon", "t", "dont"]),
            ("web\u{ad}winkel", vec!["webwinkel"]),
            ("bol.com 11/12-2015", vec!["bol", "com", "11", "12", "2015"]),
            ("😀 — ʼ' \u{202e}", vec![]),
        ] {
            assert_eq!(words(text), expected, "{text}");
        }
    }

    #[test]
    fn a_closing_s_belongs_to_the_marked_range() {
        let mut scanner = Scanner::new("De foto's.");
        let mut word = String::new();
        scanner.next_into(&mut word);
        assert_eq!(scanner.next_into(&mut word), Some(3..9));
    }

    #[test]
    fn inflections_share_a_stem() {
        for (lang, one, other) in [
            (Lang::Nl, "winkel", "winkels"),
            (Lang::Nl, "bezorging", "bezorgingen"),
            (Lang::Nl, "klacht", "klachten"),
            (Lang::En, "return", "returned"),
            (Lang::En, "delivery", "deliveries"),
        ] {
            let mut lexicon = Lexicon::new(lang);
            assert_eq!(lexicon.stem(one), lexicon.stem(other), "{one}");
        }
    }

    #[test]
    fn stop_words_are_known_per_language() {
        assert!(Lexicon::new(Lang::Nl).is_stop_word("de"));
        assert!(Lexicon::new(Lang::En).is_stop_word("the"));
        assert!(!Lexicon::new(Lang::Nl).is_stop_word("retour"));
    }
}
