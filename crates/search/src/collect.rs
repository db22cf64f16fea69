//! One walk over all matches: the best of them, how many there are, and the counts of the facets.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::Arc;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::Column;
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader};
use weerklank_domain::{ColumnFilter, Lang, Moment, Sentiment};

use crate::schema::{self, PackedFacts};
use crate::snapshot::{Names, Snapshot, str_column};

/// Scores that differ by less than this fraction count as equal; the newer column then comes first.
const STEPS_PER_POINT: Score = 8.0;

/// A number that nothing has: a filter on something unknown.
const NOTHING: u32 = u32::MAX;

pub struct Gather<'a> {
    pub snapshot: &'a Snapshot,
    pub filter: &'a ColumnFilter,
    /// How many of the best are wanted.
    pub wanted: usize,
}

/// Better is greater: score in steps, then day.
type Merit = (i64, u32);

#[derive(Debug, Clone, Copy)]
pub struct Found {
    pub merit: Merit,
    pub address: DocAddress,
    /// The slug's place in its segment.
    pub slug: u64,
}

/// What the facets count, indexed as in their vocabularies and registries.
#[derive(Debug, Clone)]
pub struct Counts {
    pub sentiments: Vec<u64>,
    pub langs: Vec<u64>,
    pub moments: Vec<u64>,
    pub shops: Vec<u64>,
    pub series: Vec<u64>,
}

pub struct Gathered {
    /// The best of every segment, in no order.
    pub found: Vec<Found>,
    /// Columns that match the text and the filter.
    pub total: u64,
    /// Columns that match the text.
    pub matched: u64,
    pub counts: Counts,
}

impl Gathered {
    pub fn empty(snapshot: &Snapshot) -> Self {
        let zeros = |n| vec![0; n];
        Self {
            found: Vec::new(),
            total: 0,
            matched: 0,
            counts: Counts {
                sentiments: zeros(Sentiment::ALL.len()),
                langs: zeros(Lang::ALL.len()),
                moments: zeros(Moment::ALL.len()),
                shops: zeros(snapshot.shops.len()),
                series: zeros(snapshot.series.len()),
            },
        }
    }

    pub fn add(&mut self, other: Self) {
        fn sum(to: &mut [u64], from: &[u64]) {
            to.iter_mut().zip(from).for_each(|(to, from)| *to += from);
        }
        self.found.extend(other.found);
        self.total += other.total;
        self.matched += other.matched;
        sum(&mut self.counts.sentiments, &other.counts.sentiments);
        sum(&mut self.counts.langs, &other.counts.langs);
        sum(&mut self.counts.moments, &other.counts.moments);
        sum(&mut self.counts.shops, &other.counts.shops);
        sum(&mut self.counts.series, &other.counts.series);
    }
}

impl Collector for Gather<'_> {
    type Fruit = Gathered;
    type Child = SegmentGather;

    fn for_segment(&self, segment: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<SegmentGather> {
        let filter = self.filter;
        Ok(SegmentGather {
            segment,
            facts: self.snapshot.facts(segment),
            slugs: str_column(reader, schema::SLUG)?.map(|column| column.ords().clone()),
            shops: self.snapshot.shops.segment(segment),
            series: self.snapshot.series.segment(segment),
            authors: self.snapshot.authors.segment(segment),
            sentiment: filter.sentiment.map(|sentiment| sentiment as usize),
            lang: filter.lang.map(|lang| lang as usize),
            moment: filter.moment.map(schema::moment_bit),
            shop: filter.shop.as_ref().map(|slug| self.snapshot.shops.find(slug).unwrap_or(NOTHING)),
            one_series: filter.series.as_ref().map(|slug| self.snapshot.series.find(slug).unwrap_or(NOTHING)),
            author: filter.author.as_ref().map(|slug| self.snapshot.authors.find(slug).unwrap_or(NOTHING)),
            wanted: self.wanted,
            best: BinaryHeap::new(),
            gathered: Gathered::empty(self.snapshot),
        })
    }

    fn requires_scoring(&self) -> bool {
        true
    }

    fn merge_fruits(&self, fruits: Vec<Gathered>) -> tantivy::Result<Gathered> {
        let mut all = Gathered::empty(self.snapshot);
        for fruit in fruits {
            all.add(fruit);
        }
        Ok(all)
    }
}

pub struct SegmentGather {
    segment: SegmentOrdinal,
    facts: Arc<[u64]>,
    slugs: Option<Column<u64>>,
    shops: Arc<Names>,
    series: Arc<Names>,
    authors: Arc<Names>,
    sentiment: Option<usize>,
    lang: Option<usize>,
    moment: Option<u32>,
    shop: Option<u32>,
    one_series: Option<u32>,
    author: Option<u32>,
    wanted: usize,
    /// The worst of the best on top.
    best: BinaryHeap<Reverse<(Merit, Reverse<u64>, DocId)>>,
    gathered: Gathered,
}

fn passes(names: &Names, doc: DocId, wanted: Option<u32>) -> bool {
    wanted.is_none_or(|wanted| names.of(doc).contains(&wanted))
}

fn count(names: &Names, doc: DocId, counts: &mut [u64]) {
    for number in names.of(doc) {
        counts[*number as usize] += 1;
    }
}

impl SegmentGather {
    fn keep(&mut self, doc: DocId, merit: Merit) {
        let full = self.best.len() == self.wanted;
        if full && self.best.peek().is_none_or(|Reverse((worst, ..))| merit < *worst) {
            return;
        }
        let slug = self.slugs.as_ref().and_then(|slugs| slugs.first(doc)).unwrap_or(u64::MAX);
        self.best.push(Reverse((merit, Reverse(slug), doc)));
        if full {
            self.best.pop();
        }
    }
}

impl SegmentCollector for SegmentGather {
    type Fruit = Gathered;

    fn collect(&mut self, doc: DocId, score: Score) {
        let facts = PackedFacts(self.facts[doc as usize]);
        let counts = &mut self.gathered.counts;
        self.gathered.matched += 1;

        let sentiment = self.sentiment.is_none_or(|wanted| facts.sentiment() == wanted);
        let lang = self.lang.is_none_or(|wanted| facts.lang() == wanted);
        let moment = self.moment.is_none_or(|wanted| facts.moments() & wanted != 0);
        let shop = passes(&self.shops, doc, self.shop);
        let series = passes(&self.series, doc, self.one_series);
        // Authors are no facet of the list: nothing is counted without the filter on them.
        if !passes(&self.authors, doc, self.author) {
            return;
        }
        // A facet counts what passes all others: itself may be the only one that fails.
        let failed = [sentiment, lang, moment, shop, series].into_iter().filter(|passed| !passed).count();
        if failed > 1 {
            return;
        }
        let all = failed == 0;
        if all || !sentiment {
            counts.sentiments[facts.sentiment()] += 1;
        }
        if all || !lang {
            counts.langs[facts.lang()] += 1;
        }
        if all || !moment {
            let mut moments = facts.moments();
            while moments != 0 {
                counts.moments[moments.trailing_zeros() as usize] += 1;
                moments &= moments - 1;
            }
        }
        if all || !shop {
            count(&self.shops, doc, &mut counts.shops);
        }
        if all || !series {
            count(&self.series, doc, &mut counts.series);
        }
        if all {
            self.gathered.total += 1;
            if self.wanted > 0 {
                #[expect(clippy::cast_possible_truncation, reason = "scores stay under a million steps")]
                let steps = (score * STEPS_PER_POINT) as i64;
                self.keep(doc, (steps, facts.day()));
            }
        }
    }

    fn harvest(mut self) -> Gathered {
        let segment = self.segment;
        self.gathered.found = self
            .best
            .into_iter()
            .map(|Reverse((merit, Reverse(slug), doc))| Found {
                merit,
                address: DocAddress::new(segment, doc),
                slug,
            })
            .collect();
        self.gathered
    }
}
