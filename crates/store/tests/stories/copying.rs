use std::collections::BTreeSet;
use std::path::Path;

use sea_orm::{ConnectionTrait, Database};
use weerklank_domain::{ColumnFilter, PageNumber};
use weerklank_store::{DatabaseUrl, PoolOptions, Store, StoreError};
use weerklank_test_support::build::{column, derived};
use weerklank_test_support::database::TestDatabase;
use weerklank_test_support::generate::Generator;
use weerklank_test_support::on_every_database;

use crate::{all, import, now, today};

on_every_database!(
    a_backup_comes_back_whole,
    a_backup_is_one_state_while_others_write,
    a_backup_put_in_place_is_another_content,
    a_backup_holds_every_table,
    a_restore_never_overwrites_unasked,
    a_restore_on_purpose_replaces_everything,
    others_write_while_a_restore_replaces,
    a_backup_replaces_only_a_backup,
    what_is_no_backup_is_refused,
    a_failed_backup_leaves_the_last_one,
    everything_moves_to_either_database_and_back,
    a_transfer_never_overwrites,
);

async fn filled(store: &Store) {
    let columns: Vec<_> = Generator::new(8).take(150).collect();
    store.import_columns(&columns, now(0)).await.unwrap();
}

async fn assert_same(one: &Store, other: &Store) {
    let columns = one.all_columns(None, 10_000).await.unwrap();
    assert_eq!(other.all_columns(None, 10_000).await.unwrap(), columns);
    let list = async |store: &Store| {
        store.list(&ColumnFilter::default(), PageNumber::FIRST, 1_000, today()).await.unwrap()
    };
    assert_eq!(list(one).await, list(other).await);
}

fn files(folder: &Path) -> BTreeSet<String> {
    std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}

async fn a_backup_comes_back_whole(db: TestDatabase) {
    filled(&db.store).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("backup.db");
    db.store.backup_to(&file).await.unwrap();
    db.store.backup_to(&file).await.unwrap();
    assert_eq!(files(folder.path()), ["backup.db".to_owned()].into());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }

    for target in [TestDatabase::sqlite().await, TestDatabase::postgres().await] {
        target.store.restore_from(&file, false, now(0)).await.unwrap();
        assert_same(&db.store, &target.store).await;
        // Whatever was built from the former content sees that it is another.
        assert_ne!(target.store.epoch().await.unwrap(), None);
        assert_ne!(target.store.epoch().await.unwrap(), db.store.epoch().await.unwrap());
        assert!(target.store.change_seq().await.unwrap() > db.store.change_seq().await.unwrap());
    }
    assert_eq!(files(folder.path()), ["backup.db".to_owned()].into());
}

async fn a_backup_is_one_state_while_others_write(db: TestDatabase) {
    filled(&db.store).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("backup.db");
    let store = db.store.clone();
    let writing = tokio::spawn(async move {
        for number in 0..40 {
            // Both or none are in a backup.
            let pair = [format!("links-{number}"), format!("rechts-{number}")]
                .map(|slug| (column(&slug), derived()));
            store.import_columns(&pair, now(0)).await.unwrap();
        }
    });
    for _ in 0..3 {
        db.store.backup_to(&file).await.unwrap();
        let copy = TestDatabase::sqlite().await;
        copy.store.restore_from(&file, false, now(0)).await.unwrap();
        let slugs: Vec<String> =
            all(&copy.store).await.into_iter().map(|column| column.slug.into()).collect();
        let count = |side: &str| slugs.iter().filter(|slug| slug.starts_with(side)).count();
        assert_eq!(count("links-"), count("rechts-"));
        let list = copy.store.list(&ColumnFilter::default(), PageNumber::FIRST, 1, today()).await.unwrap();
        assert_eq!(list.total, slugs.len() as u64);
    }
    writing.await.unwrap();
}

/// As with `cp backup.db board.db`, however often.
async fn a_backup_put_in_place_is_another_content(db: TestDatabase) {
    import(&db.store, &column("een")).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("backup.db");
    db.store.backup_to(&file).await.unwrap();

    let mut epochs = BTreeSet::from([db.store.epoch().await.unwrap()]);
    for turn in 0..2 {
        let path = folder.path().join(format!("board-{turn}.db"));
        std::fs::copy(&file, &path).unwrap();
        let store = Store::open(&DatabaseUrl::file(&path), &PoolOptions::default()).await.unwrap();
        assert_eq!(store.epoch().await.unwrap(), None, "a backup has no name until it is somebody's");
        store.migrate().await.unwrap();
        assert!(epochs.insert(store.epoch().await.unwrap()), "{epochs:?}");
        assert_same(&db.store, &store).await;
    }
    assert!(!epochs.contains(&None), "{epochs:?}");
}

/// Guards the list of tables to copy: one that a later migration adds must be added there.
async fn a_backup_holds_every_table(db: TestDatabase) {
    let mut full = column("een");
    full.shops = vec!["Winkel".to_owned()];
    full.authors = vec!["Redactie".to_owned()];
    full.tags = vec!["warmte".to_owned()];
    full.moments = vec![weerklank_domain::Moment::Contact];
    full.series = Some(weerklank_domain::SeriesPart { name: "Reeks".to_owned(), number: 1 });
    import(&db.store, &full).await;
    crate::experiences::receive_everything(&db).await;
    crate::desk::fill_the_desk(&db).await;
    crate::feedback::answer_everything(&db).await;
    crate::passkeys::add_one(&db).await;
    crate::voice::fill_the_voice(&db).await;
    crate::pictures::keep_one(&db, 1).await;
    crate::templates::write_one(&db).await;
    crate::views::keep_one(&db).await;
    let target = TestDatabase::sqlite().await;
    db.store.transfer_to(&target.store, now(0)).await.unwrap();

    let raw = Database::connect(target.address()).await.unwrap();
    let tables = raw
        .query_all_raw(sea_orm::Statement::from_string(
            sea_orm::DbBackend::Sqlite,
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
        ))
        .await
        .unwrap();
    assert!(tables.len() >= 10);
    for table in tables {
        let table: String = table.try_get("", "name").unwrap();
        let count = format!(r#"SELECT COUNT(*) AS count FROM "{table}""#);
        let count = sea_orm::Statement::from_string(sea_orm::DbBackend::Sqlite, count);
        let row = raw.query_one_raw(count).await.unwrap().unwrap();
        let is_there = row.try_get::<i64>("", "count").unwrap() > 0;
        // With what is in the first two, an old copy would tell who sent what; the third is over in minutes.
        let is_left_out = ["day_key", "limit_count", "passkey_challenge"].contains(&&*table);
        assert_eq!(is_there, !is_left_out, "did `{table}` arrive: is it copied?");
    }
}

async fn a_restore_never_overwrites_unasked(db: TestDatabase) {
    import(&db.store, &column("een")).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("backup.db");
    db.store.backup_to(&file).await.unwrap();
    import(&db.store, &column("twee")).await;
    let error = db.store.restore_from(&file, false, now(0)).await.unwrap_err();
    assert!(matches!(error, StoreError::NotEmpty), "{error}");
    assert_eq!(all(&db.store).await, [column("een"), column("twee")]);
}

async fn a_restore_on_purpose_replaces_everything(db: TestDatabase) {
    import(&db.store, &column("een")).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("backup.db");
    db.store.backup_to(&file).await.unwrap();
    filled(&db.store).await;
    let before = db.store.change_seq().await.unwrap();
    db.store.restore_from(&file, true, now(0)).await.unwrap();
    assert_eq!(all(&db.store).await, [column("een")]);
    assert!(db.store.change_seq().await.unwrap() > before);
    // And it goes on from there.
    import(&db.store, &column("twee")).await;
    assert_eq!(all(&db.store).await, [column("een"), column("twee")]);
}

/// Whoever waits for the restore to end goes on after it, with what it restored.
async fn others_write_while_a_restore_replaces(db: TestDatabase) {
    import(&db.store, &column("een")).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("backup.db");
    db.store.backup_to(&file).await.unwrap();
    let writing: Vec<_> = (0..3)
        .map(|writer| {
            let store = db.store.clone();
            tokio::spawn(async move {
                for number in 0..25 {
                    let one = (column(&format!("van-{writer}-{number}")), derived());
                    store.import_columns(&[one], now(0)).await.unwrap();
                }
            })
        })
        .collect();
    for _ in 0..8 {
        db.store.restore_from(&file, true, now(0)).await.unwrap();
    }
    for writing in writing {
        writing.await.unwrap();
    }
    let list = db.store.list(&ColumnFilter::default(), PageNumber::FIRST, 1, today()).await.unwrap();
    assert_eq!(list.total, all(&db.store).await.len() as u64);
}

async fn a_backup_replaces_only_a_backup(db: TestDatabase) {
    import(&db.store, &column("een")).await;
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    std::fs::write(path("letter.md"), "lieve winkel").unwrap();
    let living = Store::open(&DatabaseUrl::file(path("living.db")), &PoolOptions::default()).await.unwrap();
    living.migrate().await.unwrap();
    let closed = Store::open(&DatabaseUrl::file(path("closed.db")), &PoolOptions::default()).await.unwrap();
    closed.migrate().await.unwrap();
    closed.close().await.unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(path("letter.md"), path("link.db")).unwrap();
    for name in [
        "letter.md",
        "living.db",
        "closed.db",
        #[cfg(unix)]
        "link.db",
        ".",
    ] {
        let error = db.store.backup_to(&path(name)).await.unwrap_err();
        assert!(error.to_string().contains("name another file"), "{name}: {error}");
    }
    assert_eq!(std::fs::read_to_string(path("letter.md")).unwrap(), "lieve winkel");
    living.ready().await.unwrap();
    // An empty file is room that was made for it.
    std::fs::write(path("room.db"), "").unwrap();
    for _ in 0..2 {
        db.store.backup_to(&path("room.db")).await.unwrap();
    }
}

async fn what_is_no_backup_is_refused(db: TestDatabase) {
    import(&db.store, &column("een")).await;
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);

    std::fs::write(path("text.db"), "geen database").unwrap();
    std::fs::write(path("empty.db"), "").unwrap();
    let other = Database::connect(format!("sqlite://{}?mode=rwc", path("other.db").display())).await.unwrap();
    other.execute_unprepared("CREATE TABLE anders (x)").await.unwrap();
    other.close().await.unwrap();
    // Whole pages of it overwritten.
    db.store.backup_to(&path("damaged.db")).await.unwrap();
    let mut bytes = std::fs::read(path("damaged.db")).unwrap();
    bytes[4096..20_000].fill(0x5a);
    std::fs::write(path("damaged.db"), bytes).unwrap();

    for name in ["text.db", "empty.db", "other.db", "damaged.db"] {
        let error = db.store.restore_from(&path(name), true, now(0)).await.unwrap_err();
        let damaged = matches!(error, StoreError::Corrupt(_));
        assert!(damaged || matches!(error, StoreError::NoBackup(_)), "{name}: {error}");
        assert_eq!(damaged, name == "damaged.db", "{error}");
    }
    let error = db.store.restore_from(&path("absent.db"), true, now(0)).await.unwrap_err();
    assert!(matches!(error, StoreError::File { .. }), "{error}");
    assert_eq!(all(&db.store).await, [column("een")]);
}

async fn a_failed_backup_leaves_the_last_one(db: TestDatabase) {
    import(&db.store, &column("een")).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("backup.db");
    db.store.backup_to(&file).await.unwrap();
    let before = std::fs::read(&file).unwrap();
    // A folder where the file in the making should be.
    std::fs::create_dir(folder.path().join(".backup.db.partial")).unwrap();
    db.store.backup_to(&file).await.unwrap_err();
    assert_eq!(std::fs::read(&file).unwrap(), before);

    let nowhere = folder.path().join("nowhere/backup.db");
    let error = db.store.backup_to(&nowhere).await.unwrap_err();
    assert!(error.to_string().contains("nowhere"), "{error}");
}

async fn everything_moves_to_either_database_and_back(db: TestDatabase) {
    filled(&db.store).await;
    for there in [TestDatabase::sqlite().await, TestDatabase::postgres().await] {
        let back = TestDatabase::sqlite().await;
        db.store.transfer_to(&there.store, now(0)).await.unwrap();
        there.store.transfer_to(&back.store, now(0)).await.unwrap();
        assert_same(&db.store, &there.store).await;
        assert_same(&db.store, &back.store).await;
    }
}

async fn a_transfer_never_overwrites(db: TestDatabase) {
    import(&db.store, &column("een")).await;
    let target = TestDatabase::sqlite().await;
    import(&target.store, &column("twee")).await;
    let error = db.store.transfer_to(&target.store, now(0)).await.unwrap_err();
    assert!(matches!(error, StoreError::NotEmpty), "{error}");
    assert_eq!(all(&target.store).await, [column("twee")]);
}
