//! One SQLite file that holds everything, whichever the database.

use std::fs::File;
use std::path::{Path, PathBuf};

use sea_orm::{ConnectionTrait, DbBackend, EntityTrait, Statement, sea_query::Expr};
use uuid::Uuid;

use super::restore::starts_as_sqlite;
use super::transfer::Present;
use crate::connect::{create_private, open_to_read};
use crate::entity::change_sequence;
use crate::store::{change_row, column_count};
use crate::{DatabaseUrl, PoolOptions, Store, StoreError};

impl Store {
    /// Writes everything as it is now to `path`, while others read and write. The file appears
    /// whole, checked and on disk, or not at all; a backup that was there is replaced, anything else is
    /// refused. Its owner alone may read it. Gives the number of columns in it.
    pub async fn backup_to(&self, path: &Path) -> Result<u64, StoreError> {
        if self.url().path().is_some_and(|own| is_part_of(path, own)) {
            let error = std::io::Error::new(
                std::io::ErrorKind::AlreadyExists,
                "this is the database itself; name another file for its backup",
            );
            return Err(StoreError::file(path, error));
        }
        refuse_other(path).await?;
        let partial = Partial::beside(path)?;
        let is_file = self.url().path().is_some();
        if is_file {
            vacuum_into(&self.writer, &partial.0).await?;
        }
        let options = PoolOptions { connections: 1, ..PoolOptions::default() };
        let file = Self::open(&DatabaseUrl::file(&partial.0), &options).await?;
        if !is_file {
            self.pour_into(&file, Present::Refuse, None).await?;
        }
        file.forget_epoch().await?;
        file.forget_senders().await?;
        file.close_as_one_file().await?;
        let backup = super::restore::check(&partial.0).await?;
        let columns = column_count(&backup).await?;
        backup.close().await?;
        partial.keep_as(path)?;
        Ok(columns)
    }

    /// A copy is not what it was copied from: put in its place some day, it gets a name of its own
    /// each time, from [`Self::migrate`].
    async fn forget_epoch(&self) -> Result<(), StoreError> {
        change_sequence::Entity::update_many()
            .col_expr(change_sequence::Column::Epoch, Expr::val(Uuid::nil()))
            .exec(&self.writer)
            .await?;
        Ok(())
    }

    /// Closes a SQLite file so that it can be read from a folder that cannot be written.
    async fn close_as_one_file(self) -> Result<(), StoreError> {
        self.reader.close_by_ref().await?;
        self.writer.execute_unprepared("PRAGMA journal_mode = DELETE").await?;
        self.writer.close_by_ref().await?;
        Ok(())
    }
}

/// Refuses a place that holds something else than a backup: a letter, a device, the database of a
/// board. Nothing there is right, and so is an empty file.
async fn refuse_other(path: &Path) -> Result<(), StoreError> {
    let refusal = |what: &str| {
        let words = format!("{what} would be lost; name another file for the backup");
        Err(StoreError::file(path, std::io::Error::new(std::io::ErrorKind::AlreadyExists, words)))
    };
    match std::fs::symlink_metadata(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(StoreError::file(path, error)),
        Ok(there) if !there.is_file() => return refusal("what is there is no file of its own and"),
        Ok(there) if there.len() == 0 => return Ok(()),
        Ok(_) => {}
    }
    if !starts_as_sqlite(path)? {
        return refusal("what is there is no backup and");
    }
    let wal = path.with_file_name({
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push("-wal");
        name
    });
    if wal.exists() {
        return refusal("a database in use is there, which");
    }
    let file = open_to_read(path).await?;
    let epoch = change_row(&file).await.map(|row| row.epoch);
    file.close().await?;
    match epoch {
        // As every backup has it: see `forget_epoch`.
        Ok(epoch) if epoch.is_nil() => Ok(()),
        _ => refusal("a database is there that is no backup, which"),
    }
}

/// Whether `path` is the database's own file or one that SQLite keeps beside it.
fn is_part_of(path: &Path, database: &Path) -> bool {
    let whole = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let own = whole(database);
    ["", "-wal", "-shm", "-journal"].iter().any(|ending| {
        let mut name = own.clone().into_os_string();
        name.push(ending);
        whole(path) == Path::new(&name)
    })
}

/// Writes what a connection sees to an empty file.
pub(super) async fn vacuum_into(from: &impl ConnectionTrait, path: &Path) -> Result<(), StoreError> {
    let path = path.to_str().ok_or_else(|| {
        let error = std::io::Error::new(std::io::ErrorKind::InvalidInput, "SQLite needs a path in UTF-8");
        StoreError::file(path, error)
    })?;
    let statement = Statement::from_sql_and_values(DbBackend::Sqlite, "VACUUM INTO ?", [path.into()]);
    from.execute_raw(statement).await?;
    Ok(())
}

/// A file in the making; gone when it is not kept.
pub(super) struct Partial(pub PathBuf);

impl Partial {
    /// An empty file beside the one it will become, so that it can take its place in one step.
    pub fn beside(path: &Path) -> Result<Self, StoreError> {
        let mut name = std::ffi::OsString::from(".");
        name.push(path.file_name().unwrap_or_default());
        name.push(".partial");
        let partial = Self(path.with_file_name(name));
        // Left by a program that was killed.
        partial.remove();
        create_private(&partial.0)?;
        Ok(partial)
    }

    /// Puts it on disk and in its place.
    fn keep_as(self, path: &Path) -> Result<(), StoreError> {
        let sync = |path: &Path| File::open(path).and_then(|file| file.sync_all());
        sync(&self.0).map_err(|error| StoreError::file(&self.0, error))?;
        std::fs::rename(&self.0, path).map_err(|error| StoreError::file(path, error))?;
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        sync(folder).map_err(|error| StoreError::file(folder, error))
    }

    fn remove(&self) {
        for suffix in ["", "-wal", "-shm", "-journal"] {
            let mut path = self.0.clone().into_os_string();
            path.push(suffix);
            // Most are not there; what cannot be removed shows when the file is made.
            let _ = std::fs::remove_file(path);
        }
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        self.remove();
    }
}
