//! The index as it stands after a commit, with what is kept of it in memory. Searches hold on to
//! one while the next is made.

use std::collections::HashMap;
use std::sync::Arc;

use tantivy::columnar::StrColumn;
use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::Field;
use tantivy::termdict::TermMerger;
use tantivy::{Searcher, SegmentReader};
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
    /// Per field of stems: how many there are.
    tokens: HashMap<Field, u64>,
}

impl Snapshot {
    pub fn new(searcher: Searcher, fields: Fields) -> tantivy::Result<Self> {
        Ok(Self {
            vocabularies: [
                vocabulary(&searcher, fields.texts(Lang::Nl).words)?,
                vocabulary(&searcher, fields.texts(Lang::En).words)?,
            ],
            shops: Registry::new(&searcher, schema::SHOPS)?,
            series: Registry::new(&searcher, schema::SERIES)?,
            authors: Registry::new(&searcher, schema::AUTHORS)?,
            tokens: tokens(&searcher, &fields)?,
            searcher,
            fields,
        })
    }

    pub fn vocabulary(&self, lang: Lang) -> &Vocabulary {
        &self.vocabularies[lang as usize]
    }

    /// How many words the field would have if all columns were in its language: lengths are then
    /// compared within a language, however few columns are in it.
    pub fn tokens(&self, field: Field) -> u64 {
        self.tokens.get(&field).copied().unwrap_or(1)
    }
}

fn tokens(searcher: &Searcher, fields: &Fields) -> tantivy::Result<HashMap<Field, u64>> {
    let mut columns = [0_u64; 2];
    let mut all = 0_u64;
    for reader in searcher.segment_readers() {
        let facts = reader.fast_fields().column_first_or_default::<u64>(schema::FACTS)?;
        for doc in 0..reader.max_doc() {
            columns[PackedFacts(facts.get_val(doc)).lang()] += 1;
            all += 1;
        }
    }
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
    /// By slug.
    named: Vec<Named>,
    numbers: HashMap<Slug, u32>,
    /// Per segment: the number of each of its ordinals.
    segments: Vec<Arc<[u32]>>,
}

impl Registry {
    fn new(searcher: &Searcher, column: &str) -> tantivy::Result<Self> {
        let mut registry = Self { named: Vec::new(), numbers: HashMap::new(), segments: Vec::new() };
        for reader in searcher.segment_readers() {
            let mut numbers = Vec::new();
            if let Some(column) = str_column(reader, column)? {
                let mut stream = column.dictionary().stream()?;
                while stream.advance() {
                    let packed = String::from_utf8_lossy(stream.key());
                    let damaged = || tantivy::error::DataCorruption::comment_only(packed.to_string());
                    numbers.push(registry.number(schema::unpack_named(&packed).ok_or_else(damaged)?));
                }
            }
            registry.segments.push(numbers.into());
        }
        Ok(registry)
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

    /// The numbers of a segment's ordinals.
    pub fn segment(&self, segment: u32) -> Arc<[u32]> {
        Arc::clone(&self.segments[segment as usize])
    }
}

/// `None` where no column of the segment has any.
pub fn str_column(reader: &SegmentReader, column: &str) -> tantivy::Result<Option<StrColumn>> {
    reader.fast_fields().str(column)
}
