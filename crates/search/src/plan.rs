//! From what is looked for to a Tantivy query.

use std::collections::HashMap;

use tantivy::query::{
    Bm25StatisticsProvider, BooleanQuery, BoostQuery, Occur, PhraseQuery, Query, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Score, Term};
use weerklank_domain::Lang;

use crate::analysis::Lexicon;
use crate::compound::Effort;
use crate::expand::{Expanded, Expander};
use crate::marks::Marks;
use crate::query::Clause;
use crate::snapshot::Snapshot;
use crate::tier::{ALL_WORDS, Counted};

/// What a word found in the title, the labels and the summary adds to what it counts by itself.
const TITLE: Score = 3.0;
const LABELS: Score = 2.0;
const SUMMARY: Score = 1.0;
/// How much a compound written apart says.
const APART: Score = 0.8;
/// Of how many stems per word it matters in which part of the column they stand.
const MAX_WEIGHED: usize = 3;
/// A word may be a typing error when fewer than one column in this many has it.
const RARE: u64 = 10_000;
/// How many words of a query may be typing errors.
const MAX_FORGIVEN: usize = 4;
/// Reading where words stand costs about this many times what reading that they are there costs.
const PHRASE_COST: u64 = 8;
/// How many entries of the index are read when not all words have to be found: the most common
/// words, which say least, are then left out beyond this.
const MAX_ENTRIES: u64 = 200_000;

/// How many of its words a column must have.
#[derive(Debug, Clone, Copy)]
pub enum Share {
    All,
    Half,
    Any,
}

pub struct Plan<'a> {
    pub statistics: Statistics<'a>,
    /// By language.
    pub marks: [Marks; 2],
    parts: Vec<LangPlan>,
}

/// A clause as a query, with about how many columns match it.
struct Wanted {
    query: Box<dyn Query>,
    frequency: u64,
}

/// What is looked for in the columns of one language.
struct LangPlan {
    /// How many clauses there are, those that no column matches included.
    clauses: usize,
    wanted: Vec<Wanted>,
    /// What makes one match better than another.
    weighed: Vec<Box<dyn Query>>,
}

impl<'a> Plan<'a> {
    pub fn new(
        snapshot: &'a Snapshot,
        lexicons: &mut [Lexicon; 2],
        clauses: &[Clause],
    ) -> tantivy::Result<Self> {
        let forgiven = forgiven(snapshot, lexicons, clauses)?;
        let mut statistics = Statistics { snapshot, frequencies: HashMap::new() };
        let mut marks = [Marks::default(), Marks::default()];
        let mut parts = Vec::new();
        for lang in Lang::ALL {
            let lexicon = &mut lexicons[*lang as usize];
            let mut planner = Planner {
                expander: Expander {
                    snapshot,
                    lang: *lang,
                    lexicon,
                    effort: Effort::for_clauses(clauses.len()),
                },
                statistics: &mut statistics,
                marks: &mut marks[*lang as usize],
                plan: LangPlan { clauses: 0, wanted: Vec::new(), weighed: Vec::new() },
            };
            planner.add(clauses, &forgiven)?;
            parts.push(planner.plan);
        }
        Ok(Self { statistics, marks, parts })
    }

    /// One query per language in which something can match; no column matches two of them.
    pub fn queries(&self, share: Share) -> impl Iterator<Item = Box<dyn Query>> {
        self.parts.iter().filter_map(move |part| part.query(share))
    }
}

/// The words of the query that hardly any column has, in any language: those may be typing errors.
fn forgiven<'a>(
    snapshot: &Snapshot,
    lexicons: &mut [Lexicon; 2],
    clauses: &'a [Clause],
) -> tantivy::Result<Vec<&'a str>> {
    let mut forgiven = Vec::new();
    for clause in clauses {
        let Clause::Word(word) = clause else { continue };
        let mut frequency = 0;
        for lang in Lang::ALL {
            let lexicon = &mut lexicons[*lang as usize];
            frequency +=
                Expander { snapshot, lang: *lang, lexicon, effort: Effort::NONE }.frequency_of_word(word)?;
        }
        if frequency * RARE < snapshot.searcher.num_docs().max(1) && forgiven.len() < MAX_FORGIVEN {
            forgiven.push(word.as_str());
        }
    }
    Ok(forgiven)
}

impl LangPlan {
    fn query(&self, share: Share) -> Option<Box<dyn Query>> {
        let minimum = match share {
            Share::All => self.clauses,
            Share::Half => self.clauses.div_ceil(2),
            Share::Any => 1,
        };
        if self.wanted.len() < minimum.max(1) {
            return None;
        }
        let mut wanted: Vec<&Wanted> = self.wanted.iter().collect();
        let mut minimum = minimum;
        if !matches!(share, Share::All) {
            wanted.sort_by_key(|wanted| wanted.frequency);
            let mut entries = 0;
            let affordable = wanted.iter().take_while(|wanted| {
                entries += wanted.frequency;
                entries <= MAX_ENTRIES
            });
            let affordable = affordable.count().max(1);
            wanted.truncate(affordable);
            minimum = minimum.min(affordable);
        }
        let wanted = wanted.into_iter().map(|wanted| wanted.query.box_clone()).collect();
        let wanted = BooleanQuery::union_with_minimum_required_clauses(wanted, minimum);
        let mut parts: Vec<(Occur, Box<dyn Query>)> = vec![(Occur::Must, Box::new(wanted))];
        parts.extend(self.weighed.iter().map(|query| (Occur::Should, query.box_clone())));
        Some(Box::new(BooleanQuery::new(parts)))
    }
}

struct Planner<'a, 'b> {
    expander: Expander<'b>,
    statistics: &'b mut Statistics<'a>,
    marks: &'b mut Marks,
    plan: LangPlan,
}

impl Planner<'_, '_> {
    fn add(&mut self, clauses: &[Clause], forgiven: &[&str]) -> tantivy::Result<()> {
        let mut telling = Vec::new();
        for clause in clauses {
            telling.push(match clause {
                Clause::Word(word) => !self.expander.lexicon.is_stop_word(word),
                Clause::Phrase(_) => true,
            });
        }
        let any = telling.contains(&true);
        let asked = |at: usize| !any || telling[at];
        self.plan.clauses = (0..clauses.len()).filter(|at| asked(*at)).count();
        let word_at = |at: Option<usize>| match clauses.get(at?)? {
            Clause::Word(word) => Some(word.as_str()),
            Clause::Phrase(_) => None,
        };
        for (number, clause) in clauses.iter().enumerate().filter(|(at, _)| asked(*at)) {
            match clause {
                Clause::Word(word) => {
                    let neighbours = [word_at(number.checked_sub(1)), word_at(Some(number + 1))];
                    let forgive = forgiven.contains(&word.as_str());
                    let expanded = self.expander.expand(word, neighbours, forgive)?;
                    self.add_word(number, &expanded);
                }
                Clause::Phrase(words) => {
                    let stems: Vec<_> = words.iter().map(|word| self.expander.lexicon.stem(word)).collect();
                    self.add_phrase(number, &stems)?;
                }
            }
        }
        Ok(())
    }

    fn worth(&self) -> Score {
        #[expect(clippy::cast_precision_loss, reason = "a query has at most 16 clauses")]
        let clauses = self.plan.clauses as Score;
        ALL_WORDS / clauses
    }

    fn want(&mut self, query: Box<dyn Query>, frequency: u64) {
        let query = Box::new(Counted { inner: query, worth: self.worth() });
        self.plan.wanted.push(Wanted { query, frequency });
    }

    fn add_word(&mut self, number: usize, expanded: &Expanded) {
        let texts = self.expander.snapshot.fields.texts(self.expander.lang);
        let mut any = Vec::new();
        for (stem, weight) in &expanded.stems {
            any.push(self.term(texts.all, stem, *weight, expanded.frequency));
            self.marks.add_word(stem, number);
        }
        for parts in &expanded.apart {
            any.push(boosted(phrase(texts.all, parts), APART));
            self.marks.add_phrase(parts, number);
        }
        for (field, boost) in [(texts.title, TITLE), (texts.labels, LABELS), (texts.summary, SUMMARY)] {
            for (stem, weight) in expanded.stems.iter().take(MAX_WEIGHED) {
                let query = self.term(field, stem, weight * boost, expanded.frequency);
                self.plan.weighed.push(query);
            }
        }
        match any.len() {
            0 => {}
            1 => self.want(any.remove(0), expanded.frequency),
            _ => self.want(Box::new(BooleanQuery::union(any)), expanded.frequency),
        }
    }

    fn add_phrase(&mut self, number: usize, stems: &[String]) -> tantivy::Result<()> {
        let texts = self.expander.snapshot.fields.texts(self.expander.lang);
        let searcher = &self.expander.snapshot.searcher;
        let mut frequency = u64::MAX;
        for stem in stems {
            frequency = frequency.min(searcher.doc_freq(&Term::from_field_text(texts.all, stem))?);
        }
        if frequency > 0 {
            self.want(phrase(texts.all, stems), frequency * PHRASE_COST);
            self.plan.weighed.push(boosted(phrase(texts.title, stems), TITLE));
            self.marks.add_phrase(stems, number);
        }
        Ok(())
    }

    /// All stems of a word weigh as if they were one term: a rare compound of a common word is not
    /// more to the point than the word itself.
    fn term(&mut self, field: Field, stem: &str, weight: Score, frequency: u64) -> Box<dyn Query> {
        let term = Term::from_field_text(field, stem);
        let known = self.statistics.frequencies.entry(term.clone()).or_insert(frequency);
        *known = frequency.max(*known);
        boosted(Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)), weight)
    }
}

fn phrase(field: Field, stems: &[String]) -> Box<dyn Query> {
    Box::new(PhraseQuery::new(stems.iter().map(|stem| Term::from_field_text(field, stem)).collect()))
}

fn boosted(query: Box<dyn Query>, weight: Score) -> Box<dyn Query> {
    Box::new(BoostQuery::new(query, weight))
}

/// What BM25 reckons with.
pub struct Statistics<'a> {
    snapshot: &'a Snapshot,
    frequencies: HashMap<Term, u64>,
}

impl Bm25StatisticsProvider for Statistics<'_> {
    /// As if all columns were in the language of the field: else those of the rarer language would
    /// all count as long.
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        Ok(self.snapshot.tokens(field))
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        self.snapshot.searcher.total_num_docs()
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        let frequency = match self.frequencies.get(term) {
            Some(frequency) => *frequency,
            None => self.snapshot.searcher.doc_freq(term)?,
        };
        Ok(frequency.min(self.total_num_docs()?))
    }
}
