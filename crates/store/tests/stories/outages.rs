use std::time::Duration;

use sea_orm::{ConnectionTrait, Database};
use weerklank_store::{DatabaseUrl, PoolOptions, Store, StoreError};
use weerklank_test_support::build::{column, derived};
use weerklank_test_support::postgres::Cluster;

use crate::{all, import, now};

fn quick() -> PoolOptions {
    PoolOptions {
        acquire_timeout: Duration::from_millis(500),
        busy_timeout: Duration::from_millis(100),
        ..PoolOptions::default()
    }
}

#[tokio::test]
async fn a_store_outlives_its_postgres() {
    let mut cluster = Cluster::start().unwrap();
    let url = DatabaseUrl::parse(&cluster.url("postgres")).unwrap();
    let store = Store::open(&url, &quick()).await.unwrap();
    store.migrate().await.unwrap();
    import(&store, &column("een")).await;

    cluster.crash();
    let gone = [
        store.change_seq().await.map(|_| ()).unwrap_err(),
        store.ready().await.unwrap_err(),
        store.import_column(&column("twee"), &derived(), now(0)).await.map(|_| ()).unwrap_err(),
    ];
    for error in gone {
        assert!(matches!(error, StoreError::Unavailable(_)) && error.is_passing(), "{error:?}");
    }
    let error = Store::open(&url, &quick()).await.unwrap_err();
    assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}");

    cluster.resume().unwrap();
    store.ready().await.unwrap();
    import(&store, &column("twee")).await;
    assert_eq!(all(&store).await, [column("een"), column("twee")]);
}

#[tokio::test]
async fn a_postgres_that_takes_no_writes_is_read() {
    let cluster = Cluster::start().unwrap();
    let url = DatabaseUrl::parse(&cluster.url("postgres")).unwrap();
    let store = Store::open(&url, &quick()).await.unwrap();
    store.migrate().await.unwrap();
    import(&store, &column("een")).await;
    store.close().await.unwrap();

    let raw = Database::connect(cluster.url("postgres")).await.unwrap();
    raw.execute_unprepared("ALTER DATABASE postgres SET default_transaction_read_only = on").await.unwrap();
    let store = Store::open(&url, &quick()).await.unwrap();
    let errors = [
        store.import_column(&column("twee"), &derived(), now(0)).await.map(|_| ()).unwrap_err(),
        store.ready().await.unwrap_err(),
    ];
    for error in errors {
        assert!(matches!(error, StoreError::ReadOnly(_)), "{error:?}");
    }
    assert_eq!(all(&store).await, [column("een")]);
}

#[tokio::test]
async fn a_locked_file_is_busy_and_can_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("test.db");
    let store = Store::open(&DatabaseUrl::file(&file), &quick()).await.unwrap();
    store.migrate().await.unwrap();
    import(&store, &column("een")).await;

    let raw = Database::connect(format!("sqlite://{}", file.display())).await.unwrap();
    raw.execute_unprepared("BEGIN IMMEDIATE").await.unwrap();
    let error = store.import_column(&column("twee"), &derived(), now(0)).await.unwrap_err();
    assert!(matches!(error, StoreError::Busy(_)) && error.is_passing(), "{error:?}");
    assert_eq!(all(&store).await, [column("een")]);
    store.ready().await.unwrap();

    raw.execute_unprepared("COMMIT").await.unwrap();
    import(&store, &column("twee")).await;
}

#[tokio::test]
async fn what_is_no_database_is_not_opened() {
    let folder = tempfile::tempdir().unwrap();
    let text = folder.path().join("text.db");
    std::fs::write(&text, "Dit is geen database, maar een brief die lang genoeg is.".repeat(20)).unwrap();
    let error = Store::open(&DatabaseUrl::file(&text), &quick()).await.unwrap_err();
    assert!(matches!(error, StoreError::Corrupt(_)), "{error:?}");

    let nowhere = folder.path().join("nowhere/weerklank.db");
    let error = Store::open(&DatabaseUrl::file(&nowhere), &quick()).await.unwrap_err();
    assert!(matches!(error, StoreError::File { .. }), "{error:?}");
    assert!(error.to_string().contains("nowhere"), "{error}");
}

#[tokio::test]
async fn a_database_in_memory_is_one_for_all() {
    let store = Store::open(&DatabaseUrl::parse("sqlite::memory:").unwrap(), &quick()).await.unwrap();
    store.migrate().await.unwrap();
    store.ready().await.unwrap();
    import(&store.clone(), &column("een")).await;
    assert_eq!(all(&store).await, [column("een")]);
}
