//! A fresh, migrated database for each test.

use weerklank_store::{DatabaseUrl, PoolOptions, Store};

/// A database that goes away with this value.
#[derive(Debug)]
pub struct TestDatabase {
    pub store: Store,
    pub url: DatabaseUrl,
    _folder: tempfile::TempDir,
}

impl TestDatabase {
    /// A SQLite file in a folder of its own.
    pub async fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let url = DatabaseUrl::file(folder.path().join("test.db"));
        let store = Store::open(&url, &PoolOptions::default()).await.expect("a new SQLite file opens");
        store.migrate().await.expect("a new SQLite file takes every migration");
        Self { store, url, _folder: folder }
    }
}
