//! Opening, migrating and asking after a database.

use std::sync::Arc;
use std::time::Duration;

use sea_orm::{
    AccessMode, ColumnTrait, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend,
    EntityTrait, IsolationLevel, PaginatorTrait, QueryFilter, QuerySelect, SqliteTransactionMode, Statement,
    TransactionOptions, TransactionTrait,
    sea_query::{Expr, ExprTrait, Order, Query},
};
use time::OffsetDateTime;
use uuid::Uuid;
use weerklank_migration::{Migrator, MigratorTrait, SchemaManager};

use crate::aside::{Aside, Queue};
use crate::catalogue::Shelf;
use crate::connect::{Connections, PoolOptions, connect};
use crate::entity::{change_sequence, column, editor, experience, site};
use crate::ids::{IdSource, OsIds};
use crate::{DatabaseUrl, StoreError};

/// How long [`Store::ready`] waits for the database to begin a transaction.
const PATIENCE: Duration = Duration::from_secs(1);

/// A database, open. Clones share its connections.
#[derive(Debug, Clone)]
pub struct Store {
    /// Never writes (SQLite enforces it).
    pub(crate) reader: DatabaseConnection,
    pub(crate) writer: DatabaseConnection,
    pub(crate) ids: Arc<dyn IdSource>,
    pub(crate) shelf: Arc<Shelf>,
    pub(crate) asides: Queue,
    /// How long a write waits for those before it.
    patience: Duration,
    url: DatabaseUrl,
}

impl Store {
    /// Connects; a SQLite file that is not there is made, readable by its owner alone. Says nothing
    /// about the schema: call [`Self::migrate`] or [`Self::ready`].
    pub async fn open(url: &DatabaseUrl, options: &PoolOptions) -> Result<Self, StoreError> {
        let Connections { reader, writer } = connect(url.kind(), options).await?;
        Ok(Self {
            reader,
            writer,
            ids: Arc::new(OsIds),
            shelf: Arc::default(),
            asides: Queue::default(),
            patience: options.acquire_timeout.max(options.busy_timeout),
            url: url.clone(),
        })
    }

    /// Takes ids from elsewhere, for instance numbered ones in a test.
    #[must_use]
    pub fn with_ids(mut self, ids: Arc<dyn IdSource>) -> Self {
        self.ids = ids;
        self
    }

    pub fn url(&self) -> &DatabaseUrl {
        &self.url
    }

    /// Brings the schema up to date and gives a content without one its epoch: all of it or nothing,
    /// one program at a time.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        let transaction = self.begin().await?;
        if self.backend() == DbBackend::Postgres {
            // An arbitrary number of ours; held until the transaction ends.
            let lock = "SELECT pg_advisory_xact_lock(7293113)";
            transaction.execute_raw(Statement::from_string(DbBackend::Postgres, lock)).await?;
            refuse_narrow(&transaction).await?;
        }
        refuse_newer(&SchemaManager::new(&transaction)).await?;
        Migrator::up(&transaction, None).await?;
        // A name tells no time.
        let epoch = self.ids.next(OffsetDateTime::UNIX_EPOCH);
        change_sequence::Entity::update_many()
            .col_expr(change_sequence::Column::Epoch, Expr::val(epoch))
            .filter(change_sequence::Column::Epoch.eq(Uuid::nil()))
            .exec(&transaction)
            .await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Whether the database answers, can be written and has the schema of this program.
    pub async fn ready(&self) -> Result<(), StoreError> {
        let steps = refuse_newer(&SchemaManager::new(&self.reader)).await?;
        if let Some(missing) = weerklank_migration::known().iter().find(|step| !steps.contains(step)) {
            return Err(StoreError::NotMigrated { missing: missing.clone() });
        }
        // A writer at work is a sign of life; there is no need to wait for its end.
        match tokio::time::timeout(PATIENCE, self.try_writing()).await {
            Ok(Err(StoreError::Busy(_))) => Ok(()),
            Ok(tried) => tried,
            Err(_) if self.backend() == DbBackend::Sqlite => Ok(()),
            Err(_) => Err(StoreError::Unavailable("it does not answer".to_owned())),
        }
    }

    /// A number that grows with every change. Whatever is kept outside the database (pages, the
    /// search index) is of today as long as this number is the same.
    pub async fn change_seq(&self) -> Result<u64, StoreError> {
        Ok(change_row(&self.reader).await?.value.unsigned_abs())
    }

    /// Names the content: no two databases have the same, and a restore, also of a backup that was
    /// put in the place of the file, makes it another. What was built from the old one has then to be
    /// built anew, not caught up. `None` for a backup that no program has yet opened to write.
    pub async fn epoch(&self) -> Result<Option<Uuid>, StoreError> {
        Ok(Some(change_row(&self.reader).await?.epoch).filter(|epoch| !epoch.is_nil()))
    }

    /// Whether there is no column at all.
    pub async fn is_empty(&self) -> Result<bool, StoreError> {
        is_empty(&self.reader).await
    }

    /// How many columns there are, whatever their status.
    pub async fn column_count(&self) -> Result<u64, StoreError> {
        column_count(&self.reader).await
    }

    /// Closes all connections; a SQLite file is then complete without its `-wal`.
    pub async fn close(self) -> Result<(), StoreError> {
        self.reader.close_by_ref().await?;
        self.writer.close_by_ref().await?;
        Ok(())
    }

    pub(crate) fn backend(&self) -> DbBackend {
        self.reader.get_database_backend()
    }

    /// A transaction that may write, the only one at its time: on SQLite it holds the write lock from
    /// its first moment, on PostgreSQL the row of the change sequence. So it never fails half-way for
    /// another writer's sake.
    pub(crate) async fn write(&self) -> Result<DatabaseTransaction, StoreError> {
        let transaction = self.begin().await?;
        if self.backend() == DbBackend::Postgres {
            change_sequence::Entity::find_by_id(1).lock_exclusive().one(&transaction).await?;
        }
        Ok(transaction)
    }

    /// A transaction that writes nothing that a public page shows: on PostgreSQL many may be under way
    /// at once, and none waits for those that move the change sequence.
    /// On SQLite it may share its commit with others.
    pub(crate) async fn write_aside(&self) -> Result<Aside, StoreError> {
        match self.backend() {
            // Boxed: futures of methods would carry all of it along.
            DbBackend::Sqlite => Box::pin(self.asides.enter(self.patience, self.begin())).await,
            _ => Ok(Aside::alone(self.begin().await?)),
        }
    }

    /// Empties the log of a SQLite file, so that what was deleted stands in no file any more. While a
    /// reader needs it, it stays until later writes go over it or the database is closed.
    pub(crate) async fn empty_log(&self) -> Result<(), StoreError> {
        if self.backend() == DbBackend::Sqlite {
            self.writer.execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)").await?;
        }
        Ok(())
    }

    /// Finds out whether a write would be taken, without making one.
    async fn try_writing(&self) -> Result<(), StoreError> {
        let transaction = self.begin().await?;
        match self.backend() {
            DbBackend::Postgres => refuse_read_only(&transaction).await?,
            // SQLite begins even where it cannot write, and says so at the first statement.
            _ => {
                transaction.execute_unprepared("UPDATE change_sequence SET value = value").await?;
            }
        }
        transaction.rollback().await?;
        Ok(())
    }

    async fn begin(&self) -> Result<DatabaseTransaction, StoreError> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        Ok(self.writer.begin_with_options(options).await?)
    }

    /// A transaction that sees one state of the database, whatever is written meanwhile.
    pub(crate) async fn snapshot(&self) -> Result<DatabaseTransaction, StoreError> {
        let options = match self.backend() {
            DbBackend::Postgres => TransactionOptions {
                isolation_level: Some(IsolationLevel::RepeatableRead),
                access_mode: Some(AccessMode::ReadOnly),
                sqlite_transaction_mode: None,
            },
            _ => TransactionOptions::default(),
        };
        Ok(self.reader.begin_with_options(options).await?)
    }
}

/// The next number of the change sequence, for the rows that this transaction writes. PostgreSQL
/// keeps the row locked until the end, so numbers become visible in their order.
pub(crate) async fn next_change(transaction: &DatabaseTransaction) -> Result<i64, StoreError> {
    change_sequence::Entity::update_many()
        .col_expr(change_sequence::Column::Value, Expr::col(change_sequence::Column::Value).add(1))
        .exec(transaction)
        .await?;
    Ok(change_row(transaction).await?.value)
}

pub(crate) async fn change_row(
    connection: &impl ConnectionTrait,
) -> Result<change_sequence::Model, StoreError> {
    change_sequence::Entity::find_by_id(1)
        .one(connection)
        .await?
        .ok_or_else(|| StoreError::Corrupt("the change sequence has no row".to_owned()))
}

/// Whether there is nothing that a restore or a transfer would overwrite.
pub(crate) async fn holds_nothing(connection: &impl ConnectionTrait) -> Result<bool, StoreError> {
    let sent_in = experience::Entity::find().select_only().column(experience::Column::Id).limit(1);
    let invited = editor::Entity::find().select_only().column(editor::Column::Id).limit(1);
    let asked = site::Entity::find().select_only().column(site::Column::Id).limit(1);
    Ok(is_empty(connection).await?
        && sent_in.count(connection).await? == 0
        && invited.count(connection).await? == 0
        && asked.count(connection).await? == 0)
}

pub(crate) async fn is_empty(connection: &impl ConnectionTrait) -> Result<bool, StoreError> {
    Ok(column::Entity::find().select_only().column(column::Column::Id).limit(1).count(connection).await? == 0)
}

pub(crate) async fn column_count(connection: &impl ConnectionTrait) -> Result<u64, StoreError> {
    Ok(column::Entity::find().count(connection).await?)
}

/// Microseconds are what both databases keep.
pub(crate) fn kept(now: OffsetDateTime) -> OffsetDateTime {
    let now = now.to_offset(time::UtcOffset::UTC);
    now.replace_nanosecond(now.nanosecond() / 1_000 * 1_000).unwrap_or(now)
}

/// The names of the steps that the database has taken; none where it is empty.
async fn applied(schema: &SchemaManager<'_>) -> Result<Vec<String>, StoreError> {
    if !schema.has_table("seaql_migrations").await? {
        return Ok(Vec::new());
    }
    let select =
        Query::select().column("version").from("seaql_migrations").order_by("version", Order::Asc).take();
    let rows = schema.get_connection().query_all(&select).await?;
    Ok(rows.iter().map(|row| row.try_get("", "version")).collect::<Result<_, _>>()?)
}

/// The steps that the database has taken, none of which may be unknown.
pub(crate) async fn refuse_newer(schema: &SchemaManager<'_>) -> Result<Vec<String>, StoreError> {
    let known = weerklank_migration::known();
    let applied = applied(schema).await?;
    match applied.iter().find(|step| !known.contains(step)) {
        Some(found) => Err(StoreError::NewerDatabase { found: found.clone() }),
        None => Ok(applied),
    }
}

async fn refuse_read_only(transaction: &DatabaseTransaction) -> Result<(), StoreError> {
    if setting(transaction, "transaction_read_only").await? == "on" {
        return Err(StoreError::ReadOnly("the server takes no writes".to_owned()));
    }
    Ok(())
}

/// Text is UTF-8. In a database of another encoding the first character that it lacks would fail.
async fn refuse_narrow(transaction: &DatabaseTransaction) -> Result<(), StoreError> {
    match setting(transaction, "server_encoding").await? {
        encoding if encoding == "UTF8" => Ok(()),
        encoding => Err(StoreError::Encoding(encoding)),
    }
}

/// A setting of PostgreSQL.
async fn setting(transaction: &DatabaseTransaction, name: &str) -> Result<String, StoreError> {
    let asked = Statement::from_string(DbBackend::Postgres, format!("SHOW {name}"));
    let row = transaction.query_one_raw(asked).await?;
    Ok(row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Derived;
    use weerklank_domain::{Column, Comments, Lang, Sentiment, Source, Status};

    async fn file() -> (tempfile::TempDir, Store) {
        let folder = tempfile::tempdir().unwrap();
        let url = DatabaseUrl::file(folder.path().join("test.db"));
        let store = Store::open(&url, &PoolOptions::default()).await.unwrap();
        store.migrate().await.unwrap();
        (folder, store)
    }

    /// Handlers run on any thread: what they wait for must be able to change threads with them.
    #[expect(dead_code, reason = "that it compiles is the test")]
    fn every_call_may_change_threads(store: &Store, columns: &[(Column, Derived)]) {
        fn sendable(_: impl Future + Send) {}
        let (now, today) = (OffsetDateTime::UNIX_EPOCH, columns[0].0.date);
        let (slug, filter) = (&columns[0].0.slug, weerklank_domain::ColumnFilter::default());
        let (page, path) = (weerklank_domain::PageNumber::FIRST, std::path::Path::new("x"));
        sendable(store.migrate());
        sendable(store.ready());
        sendable(store.change_seq());
        sendable(store.import_columns(columns, now));
        sendable(store.import_column(&columns[0].0, &columns[0].1, now));
        sendable(store.column(slug));
        sendable(store.list(&filter, page, 20, today));
        sendable(store.cards(std::slice::from_ref(slug), today));
        sendable(store.series(slug, today));
        sendable(store.series_position(slug, today));
        sendable(store.related(slug, 3, today));
        sendable(store.shop(slug));
        sendable(store.shops(page, 20, today));
        sendable(store.feed(&filter, 20, today));
        sendable(store.sitemap(today));
        sendable(store.scheduled_until(today));
        sendable(store.public_columns_after(None, &filter, 20, today));
        sendable(store.changed_since(&crate::ChangePoint::default(), 20));
        sendable(store.all_columns(None, 20));
        sendable(store.backup_to(path));
        sendable(store.restore_from(path, false, now));
        sendable(store.transfer_to(store, now));
    }

    async fn pragma(connection: &DatabaseConnection, name: &str) -> String {
        let asked = Statement::from_string(DbBackend::Sqlite, format!("PRAGMA {name}"));
        let row = connection.query_one_raw(asked).await.unwrap().unwrap();
        row.try_get_by_index::<String>(0)
            .or_else(|_| row.try_get_by_index::<i64>(0).map(|n| n.to_string()))
            .unwrap()
    }

    #[tokio::test]
    async fn sqlite_syncs_each_commit_and_readers_cannot_write() {
        let (folder, store) = file().await;
        for (name, value) in
            [("journal_mode", "wal"), ("synchronous", "2"), ("foreign_keys", "1"), ("busy_timeout", "5000")]
        {
            assert_eq!(pragma(&store.writer, name).await, value, "{name}");
        }
        let error: StoreError =
            store.reader.execute_unprepared("DELETE FROM series").await.unwrap_err().into();
        assert!(matches!(error, StoreError::ReadOnly(_)), "{error:?}");
        #[cfg(unix)]
        for name in ["test.db", "test.db-wal", "test.db-shm"] {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(folder.path().join(name)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "{name}");
        }
    }

    #[tokio::test]
    async fn a_file_that_cannot_be_written_is_read_and_not_ready() {
        let (folder, store) = file().await;
        let (column, derived) = long_column();
        store.import_column(&column, &derived, OffsetDateTime::UNIX_EPOCH).await.unwrap();
        let path = folder.path().join("test.db");
        let store = Store { writer: crate::connect::open_to_read(&path).await.unwrap(), ..store };

        let errors = [
            store.ready().await.unwrap_err(),
            store
                .import_column(&Column { incomplete: true, ..column }, &derived, OffsetDateTime::UNIX_EPOCH)
                .await
                .map(|_| ())
                .unwrap_err(),
        ];
        for error in errors {
            assert!(matches!(error, StoreError::ReadOnly(_)), "{error:?}");
        }
        assert!(!store.is_empty().await.unwrap());
    }

    #[tokio::test]
    async fn a_full_disk_loses_nothing_and_needs_no_restart() {
        let (_folder, store) = file().await;
        let (column, derived) = long_column();
        let pages: i64 = pragma(&store.writer, "page_count").await.parse().unwrap();
        pragma(&store.writer, &format!("max_page_count = {}", pages + 2)).await;
        let error = store.import_column(&column, &derived, OffsetDateTime::UNIX_EPOCH).await.unwrap_err();
        assert!(matches!(error, StoreError::Full(_)), "{error:?}");
        assert!(store.is_empty().await.unwrap());
        assert_eq!(store.change_seq().await.unwrap(), 0);

        pragma(&store.writer, "max_page_count = 1000000").await;
        store.import_column(&column, &derived, OffsetDateTime::UNIX_EPOCH).await.unwrap();
        assert_eq!(store.column(&column.slug).await.unwrap().unwrap().column, column);
    }

    fn long_column() -> (Column, Derived) {
        let column = Column {
            slug: "lang".parse().unwrap(),
            title: String::new(),
            date: "2026-05-01".parse().unwrap(),
            updated: None,
            authors: Vec::new(),
            lang: Lang::Nl,
            sentiment: Sentiment::Mixed,
            moments: Vec::new(),
            shops: Vec::new(),
            series: None,
            guest: None,
            first_published: None,
            summary: None,
            tags: Vec::new(),
            image: None,
            source: Source::Own,
            comments: Comments::Open,
            status: Status::Published,
            incomplete: false,
            body: "Veel. ".repeat(10_000),
        };
        (column, Derived { words: 1, reading_minutes: 1, excerpt: String::new() })
    }
}
