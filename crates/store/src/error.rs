//! What can go wrong with a database, told apart by what helps.

use std::borrow::Cow;

use sea_orm::{DbErr, RuntimeErr};
use sqlx::error::DatabaseError;

/// A failure of the database. What was asked for is not done, and nothing is left half done.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// It does not answer, or every connection to it is taken. Likely to pass.
    #[error("the database cannot be reached: {0}; check that it runs and can be reached from here")]
    Unavailable(String),
    /// It answers, and knows not who asks or for what. Likely to stay so until someone mends it.
    #[error(
        "the database turns us away: {0}; see that role, password and name in its address are those that it has"
    )]
    Refused(String),
    /// It answers, but not over the encrypted line, or not as whom, its address asks for.
    #[error(
        "no line to the database is as safe as its address asks: {0}; see that the server has `ssl = on`, \
         that its certificate names the host of the address, and that `sslrootcert` names who signed it"
    )]
    Insecure(String),
    /// No room for what should be written. Reading goes on.
    #[error("the disk of the database is full ({0}); make room, nothing needs to be restarted")]
    Full(String),
    /// It may only be read. Reading goes on.
    #[error(
        "the database cannot be written ({0}); check owner and permissions of its file and folder, \
         and that its disk is not mounted read-only (PostgreSQL: that its role may write and make tables there)"
    )]
    ReadOnly(String),
    /// Another writer kept it longer than the time that is waited. Likely to pass.
    #[error("another program keeps the database locked ({0}); try again once it is done")]
    Busy(String),
    /// A later version of this program has changed the schema.
    #[error(
        "the database was written by a newer version of Weerklank (it has step `{found}`); \
         use that version, or restore a backup made before the upgrade"
    )]
    NewerDatabase { found: String },
    /// The schema is not that of this version yet.
    #[error("the step `{missing}` of the schema has not been taken yet; `weerklank serve` takes it")]
    NotMigrated { missing: String },
    /// The content contradicts itself, or is no database.
    #[error("the database is damaged or is none ({0}); restore a backup")]
    Corrupt(String),
    /// PostgreSQL made it for fewer characters than people write.
    #[error(
        "the database holds text as {0}, which has no room for every character; \
         make one with `CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0`"
    )]
    Encoding(String),
    /// A file that was meant to be a backup.
    #[error("{0}; name a file that `weerklank backup` wrote")]
    NoBackup(String),
    /// A place that was meant to be filled holds something already.
    #[error("the target holds columns already; empty it, or replace its content on purpose")]
    NotEmpty,
    /// A shop, an author or a series whose name no address can be made of.
    #[error("the name `{0}` has no letter or digit that an address could be made of; give it one")]
    Unnameable(String),
    /// A file beside the database could not be read or written.
    #[error("{path}: {source}{}", file_hint(source))]
    File { path: String, source: std::io::Error },
    /// Anything else; a fault of this program.
    #[error("the database refused: {0}")]
    Other(String),
}

impl StoreError {
    /// Whether the same call is likely to succeed a moment later.
    pub fn is_passing(&self) -> bool {
        matches!(self, Self::Unavailable(_) | Self::Refused(_) | Self::Busy(_))
    }

    /// The same for each of those whom one failure befell.
    pub(crate) fn same(&self) -> Self {
        match self {
            Self::Unavailable(reason) => Self::Unavailable(reason.clone()),
            Self::Refused(reason) => Self::Refused(reason.clone()),
            Self::Full(reason) => Self::Full(reason.clone()),
            Self::ReadOnly(reason) => Self::ReadOnly(reason.clone()),
            Self::Busy(reason) => Self::Busy(reason.clone()),
            Self::Corrupt(reason) => Self::Corrupt(reason.clone()),
            other => Self::Other(other.to_string()),
        }
    }

    pub(crate) fn file(path: &std::path::Path, source: std::io::Error) -> Self {
        let path = path.display().to_string();
        match source.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => {
                Self::Full(format!("{path}: {source}"))
            }
            std::io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnly(format!("{path}: {source}")),
            _ => Self::File { path, source },
        }
    }
}

/// What an operator can do about a file, where the system's words do not say.
fn file_hint(error: &std::io::Error) -> &'static str {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::NotFound => "; see that the path is right and its folder is there",
        ErrorKind::PermissionDenied => "; see that file and folder belong to the user that Weerklank runs as",
        ErrorKind::IsADirectory | ErrorKind::ResourceBusy => "; name a file, not a folder",
        _ => "",
    }
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        Self::from_ref(&error)
    }
}

impl StoreError {
    /// What a failure of `SeaORM` means.
    pub(crate) fn from_ref(error: &DbErr) -> Self {
        match error {
            DbErr::ConnectionAcquire(reason) => Self::Unavailable(reason.to_string()),
            DbErr::Conn(RuntimeErr::SqlxError(cause))
            | DbErr::Exec(RuntimeErr::SqlxError(cause))
            | DbErr::Query(RuntimeErr::SqlxError(cause)) => from_sqlx(cause),
            _ => Self::Other(error.to_string()),
        }
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        from_sqlx(&error)
    }
}

fn from_sqlx(error: &sqlx::Error) -> StoreError {
    match error {
        sqlx::Error::Database(cause) => from_database(cause.as_ref()),
        sqlx::Error::Tls(cause) => StoreError::Insecure(cause.to_string()),
        // How rustls says that it does not trust the other side.
        sqlx::Error::Io(cause) if cause.kind() == std::io::ErrorKind::InvalidData => {
            StoreError::Insecure(cause.to_string())
        }
        sqlx::Error::Io(_)
        | sqlx::Error::Protocol(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed => StoreError::Unavailable(error.to_string()),
        sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) => StoreError::Corrupt(error.to_string()),
        _ => StoreError::Other(error.to_string()),
    }
}

fn from_database(cause: &dyn DatabaseError) -> StoreError {
    let message = cause.message().to_owned();
    let code = cause.code().unwrap_or(Cow::Borrowed(""));
    if cause.try_downcast_ref::<sqlx::sqlite::SqliteError>().is_some() {
        from_sqlite(code.parse().unwrap_or(0), message)
    } else {
        from_postgres(&code, message)
    }
}

/// <https://www.sqlite.org/rescode.html>: the primary code is the lowest byte.
fn from_sqlite(code: i32, message: String) -> StoreError {
    // The shared memory beside a WAL file could not be grown: the disk is full (SQLITE_IOERR_SHMSIZE).
    const IOERR_SHMSIZE: i32 = 4874;
    match (code, code & 0xff) {
        (IOERR_SHMSIZE, _) | (_, 13) => StoreError::Full(message),
        (_, 5 | 6) => StoreError::Busy(message),
        (_, 8) => StoreError::ReadOnly(message),
        (_, 3 | 9 | 10 | 14 | 15) => StoreError::Unavailable(message),
        (_, 11 | 26) => StoreError::Corrupt(message),
        _ => StoreError::Other(format!("{message} (SQLite {code})")),
    }
}

/// <https://www.postgresql.org/docs/current/errcodes-appendix.html>
fn from_postgres(code: &str, message: String) -> StoreError {
    match code {
        "53100" => StoreError::Full(message),
        "25006" | "42501" => StoreError::ReadOnly(message),
        "55P03" | "57014" | "40001" | "40P01" => StoreError::Busy(message),
        "XX001" | "XX002" => StoreError::Corrupt(message),
        "28000" | "28P01" | "3D000" => StoreError::Refused(message),
        _ if code.starts_with("08") || code.starts_with("53") || code.starts_with("57P") => {
            StoreError::Unavailable(message)
        }
        _ => StoreError::Other(format!("{message} (PostgreSQL {code})")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sqlite_codes_are_told_apart() {
        for (code, expected) in
            [(13, "full"), (778, "reached"), (4874, "full"), (5, "locked"), (517, "locked")]
        {
            let error = from_sqlite(code, "x".into()).to_string();
            assert!(error.contains(expected), "{code}: {error}");
        }
        assert!(matches!(from_sqlite(1032, String::new()), StoreError::ReadOnly(_)));
        assert!(matches!(from_sqlite(26, String::new()), StoreError::Corrupt(_)));
    }

    #[test]
    fn postgres_codes_are_told_apart() {
        assert!(matches!(from_postgres("57P01", String::new()), StoreError::Unavailable(_)));
        assert!(matches!(from_postgres("3D000", String::new()), StoreError::Refused(_)));
        assert!(matches!(from_postgres("53100", String::new()), StoreError::Full(_)));
        assert!(matches!(from_postgres("53300", String::new()), StoreError::Unavailable(_)));
        assert!(matches!(from_postgres("25006", String::new()), StoreError::ReadOnly(_)));
        assert!(matches!(from_postgres("42P01", String::new()), StoreError::Other(_)));
    }
}
