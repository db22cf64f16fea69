use std::time::Duration;

use sea_orm::{ConnectionTrait as _, Database};
use tokio::{io::AsyncWriteExt as _, net::TcpStream, time::Instant};
use weerklank_api::pages::{Envelope, Page};
use weerklank_server::{jobs, serve::Limits};
use weerklank_store::{DatabaseUrl, PoolOptions, Store};
use weerklank_test_support::{
    app::{TestApp, TestResponse},
    build::column,
    database::TestDatabase,
    postgres::Cluster,
};

use crate::{html::embedded, process::Desk, wire};

async fn open(address: &str) -> Store {
    let quick = PoolOptions {
        acquire_timeout: Duration::from_millis(500),
        busy_timeout: Duration::from_millis(100),
        ..PoolOptions::default()
    };
    let store = Store::open(&DatabaseUrl::parse(address).unwrap(), &quick).await.unwrap();
    store.migrate().await.unwrap();
    store
}

/// What a reader and a program are told while the database is away.
async fn assert_away(app: &TestApp) {
    let id_of = |answer: &TestResponse| answer.header("x-request-id").to_owned();
    let page = app.get("/en/columns/twee").await;
    assert_eq!((page.status.as_u16(), page.header("retry-after")), (503, "5"));
    assert_eq!(page.header("cache-control"), "no-store");
    let (html, id) = (page.text(), id_of(&page));
    let Page::Failure(failure) = embedded(&html).page else { panic!("another page") };
    assert!(failure.passing && failure.request_id == id && html.matches(&id).count() >= 2, "{html}");
    assert_eq!((failure.contact, html.contains("mailto:")), (None, false), "nobody is named");

    let data = app.get("/columns/twee/page.json").await;
    assert_eq!((data.status.as_u16(), data.header("retry-after")), (503, "5"));
    let envelope: Envelope = serde_json::from_slice(&data.body).unwrap();
    assert!(matches!(envelope.page, Page::Failure(failure) if failure.request_id == id_of(&data)));

    for (url, code) in [
        ("/api/v1/columns", "database-unavailable"),
        ("/feed.json?moment=contact", "database-unavailable"),
        ("/sitemap.xml", "database-unavailable"),
        ("/readyz", "not-ready"),
    ] {
        let answer = app.get(url).await;
        assert_eq!((answer.status.as_u16(), answer.header("retry-after")), (503, "5"), "{url}");
        let problem = answer.json();
        assert_eq!(
            (&problem["code"], &problem["request_id"]),
            (&code.into(), &id_of(&answer).into()),
            "{url}"
        );
    }
    assert_eq!(app.get("/healthz").await.status, 200);
    assert_eq!(app.get("/about").await.status, 200, "what needs no database");
}

#[tokio::test]
async fn readers_outlive_a_postgres_that_goes_away() {
    let mut cluster = Cluster::start().unwrap();
    let app = TestApp::on(open(&cluster.url("postgres")).await).await;
    app.store(&[column("een"), column("twee")]).await;
    let kept = app.get("/columns/een").await;
    assert_eq!((kept.status.as_u16(), app.get("/readyz").await.status.as_u16()), (200, 200));

    cluster.crash();
    jobs::refresh(&app.app).await.unwrap_err();
    assert_away(&app).await;
    let still = app.get("/columns/een").await;
    assert_eq!((still.status, &still.body), (kept.status, &kept.body));

    cluster.resume().unwrap();
    assert_eq!(app.get("/readyz").await.status, 200);
    assert_eq!(app.get("/en/columns/twee").await.status, 200, "no failure was kept");
    app.store(&[column("drie")]).await;
    assert_eq!(app.get("/columns/drie").await.status, 200);
}

#[tokio::test]
async fn a_closed_file_is_away_as_well() {
    let db = TestDatabase::sqlite().await;
    let store = db.store.clone();
    let app = TestApp::new(db).await;
    app.store(&[column("een"), column("twee")]).await;
    let kept = app.get("/columns/een").await;
    store.close().await.unwrap();
    assert_away(&app).await;
    assert_eq!(app.get("/columns/een").await.body, kept.body);
}

// A SQLite file that may not be written cannot be had here for every user: to root, permissions mean
// nothing, and mounting is for root alone. The store's own stories cover the error itself.
#[tokio::test]
async fn a_database_that_takes_no_writes_is_read() {
    let cluster = Cluster::start().unwrap();
    open(&cluster.url("postgres"))
        .await
        .import_column(
            &column("een"),
            &weerklank_test_support::build::derived(),
            time::OffsetDateTime::UNIX_EPOCH,
        )
        .await
        .unwrap();
    let raw = Database::connect(cluster.url("postgres")).await.unwrap();
    raw.execute_unprepared("ALTER DATABASE postgres SET default_transaction_read_only = on").await.unwrap();

    let url = DatabaseUrl::parse(&cluster.url("postgres")).unwrap();
    let config = weerklank_server::config::DatabaseConfig {
        url,
        pool: PoolOptions::default(),
        search_dir: "unused".into(),
    };
    let app = TestApp::on(weerklank_server::serve::open(&config).await.unwrap()).await;
    assert_eq!(app.get("/columns/een").await.status, 200);
    let ready = app.get("/readyz").await;
    assert_eq!((ready.status.as_u16(), ready.json()["code"].as_str()), (503, Some("not-ready")));
    assert_eq!(app.get("/healthz").await.status, 200);
}

#[tokio::test]
async fn a_fault_of_ours_is_a_page_with_a_number_and_whom_to_tell() {
    let db = TestDatabase::sqlite().await;
    let raw = Database::connect(db.address()).await.unwrap();
    let app = TestApp::with_contact(db, "redactie@board.example").await;
    app.store(&[column("een")]).await;
    raw.execute_unprepared(r#"ALTER TABLE "column" RENAME TO "elsewhere""#).await.unwrap();
    let page = app.get("/columns/een").await;
    assert_eq!((page.status.as_u16(), page.header("cache-control")), (500, "no-store"));
    let html = page.text();
    let Page::Failure(failure) = embedded(&html).page else { panic!("another page") };
    assert!(!failure.passing && failure.request_id == page.header("x-request-id"));
    let link = "<a href=\"mailto:redactie@board.example\">redactie@board.example</a>";
    assert_eq!(html.matches(link).count(), 1, "{html}");
    let problem = app.get("/api/v1/columns/een").await;
    assert_eq!((problem.status.as_u16(), problem.json()["code"].as_str()), (500, Some("internal")));
    for told in [html, problem.text()] {
        assert!(!told.contains("no such table") && !told.contains("elsewhere"), "{told}");
    }
    raw.execute_unprepared(r#"ALTER TABLE "elsewhere" RENAME TO "column""#).await.unwrap();
    assert_eq!(app.get("/columns/een").await.status, 200);
}

#[tokio::test]
async fn a_writer_elsewhere_does_not_stop_readers() {
    let folder = tempfile::tempdir().unwrap();
    let address = format!("sqlite://{}", folder.path().join("x.db").display());
    let app = TestApp::on(open(&address).await).await;
    app.store(&[column("een")]).await;
    let raw = Database::connect(&address).await.unwrap();
    raw.execute_unprepared("BEGIN EXCLUSIVE").await.unwrap();
    for url in ["/columns/een", "/", "/search?q=titel", "/api/v1/columns", "/readyz"] {
        assert_eq!(app.get(url).await.status, 200, "{url}");
    }
    let desk = Desk::new();
    desk.column("een.md", "Een regel.");
    let said = desk.run(&["import", "een.md", "--database", &address]).failed();
    assert!(said.contains("locked") && said.contains("try again"), "{said}");
}

#[tokio::test]
async fn a_start_that_fails_says_why_in_one_line() {
    let desk = Desk::new();
    let newer = format!("sqlite://{}", desk.path("newer.db").display());
    open(&newer).await;
    let raw = Database::connect(&newer).await.unwrap();
    raw.execute_unprepared("INSERT INTO seaql_migrations (version, applied_at) VALUES ('m9999_later', 0)")
        .await
        .unwrap();
    desk.write("letter.db", "Dit is geen database, maar een brief die lang genoeg is. ".repeat(20));
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = taken.local_addr().unwrap().to_string();
    desk.write("wrong.toml", "listen = \"127.0.0.1:0\"\nlisen = 1\n");
    for (words, said) in [
        (&["--database", newer.as_str()][..], "newer version"),
        (&["--database", "sqlite://letter.db"], "damaged or is none"),
        (&["--database", "sqlite://nowhere/x.db"], "its folder is there"),
        (&["--database", "postgres://localhost:1/x"], "Connection refused"),
        (&["--database", "mysql://localhost/x"], "--database"),
        (&["--listen", &taken], "another address with --listen"),
        (&["--listen", "here"], "--listen"),
        // RFC 5737: nobody's address.
        (&["--listen", "192.0.2.1:0"], "no address of this machine"),
        (&["--public-url", "https://board.example/sub"], "--public-url"),
        (&["--contact", "redactie"], "--contact: `redactie` is neither"),
        (&["--assets", "nowhere"], "nowhere"),
        (&["--config", "wrong.toml"], "wrong.toml, line 2: unknown field `lisen`"),
        (&["--config", "nowhere.toml"], "nowhere.toml"),
    ] {
        let mut all = vec!["serve"];
        all.extend_from_slice(words);
        let line = desk.run(&all).failed();
        assert!(line.starts_with("weerklank: ") && line.contains(said), "{words:?}: {line}");
    }
    drop(taken);
}

pub const HASTE: Limits = Limits {
    head_within: Duration::from_millis(300),
    taken_within: Duration::from_millis(300),
    stop_within: Duration::from_millis(300),
    connections: 250,
};

#[tokio::test]
async fn who_holds_the_door_is_sent_away() {
    let app = TestApp::new(TestDatabase::sqlite().await).await;
    let server = app.listen_within(HASTE).await;
    for start in [
        &b""[..],
        b"P",
        b"PRI * HTTP/2.0\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nX-",
        b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n",
    ] {
        let mut stream = TcpStream::connect(server.address).await.unwrap();
        stream.write_all(start).await.unwrap();
        let began = Instant::now();
        let answer = wire::read(&mut stream).await;
        assert!(began.elapsed() < Duration::from_secs(5), "{start:?}");
        assert!(matches!(answer.status, 0 | 200 | 400 | 408), "{start:?}: {answer:?}");
    }
    // One byte at a time is no head either.
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    let began = Instant::now();
    let mut every = tokio::time::interval(Duration::from_millis(20));
    while stream.write_all(b"G").await.is_ok() {
        assert!(began.elapsed() < Duration::from_secs(5), "it is still listened to");
        every.tick().await;
    }
}

#[tokio::test]
async fn many_who_say_nothing_stop_nobody() {
    let app = TestApp::new(TestDatabase::sqlite().await).await;
    let server = app.listen_within(Limits { head_within: wire::PATIENCE, ..HASTE }).await;
    let mut silent = Vec::new();
    for _ in 0..200 {
        silent.push(TcpStream::connect(server.address).await.unwrap());
    }
    assert_eq!(wire::get(server.address, b"/").await.status, 200);
    drop(silent);

    // Where there is no place left, the next is answered once the silent are sent away.
    let server = app.listen_within(HASTE).await;
    let mut silent = Vec::new();
    for _ in 0..HASTE.connections {
        silent.push(TcpStream::connect(server.address).await.unwrap());
    }
    assert_eq!(wire::get(server.address, b"/").await.status, 200);
}
