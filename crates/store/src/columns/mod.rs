//! Columns: one file per use case.

mod feed;
mod import;
mod incoming;
mod list;
mod names;
mod put;
mod read;
mod related;
mod row;
mod scheduled;
mod series;
mod shops;
mod sitemap;
mod walk;

pub(crate) use names::{Names, named};
pub(crate) use put::{erase, publish_as_it_is, put, standing, withdraw};
pub(crate) use row::{ALWAYS, corrupt};

pub use list::ListAnswer;
pub use names::KnownNames;
pub use sitemap::{Sitemap, SitemapEntry};
pub use walk::{ChangePoint, ColumnCursor, CursorError};

use serde::Serialize;
use time::OffsetDateTime;
use uuid::Uuid;
use weerklank_domain::{Card, Column};

/// What the renderer finds out about a column; kept so that lists need no Markdown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Derived {
    pub words: u32,
    /// Whole minutes, at least 1.
    pub reading_minutes: u32,
    /// The first sentences, plain text; shown where the column has no summary.
    pub excerpt: String,
}

/// What an import did with a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Imported {
    Made,
    Changed,
    /// It was imported the same in every respect before; nothing was written.
    Unchanged,
    /// It left the board by a decision, its sender's wish, or erasure, and only the desk puts it back; nothing was
    /// written.
    Off,
}

/// A column with what the store knows of it.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredColumn {
    pub id: Uuid,
    /// Shops, authors and series by the names that are kept for them.
    pub column: Column,
    /// The same column as lists show it.
    pub card: Card,
    pub words: u32,
    /// The change that wrote it last; see [`crate::Store::changed_since`].
    pub changed_seq: u64,
    pub created_at: OffsetDateTime,
    pub changed_at: OffsetDateTime,
}
