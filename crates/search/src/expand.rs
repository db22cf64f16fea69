//! The terms of the index that a word of a query stands for.

use std::collections::BTreeMap;

use tantivy::query::FuzzyTermQuery;
use tantivy::{Score, Term};
use weerklank_domain::Lang;

use crate::analysis::Lexicon;
use crate::compound::{self, Effort, Rank};
use crate::snapshot::Snapshot;

/// Letters that a word must have before one of them may be wrong.
const MIN_FORGIVEN: usize = 5;
/// At most how many corrections a word gets.
const MAX_CORRECTIONS: usize = 8;

const EXACT: Score = 1.0;
const JOINED: Score = 0.9;
const CORRECTED: Score = 0.4;

/// What a word of a query stands for in the columns of one language.
#[derive(Debug, Default)]
pub struct Expanded {
    /// Stems that some column has, each with how much it says, most first.
    pub stems: Vec<(String, Score)>,
    /// Stems of the parts of a compound, which may also be written apart.
    pub apart: Vec<Vec<String>>,
    /// About how many columns have any of them; 0 when none has.
    pub frequency: u64,
}

pub struct Expander<'a> {
    pub snapshot: &'a Snapshot,
    pub lang: Lang,
    pub lexicon: &'a mut Lexicon,
    pub effort: Effort,
}

impl Expander<'_> {
    /// How many columns of the language have a form of the word.
    pub fn frequency_of_word(&mut self, word: &str) -> tantivy::Result<u64> {
        let stem = self.lexicon.stem(word);
        self.frequency(&stem)
    }

    fn frequency(&self, stem: &str) -> tantivy::Result<u64> {
        let all = self.snapshot.fields.texts(self.lang).all;
        self.snapshot.searcher.doc_freq(&Term::from_field_text(all, stem))
    }

    /// `neighbours` are the words before and after; `forgive` whether it may be a typing error.
    pub fn expand(
        &mut self,
        word: &str,
        neighbours: [Option<&str>; 2],
        forgive: bool,
    ) -> tantivy::Result<Expanded> {
        let vocabulary = self.snapshot.vocabulary(self.lang);
        let stem = self.lexicon.stem(word);
        let mut weights: BTreeMap<String, Score> = BTreeMap::new();
        let mut add = |stem: String, weight: Score| {
            let known = weights.entry(stem).or_insert(weight);
            *known = known.max(weight);
        };
        let [before, after] = neighbours;
        let pairs = [before.map(|before| (before, word)), after.map(|after| (word, after))];
        for (left, right) in pairs.into_iter().flatten() {
            for joined in compound::joined(vocabulary, self.lang, left, right) {
                add(self.lexicon.stem(&joined), JOINED);
            }
        }
        for (compound, rank) in compound::compounds_of(vocabulary, self.lang, word, &stem, self.effort) {
            let weight = match rank {
                Rank::Known => 0.6,
                Rank::HalfKnown => 0.45,
                Rank::Plausible => 0.3,
            };
            add(self.lexicon.stem(&compound), weight);
        }
        // A number with one digit wrong is another number.
        let forgive = forgive && !word.contains(|c: char| c.is_numeric());
        if forgive && word.chars().count() >= MIN_FORGIVEN {
            for correction in self.corrections(word)? {
                add(self.lexicon.stem(&correction), CORRECTED);
            }
        }
        let mut apart = Vec::new();
        for (left, right) in compound::parts_of(vocabulary, self.lang, word) {
            apart.push(vec![self.lexicon.stem(&left), self.lexicon.stem(&right)]);
        }
        add(stem, EXACT);

        let mut expanded = Expanded { apart, ..Expanded::default() };
        for (stem, weight) in weights {
            let frequency = self.frequency(&stem)?;
            if frequency > 0 {
                expanded.frequency += frequency;
                expanded.stems.push((stem, weight));
            }
        }
        expanded.stems.sort_by(|(a, one), (b, other)| other.total_cmp(one).then_with(|| a.cmp(b)));
        Ok(expanded)
    }

    /// Words of the index that are one typing error away, those in most columns first.
    fn corrections(&self, word: &str) -> tantivy::Result<Vec<String>> {
        let field = self.snapshot.fields.texts(self.lang).words;
        let query = FuzzyTermQuery::new(Term::from_field_text(field, word), 1, true);
        let mut found: BTreeMap<String, u64> = BTreeMap::new();
        for reader in self.snapshot.searcher.segment_readers() {
            let index = reader.inverted_index(field)?;
            let mut stream = index.terms().search(query.automaton()?).into_stream()?;
            while let Some((term, info)) = stream.next() {
                let term = String::from_utf8_lossy(term);
                if term != word {
                    *found.entry(term.into_owned()).or_default() += u64::from(info.doc_freq);
                }
            }
        }
        let mut found: Vec<_> = found.into_iter().collect();
        found.sort_by(|(a, one), (b, other)| other.cmp(one).then_with(|| a.cmp(b)));
        found.truncate(MAX_CORRECTIONS);
        Ok(found.into_iter().map(|(word, _)| word).collect())
    }
}
