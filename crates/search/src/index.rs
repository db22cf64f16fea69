//! Opening, feeding and asking.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use tantivy::directory::error::{LockError, OpenDirectoryError, OpenReadError, OpenWriteError};
use tantivy::directory::{Directory, RamDirectory};
use tantivy::indexer::{IndexWriterOptions, LogMergePolicy};
use tantivy::store::Compressor;
use tantivy::{Index, IndexReader, IndexSettings, IndexWriter, ReloadPolicy, TantivyError, Term};
use weerklank_domain::Lang;

use crate::analysis::{self, Lexicon};
use crate::folder::IndexFolder;
use crate::hold::discard;
use crate::schema::{self, Fields};
use crate::snapshot::Snapshot;
use crate::{Answer, Document, Query, answer, query};

/// Bytes of columns that wait in memory while an index is fed. Tables and dictionaries take 13 MB
/// before the first column: with the 15 MB that Tantivy takes as least, segments of a hundred columns
/// are written.
const WRITER_BYTES: usize = 40_000_000;
/// Unpacked blocks (16 kB) of stored texts that are kept, per segment.
const STORED_BLOCKS: usize = 4;
/// Segments of about equal size that are made into one.
const MERGE_AT: usize = 4;
/// Columns after which what was fed goes to disk, under the number of the change before: else
/// Tantivy lets ten thousand of them wait in memory.
const COLUMNS_PER_COMMIT: usize = 1_000;
/// Columns below which segments count as equal in size.
const SMALL_SEGMENT: u32 = 500;
/// The share of deleted columns from which a segment is written anew.
const MERGE_AT_DELETED: f32 = 0.2;

/// The file that says what an index consists of.
pub(crate) const META: &str = "meta.json";
/// What marks an index as made by this program, whatever its version.
pub(crate) const STAMP: &str = "weerklank-search ";

/// Why the index cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    #[error("the search index cannot be kept in {}: {source}. Is the folder there, writable and on a disk with room?", folder.display())]
    Folder { folder: PathBuf, source: Arc<io::Error> },
    #[error("another process uses the search index in {}; give each server a folder of its own", folder.display())]
    Locked { folder: PathBuf },
    #[error("the search index failed: {0}. Remove its folder to have it built anew")]
    Index(#[source] TantivyError),
    /// A fault of the program, or files that made it one.
    #[error("the search index failed: {0}. Remove its folder to have it built anew")]
    Stopped(String),
}

impl SearchError {
    /// What Tantivy says, told apart by what would help.
    fn of(error: TantivyError, folder: Option<&Path>) -> Self {
        let Some(folder) = folder.map(Path::to_owned) else { return Self::Index(error) };
        match io_cause(&error) {
            Some(source) => Self::Folder { folder, source },
            None if matches!(error, TantivyError::LockFailure(LockError::LockBusy, _)) => {
                Self::Locked { folder }
            }
            None => Self::Index(error),
        }
    }
}

/// What the operating system refused, if it was that.
fn io_cause(error: &TantivyError) -> Option<Arc<io::Error>> {
    match error {
        TantivyError::IoError(source)
        | TantivyError::LockFailure(LockError::IoError(source), _)
        | TantivyError::OpenReadError(OpenReadError::IoError { io_error: source, .. })
        | TantivyError::OpenWriteError(OpenWriteError::IoError { io_error: source, .. })
        | TantivyError::OpenDirectoryError(OpenDirectoryError::IoError { io_error: source, .. }) => {
            Some(Arc::clone(source))
        }
        _ => None,
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
    /// `None` in memory.
    folder: Option<PathBuf>,
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
    /// consists of are removed. The caller then feeds it from 0, and sees to it with a [`crate::Hold`]
    /// that no other process uses the folder.
    pub fn open(folder: Option<&Path>) -> Result<Opened, SearchError> {
        let Some(folder) = folder else {
            return Ok(Opened {
                index: Self::create(None, RamDirectory::create()).map_err(|e| SearchError::of(e, None))?,
                built_up_to: 0,
                discarded: None,
            });
        };
        let failed = |source| SearchError::Folder { folder: folder.to_owned(), source: Arc::new(source) };
        fs::create_dir_all(folder).map_err(failed)?;
        let directory = || IndexFolder::open(folder).map_err(failed);
        let existing = directory()?;
        let discarded = if Index::exists(&existing).unwrap_or(true) {
            match Self::reuse(folder, existing) {
                Ok((index, built_up_to)) => return Ok(Opened { index, built_up_to, discarded: None }),
                Err(reason) => Some(reason),
            }
        } else {
            None
        };
        discard(folder).map_err(failed)?;
        let index = Self::create(Some(folder), directory()?);
        let index = index.map_err(|error| SearchError::of(error, Some(folder)))?;
        Ok(Opened { index, built_up_to: 0, discarded })
    }

    /// Says why, where the index is of no use.
    fn reuse(folder: &Path, directory: IndexFolder) -> Result<(Self, u64), String> {
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
        Ok((Self::over(Some(folder), index, fields).map_err(words)?, up_to))
    }

    fn create(folder: Option<&Path>, directory: impl Into<Box<dyn Directory>>) -> tantivy::Result<Self> {
        let fields = Fields::new();
        let settings = IndexSettings {
            docstore_compression: Compressor::Lz4,
            docstore_compress_dedicated_thread: false,
            ..IndexSettings::default()
        };
        let builder = Index::builder().schema(fields.schema.clone()).settings(settings);
        let index = builder.tokenizers(analysis::tokenizers()).open_or_create(directory)?;
        Self::over(folder, index, fields)
    }

    fn over(folder: Option<&Path>, index: Index, fields: Fields) -> tantivy::Result<Self> {
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .doc_store_cache_num_blocks(STORED_BLOCKS)
            .try_into()?;
        let snapshot = RwLock::new(Arc::new(Snapshot::new(reader.searcher(), fields.clone())?));
        let lexicons = [Lexicon::new(Lang::Nl), Lexicon::new(Lang::En)];
        let folder = folder.map(Path::to_owned);
        Ok(Self { folder, index, reader, fields, lexicons, snapshot, feeding: Mutex::new(()) })
    }

    /// Replaces or removes columns, each by its slug, the last of equals counting; then holds
    /// everything up to the change `up_to`. Searches see all of it at once, when it is done. When it
    /// fails, or the process ends, some of it may be there, but the change it is up to is the one
    /// before: feed it again from there. Blocks until the index is tidy again.
    pub fn apply(
        &self,
        documents: impl IntoIterator<Item = Document>,
        up_to: u64,
    ) -> Result<(), SearchError> {
        self.feed(documents, up_to, false).map_err(|error| self.failure(error))
    }

    /// As [`Self::apply`], after leaving out everything that was there: for a store that went back
    /// in time, such as a restored one. Until it is done, searches see what was there. When it
    /// fails, build it anew again.
    pub fn rebuild(
        &self,
        documents: impl IntoIterator<Item = Document>,
        up_to: u64,
    ) -> Result<(), SearchError> {
        self.feed(documents, up_to, true).map_err(|error| self.failure(error))
    }

    fn feed(
        &self,
        documents: impl IntoIterator<Item = Document>,
        up_to: u64,
        anew: bool,
    ) -> tantivy::Result<()> {
        let _turn = self.feeding.lock().unwrap_or_else(PoisonError::into_inner);
        let options = IndexWriterOptions::builder()
            .num_worker_threads(1)
            .num_merge_threads(1)
            .memory_budget_per_thread(WRITER_BYTES)
            .build();
        let mut writer: IndexWriter = self.index.writer_with_options(options)?;
        let mut policy = LogMergePolicy::default();
        policy.set_min_num_segments(MERGE_AT);
        policy.set_min_layer_size(SMALL_SEGMENT);
        policy.set_del_docs_ratio_before_merge(MERGE_AT_DELETED);
        writer.set_merge_policy(Box::new(policy));
        let mut held_up_to = self.index.load_metas()?.payload.as_deref().and_then(read_stamp).unwrap_or(0);
        if anew {
            writer.delete_all_documents()?;
            held_up_to = 0;
        }
        for (fed, document) in documents.into_iter().enumerate() {
            if fed % COLUMNS_PER_COMMIT == COLUMNS_PER_COMMIT - 1 {
                commit(&mut writer, held_up_to)?;
            }
            writer.delete_term(Term::from_field_text(self.fields.slug, document.slug.as_str()));
            if let Some(public) = &document.public {
                let added = writer.add_document(self.fields.document(&document.slug, public));
                // A writer that stopped says why only when it is asked for what it wrote.
                added.map_err(|stopped| writer.prepare_commit().err().unwrap_or(stopped))?;
            }
        }
        commit(&mut writer, up_to)?;
        writer.wait_merging_threads()?;
        self.reader.reload()?;
        let snapshot = Snapshot::new(self.reader.searcher(), self.fields.clone())?;
        *self.snapshot.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(snapshot);
        Ok(())
    }

    fn failure(&self, error: TantivyError) -> SearchError {
        SearchError::of(error, self.folder.as_deref())
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
        answer::answer(&self.snapshot(), self.lexicons.clone(), query, &clauses)
            .map_err(|error| self.failure(error))
    }
}

fn commit(writer: &mut IndexWriter, up_to: u64) -> tantivy::Result<()> {
    let mut commit = writer.prepare_commit()?;
    commit.set_payload(&stamp(up_to));
    commit.commit()?;
    Ok(())
}

fn stamp(up_to: u64) -> String {
    format!("{STAMP}{} {up_to}", schema::VERSION)
}

/// `None` where the index was made by another version.
fn read_stamp(payload: &str) -> Option<u64> {
    let rest = payload.strip_prefix(STAMP)?;
    let (version, up_to) = rest.split_once(' ')?;
    if version.parse() == Ok(schema::VERSION) { up_to.parse().ok() } else { None }
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
