//! A backup becomes the content again.

use std::io::Read;
use std::path::Path;

use sea_orm::{ConnectionTrait, DatabaseConnection};
use time::OffsetDateTime;
use weerklank_migration::SchemaManager;

use super::backup::{Partial, vacuum_into};
use super::transfer::Present;
use crate::connect::open_to_read;
use crate::store::refuse_newer;
use crate::{DatabaseUrl, PoolOptions, Store, StoreError};

impl Store {
    /// Takes everything from the backup at `path`, in one transaction, compared row by row before it
    /// is committed. A backup of an older version is brought up to date on the way; the file itself
    /// is only read. Columns that are there already are refused, unless they are to be replaced.
    pub async fn restore_from(
        &self,
        path: &Path,
        replace: bool,
        now: OffsetDateTime,
    ) -> Result<(), StoreError> {
        let backup = check(path).await?;
        let beside = match self.url().path() {
            Some(database) => database.to_owned(),
            None => std::env::temp_dir().join(format!("weerklank-{}", self.ids.next(now))),
        };
        let copy = Partial::beside(&beside.with_extension("restore"))?;
        vacuum_into(&backup, &copy.0).await?;
        backup.close_by_ref().await?;

        let options = PoolOptions { connections: 1, ..PoolOptions::default() };
        let content = Self::open(&DatabaseUrl::file(&copy.0), &options).await?;
        content.migrate().await?;
        let present = if replace { Present::Replace } else { Present::Refuse };
        let done = content.pour_into(self, present, Some(now)).await;
        content.close().await?;
        done
    }
}

/// Says what is wrong with a file that no backup can be restored from; changes nothing anywhere.
/// [`Store::restore_from`] does so too, when its target is there already.
pub async fn check_backup(path: &Path) -> Result<(), StoreError> {
    Ok(check(path).await?.close().await?)
}

/// Opens a file that holds our tables and is whole; says what is wrong with any other.
pub(super) async fn check(path: &Path) -> Result<DatabaseConnection, StoreError> {
    if !starts_as_sqlite(path)? {
        return Err(StoreError::NoBackup(format!("{} is no SQLite file", path.display())));
    }
    let file = open_to_read(path).await?;
    let row = file.query_one_raw(pragma("PRAGMA integrity_check(1)")).await?;
    let found: Option<String> = row.map(|row| row.try_get_by_index(0)).transpose()?;
    if found.as_deref() != Some("ok") {
        return Err(StoreError::Corrupt(found.unwrap_or_default()));
    }
    if refuse_newer(&SchemaManager::new(&file)).await?.is_empty() {
        return Err(StoreError::NoBackup(format!("{} holds nothing of Weerklank", path.display())));
    }
    Ok(file)
}

/// Whether a file starts as those of SQLite do (its documentation, "Database File Format", 1.3).
pub(super) fn starts_as_sqlite(path: &Path) -> Result<bool, StoreError> {
    const SQLITE: &[u8] = b"SQLite format 3\0";
    let mut start = Vec::new();
    std::fs::File::open(path)
        .and_then(|file| file.take(SQLITE.len() as u64).read_to_end(&mut start))
        .map_err(|error| StoreError::file(path, error))?;
    Ok(start == SQLITE)
}

fn pragma(sql: &str) -> sea_orm::Statement {
    sea_orm::Statement::from_string(sea_orm::DbBackend::Sqlite, sql)
}
