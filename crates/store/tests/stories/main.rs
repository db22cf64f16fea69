//! What the store does, told as stories; each runs on SQLite and on PostgreSQL.

#![expect(clippy::unwrap_used, reason = "a story that cannot go on has failed")]

mod arriving;
mod copying;
mod desk;
mod drafts;
mod earlier_comments;
mod encrypted;
mod experiences;
mod feedback;
mod importing;
mod limits;
mod listing;
mod migrating;
mod outages;
mod outbox;
mod passkeys;
mod people;
mod pictures;
mod replies;
mod retention;
mod second_look;
mod series_and_shops;
mod sites;
mod standing;
mod templates;
mod views;
mod voice;
mod walking;

use time::OffsetDateTime;
use weerklank_domain::{Column, Date};
use weerklank_store::{Imported, Store};
use weerklank_test_support::build::derived;

/// 2026-11-21 12:00 UTC, or so many seconds after it.
fn now(seconds: i64) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(1_795_262_400 + seconds).unwrap()
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn today() -> Date {
    day("2026-11-21")
}

async fn import(store: &Store, column: &Column) -> Imported {
    store.import_column(column, &derived(), now(0)).await.unwrap()
}

/// Every column that is there, by slug.
async fn all(store: &Store) -> Vec<Column> {
    let columns = store.all_columns(None, 10_000).await.unwrap();
    columns.into_iter().map(|stored| stored.column).collect()
}
