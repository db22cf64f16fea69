//! A fresh, migrated database for each test, on each of the two kinds.

use std::future::Future;

use weerklank_store::{DatabaseUrl, PoolOptions, Store};

use crate::postgres::PostgresDatabase;

/// A database that goes away with this value.
#[derive(Debug)]
pub struct TestDatabase {
    pub store: Store,
    pub url: DatabaseUrl,
    address: String,
    _home: Home,
}

#[derive(Debug)]
#[expect(dead_code, reason = "held for what they do when dropped")]
enum Home {
    Folder(tempfile::TempDir),
    Cluster(PostgresDatabase),
}

impl TestDatabase {
    /// A SQLite file in a folder of its own.
    pub async fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let address = format!("sqlite://{}", folder.path().join("test.db").display());
        Self::migrated(address, Home::Folder(folder)).await
    }

    /// A database of its own in the PostgreSQL cluster that this process shares.
    pub async fn postgres() -> Self {
        let database = PostgresDatabase::create().await;
        Self::migrated(database.url().to_owned(), Home::Cluster(database)).await
    }

    /// What [`Self::url`] was made of: for a connection past the store.
    pub fn address(&self) -> &str {
        &self.address
    }

    async fn migrated(address: String, home: Home) -> Self {
        let url = DatabaseUrl::parse(&address).expect("an address of our own");
        let store = Store::open(&url, &PoolOptions::default()).await.expect("a new database opens");
        store.migrate().await.expect("a new database takes every migration");
        Self { store, url, address, _home: home }
    }
}

/// Makes of each `async fn story(db: TestDatabase)` two tests, `story::sqlite` and `story::postgres`.
#[macro_export]
macro_rules! on_every_database {
    ($($story:ident),+ $(,)?) => {$(
        mod $story {
            #[test]
            fn sqlite() {
                $crate::database::tell($crate::database::TestDatabase::sqlite(), super::$story);
            }

            #[test]
            fn postgres() {
                $crate::database::tell($crate::database::TestDatabase::postgres(), super::$story);
            }
        }
    )+};
}

/// Runs one story on one database; what [`on_every_database!`] calls.
pub fn tell<S: Future<Output = ()>>(
    database: impl Future<Output = TestDatabase>,
    story: impl FnOnce(TestDatabase) -> S,
) {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime")
        .block_on(async { story(database.await).await });
}
