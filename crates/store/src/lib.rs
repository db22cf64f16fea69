//! Everything Weerklank remembers, behind methods named after use cases.
//!
//! One transaction is one method. Rows and SQL stay in here; what goes in and comes out are the
//! domain's types. "Not found" is `Option`. There is no clock: today's date and the present moment
//! are arguments, and ids come from an [`IdSource`]. SQLite and PostgreSQL answer alike, down to
//! the order of lists.
//!
//! Reading order: `url`, `store` (opening, migrating), `entity` (the tables), `catalogue`
//! (what lists are made from), `columns`, `experiences` and `outbox` (one file per use case), `copy` (backup,
//! restore, transfer).

mod catalogue;
mod columns;
mod connect;
mod copy;
mod entity;
mod error;
mod experiences;
mod ids;
mod outbox;
mod store;
mod url;

pub use columns::{
    ChangePoint, ColumnCursor, CursorError, Derived, Imported, KnownNames, ListAnswer, Sitemap, SitemapEntry,
    StoredColumn,
};
pub use connect::PoolOptions;
pub use copy::check_backup;
pub use error::StoreError;
pub use experiences::{Asked, AskedAddress, Confirm, Hash, NewExperience, Received, StoredExperience};
pub use ids::{IdSource, OsIds};
pub use outbox::{DeadMail, DueMail, MailCounts, MailText};
pub use store::Store;
pub use url::{DatabaseUrl, DatabaseUrlError};
