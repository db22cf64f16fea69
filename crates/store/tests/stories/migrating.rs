use sea_orm::{ConnectionTrait, Database, DatabaseConnection};
use weerklank_migration::{Migrator, MigratorTrait, SchemaManager};
use weerklank_store::{DatabaseUrl, PoolOptions, Store, StoreError};
use weerklank_test_support::build::column;
use weerklank_test_support::database::TestDatabase;
use weerklank_test_support::on_every_database;

use crate::{all, import};

on_every_database!(
    a_step_that_fails_anywhere_leaves_the_old_schema,
    steps_go_back_as_well,
    migrating_again_keeps_everything,
    every_database_is_named_once,
    many_may_migrate_at_once,
    a_newer_database_is_refused,
    a_database_without_schema_is_not_ready,
);

/// In the order in which the steps make them.
const TABLES: [&str; 17] = [
    "author",
    "shop",
    "series",
    "column",
    "column_author",
    "column_shop",
    "column_moment",
    "column_tag",
    "change_sequence",
    "experience",
    "experience_half",
    "experience_rating",
    "experience_gesture",
    "experience_contact",
    "receipt",
    "server_key",
    "outbox",
];

async fn emptied(db: &TestDatabase) -> DatabaseConnection {
    let raw = Database::connect(db.address()).await.unwrap();
    Migrator::reset(&raw).await.unwrap();
    raw
}

async fn tables(raw: &DatabaseConnection) -> Vec<&'static str> {
    let schema = SchemaManager::new(raw);
    let mut there = Vec::new();
    for table in TABLES.into_iter().chain(["seaql_migrations"]) {
        if schema.has_table(table).await.unwrap() {
            there.push(table);
        }
    }
    there
}

async fn a_step_that_fails_anywhere_leaves_the_old_schema(db: TestDatabase) {
    let raw = emptied(&db).await;
    for table in TABLES {
        // In its way: the step fails when it comes to make this table.
        raw.execute_unprepared(&format!(r#"CREATE TABLE "{table}" (x INTEGER)"#)).await.unwrap();
        db.store.migrate().await.unwrap_err();
        assert_eq!(tables(&raw).await, [table]);
        raw.execute_unprepared(&format!(r#"DROP TABLE "{table}""#)).await.unwrap();
    }
    db.store.migrate().await.unwrap();
    db.store.ready().await.unwrap();
}

async fn steps_go_back_as_well(db: TestDatabase) {
    import(&db.store, &column("een")).await;
    let raw = emptied(&db).await;
    assert_eq!(tables(&raw).await, Vec::<&str>::new());
}

async fn migrating_again_keeps_everything(db: TestDatabase) {
    import(&db.store, &column("een")).await;
    db.store.migrate().await.unwrap();
    assert_eq!(all(&db.store).await, [column("een")]);
}

async fn every_database_is_named_once(db: TestDatabase) {
    let name = db.store.epoch().await.unwrap();
    assert_ne!(name, None);
    for other in [TestDatabase::sqlite().await, TestDatabase::postgres().await] {
        assert_ne!(other.store.epoch().await.unwrap(), name);
    }
    db.store.migrate().await.unwrap();
    assert_eq!(db.store.epoch().await.unwrap(), name);
}

async fn many_may_migrate_at_once(db: TestDatabase) {
    emptied(&db).await;
    let starting = (0..4).map(|_| {
        let store = db.store.clone();
        tokio::spawn(async move { store.migrate().await })
    });
    for started in starting.collect::<Vec<_>>() {
        started.await.unwrap().unwrap();
    }
    db.store.ready().await.unwrap();
}

async fn a_newer_database_is_refused(db: TestDatabase) {
    let raw = Database::connect(db.address()).await.unwrap();
    raw.execute_unprepared("INSERT INTO seaql_migrations (version, applied_at) VALUES ('m9999_later', 0)")
        .await
        .unwrap();
    for error in [db.store.migrate().await.unwrap_err(), db.store.ready().await.unwrap_err()] {
        assert!(matches!(&error, StoreError::NewerDatabase { found } if found == "m9999_later"), "{error}");
    }
}

async fn a_database_without_schema_is_not_ready(db: TestDatabase) {
    emptied(&db).await;
    let error = db.store.ready().await.unwrap_err();
    assert!(error.to_string().contains("m0001_columns"), "{error}");
}

#[tokio::test]
async fn a_database_without_room_for_every_character_is_refused() {
    let db = TestDatabase::postgres().await;
    let raw = Database::connect(db.address()).await.unwrap();
    // The name stands before the query, which may have slashes of its own.
    let (before, query) = db.address().split_once('?').unwrap_or((db.address(), ""));
    let (start, name) = before.rsplit_once('/').unwrap();
    let narrow = format!("{name}_narrow");
    raw.execute_unprepared(&format!(
        "CREATE DATABASE \"{narrow}\" ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0"
    ))
    .await
    .unwrap();
    let url = DatabaseUrl::parse(&format!("{start}/{narrow}?{query}")).unwrap();
    let store = Store::open(&url, &PoolOptions::default()).await.unwrap();
    let error = store.migrate().await.unwrap_err();
    assert!(matches!(&error, StoreError::Encoding(encoding) if encoding == "LATIN1"), "{error}");
    store.close().await.unwrap();
    raw.execute_unprepared(&format!("DROP DATABASE \"{narrow}\"")).await.unwrap();
}
