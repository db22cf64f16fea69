//! A score that first counts words, then weighs them.

use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SeekDangerResult, SegmentReader};

/// What all words of a query together add to a score. Weighing them stays far below it, so that a
/// column with more of the words always stands before one with fewer.
pub const ALL_WORDS: Score = 4096.0;

/// Matches what `inner` matches and adds `worth` to its score.
#[derive(Debug)]
pub struct Counted {
    pub inner: Box<dyn Query>,
    pub worth: Score,
}

impl Clone for Counted {
    fn clone(&self) -> Self {
        Self { inner: self.inner.box_clone(), worth: self.worth }
    }
}

impl Query for Counted {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(CountedWeight { inner: self.inner.weight(scoring)?, worth: self.worth }))
    }
}

struct CountedWeight {
    inner: Box<dyn Weight>,
    worth: Score,
}

impl Weight for CountedWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let inner = self.inner.scorer(reader, boost)?;
        Ok(Box::new(CountedScorer { inner, worth: self.worth }))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let inner = self.inner.explain(reader, doc)?;
        let mut explanation = Explanation::new("a word found", self.worth + inner.value());
        explanation.add_detail(inner);
        Ok(explanation)
    }
}

struct CountedScorer {
    inner: Box<dyn Scorer>,
    worth: Score,
}

impl DocSet for CountedScorer {
    fn advance(&mut self) -> DocId {
        self.inner.advance()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.inner.seek(target)
    }

    fn seek_danger(&mut self, target: DocId) -> SeekDangerResult {
        self.inner.seek_danger(target)
    }

    fn doc(&self) -> DocId {
        self.inner.doc()
    }

    fn size_hint(&self) -> u32 {
        self.inner.size_hint()
    }

    fn cost(&self) -> u64 {
        self.inner.cost()
    }
}

impl Scorer for CountedScorer {
    fn score(&mut self) -> Score {
        self.worth + self.inner.score()
    }
}
