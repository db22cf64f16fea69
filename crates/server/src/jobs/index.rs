//! The search index: made from the database, kept up with it, made anew when it is gone or belongs
//! to another content.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use weerklank::board;
use weerklank_domain::{Column, Date, Lang};
use weerklank_markdown::plain_text;
use weerklank_search::{Document, Opened, Public, SearchError, SearchIndex};
use weerklank_store::{ChangePoint, Store, StoreError, StoredColumn};

use crate::app::Edition;

/// Columns read at once while the index catches up.
const BATCH: u32 = 500;

/// Why the index could not catch up.
#[derive(Debug, thiserror::Error)]
pub enum CatchUpError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Search(#[from] SearchError),
}

/// Opens the index in `folder`, or in memory without one, and brings it up to date. A folder that
/// cannot be used (a full disk, most likely) costs memory, not the board.
pub async fn open(
    store: &Store,
    folder: Option<PathBuf>,
    today: Date,
) -> Result<(Arc<SearchIndex>, Edition), CatchUpError> {
    let edition = Edition { sequence: store.change_seq().await?, epoch: store.epoch().await?, today };
    if let Some(folder) = folder {
        // Content that was restored is another content: its index lies in a folder of its own.
        let own = folder.join(edition.epoch.unwrap_or_default().simple().to_string());
        match open_at(store, Some(own.clone()), edition).await {
            Ok(index) => {
                forget_others(&folder, &own);
                return Ok((index, edition));
            }
            Err(CatchUpError::Search(error)) => {
                tracing::error!(%error, "the search index is kept in memory until the next start");
            }
            Err(error) => return Err(error),
        }
    }
    Ok((open_at(store, None, edition).await?, edition))
}

async fn open_at(
    store: &Store,
    folder: Option<PathBuf>,
    edition: Edition,
) -> Result<Arc<SearchIndex>, CatchUpError> {
    let Opened { index, built_up_to, discarded, .. } =
        blocking(move || SearchIndex::open(folder.as_deref())).await?;
    if let Some(reason) = discarded {
        tracing::warn!(reason, "the search index is built anew");
    }
    let index = Arc::new(index);
    catch_up(store, &index, built_up_to.min(edition.sequence), edition).await?;
    index_due(store, &index, edition).await?;
    Ok(index)
}

/// Removes the indexes of contents that were there before; one that stays only takes room.
fn forget_others(folder: &Path, own: &Path) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|entry| entry.path()).filter(|path| path != own) {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if name.len() == 32 && name.bytes().all(|b| b.is_ascii_hexdigit()) {
            // Another process may be at it; the next start tries again.
            let _removed = std::fs::remove_dir_all(path);
        }
    }
}

/// Feeds the search index what changed after `from`, up to the edition.
pub async fn catch_up(
    store: &Store,
    search: &Arc<SearchIndex>,
    from: u64,
    edition: Edition,
) -> Result<(), CatchUpError> {
    let mut point = ChangePoint::after(from);
    loop {
        let (columns, next) = store.changed_since(&point, BATCH).await?;
        let is_last = columns.len() < BATCH as usize;
        // The index bears the number of what it holds whole: who is stopped half-way goes on there.
        let built = if is_last { edition.sequence } else { next.seq.saturating_sub(1).max(from) };
        if !columns.is_empty() || is_last {
            apply(search, columns, built, edition.today).await?;
        }
        if is_last {
            return Ok(());
        }
        point = next;
    }
}

/// Feeds the search index the scheduled columns whose day has come: nobody wrote them then.
pub async fn index_due(
    store: &Store,
    search: &Arc<SearchIndex>,
    edition: Edition,
) -> Result<(), CatchUpError> {
    let due = store.scheduled_until(edition.today).await?;
    if due.is_empty() { Ok(()) } else { apply(search, due, edition.sequence, edition.today).await }
}

async fn apply(
    search: &Arc<SearchIndex>,
    columns: Vec<StoredColumn>,
    to: u64,
    today: Date,
) -> Result<(), CatchUpError> {
    let search = Arc::clone(search);
    let documents = columns.into_iter().map(move |column| document(column, today));
    Ok(blocking(move || search.apply(documents, to)).await?)
}

/// Builds the index anew, for content that was restored under a running server. Until all is in,
/// searches find what is.
pub async fn rebuild(store: &Store, search: &Arc<SearchIndex>, edition: Edition) -> Result<(), CatchUpError> {
    let emptied = Arc::clone(search);
    blocking(move || emptied.rebuild([], 0)).await?;
    catch_up(store, search, 0, edition).await?;
    index_due(store, search, edition).await
}

/// Indexing reads, computes and writes files: not on a thread that answers requests.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, SearchError> + Send + 'static,
) -> Result<T, SearchError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(stopped) => std::panic::resume_unwind(stopped.into_panic()),
    }
}

/// The words under which readers may look for a column beside its text: its tags, and what its
/// moments are called in each language of the interface.
pub fn labels(column: &Column) -> Vec<String> {
    let moments = column.moments.iter();
    let called = moments.flat_map(|moment| Lang::ALL.iter().map(|lang| board::moment_name(*lang, *moment)));
    column.tags.iter().cloned().chain(called.map(str::to_owned)).collect()
}

fn document(stored: StoredColumn, today: Date) -> Document {
    let StoredColumn { column, card, .. } = stored;
    let public = column.is_public(today).then(|| Public {
        title: card.title,
        summary: card.summary,
        body: plain_text(&column.body),
        lang: card.lang,
        sentiment: card.sentiment,
        moments: card.moments,
        shops: card.shops,
        series: card.series.map(|part| part.series),
        authors: card.authors,
        labels: labels(&column),
        date: card.date,
    });
    Document { slug: card.slug, public }
}
