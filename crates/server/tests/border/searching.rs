//! The search index and its folder: of the right content, and nobody's trouble but its own.

use std::{collections::BTreeSet, fs, path::Path, sync::mpsc::channel};

use sea_orm::{ConnectionTrait as _, Database};
use serde_json::Value;
use weerklank_domain::{Column, Status};
use weerklank_search::Document;
use weerklank_server::jobs::SearchIn;
use weerklank_store::{DatabaseUrl, PoolOptions, Store};
use weerklank_test_support::{app::TestApp, build::column, database::TestDatabase};

use crate::{
    process::{Desk, Serving},
    wire,
};

/// A column with words of its own and one that all have.
fn about(name: &str, body: &str) -> Column {
    Column { body: format!("Een zeppelin. {body}\n"), ..column(name) }
}

/// What a search over the API finds: how many it says there are, and which it shows.
fn found(answer: &Value) -> (u64, BTreeSet<String>) {
    let slugs =
        answer["items"].as_array().unwrap().iter().map(|item| item["slug"].as_str().unwrap().to_owned());
    (answer["total"].as_u64().unwrap(), slugs.collect())
}

#[track_caller]
fn assert_found(answer: &Value, slugs: &[&str]) {
    let expected: BTreeSet<String> = slugs.iter().map(|slug| (*slug).to_owned()).collect();
    assert_eq!(found(answer), (expected.len() as u64, expected), "{answer}");
}

async fn search(app: &TestApp, word: &str) -> Value {
    app.get(&format!("/api/v1/search?q={word}")).await.json()
}

/// Whether the search metric says that all is well.
async fn search_is_up(app: &TestApp) -> bool {
    metric(&app.get("/metrics").await.text(), "weerklank_search_up") == 1
}

fn metric(text: &str, name: &str) -> u64 {
    let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
    line.unwrap_or_else(|| panic!("no {name} in {text}")).parse().unwrap()
}

fn folders(dir: &Path) -> BTreeSet<String> {
    fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

async fn asked(serving: &Serving, word: &str) -> Value {
    let answer = wire::get(serving.address, format!("/api/v1/search?q={word}").as_bytes()).await;
    serde_json::from_slice(&answer.body).unwrap()
}

fn served_once(desk: &Desk) {
    assert_eq!(desk.serve(&[]).terminate(), Some(0));
}

fn remove_database(desk: &Desk) {
    for ending in ["", "-wal", "-shm"] {
        let _absent = fs::remove_file(desk.path(&format!("weerklank.db{ending}")));
    }
}

#[tokio::test]
async fn the_index_of_a_former_database_is_not_searched() {
    let desk = Desk::new();
    desk.run(&["demo"]).done();
    served_once(&desk);
    remove_database(&desk);
    for name in ["een", "twee", "drie"] {
        desk.column(&format!("mine/{name}.md"), "Een zeppelin.");
    }
    desk.run(&["import", "mine"]).done();
    let serving = desk.serve(&[]);
    assert_found(&asked(&serving, "zeppelin").await, &["een", "twee", "drie"]);
    assert_found(&asked(&serving, "retour").await, &[]);
    assert_eq!(folders(&desk.path("weerklank.search")).len(), 1, "what was there before takes no room");
}

#[tokio::test]
async fn a_copy_that_is_put_back_is_searched_as_it_is() {
    let desk = Desk::new();
    let import = |names: &[&str]| {
        for name in names {
            desk.column(&format!("{name}.md"), "Een zeppelin.");
            desk.run(&["import", &format!("{name}.md")]).done();
        }
    };
    let put_back = |copy: &str| {
        remove_database(&desk);
        fs::copy(desk.path(copy), desk.path("weerklank.db")).unwrap();
    };
    import(&["een"]);
    served_once(&desk);
    desk.run(&["backup", "backup.db"]).done();
    fs::copy(desk.path("weerklank.db"), desk.path("older.db")).unwrap();
    import(&["twee", "drie"]);
    served_once(&desk);

    // A copy of the file itself: it has the same name, and fewer changes than the index.
    put_back("older.db");
    let serving = desk.serve(&[]);
    assert_found(&asked(&serving, "zeppelin").await, &["een"]);
    assert_eq!(serving.terminate(), Some(0));

    // A backup, twice; the second time it has more changes than the index of the first.
    for names in [&["vier", "vijf"][..], &["zes", "zeven", "acht"]] {
        put_back("backup.db");
        import(names);
        let serving = desk.serve(&[]);
        assert_found(&asked(&serving, "zeppelin").await, &[&["een"], names].concat());
        assert_eq!(serving.terminate(), Some(0));
    }
}

#[tokio::test]
async fn boards_may_share_a_search_folder() {
    let (one, other) = (TestDatabase::postgres().await, TestDatabase::postgres().await);
    let folder = tempfile::tempdir().unwrap();
    let board = |db: &TestDatabase| {
        TestApp::searching_in(db.store.clone(), SearchIn::Folder(folder.path().to_owned()))
    };
    for turn in 0..2 {
        let apps = (board(&one).await, board(&other).await);
        if turn == 0 {
            apps.0.store(&[about("een", ""), about("twee", "")]).await;
            apps.1.store(&[about("drie", "")]).await;
        }
        assert_found(&search(&apps.0, "zeppelin").await, &["een", "twee"]);
        assert_found(&search(&apps.1, "zeppelin").await, &["drie"]);
        assert!(search_is_up(&apps.0).await && search_is_up(&apps.1).await);
        assert_eq!(folders(folder.path()).len(), 2);
    }
    // Two servers of one board are to have a folder each; the second does without.
    let first = board(&one).await;
    let second = board(&one).await;
    assert!(search_is_up(&first).await && !search_is_up(&second).await);
    first.store(&[about("vier", "")]).await;
    second.refresh().await;
    assert_found(&search(&second, "zeppelin").await, &["een", "twee", "vier"]);
    drop(first);
    second.refresh().await;
    assert!(search_is_up(&second).await);
    assert_found(&search(&second, "zeppelin").await, &["een", "twee", "vier"]);
}

#[tokio::test]
async fn only_the_board_s_own_former_index_is_removed() {
    let (mine, other, backup) =
        (TestDatabase::sqlite().await, TestDatabase::sqlite().await, TestDatabase::sqlite().await);
    let folder = tempfile::tempdir().unwrap();
    let place = || SearchIn::Folder(folder.path().to_owned());
    let hex = "0123456789abcdef0123456789abcdef";
    for (name, content) in [(hex, "photo.jpg"), ("letters", "letter.txt")] {
        fs::create_dir(folder.path().join(name)).unwrap();
        fs::write(folder.path().join(name).join(content), "not ours").unwrap();
    }
    let foreign = folders(folder.path());
    // Another board's, which is not running now.
    drop(TestApp::searching_in(other.store.clone(), place()).await);
    let others = folders(folder.path());

    let app = TestApp::searching_in(mine.store.clone(), place()).await;
    app.store(&[about("een", "")]).await;
    let before = folders(folder.path());
    assert!(before.is_superset(&others), "{before:?}");
    let former: Vec<_> = before.difference(&others).cloned().collect();
    assert_eq!(former.len(), 1, "{before:?}");
    let live = TestApp::searching_in(other.store.clone(), place()).await;

    let file = tempfile::tempdir().unwrap();
    backup
        .store
        .import_column(&about("twee", ""), &weerklank_test_support::build::derived(), now())
        .await
        .unwrap();
    backup.store.backup_to(&file.path().join("backup.db")).await.unwrap();
    // While it runs, and while it does not.
    for turn in ["running", "stopped"] {
        let app = if turn == "running" { Some(&app) } else { None };
        mine.store.restore_from(&file.path().join("backup.db"), true, now()).await.unwrap();
        if let Some(app) = app {
            app.refresh().await;
            assert_found(&search(app, "zeppelin").await, &["twee"]);
        }
    }
    drop(app);
    let app = TestApp::searching_in(mine.store.clone(), place()).await;
    assert_found(&search(&app, "zeppelin").await, &["twee"]);
    let after = folders(folder.path());
    assert!(after.is_superset(&others) && after.len() == others.len() + 1, "{after:?}");
    assert!(!after.contains(&former[0]), "{after:?}");
    assert!(search_is_up(&live).await);
    for name in foreign {
        assert_eq!(fs::read_dir(folder.path().join(name)).unwrap().count(), 1);
    }
}

fn now() -> time::OffsetDateTime {
    time::macros::datetime!(2026-11-21 12:00 UTC)
}

#[tokio::test]
async fn a_withdrawn_column_goes_whatever_the_index_does() {
    let db = TestDatabase::sqlite().await;
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("search");
    let app = TestApp::searching_in(db.store.clone(), SearchIn::Folder(folder.clone())).await;
    app.store(&[about("een", ""), about("twee", ""), about("drie", ""), about("vier", "")]).await;
    let withdraw = async |name: &str| {
        assert_eq!(app.get(&format!("/columns/{name}")).await.status, 200);
        app.store(&[Column { status: Status::Withdrawn, ..about(name, "") }]).await;
        assert_eq!(app.get(&format!("/columns/{name}")).await.status, 410, "{name}");
    };

    // Its folder is gone: it is made again.
    fs::remove_dir_all(&folder).unwrap();
    withdraw("een").await;
    assert!(search_is_up(&app).await && folders(&folder).len() == 1);
    assert_found(&search(&app, "zeppelin").await, &["twee", "drie", "vier"]);

    // Nor can it be made: search goes on from memory, and the database is not blamed.
    fs::remove_dir_all(&folder).unwrap();
    fs::write(&folder, "in the way").unwrap();
    withdraw("twee").await;
    assert!(!search_is_up(&app).await);
    assert_eq!(metric(&app.get("/metrics").await.text(), "weerklank_database_up"), 1);
    assert_found(&search(&app, "zeppelin").await, &["drie", "vier"]);
    withdraw("drie").await;
    assert_found(&search(&app, "zeppelin").await, &["vier"]);

    // Once it can be used, it is.
    fs::remove_file(&folder).unwrap();
    app.refresh().await;
    assert!(search_is_up(&app).await && folders(&folder).len() == 1);
    assert_found(&search(&app, "zeppelin").await, &["vier"]);
    let kept = TestApp::searching_in(db.store.clone(), SearchIn::Memory).await;
    assert_found(&search(&kept, "zeppelin").await, &["vier"]);
}

#[tokio::test]
async fn a_withdrawn_column_does_not_wait_for_the_index() {
    let db = TestDatabase::sqlite().await;
    let app = TestApp::on(db.store.clone()).await;
    app.store(&[about("een", ""), about("twee", "")]).await;
    assert_eq!(app.get("/columns/een").await.status, 200);
    // Someone feeds the index, and takes long.
    let ((starts, started), (end, ended)) = (channel::<()>(), channel::<()>());
    let (index, sequence) = (app.app.search.index(), db.store.change_seq().await.unwrap());
    let feeding = std::thread::spawn(move || {
        let nothing = std::iter::from_fn(|| {
            starts.send(()).unwrap();
            ended.recv().unwrap();
            None::<Document>
        });
        index.apply(nothing, sequence).unwrap();
    });
    started.recv().unwrap();

    let server = app.listen().await;
    let withdrawn = Column { status: Status::Withdrawn, ..about("een", "") };
    db.store.import_column(&withdrawn, &weerklank_test_support::build::derived(), now()).await.unwrap();
    until(async || wire::get(server.address, b"/columns/een").await.status == 410).await;
    let text = app.get("/metrics").await.text();
    assert_eq!(metric(&text, "weerklank_change_sequence"), sequence + 1);
    assert_eq!(metric(&text, "weerklank_database_up"), 1);
    // Drawn from an index that does not know it yet, and shown all the same as it is.
    let answer = search(&app, "zeppelin").await;
    assert_eq!(found(&answer).1, BTreeSet::from(["twee".to_owned()]), "{answer}");

    end.send(()).unwrap();
    feeding.join().unwrap();
    until(async || found(&search(&app, "zeppelin").await).0 == 1).await;
}

/// Asks again and again, until it is so.
async fn until(is_so: impl AsyncFn() -> bool) {
    let began = tokio::time::Instant::now();
    while !is_so().await {
        assert!(began.elapsed() < wire::PATIENCE, "it never is");
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn an_index_that_is_damaged_while_it_is_used_is_built_anew() {
    let db = TestDatabase::sqlite().await;
    let folder = tempfile::tempdir().unwrap();
    let app = TestApp::searching_in(db.store.clone(), SearchIn::Folder(folder.path().to_owned())).await;
    app.store(&[about("een", ""), about("twee", "")]).await;
    let own = folder.path().join(folders(folder.path()).first().unwrap());
    fs::write(own.join("meta.json"), "x").unwrap();
    app.store(&[Column { status: Status::Withdrawn, ..about("een", "") }]).await;
    assert_eq!(app.get("/columns/een").await.status, 410);
    assert_found(&search(&app, "zeppelin").await, &["twee"]);
    app.refresh().await;
    assert!(search_is_up(&app).await);
    assert_found(&search(&app, "zeppelin").await, &["twee"]);
}

#[tokio::test]
async fn what_cannot_be_named_is_searched_from_memory() {
    let db = TestDatabase::sqlite().await;
    db.store
        .import_column(&about("een", ""), &weerklank_test_support::build::derived(), now())
        .await
        .unwrap();
    let raw = Database::connect(db.address()).await.unwrap();
    raw.execute_unprepared("UPDATE change_sequence SET epoch = zeroblob(16)").await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let app = TestApp::searching_in(db.store.clone(), SearchIn::Folder(folder.path().to_owned())).await;
    assert_found(&search(&app, "zeppelin").await, &["een"]);
    assert!(search_is_up(&app).await && folders(folder.path()).is_empty());
}

#[tokio::test]
async fn metrics_are_true_from_the_start() {
    let db = TestDatabase::sqlite().await;
    let stored = TestApp::on(db.store.clone()).await;
    stored.store(&[about("een", ""), about("twee", "")]).await;
    let sequence = db.store.change_seq().await.unwrap();
    assert_eq!(sequence, 2);
    let text = TestApp::on(db.store.clone()).await.get("/metrics").await.text();
    for (name, value) in [("change_sequence", sequence), ("database_up", 1), ("search_up", 1)] {
        assert_eq!(metric(&text, &format!("weerklank_{name}")), value, "{text}");
    }
}

#[tokio::test]
async fn a_mirror_is_written_without_a_search_index() {
    let desk = Desk::new();
    desk.run(&["demo"]).done();
    let database = format!("sqlite://{}", desk.path("weerklank.db").display());
    let store = Store::open(&DatabaseUrl::parse(&database).unwrap(), &PoolOptions::default()).await.unwrap();
    let words = "the search index is open";
    let mut command = desk.command(&["export", "mirror"]);
    let said = command.env("WEERKLANK_LOG", "debug").output().unwrap();
    let said = String::from_utf8(said.stderr).unwrap();
    assert!(!said.is_empty() && !said.contains(words), "{said}");
    let nowhere = TestApp::searching_in(store.clone(), SearchIn::Nowhere).await;
    nowhere.refresh().await;
    assert!(nowhere.app.search.index().is_empty());
    assert!(!TestApp::searching_in(store, SearchIn::Memory).await.app.search.index().is_empty());
}
