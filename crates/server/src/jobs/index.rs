//! From the database into the search index.

use std::{path::Path, sync::Arc};

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

/// Opens the index in `folder`, or in memory without one, and brings it up to date.
pub async fn open(
    store: &Store,
    folder: Option<&Path>,
    edition: Edition,
) -> Result<Arc<SearchIndex>, CatchUpError> {
    let folder = folder.map(Path::to_owned);
    let Opened { index, built_up_to, discarded } =
        blocking(move || SearchIndex::open(folder.as_deref())).await?;
    if let Some(reason) = discarded {
        tracing::warn!(reason, "the search index is built anew");
    }
    let index = Arc::new(index);
    let from = if built_up_to <= edition.sequence {
        built_up_to
    } else {
        // An older copy of the file was put in its place: what came after may be another change.
        tracing::warn!(
            built_up_to,
            database = edition.sequence,
            "the database went back: the search index is built anew"
        );
        let emptied = Arc::clone(&index);
        blocking(move || emptied.rebuild([], 0)).await?;
        0
    };
    catch_up(store, &index, from, edition).await?;
    index_due(store, &index, edition).await?;
    tracing::debug!(columns = index.len(), "the search index is open");
    Ok(index)
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

/// Indexing reads, computes and writes files: not on a thread that answers requests. Where it panics,
/// over damaged files perhaps, the index has failed, and nothing else has.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, SearchError> + Send + 'static,
) -> Result<T, SearchError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(stopped) => Err(SearchError::Stopped(stopped.to_string())),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_fault_in_the_index_is_the_index_s_alone() {
        let failed = blocking::<()>(|| panic!("a file of another length")).await.unwrap_err();
        assert!(failed.to_string().contains("a file of another length"), "{failed}");
    }
}
