//! From a column to what the store keeps of it.

use weerklank_domain::Column;
use weerklank_import::Stored;
use weerklank_markdown::{reading_minutes, summary, word_count};
use weerklank_store::{Derived, Imported, Store, StoreError};

use crate::clock::Clock;

/// Characters of the excerpt that stands in lists where the front matter has no summary.
const EXCERPT: usize = 220;

/// Stores one column.
pub async fn store_column(store: &Store, column: &Column, clock: &Clock) -> Result<Stored, StoreError> {
    store.import_column(column, &derived(column), clock.now()).await.map(told)
}

/// What [`store_column`] would do.
pub async fn would_store(store: &Store, column: &Column) -> Result<Stored, StoreError> {
    store.would_import(column, &derived(column)).await.map(told)
}

fn told(imported: Imported) -> Stored {
    match imported {
        Imported::Made => Stored::Made,
        Imported::Changed => Stored::Changed,
        Imported::Unchanged => Stored::Unchanged,
        Imported::Off => Stored::Off,
    }
}

/// Stores all of them or none.
pub async fn store_columns(store: &Store, columns: &[Column], clock: &Clock) -> Result<(), StoreError> {
    let whole: Vec<_> = columns.iter().map(|column| (column.clone(), derived(column))).collect();
    store.import_columns(&whole, clock.now()).await?;
    Ok(())
}

/// What lists show of a column: worked out here, once.
pub(crate) fn derived(column: &Column) -> Derived {
    let words = word_count(&column.body);
    Derived { words, reading_minutes: reading_minutes(words), excerpt: summary(&column.body, EXCERPT) }
}
