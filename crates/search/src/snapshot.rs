//! The index as it stands after a commit, with what is kept of it in memory. Searches hold on to
//! one while the next is made.

use std::collections::HashMap;
use std::sync::Arc;

use tantivy::columnar::StrColumn;
use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::Field;
use tantivy::termdict::TermMerger;
use tantivy::{DocId, Searcher, SegmentOrdinal, SegmentReader};
use weerklank_domain::{Lang, Named, Slug};

use crate::schema::{self, Fields, PackedFacts};
use crate::vocabulary::{Lines, Vocabulary};

pub struct Snapshot {
    pub searcher: Searcher,
    pub fields: Fields,
    vocabularies: [Vocabulary; 2],
    pub shops: Registry,
    pub series: Registry,
    pub authors: Registry,
    /// Per segment and column, see [`PackedFacts`].
    facts: Vec<Arc<[u64]>>,
    /// Per field of stems: how many there are.
    tokens: HashMap<Field, u64>,
}

impl Snapshot {
    pub fn new(searcher: Searcher, fields: Fields) -> tantivy::Result<Self> {
        let facts = facts(&searcher)?;
        Ok(Self {
            vocabularies: [
                vocabulary(&searcher, fields.texts(Lang::Nl).words)?,
                vocabulary(&searcher, fields.texts(Lang::En).words)?,
            ],
            shops: Registry::new(&searcher, schema::SHOPS)?,
            series: Registry::new(&searcher, schema::SERIES)?,
            authors: Registry::new(&searcher, schema::AUTHORS)?,
            tokens: tokens(&searcher, &fields, &facts)?,
            facts,
            searcher,
            fields,
        })
    }

    pub fn vocabulary(&self, lang: Lang) -> &Vocabulary {
        &self.vocabularies[lang as usize]
    }

    pub fn facts(&self, segment: SegmentOrdinal) -> Arc<[u64]> {
        Arc::clone(&self.facts[segment as usize])
    }

    /// How many words the field would have if all columns were in its language: lengths are then
    /// compared within a language, however few columns are in it.
    pub fn tokens(&self, field: Field) -> u64 {
        self.tokens.get(&field).copied().unwrap_or(1)
    }
}

fn facts(searcher: &Searcher) -> tantivy::Result<Vec<Arc<[u64]>>> {
    let readers = searcher.segment_readers().iter();
    let facts = readers.map(|reader| {
        let facts = reader.fast_fields().column_first_or_default::<u64>(schema::FACTS)?;
        Ok((0..reader.max_doc()).map(|doc| facts.get_val(doc)).collect())
    });
    facts.collect()
}

fn tokens(
    searcher: &Searcher,
    fields: &Fields,
    facts: &[Arc<[u64]>],
) -> tantivy::Result<HashMap<Field, u64>> {
    let mut columns = [0_u64; 2];
    for facts in facts.iter().flat_map(|segment| segment.iter()) {
        columns[PackedFacts(*facts).lang()] += 1;
    }
    let all: u64 = columns.iter().sum();
    let mut tokens = HashMap::new();
    for lang in Lang::ALL {
        let texts = fields.texts(*lang);
        for field in [texts.all, texts.title, texts.labels, texts.summary] {
            let found = searcher.total_num_tokens(field)?;
            let scaled = u128::from(found) * u128::from(all) / u128::from(columns[*lang as usize].max(1));
            tokens.insert(field, u64::try_from(scaled).unwrap_or(u64::MAX).max(1));
        }
    }
    Ok(tokens)
}

fn vocabulary(searcher: &Searcher, field: Field) -> tantivy::Result<Vocabulary> {
    let readers = searcher.segment_readers().iter();
    let indexes = readers.map(|reader| reader.inverted_index(field)).collect::<tantivy::Result<Vec<_>>>()?;
    let streams = indexes.iter().map(|index| index.terms().stream()).collect::<Result<Vec<_>, _>>()?;
    let mut merged = TermMerger::new(streams);
    let mut lines = Lines::default();
    while merged.advance() {
        lines.push(merged.key());
    }
    Ok(Vocabulary::new(lines))
}

/// Everything of one kind that columns name, numbered across segments.
pub struct Registry {
    /// By number.
    named: Vec<Named>,
    numbers: HashMap<Slug, u32>,
    segments: Vec<Arc<Names>>,
}

/// What each column of a segment names, by number. Some ten bytes per column, taken from the fast
/// fields once: counting facets reads it for every match.
#[derive(Default)]
pub struct Names {
    /// Per column where its numbers start; one more for where the last ones end.
    starts: Vec<u32>,
    numbers: Vec<u32>,
}

impl Names {
    pub fn of(&self, doc: DocId) -> &[u32] {
        let doc = doc as usize;
        &self.numbers[self.starts[doc] as usize..self.starts[doc + 1] as usize]
    }
}

impl Registry {
    fn new(searcher: &Searcher, column: &str) -> tantivy::Result<Self> {
        let mut registry = Self { named: Vec::new(), numbers: HashMap::new(), segments: Vec::new() };
        for reader in searcher.segment_readers() {
            let names = registry.names(reader, column)?;
            registry.segments.push(Arc::new(names));
        }
        Ok(registry)
    }

    fn names(&mut self, reader: &SegmentReader, column: &str) -> tantivy::Result<Names> {
        let Some(column) = str_column(reader, column)? else {
            return Ok(Names { starts: vec![0; reader.max_doc() as usize + 1], numbers: Vec::new() });
        };
        let mut by_ordinal = Vec::new();
        let mut stream = column.dictionary().stream()?;
        while stream.advance() {
            let packed = String::from_utf8_lossy(stream.key());
            let damaged = || tantivy::error::DataCorruption::comment_only(packed.to_string());
            by_ordinal.push(self.number(schema::unpack_named(&packed).ok_or_else(damaged)?));
        }
        let mut names = Names::default();
        for doc in 0..reader.max_doc() {
            names.starts.push(u32::try_from(names.numbers.len()).unwrap_or(u32::MAX));
            let ordinals = column.ords().values_for_doc(doc);
            let numbers = ordinals.filter_map(|ordinal| by_ordinal.get(usize::try_from(ordinal).ok()?));
            names.numbers.extend(numbers);
        }
        names.starts.push(u32::try_from(names.numbers.len()).unwrap_or(u32::MAX));
        names.numbers.shrink_to_fit();
        Ok(names)
    }

    /// Where spellings of a name differ, the first in byte order stands for all.
    fn number(&mut self, named: Named) -> u32 {
        let next = u32::try_from(self.named.len()).unwrap_or(u32::MAX);
        let number = *self.numbers.entry(named.slug.clone()).or_insert(next);
        match self.named.get_mut(number as usize) {
            Some(known) if named.name < known.name => known.name = named.name,
            Some(_) => {}
            None => self.named.push(named),
        }
        number
    }

    pub fn find(&self, slug: &Slug) -> Option<u32> {
        self.numbers.get(slug).copied()
    }

    pub fn get(&self, number: u32) -> &Named {
        &self.named[number as usize]
    }

    pub fn len(&self) -> usize {
        self.named.len()
    }

    pub fn segment(&self, segment: SegmentOrdinal) -> Arc<Names> {
        Arc::clone(&self.segments[segment as usize])
    }
}

/// `None` where no column of the segment has any.
pub fn str_column(reader: &SegmentReader, column: &str) -> tantivy::Result<Option<StrColumn>> {
    reader.fast_fields().str(column)
}
