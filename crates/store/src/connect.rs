//! Connections and how they behave.

use std::path::Path;
use std::time::Duration;

use sea_orm::{DatabaseConnection, SqlxPostgresConnector, SqlxSqliteConnector};
use sqlx::{
    ConnectOptions, Connection as _,
    pool::PoolOptions as SqlxPool,
    postgres::{PgConnectOptions, Postgres},
    sqlite::{Sqlite, SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};

use crate::StoreError;
use crate::url::{Kind, certificates};

/// How many connections there are and how long one is waited for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PoolOptions {
    /// Connections that read (SQLite; one more writes) or all of them (PostgreSQL); at least 1.
    pub connections: u32,
    /// How long a call waits for a free connection.
    pub acquire_timeout: Duration,
    /// How long a statement waits for a lock that another program holds.
    pub busy_timeout: Duration,
    /// How long PostgreSQL may work on one statement.
    pub statement_timeout: Duration,
}

impl Default for PoolOptions {
    fn default() -> Self {
        Self {
            connections: 4,
            acquire_timeout: Duration::from_secs(3),
            busy_timeout: Duration::from_secs(5),
            statement_timeout: Duration::from_secs(10),
        }
    }
}

/// Where to read and where to write. SQLite has one writer at a time anyway: a single writing
/// connection makes writers wait in our queue rather than in SQLite's polling one.
pub(crate) struct Connections {
    pub reader: DatabaseConnection,
    pub writer: DatabaseConnection,
}

pub(crate) async fn connect(kind: &Kind, options: &PoolOptions) -> Result<Connections, StoreError> {
    match kind {
        Kind::File(path) => {
            create_private(path)?;
            let writer = sqlite(file(path, options), 1, options).await.map_err(|error| match error {
                // It is there, so what is in the way are permissions, of its folder perhaps: a WAL
                // file needs two others beside it.
                StoreError::Unavailable(reason) => {
                    StoreError::ReadOnly(format!("{}: {reason}", path.display()))
                }
                error => error,
            })?;
            let read = file(path, options).pragma("query_only", "ON");
            let reader = sqlite(read, options.connections.max(1), options).await?;
            Ok(Connections { reader, writer })
        }
        Kind::Memory => {
            // Each connection to `:memory:` is a database of its own, so there is one for all.
            let both =
                sqlite(tuned(SqliteConnectOptions::new().in_memory(true), options), 1, options).await?;
            Ok(Connections { reader: both.clone(), writer: both })
        }
        Kind::Postgres(url, _) => {
            let both = postgres(url, options).await?;
            Ok(Connections { reader: both.clone(), writer: both })
        }
    }
}

/// A new file belongs to its owner alone; SQLite gives `-wal` and `-shm` the same permissions.
pub(crate) fn create_private(path: &Path) -> Result<(), StoreError> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(StoreError::file(path, error)),
    }
}

/// A file that is not ours to write, not even beside it.
pub(crate) async fn open_to_read(path: &Path) -> Result<DatabaseConnection, StoreError> {
    let options = PoolOptions::default();
    let file = tuned(SqliteConnectOptions::new().filename(path), &options).read_only(true);
    sqlite(file, 1, &options).await
}

fn file(path: &Path, options: &PoolOptions) -> SqliteConnectOptions {
    tuned(SqliteConnectOptions::new().filename(path), options)
        .journal_mode(SqliteJournalMode::Wal)
        // Each commit is on disk before it is acknowledged; WAL's usual NORMAL would lose the last.
        .synchronous(SqliteSynchronous::Full)
}

fn tuned(sqlite: SqliteConnectOptions, options: &PoolOptions) -> SqliteConnectOptions {
    sqlite
        .foreign_keys(true)
        .busy_timeout(options.busy_timeout)
        // Kilobytes per connection. No memory mapping: it counts as our memory, and an error of the
        // disk would end the program instead of one request.
        .pragma("cache_size", "-8000")
        .pragma("temp_store", "MEMORY")
        .pragma("trusted_schema", "OFF")
        // What somebody erases is overwritten, not only forgotten.
        .pragma("secure_delete", "ON")
        // A large import leaves no large WAL file behind.
        .pragma("journal_size_limit", "67108864")
        // 16 MB: a submission touches some twenty pages, and each time the log is written back the disk
        // is waited for three times more.
        .pragma("wal_autocheckpoint", "4000")
        .log_statements(log::LevelFilter::Trace)
        .log_slow_statements(log::LevelFilter::Warn, Duration::from_secs(1))
}

async fn sqlite(
    sqlite: SqliteConnectOptions,
    connections: u32,
    options: &PoolOptions,
) -> Result<DatabaseConnection, StoreError> {
    let pool = SqlxPool::<Sqlite>::new()
        .max_connections(connections)
        .min_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        // A disk that is full at a commit ends the transaction without sqlx's knowledge, which then
        // takes it for open without end: such a connection is made anew.
        .after_release(|connection, _| {
            Box::pin(async move {
                connection.ping().await?;
                Ok(!connection.is_in_transaction())
            })
        })
        // Writers queue here: they wait as long as SQLite itself would let them.
        .acquire_timeout(options.acquire_timeout.max(options.busy_timeout))
        .connect_with(sqlite)
        .await?;
    Ok(SqlxSqliteConnector::from_sqlx_sqlite_pool(pool))
}

async fn postgres(url: &PgConnectOptions, options: &PoolOptions) -> Result<DatabaseConnection, StoreError> {
    // sqlx would say no more than that some file is not there.
    for (word, path) in certificates(url) {
        std::fs::File::open(&path)
            .map_err(|source| StoreError::File { path: format!("{word}={}", path.display()), source })?;
    }
    let millis = |time: Duration| time.as_millis().to_string();
    let connect = url
        .clone()
        .application_name("weerklank")
        .options([
            ("statement_timeout", millis(options.statement_timeout)),
            ("lock_timeout", millis(options.busy_timeout)),
            ("idle_in_transaction_session_timeout", "60000".to_owned()),
            ("timezone", "UTC".to_owned()),
        ])
        .log_statements(log::LevelFilter::Trace)
        .log_slow_statements(log::LevelFilter::Warn, Duration::from_secs(1));
    let pool = SqlxPool::<Postgres>::new()
        .max_connections(options.connections.max(1))
        .acquire_timeout(options.acquire_timeout)
        // A connection that died with the server is found out before it is handed over, so the
        // first call after the server is back succeeds.
        .test_before_acquire(true)
        .connect_with(connect.clone())
        .await;
    match pool {
        Ok(pool) => Ok(SqlxPostgresConnector::from_sqlx_postgres_pool(pool)),
        // The pool has tried until its time was up; a single connection says why it failed.
        Err(sqlx::Error::PoolTimedOut) => {
            let alone = tokio::time::timeout(options.acquire_timeout, connect.connect()).await;
            Err(alone.ok().and_then(Result::err).unwrap_or(sqlx::Error::PoolTimedOut).into())
        }
        Err(error) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::{ConnectionTrait, Statement};

    use super::*;

    /// `.cargo/config.toml` says why. Without it everything works, only slower.
    #[tokio::test]
    async fn sqlite_plans_a_statement_once() {
        let Connections { reader, .. } = connect(&Kind::Memory, &PoolOptions::default()).await.unwrap();
        let asked = Statement::from_string(reader.get_database_backend(), "PRAGMA compile_options");
        let options = reader.query_all_raw(asked).await.unwrap();
        let options = options.iter().map(|row| row.try_get_by_index::<String>(0).unwrap());
        assert!(options.into_iter().any(|option| option == "ENABLE_QPSG"));
    }
}
