use std::{fs, path::Path};

use weerklank::routes::{data_url, localised};
use weerklank_api::pages::Envelope;
use weerklank_domain::Column;
use weerklank_markdown::parse_file;
use weerklank_server::{export::export, samples::samples};
use weerklank_test_support::{
    app::{ORIGIN, TestApp},
    build::column,
    database::TestDatabase,
    on_every_database,
};

use crate::{
    FORMS,
    feeds::texts,
    html::{elements, embedded},
    one_of_each_status,
    process::files,
};

on_every_database!(the_mirror_is_whole, columns_come_back_to_the_same_bytes);

/// A board with the samples and a column of each status.
async fn board(db: TestDatabase) -> TestApp {
    let app = TestApp::with_samples(db).await;
    app.store(&one_of_each_status()).await;
    app
}

async fn the_mirror_is_whole(db: TestDatabase) {
    let app = board(db).await;
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("mirror");
    export(&app.app, &dir).await.unwrap();
    let site = files(&dir.join("site"));
    let text =
        |path: &str| std::str::from_utf8(site.get(path).unwrap_or_else(|| panic!("no {path}"))).unwrap();

    let mut addresses = texts(text("sitemap.xml"), "loc");
    assert!(addresses.len() > samples().unwrap().len());
    addresses.push(format!("{ORIGIN}/search"));
    for (address, form) in addresses.iter().flat_map(|address| FORMS.map(|form| (address, form))) {
        let url = localised(address.strip_prefix(ORIGIN).unwrap(), form);
        let html = text(format!("{}/index.html", url.trim_end_matches('/')).trim_start_matches('/'));
        let data = text(data_url(&url).trim_start_matches('/'));
        let envelope: Envelope = serde_json::from_str(data).unwrap();
        assert!(envelope.mirror && envelope.ui_in_path == form.is_some(), "{url}");
        assert_eq!(embedded(html), envelope, "{url}");
        for link in elements(html).iter().filter(|element| element.name == "a") {
            let Some(href) = link.get("href").filter(|href| href.starts_with('/')) else { continue };
            let path = href.split(['?', '#']).next().unwrap().trim_matches('/');
            let page = if path.is_empty() { "index.html".to_owned() } else { format!("{path}/index.html") };
            assert!(site.contains_key(path) || site.contains_key(&page), "{url} leads to {href}");
        }
    }
    for (path, start) in [
        ("404.html", "<!doctype html>"),
        ("feed.atom", "<?xml"),
        ("feed.json", "{"),
        ("robots.txt", "User-agent"),
        ("search-index.json", "{"),
    ] {
        assert!(text(path).starts_with(start), "{path}");
    }
    for (path, content) in &site {
        let content = String::from_utf8_lossy(content);
        for status in ["draft", "scheduled", "withdrawn"] {
            assert!(!content.contains(&format!("Geheim{status}")), "{path} shows the {status} one");
            assert!(!content.contains(&format!("een-{status}")), "{path} names the {status} one");
            assert!(!content.to_lowercase().contains(&format!("geheim{status}")), "{path} tells its words");
        }
    }
}

async fn columns_come_back_to_the_same_bytes(db: TestDatabase) {
    let app = board(db).await;
    app.store(&[Column {
        title: "Lastig: \"#\" & 'x' – é \u{5d0}".to_owned(),
        body: String::new(),
        ..column("lastig")
    }])
    .await;
    let folder = tempfile::tempdir().unwrap();
    export(&app.app, &folder.path().join("first")).await.unwrap();
    let first = files(&folder.path().join("first/columns"));
    assert_eq!(first.len(), samples().unwrap().len() + 5);
    for (name, empty) in [("a", TestDatabase::sqlite().await), ("b", TestDatabase::postgres().await)] {
        let other = TestApp::new(empty).await;
        let columns: Vec<Column> = first
            .iter()
            .map(|(name, bytes)| parse_file(name, std::str::from_utf8(bytes).unwrap()).unwrap())
            .collect();
        other.store(&columns).await;
        export(&other.app, &folder.path().join(name)).await.unwrap();
        assert_eq!(
            files(&folder.path().join(name)),
            files(&folder.path().join("first")),
            "the whole mirror, even"
        );
    }
}

#[tokio::test]
async fn a_folder_of_someone_else_stays() {
    let app = TestApp::new(TestDatabase::sqlite().await).await;
    let folder = tempfile::tempdir().unwrap();
    let (theirs, file) = (folder.path().join("theirs"), folder.path().join("file"));
    fs::create_dir(&theirs).unwrap();
    for path in [&theirs.join("letter.txt"), &file] {
        fs::write(path, "dear").unwrap();
    }
    for dir in [&theirs, &file, Path::new("/"), Path::new(".")] {
        export(&app.app, dir).await.unwrap_err();
    }
    assert_eq!(files(folder.path()).len(), 2);
    fs::create_dir(folder.path().join("empty")).unwrap();
    export(&app.app, &folder.path().join("empty")).await.unwrap();
}

#[tokio::test]
async fn an_export_replaces_the_one_before_or_leaves_it() {
    let db = TestDatabase::sqlite().await;
    let store = db.store.clone();
    let app = TestApp::new(db).await;
    app.store(&[column("een"), column("twee")]).await;
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("mirror");
    export(&app.app, &dir).await.unwrap();
    assert!(dir.join("site/columns/een/index.html").exists());

    let gone = Column { status: weerklank_domain::Status::Withdrawn, ..column("een") };
    app.store(&[gone]).await;
    export(&app.app, &dir).await.unwrap();
    assert!(!dir.join("site/columns/een").exists() && dir.join("site/columns/twee/index.html").exists());

    let before = files(&dir);
    store.close().await.unwrap();
    let error = export(&app.app, &dir).await.unwrap_err();
    assert!(!format!("{error:#}").is_empty());
    assert_eq!(files(&dir), before, "a failed export leaves the old one");
    let names = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
    assert_eq!(names.collect::<Vec<_>>(), ["mirror"], "and nothing beside it");
}
