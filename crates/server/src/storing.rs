//! From a column to what the store keeps of it.

use weerklank_domain::Column;
use weerklank_import::Stored;
use weerklank_markdown::{reading_minutes, summary, word_count};
use weerklank_store::{Derived, Imported, Store, StoreError};

use crate::clock::Clock;

/// Characters of the excerpt that stands in lists where the front matter has no summary.
const EXCERPT: usize = 220;

/// Stores one column; what lists show of it is worked out here, once.
pub async fn store_column(store: &Store, column: &Column, clock: &Clock) -> Result<Stored, StoreError> {
    let words = word_count(&column.body);
    let derived =
        Derived { words, reading_minutes: reading_minutes(words), excerpt: summary(&column.body, EXCERPT) };
    Ok(match store.import_column(column, &derived, clock.now()).await? {
        Imported::Made => Stored::Made,
        Imported::Changed => Stored::Changed,
        Imported::Unchanged => Stored::Unchanged,
    })
}
