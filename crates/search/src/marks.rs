//! Finding in a text again what the index found in the column.

use std::collections::HashMap;
use std::ops::Range;

use crate::analysis::{Lexicon, Scanner};

/// The stems that were looked for in one language.
#[derive(Debug, Default)]
pub struct Marks {
    /// Per stem its number.
    numbers: HashMap<String, usize>,
    /// Per number: the clause of the query that asks for that word by itself, if one does.
    alone: Vec<Option<usize>>,
    /// Stems that count next to each other only, by number, with their clause.
    phrases: Vec<(Vec<usize>, usize)>,
    beginnings: Beginnings,
    /// Words of texts that were stemmed before, with the number of their stem.
    seen: HashMap<String, Option<usize>>,
}

/// A word of a text that was looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// Which clause of the query it belongs to.
    pub clause: usize,
}

impl Marks {
    pub fn add_word(&mut self, stem: &str, clause: usize) {
        let number = self.number(stem);
        self.alone[number].get_or_insert(clause);
    }

    pub fn add_phrase(&mut self, stems: &[String], clause: usize) {
        let numbers = stems.iter().map(|stem| self.number(stem)).collect();
        self.phrases.push((numbers, clause));
    }

    fn number(&mut self, stem: &str) -> usize {
        if let Some(number) = self.numbers.get(stem) {
            return *number;
        }
        self.beginnings.add(stem);
        self.alone.push(None);
        self.numbers.insert(stem.to_owned(), self.alone.len() - 1);
        self.alone.len() - 1
    }

    /// The words of `text` that were looked for, in order.
    pub fn find(&mut self, text: &str, lexicon: &mut Lexicon) -> Vec<Mark> {
        let tokens = self.tokens(text, lexicon);
        let mut clauses: Vec<Option<usize>> =
            tokens.iter().map(|(_, number)| number.and_then(|number| self.alone[number])).collect();
        for (phrase, clause) in &self.phrases {
            for start in 0..(tokens.len() + 1).saturating_sub(phrase.len()) {
                let run = &tokens[start..start + phrase.len()];
                if run.iter().zip(phrase).all(|((_, number), wanted)| number.as_ref() == Some(wanted)) {
                    clauses[start..start + phrase.len()].fill(Some(*clause));
                }
            }
        }
        let marked = tokens.into_iter().zip(clauses);
        marked.filter_map(|((range, _), clause)| Some(Mark { range, clause: clause? })).collect()
    }

    /// Every word of the text with the number of its stem, if that was looked for.
    fn tokens(&mut self, text: &str, lexicon: &mut Lexicon) -> Vec<(Range<usize>, Option<usize>)> {
        let mut scanner = Scanner::new(text);
        let mut word = String::new();
        let mut tokens = Vec::new();
        while let Some(range) = scanner.next_into(&mut word) {
            let number = if !self.beginnings.may_begin(&word) {
                None
            } else if let Some(known) = self.seen.get(&word) {
                *known
            } else {
                let number = self.numbers.get(&lexicon.stem(&word)).copied();
                self.seen.insert(word.clone(), number);
                number
            };
            tokens.push((range, number));
        }
        tokens
    }
}

/// How the stems begin that are looked for: most words of a text need no stemming to be passed over.
///
/// Stemmers change how a word ends. Some irregular short words change at the second letter (`dying`
/// becomes `die`): of stems of up to three letters only the first one counts.
#[derive(Debug)]
struct Beginnings {
    /// One bit per first two bytes.
    bits: Vec<u64>,
}

impl Default for Beginnings {
    fn default() -> Self {
        Self { bits: vec![0; 0x1_0000 / 64] }
    }
}

impl Beginnings {
    fn add(&mut self, stem: &str) {
        match *stem.as_bytes() {
            [] => {}
            [first, second, _, _, ..] => self.set(first, second),
            [first, ..] => {
                for second in 0..=u8::MAX {
                    self.set(first, second);
                }
            }
        }
    }

    fn set(&mut self, first: u8, second: u8) {
        let bit = (usize::from(first) << 8) | usize::from(second);
        self.bits[bit / 64] |= 1 << (bit % 64);
    }

    fn may_begin(&self, word: &str) -> bool {
        let [first, second] = [0, 1].map(|at| word.as_bytes().get(at).copied().unwrap_or(0));
        let bit = (usize::from(first) << 8) | usize::from(second);
        self.bits[bit / 64] & (1 << (bit % 64)) != 0
    }
}

#[cfg(test)]
mod tests {
    use weerklank_domain::Lang;

    use super::*;

    fn marked<'a>(text: &'a str, lang: Lang, words: &[&str], phrases: &[&[&str]]) -> Vec<&'a str> {
        let mut lexicon = Lexicon::new(lang);
        let mut marks = Marks::default();
        for (clause, word) in words.iter().enumerate() {
            marks.add_word(&lexicon.stem(word), clause);
        }
        for phrase in phrases {
            let stems: Vec<_> = phrase.iter().map(|word| lexicon.stem(word)).collect();
            marks.add_phrase(&stems, words.len());
        }
        marks.find(text, &mut lexicon).into_iter().map(|mark| &text[mark.range]).collect()
    }

    #[test]
    fn every_form_of_a_word_is_marked() {
        assert_eq!(marked("De Winkels en dé winkel's", Lang::Nl, &["winkel"], &[]), ["Winkels", "winkel's"]);
        assert_eq!(marked("Returned returns", Lang::En, &["return"], &[]), ["Returned", "returns"]);
        assert_eq!(marked("the dying skies", Lang::En, &["die", "sky"], &[]), ["dying", "skies"]);
    }

    #[test]
    fn a_phrase_is_marked_where_it_stands_together() {
        let text = "Op tijd, of niet op de tijd; wel op tijd.";
        assert_eq!(marked(text, Lang::Nl, &[], &[&["op", "tijd"]]), ["Op", "tijd", "op", "tijd"]);
    }
}
