//! Opening, migrating and asking after a database.

use std::sync::Arc;
use std::time::Duration;

use sea_orm::{
    AccessMode, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, EntityTrait,
    IsolationLevel, PaginatorTrait, QuerySelect, SqliteTransactionMode, Statement, TransactionOptions,
    TransactionTrait,
    sea_query::{Expr, ExprTrait, Order, Query},
};
use time::OffsetDateTime;
use uuid::Uuid;
use weerklank_migration::{Migrator, MigratorTrait, SchemaManager};

use crate::connect::{Connections, PoolOptions, connect};
use crate::entity::{change_sequence, column};
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
    url: DatabaseUrl,
}

impl Store {
    /// Connects; a SQLite file that is not there is made, readable by its owner alone. Says nothing
    /// about the schema: call [`Self::migrate`] or [`Self::ready`].
    pub async fn open(url: &DatabaseUrl, options: &PoolOptions) -> Result<Self, StoreError> {
        let Connections { reader, writer } = connect(url.kind(), options).await?;
        Ok(Self { reader, writer, ids: Arc::new(OsIds), url: url.clone() })
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

    /// Brings the schema up to date: all steps or none, one program at a time.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        let transaction = self.begin().await?;
        if self.backend() == DbBackend::Postgres {
            // An arbitrary number of ours; held until the transaction ends.
            let lock = "SELECT pg_advisory_xact_lock(7293113)";
            transaction.execute_raw(Statement::from_string(DbBackend::Postgres, lock)).await?;
        }
        refuse_newer(&SchemaManager::new(&transaction)).await?;
        Migrator::up(&transaction, None).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Whether the database answers, can be written and has the schema of this program.
    pub async fn ready(&self) -> Result<(), StoreError> {
        let steps = refuse_newer(&SchemaManager::new(&self.reader)).await?;
        if let Some(missing) = weerklank_migration::known().iter().find(|step| !steps.contains(step)) {
            return Err(StoreError::Other(format!(
                "the step `{missing}` of the schema has not been taken yet"
            )));
        }
        // A writer at work is a sign of life; there is no need to wait for its end.
        let begun = tokio::time::timeout(PATIENCE, self.begin()).await;
        match (begun, self.backend()) {
            (Ok(Ok(transaction)), DbBackend::Postgres) => refuse_read_only(&transaction).await,
            (Ok(Ok(_)), _) | (Ok(Err(StoreError::Busy(_))), _) => Ok(()),
            (Ok(Err(error)), _) => Err(error),
            (Err(_), DbBackend::Postgres) => Err(StoreError::Unavailable("it does not answer".to_owned())),
            (Err(_), _) => Ok(()),
        }
    }

    /// A number that grows with every change. Whatever is kept outside the database (pages, the
    /// search index) is of today as long as this number is the same.
    pub async fn change_seq(&self) -> Result<u64, StoreError> {
        Ok(change_row(&self.reader).await?.value.unsigned_abs())
    }

    /// Changes when the whole content was replaced by a restore: what was built from the old one
    /// has then to be built anew, not caught up.
    pub async fn epoch(&self) -> Result<Uuid, StoreError> {
        Ok(change_row(&self.reader).await?.epoch)
    }

    /// Whether there is no column at all.
    pub async fn is_empty(&self) -> Result<bool, StoreError> {
        is_empty(&self.reader).await
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

pub(crate) async fn is_empty(connection: &impl ConnectionTrait) -> Result<bool, StoreError> {
    Ok(column::Entity::find().select_only().column(column::Column::Id).limit(1).count(connection).await? == 0)
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

async fn refuse_newer(schema: &SchemaManager<'_>) -> Result<Vec<String>, StoreError> {
    let known = weerklank_migration::known();
    let applied = applied(schema).await?;
    match applied.iter().find(|step| !known.contains(step)) {
        Some(found) => Err(StoreError::NewerDatabase { found: found.clone() }),
        None => Ok(applied),
    }
}

async fn refuse_read_only(transaction: &DatabaseTransaction) -> Result<(), StoreError> {
    let asked = Statement::from_string(DbBackend::Postgres, "SHOW transaction_read_only");
    let row = transaction.query_one_raw(asked).await?;
    let answer: Option<String> = row.map(|row| row.try_get_by_index(0)).transpose()?;
    if answer.as_deref() == Some("on") {
        return Err(StoreError::ReadOnly("the server takes no writes".to_owned()));
    }
    Ok(())
}
