//! Opening, feeding and asking.

use std::cmp::Reverse;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use tantivy::directory::{Directory, MmapDirectory, RamDirectory};
use tantivy::indexer::LogMergePolicy;
use tantivy::schema::Value;
use tantivy::store::Compressor;
use tantivy::{
    Index, IndexReader, IndexSettings, IndexWriter, ReloadPolicy, TantivyDocument, TantivyError, Term,
};
use weerklank_domain::Lang;

use crate::analysis::{self, Lexicon};
use crate::collect::{Found, Gather};
use crate::plan::{Plan, Share};
use crate::schema::{self, Fields, PackedFacts};
use crate::snapshot::{Snapshot, str_column};
use crate::{Answer, Document, Hit, Query, facets, query, snippet};

/// Bytes of columns that wait in memory while an index is fed: the least Tantivy takes.
const WRITER_BYTES: usize = 15_000_000;
/// Unpacked blocks (16 kB) of stored texts that are kept, per segment.
const STORED_BLOCKS: usize = 4;
/// Segments of about equal size that are made into one.
const MERGE_AT: usize = 4;
/// The share of deleted columns from which a segment is written anew.
const MERGE_AT_DELETED: f32 = 0.2;
/// Bytes of a body that are looked through for a snippet.
const MAX_SNIPPET_BODY: usize = 65_536;

/// Why the index cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    #[error("the search index cannot be kept in {}: {source}. Is the folder there, writable and on a disk with room?", folder.display())]
    Folder { folder: PathBuf, source: io::Error },
    #[error("another process is writing the search index; give each server a folder of its own")]
    Locked,
    #[error("the search index failed: {0}. Remove its folder to have it built anew")]
    Index(#[source] TantivyError),
}

impl From<TantivyError> for SearchError {
    fn from(error: TantivyError) -> Self {
        match error {
            TantivyError::LockFailure(..) => Self::Locked,
            other => Self::Index(other),
        }
    }
}

/// An index that was opened.
pub struct Opened {
    pub index: SearchIndex,
    /// The change of the store that it holds everything up to; 0 when it is empty.
    pub built_up_to: u64,
    /// Why what was in the folder was thrown away, if it was; for the log.
    pub discarded: Option<String>,
}

/// The index. Searching and feeding go on at the same time; feeding takes turns.
pub struct SearchIndex {
    index: Index,
    reader: IndexReader,
    fields: Fields,
    lexicons: [Lexicon; 2],
    snapshot: RwLock<Arc<Snapshot>>,
    feeding: Mutex<()>,
}

impl SearchIndex {
    /// Opens the index in a folder, which is made when absent, or an empty one in memory.
    ///
    /// What cannot be used (another version, damaged files) is discarded: only files that an index
    /// consists of are removed. The caller then feeds it from 0.
    pub fn open(folder: Option<&Path>) -> Result<Opened, SearchError> {
        let Some(folder) = folder else {
            return Ok(Opened {
                index: Self::create(RamDirectory::create())?,
                built_up_to: 0,
                discarded: None,
            });
        };
        let failed = |source| SearchError::Folder { folder: folder.to_owned(), source };
        fs::create_dir_all(folder).map_err(failed)?;
        let directory =
            || MmapDirectory::open(folder).map_err(|error| failed(io::Error::other(error.to_string())));
        let existing = directory()?;
        let discarded = if Index::exists(&existing).unwrap_or(true) {
            match Self::reuse(existing) {
                Ok((index, built_up_to)) => return Ok(Opened { index, built_up_to, discarded: None }),
                Err(reason) => Some(reason),
            }
        } else {
            None
        };
        discard(folder).map_err(failed)?;
        Ok(Opened { index: Self::create(directory()?)?, built_up_to: 0, discarded })
    }

    /// Says why, where the index is of no use.
    fn reuse(directory: MmapDirectory) -> Result<(Self, u64), String> {
        let words = |error: TantivyError| error.to_string();
        let fields = Fields::new();
        let mut index = Index::open(directory).map_err(words)?;
        let payload = index.load_metas().map_err(words)?.payload.unwrap_or_default();
        let up_to = read_stamp(&payload).ok_or_else(|| format!("it is of another version: `{payload}`"))?;
        if index.schema() != fields.schema {
            return Err("its fields differ".to_owned());
        }
        let damaged = index.validate_checksum().map_err(words)?;
        if !damaged.is_empty() {
            return Err(format!("{} of its files are damaged", damaged.len()));
        }
        index.set_tokenizers(analysis::tokenizers());
        Ok((Self::over(index, fields).map_err(words)?, up_to))
    }

    fn create(directory: impl Into<Box<dyn Directory>>) -> Result<Self, SearchError> {
        let fields = Fields::new();
        let settings = IndexSettings {
            docstore_compression: Compressor::Lz4,
            docstore_compress_dedicated_thread: false,
            ..IndexSettings::default()
        };
        let builder = Index::builder().schema(fields.schema.clone()).settings(settings);
        let index = builder.tokenizers(analysis::tokenizers()).open_or_create(directory)?;
        Ok(Self::over(index, fields)?)
    }

    fn over(index: Index, fields: Fields) -> tantivy::Result<Self> {
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .doc_store_cache_num_blocks(STORED_BLOCKS)
            .try_into()?;
        let snapshot = RwLock::new(Arc::new(Snapshot::new(reader.searcher(), fields.clone())?));
        let lexicons = [Lexicon::new(Lang::Nl), Lexicon::new(Lang::En)];
        Ok(Self { index, reader, fields, lexicons, snapshot, feeding: Mutex::new(()) })
    }

    /// Replaces or removes columns, each by its slug, the last of equals counting; then holds
    /// everything up to the change `up_to`. All of it or, when it fails or the process ends,
    /// nothing. Blocks until the index is tidy again.
    pub fn apply(
        &self,
        documents: impl IntoIterator<Item = Document>,
        up_to: u64,
    ) -> Result<(), SearchError> {
        self.feed(documents, up_to, false)
    }

    /// As [`Self::apply`], after leaving out everything that was there: for a store that went back
    /// in time, such as a restored one. Until it is done, searches see what was there.
    pub fn rebuild(
        &self,
        documents: impl IntoIterator<Item = Document>,
        up_to: u64,
    ) -> Result<(), SearchError> {
        self.feed(documents, up_to, true)
    }

    fn feed(
        &self,
        documents: impl IntoIterator<Item = Document>,
        up_to: u64,
        anew: bool,
    ) -> Result<(), SearchError> {
        let _turn = self.feeding.lock().unwrap_or_else(PoisonError::into_inner);
        let mut writer: IndexWriter = self.index.writer_with_num_threads(1, WRITER_BYTES)?;
        let mut policy = LogMergePolicy::default();
        policy.set_min_num_segments(MERGE_AT);
        policy.set_del_docs_ratio_before_merge(MERGE_AT_DELETED);
        writer.set_merge_policy(Box::new(policy));
        if anew {
            writer.delete_all_documents()?;
        }
        for document in documents {
            writer.delete_term(Term::from_field_text(self.fields.slug, document.slug.as_str()));
            if let Some(public) = &document.public {
                writer.add_document(self.fields.document(&document.slug, public))?;
            }
        }
        let mut commit = writer.prepare_commit()?;
        commit.set_payload(&stamp(up_to));
        commit.commit()?;
        writer.wait_merging_threads()?;
        self.reader.reload()?;
        let snapshot = Snapshot::new(self.reader.searcher(), self.fields.clone())?;
        *self.snapshot.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(snapshot);
        Ok(())
    }

    /// How many columns it holds.
    pub fn len(&self) -> u64 {
        self.snapshot().searcher.num_docs()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn snapshot(&self) -> Arc<Snapshot> {
        Arc::clone(&self.snapshot.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Answers any query; one without words has an empty answer. Fails only when the files of the
    /// index cannot be read.
    pub fn search(&self, query: &Query) -> Result<Answer, SearchError> {
        let clauses = query::parse(&query.text);
        if clauses.is_empty() {
            return Ok(Answer::default());
        }
        let snapshot = self.snapshot();
        let mut lexicons = self.lexicons.clone();
        let plan = Plan::new(&snapshot, &mut lexicons, &clauses)?;
        let offset = usize::try_from(query.offset).unwrap_or(usize::MAX);
        let limit = usize::try_from(query.limit).unwrap_or(usize::MAX);
        let documents = usize::try_from(snapshot.searcher.num_docs()).unwrap_or(usize::MAX);
        let wanted = if limit == 0 { 0 } else { offset.saturating_add(limit).min(documents) };
        let gather = Gather { snapshot: &snapshot, filter: &query.filter, wanted };
        let mut answer = Answer::default();
        for share in [Share::All, Share::Half, Share::Any] {
            let Some(tantivy_query) = plan.query(share) else { continue };
            let gathered = snapshot.searcher.search_with_statistics_provider(
                &tantivy_query,
                &gather,
                &plan.statistics,
            )?;
            if gathered.matched > 0 {
                answer.total = gathered.total;
                answer.facets = facets::facets(&snapshot, &query.filter, &gathered.counts);
                for (found, slug) in page(&snapshot, gathered.found, offset, limit)? {
                    answer.hits.extend(hit(&snapshot, &plan, &mut lexicons, &found, &slug)?);
                }
                break;
            }
        }
        Ok(answer)
    }
}

/// The hits of a page in order, with their slugs.
fn page(
    snapshot: &Snapshot,
    mut found: Vec<Found>,
    offset: usize,
    limit: usize,
) -> tantivy::Result<Vec<(Found, String)>> {
    let end = offset.saturating_add(limit).min(found.len());
    if offset >= end {
        return Ok(Vec::new());
    }
    // Slugs are read only of what may stand on the page: of the hits up to its last, and of those
    // that are as good as that one.
    found.sort_unstable_by_key(|found| Reverse(found.merit));
    let (first, last) = (found[offset].merit, found[end - 1].merit);
    let before = found.iter().take_while(|found| found.merit > first).count();
    let candidates = found[before..].iter().take_while(|found| found.merit >= last);
    let mut named = Vec::new();
    for found in candidates {
        let reader = snapshot.searcher.segment_reader(found.address.segment_ord);
        let mut slug = String::new();
        if let Some(column) = str_column(reader, schema::SLUG)? {
            column.ord_to_str(found.slug, &mut slug)?;
        }
        named.push((*found, slug));
    }
    named.sort_by(|(a, one), (b, other)| b.merit.cmp(&a.merit).then_with(|| one.cmp(other)));
    Ok(named.into_iter().skip(offset - before).take(end - offset).collect())
}

fn hit(
    snapshot: &Snapshot,
    plan: &Plan<'_>,
    lexicons: &mut [Lexicon; 2],
    found: &Found,
    slug: &str,
) -> tantivy::Result<Option<Hit>> {
    let Ok(slug) = slug.parse() else { return Ok(None) };
    let reader = snapshot.searcher.segment_reader(found.address.segment_ord);
    let facts = reader.fast_fields().column_first_or_default::<u64>(schema::FACTS)?;
    let lang = PackedFacts(facts.get_val(found.address.doc_id)).lang();
    let stored: TantivyDocument = snapshot.searcher.doc(found.address)?;
    let text = |field| stored.get_first(field).and_then(|value| value.as_str()).unwrap_or_default();
    let title = text(snapshot.fields.title);
    let summary = text(snapshot.fields.summary);
    let body = text(snapshot.fields.body);
    let body = &body[..body.floor_char_boundary(MAX_SNIPPET_BODY)];

    let (marks, lexicon) = (&plan.marks[lang], &mut lexicons[lang]);
    let mut of_body = marks.find(body, lexicon);
    let mut shown = body;
    if of_body.is_empty() {
        let of_summary = marks.find(summary, lexicon);
        if !of_summary.is_empty() || body.is_empty() {
            (shown, of_body) = (summary, of_summary);
        }
    }
    Ok(Some(Hit {
        slug,
        lang: Lang::ALL[lang],
        title: snippet::whole(title, &marks.find(title, lexicon)),
        snippet: snippet::excerpt(shown, &of_body),
    }))
}

fn stamp(up_to: u64) -> String {
    format!("weerklank-search {} {up_to}", schema::VERSION)
}

/// `None` where the index was made by another version.
fn read_stamp(payload: &str) -> Option<u64> {
    let rest = payload.strip_prefix("weerklank-search ")?;
    let (version, up_to) = rest.split_once(' ')?;
    if version.parse() == Ok(schema::VERSION) { up_to.parse().ok() } else { None }
}

/// Removes what an index consists of and nothing else: a folder given by mistake stays whole.
fn discard(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let Some(name) = name.to_str() else { continue };
        let of_segment = name.split_once('.').is_some_and(|(id, extension)| {
            id.len() == 32 && id.bytes().all(|b| b.is_ascii_hexdigit()) && !extension.is_empty()
        });
        let of_index = matches!(name, "meta.json" | ".managed.json" | ".tantivy-meta.lock");
        if (of_segment || of_index) && entry.file_type()?.is_file() {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stamp_is_of_this_version() {
        assert_eq!(read_stamp(&stamp(17)), Some(17));
        for other in ["", "weerklank-search 0 17", "weerklank-search 1", "17", "weerklank-search 1 x"] {
            assert_eq!(read_stamp(other), None, "{other}");
        }
    }
}
