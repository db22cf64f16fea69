use std::{fs, path::Path};

use weerklank::routes::{Route, data_url, localised};
use weerklank_api::pages::{Envelope, Page, SearchPage};
use weerklank_domain::{Card, Column, Sentiment};
use weerklank_markdown::parse_file;
use weerklank_mirror::{Index, answer, route};
use weerklank_server::{export::export, samples::samples};
use weerklank_test_support::{
    app::{ORIGIN, TestApp},
    build::column,
    database::TestDatabase,
    on_every_database,
};

use crate::{
    FORMS, data_of,
    feeds::texts,
    html::{elements, embedded},
    one_of_each_status,
    process::files,
};

on_every_database!(
    the_mirror_is_whole,
    the_mirror_names_the_same_contact,
    the_mirror_answers_as_the_server_does,
    the_mirror_finds_what_the_server_finds,
    columns_come_back_to_the_same_bytes
);

/// A board with the samples and a column of each status.
async fn board(db: TestDatabase) -> TestApp {
    let app = TestApp::with_samples(db).await;
    app.store(&one_of_each_status()).await;
    app
}

async fn the_mirror_names_the_same_contact(db: TestDatabase) {
    let app = TestApp::with_contact(db, "redactie@board.example").await;
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("mirror");
    export(&app.app, &dir).await.unwrap();
    let site = files(&dir.join("site"));
    let mut routes = vec![Route::About];
    routes.extend(["privacy", "moderation", "accessibility"].map(Route::AboutPart));
    for (route, form) in routes.iter().flat_map(|route| FORMS.map(|form| (route, form))) {
        let url = localised(&route.url(), form);
        let served = app.get(&url).await.text();
        let written = String::from_utf8_lossy(&site[&format!("{}/index.html", url.trim_start_matches('/'))]);
        for html in [&*served, &*written] {
            let links: Vec<_> = elements(html).into_iter().filter(|element| element.name == "a").collect();
            let mails = links.iter().filter(|link| link.get("href") == Some("mailto:redactie@board.example"));
            assert_eq!(mails.count(), 1, "{url}");
        }
    }
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

/// The mirror in the browser answers from its files what the server answers from its database.
async fn the_mirror_answers_as_the_server_does(db: TestDatabase) {
    let app = board(db).await;
    // So many shops that not all are offered, and that their list has a second page.
    let crowd = (0..120).map(|number| format!("Kraam {number:03}")).collect();
    let old = column("oud").date;
    let crowded = Column { shops: crowd, date: old, sentiment: Sentiment::Negative, ..column("markt") };
    app.store(&[crowded, column("een"), column("twee"), column("drie")]).await;
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("mirror");
    export(&app.app, &dir).await.unwrap();
    let mirror = Mirror::of(&dir.join("site"));

    let mut lists = 0;
    for (path, query) in list_addresses() {
        for form in FORMS {
            lists += mirror.check(&app, &localised(path, form), &query).await;
        }
    }
    assert!(lists > 500, "{lists} of these addresses have a list");

    let not_found = embedded(&fs::read_to_string(dir.join("site/404.html")).unwrap());
    let gone = route("/shops/nergens", &[]).unwrap();
    assert_eq!(answer(&mirror.index, &not_found, Some(&gone)).page, Page::NotFound);
}

/// Every kind of list, under choices that combine, lead nowhere or make no sense, and its pages; and
/// pages to which a query means nothing.
fn list_addresses() -> Vec<(&'static str, String)> {
    let any_of = |choices: &[&str]| choices.iter().map(ToString::to_string).collect::<Vec<_>>();
    let mut queries = Vec::new();
    for sentiment in ["", "&sentiment=negative", "&sentiment=mixed", "&sentiment="] {
        for more in ["", "&moment=contact", "&lang=en", "&moment=return&lang=nl", "&author=redactie"] {
            for page in ["", "&page=2", "&page=3"] {
                queries.push(format!("{sentiment}{more}{page}"));
            }
        }
    }
    queries.extend(any_of(&[
        "&shop=wattewarm-energie",
        "&shop=wattewarm-energie&moment=billing&lang=en",
        "&shop=kraam-119",
        "&shop=nergens&sentiment=positive",
        "&series=twee-kanten",
        "&series=twee-kanten&shop=snoerhof-telecom",
        "&series=nergens",
        "&author=nergens&moment=contact",
        "&utm_source=mail&moment=outage",
        "&page=1000000",
        "&page=0",
        "&sentiment=angry",
        "&shop=../x",
    ]));
    let paths = [
        "/",
        "/moments/contact",
        "/moments/warranty",
        "/shops",
        "/shops/wattewarm-energie",
        "/shops/kraam-007",
        "/authors/redactie",
        // Without words to look for; with words the two searches differ.
        "/search",
        "/series/twee-kanten",
        "/columns/retour-in-elf-stappen",
        "/about/method",
    ];
    let queries = &queries;
    paths.into_iter().flat_map(|path| queries.iter().map(move |query| (path, query.clone()))).collect()
}

/// What a browser has of an exported folder.
struct Mirror {
    index: Index,
    site: std::path::PathBuf,
}

impl Mirror {
    fn of(site: &Path) -> Self {
        let index = fs::read_to_string(site.join("search-index.json")).unwrap();
        Self { index: serde_json::from_str(&index).unwrap(), site: site.to_owned() }
    }

    /// The page at an address, with its interface language, as the browser works it out.
    fn answer(&self, path: &str, query: &str) -> Envelope {
        let file = self.site.join(data_url(path).trim_start_matches('/'));
        let bare = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
        let pairs: Vec<_> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        answer(&self.index, &bare, route(path, &pairs).as_ref())
    }

    /// Compares with the server's page; 1 where that is a page, 0 where there is none.
    async fn check(&self, app: &TestApp, path: &str, query: &str) -> usize {
        let url = format!("{path}?{query}");
        let mut server = data_of(app, &url).await;
        let is_page = server.page != Page::NotFound;
        if let Page::Column(column) = &mut server.page {
            // Nothing was said about it, and on the mirror there is nowhere to say it.
            column.voices_html.clear();
        }
        assert_eq!(self.answer(path, query), Envelope { mirror: true, takes: false, ..server }, "{url}");
        usize::from(is_page)
    }
}

async fn the_mirror_finds_what_the_server_finds(db: TestDatabase) {
    let app = board(db).await;
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("mirror");
    export(&app.app, &dir).await.unwrap();
    let mirror = Mirror::of(&dir.join("site"));
    // A whole word, two words, a part of a compound, typing errors, without its case, a name, nothing.
    for words in
        ["retour", "een+vraag", "service", "klantenservice", "trommell", "Knispervle", "KACHELMAN", "zzzzzz"]
    {
        for filter in ["", "&lang=nl", "&sentiment=mixed&moment=contact", "&shop=nergens", "&page=2"] {
            let query = format!("q={words}{filter}");
            let (ours, theirs) =
                (mirror.answer("/search", &query), data_of(&app, &format!("/search?{query}")).await);
            assert_eq!(ours.url, theirs.url);
            let (Page::Search(ours), Page::Search(theirs)) = (&ours.page, &theirs.page) else {
                assert_eq!(ours.page, theirs.page, "{query}");
                continue;
            };
            // Order and snippets may differ: the mirror has no texts, and counts no words.
            assert_eq!(cards(ours), cards(theirs), "{query}");
            assert_eq!(
                (&ours.query, &ours.filter, ours.pager, &ours.facets),
                (&theirs.query, &theirs.filter, theirs.pager, &theirs.facets),
                "{query}"
            );
        }
    }
}

/// What was found, by slug.
fn cards(page: &SearchPage) -> Vec<&Card> {
    let mut cards: Vec<_> = page.hits.iter().map(|hit| &hit.card).collect();
    cards.sort_by_key(|card| &card.slug);
    cards
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
    export(&app.app, &folder.path().join("new")).await.unwrap_err();
    let names = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
    assert_eq!(names.collect::<Vec<_>>(), ["mirror"], "and nothing beside it");
}

#[tokio::test]
async fn an_export_takes_only_what_an_export_wrote() {
    let app = TestApp::new(TestDatabase::sqlite().await).await;
    app.store(&[column("een")]).await;
    let folder = tempfile::tempdir().unwrap();
    let (dir, link) = (folder.path().join("mirror"), folder.path().join("link"));
    export(&app.app, &dir).await.unwrap();

    for name in ["site/CNAME", "site/columns/een/notes.txt", "columns/draft.md"] {
        fs::write(dir.join(name), "mine").unwrap();
        let before = files(&dir);
        let error = export(&app.app, &dir).await.unwrap_err().to_string();
        assert!(error.contains(name), "{error}");
        assert_eq!(files(&dir), before, "{name}");
        fs::remove_file(dir.join(name)).unwrap();
    }

    // Beside them there is room for more: a repository, say. And a link to the folder stays one.
    fs::write(dir.join("notes.txt"), "mine").unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(&dir, &link).unwrap();
    #[cfg(not(unix))]
    let link = dir.clone();
    app.store(&[column("twee")]).await;
    export(&app.app, &link).await.unwrap();
    assert!(dir.join("site/columns/twee/index.html").exists(), "where the link leads");
    #[cfg(unix)]
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    let mut names: Vec<_> = fs::read_dir(&dir).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, [".weerklank-export", "columns", "notes.txt", "site"]);
}
