//! Notices changes of the database, whoever made them, and brings search and pages up to date.

use std::{sync::Arc, time::Duration};

use tokio::{sync::watch::Receiver, time::MissedTickBehavior};
use weerklank_domain::Date;
use weerklank_markdown::plain_text;
use weerklank_search::{Document, Public, SearchError, SearchIndex};
use weerklank_store::{ChangePoint, Store, StoreError, StoredColumn};

use crate::app::{App, Edition};

/// How soon an import by another process is seen.
const EVERY: Duration = Duration::from_millis(500);
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

/// Watches until `stop` says so. A database that does not answer is asked again; kept pages go on
/// being served meanwhile.
pub async fn watch(app: App, mut stop: Receiver<bool>) {
    let mut tick = tokio::time::interval(EVERY);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut down = false;
    loop {
        tokio::select! {
            _ = tick.tick() => {}
            _ = stop.changed() => return,
        }
        match refresh(&app).await {
            Ok(()) if down => {
                down = false;
                tracing::info!("the database answers again");
            }
            Ok(()) => {}
            Err(error) if !down => {
                down = true;
                tracing::error!(%error, "pages and search cannot be brought up to date");
            }
            Err(_) => {}
        }
        app.metrics.database_up.set(i64::from(!down));
    }
}

/// Brings search and pages to the present state of the database and the present day.
pub async fn refresh(app: &App) -> Result<(), CatchUpError> {
    let known = app.edition();
    let sequence = app.store.change_seq().await?;
    let today = app.clock.today();
    if sequence == known.sequence && today == known.today {
        return Ok(());
    }
    if sequence != known.sequence {
        catch_up(&app.store, &app.search, known.sequence, sequence, today).await?;
    }
    if today != known.today {
        index_due(&app.store, &app.search, sequence, today).await?;
    }
    app.edition.store(Arc::new(Edition { sequence, today }));
    app.metrics.sequence.set(sequence);
    app.cache.clear();
    Ok(())
}

/// Feeds the search index what changed after `from`, up to `to`.
pub async fn catch_up(
    store: &Store,
    search: &Arc<SearchIndex>,
    from: u64,
    to: u64,
    today: Date,
) -> Result<(), CatchUpError> {
    let mut point = ChangePoint::after(from);
    loop {
        let (columns, next) = store.changed_since(&point, BATCH).await?;
        if columns.is_empty() {
            return Ok(());
        }
        point = next;
        apply(search, columns, to, today).await?;
    }
}

/// Feeds the search index the scheduled columns whose day has come: nobody wrote them then.
pub async fn index_due(
    store: &Store,
    search: &Arc<SearchIndex>,
    to: u64,
    today: Date,
) -> Result<(), CatchUpError> {
    let due = store.scheduled_until(today).await?;
    if due.is_empty() { Ok(()) } else { apply(search, due, to, today).await }
}

/// Indexing reads, computes and writes files: not on a thread that answers requests.
async fn apply(
    search: &Arc<SearchIndex>,
    columns: Vec<StoredColumn>,
    to: u64,
    today: Date,
) -> Result<(), CatchUpError> {
    let search = Arc::clone(search);
    let documents = move || search.apply(columns.into_iter().map(|column| document(column, today)), to);
    match tokio::task::spawn_blocking(documents).await {
        Ok(applied) => Ok(applied?),
        Err(stopped) => std::panic::resume_unwind(stopped.into_panic()),
    }
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
        tags: column.tags,
        date: card.date,
    });
    Document { slug: card.slug, public }
}
