//! What goes wrong on the way, and how the reader hears of it.

use std::fs;
use std::path::Path;

use weerklank_test_support::browser::{Board, Browser, Key, Setting, assets};
use weerklank_test_support::database::TestDatabase;

use crate::front_door::FrontDoor;
use crate::{LONG, LONG_TITLE, arrive, asked_for, opened};

const CARD: &str = "h3 a[href$='/columns/retour-in-elf-stappen']";
const NOTICE: &str = "document.querySelector('body > .notice [role=status]')?.textContent";
const RETRY: &str = "body > .notice button";

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_does_not_come_leaves_the_one_that_stands() {
    let (board, browser) = opened().await;
    for (home, column, message) in [
        ("/", LONG.to_owned(), "De pagina kon niet worden geladen. Deze pagina blijft staan."),
        ("/en/", format!("/en{LONG}"), "The page could not be loaded. This page stays as it is."),
    ] {
        arrive(&board, &browser, home).await;
        let heading = browser.text("h1").await;
        browser.be_offline(true).await;
        browser.click(CARD).await;
        browser.wait_until(&format!("{NOTICE} === {message:?}")).await;
        assert_eq!(browser.path().await, home);
        assert_eq!(browser.text("h1").await, heading);

        // Trying again while nothing has changed says so again.
        browser.click(RETRY).await;
        browser.wait_until(&format!("{NOTICE} === {message:?}")).await;
        browser.be_offline(false).await;
        browser.click(RETRY).await;
        browser.wait_for_path(&column).await;
        browser.wait_until("document.querySelector('article.column')").await;
        assert_eq!(browser.text("h1").await, LONG_TITLE);
        assert_eq!(browser.count("body > .notice").await, 0, "the message has gone");
        assert_failed_requests_only(&browser).await;
    }
    browser.finish().await;
}

/// The browser notes each request that failed; the app has nothing to add.
async fn assert_failed_requests_only(browser: &Browser) {
    let complaints = browser.complaints().await;
    assert!(!complaints.is_empty());
    assert!(complaints.iter().all(|line| line.contains("Failed to load resource")), "{complaints:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_way_back_works_without_a_network() {
    let (board, browser) = opened().await;
    arrive(&board, &browser, "/").await;
    browser.click(CARD).await;
    browser.wait_until("document.querySelector('article.column')").await;
    browser.be_offline(true).await;
    browser.back().await;
    browser.wait_until("document.querySelector('ol.cards') && location.pathname === '/'").await;
    browser.forward().await;
    browser.wait_until("document.querySelector('article.column')").await;
    browser.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_comes_back_is_found_by_trying_again() {
    let board = Board::with_samples(TestDatabase::sqlite().await).await;
    let door = FrontDoor::before(board.address()).await;
    let browser = Browser::open(Setting::default()).await;
    browser.goto(&door.url("/")).await;
    browser.wait_for_app().await;
    door.lead_to(None);
    browser.click(CARD).await;
    browser.wait_until(&format!("{NOTICE}?.startsWith('De pagina kon niet')")).await;
    door.lead_to(Some(board.address()));
    browser.click(RETRY).await;
    browser.wait_for_path(LONG).await;
    browser.wait_until("document.querySelector('article.column')").await;
    assert_failed_requests_only(&browser).await;
    browser.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_another_build_is_loaded_whole() {
    let old = Board::with_samples(TestDatabase::sqlite().await).await;
    // A newer build: one file more.
    let folder = tempfile::tempdir().expect("a temporary folder");
    copy(&assets(), folder.path());
    fs::write(folder.path().join("new.txt"), "new").expect("a file");
    let new = Board::of_build(TestDatabase::sqlite().await, folder.path()).await;
    new.app.store(&weerklank_test_support::browser::samples()).await;

    let door = FrontDoor::before(old.address()).await;
    let browser = Browser::open(Setting::default()).await;
    browser.goto(&door.url("/")).await;
    browser.wait_for_app().await;
    browser.run("window.document.body.dataset.old = ''").await;
    let _ = browser.requests().await;
    door.lead_to(Some(new.address()));
    browser.click(CARD).await;
    browser.wait_until("!('old' in document.body.dataset) && document.querySelector('article.column')").await;
    browser.wait_for_app().await;
    let requests = browser.requests().await;
    assert_eq!(asked_for(&requests, "Document", LONG), 1, "{requests:?}");
    // Once, not for ever: the new document is of the new build.
    browser.click("header.site a.mark").await;
    browser.wait_for_path("/").await;
    browser.wait_until("document.querySelector('ol.cards')").await;
    assert_eq!(asked_for(&browser.requests().await, "Document", ""), 0);
    browser.finish().await;
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).expect("the built files") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.file_type().expect("a kind").is_dir() {
            fs::create_dir(&target).expect("a folder");
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a copy");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_whose_app_never_comes_reads_on() {
    let (board, browser) = opened().await;
    for file in ["*_bg.wasm", "*/board-*.js"] {
        browser.block(&[file]).await;
        browser.goto(&board.url("/")).await;
        browser.wait_for_complaint("the page stays as the server drew it").await;
        browser.click(CARD).await;
        browser.wait_for_path(LONG).await;
        assert_eq!(browser.text("h1").await, LONG_TITLE);
        browser.click("header.site input[name=q]").await;
        browser.press("retour").await;
        browser.press(Key::Enter).await;
        browser.wait_for_path("/search?q=retour").await;
        assert!(browser.count("h3 mark").await > 0);
        assert_eq!(browser.count("[role=status]").await, 0);
        browser.wait_for_complaint("the page stays as the server drew it").await;
    }
    browser.block(&[]).await;
    // What came of the last page, whenever it came, is of the same kind.
    let complaints = browser.complaints().await;
    let expected = |line: &String| {
        line.contains("as the server drew it")
            || line.contains("Failed to load resource")
            || line.contains("ERR_BLOCKED")
    };
    assert!(complaints.iter().all(expected), "{complaints:?}");
    browser.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_that_leads_nowhere_is_told_in_the_app_as_by_the_server() {
    let (board, browser) = opened().await;
    let text = "---\ntitle: Wijzer\ndate: 2026-10-01\nlang: nl\nsentiment: mixed\nmoments: [contact]\n---\n[Weg](/columns/nergens) en [ingetrokken](/columns/niet-meer).\n";
    let gone = "---\ntitle: Niet meer\ndate: 2026-10-02\nlang: nl\nsentiment: mixed\nmoments: [contact]\nstatus: withdrawn\n---\nTekst.\n";
    board.app.store_file("wijzer.md", text).await;
    board.app.store_file("niet-meer.md", gone).await;
    for (link, code, heading) in [
        ("/columns/nergens", "404", "Deze pagina is er niet"),
        ("/columns/niet-meer", "410", "Deze column is ingetrokken"),
    ] {
        arrive(&board, &browser, "/columns/wijzer").await;
        let _ = browser.requests().await;
        browser.click(&format!(".prose a[href='{link}']")).await;
        browser.wait_until(&format!("document.querySelector('h1').innerText === {heading:?}")).await;
        assert_eq!(browser.path().await, link);
        assert_eq!(asked_for(&browser.requests().await, "Document", ""), 0);
        let drawn = browser.text("main").await;

        browser.reload().await;
        browser.wait_for_app().await;
        assert_eq!(browser.text("main").await, drawn, "the server says the same");
        assert!(browser.text(".kicker").await.contains(code));
        // The words of a link that was withdrawn are still reachable by what stands on the page.
        browser.click("main a[href='/']").await;
        browser.wait_for_path("/").await;
        let complaints = browser.complaints().await;
        assert!(complaints.iter().all(|line| line.contains(code)), "{complaints:?}");
    }
    browser.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_goes_away_is_told_in_words() {
    let (board, browser) = opened().await;
    arrive(&board, &browser, "/").await;
    board.lose_the_database().await;
    // The app keeps the page that stands.
    browser.click(CARD).await;
    browser.wait_until(&format!("{NOTICE}?.startsWith('De pagina kon niet')")).await;
    assert_eq!(browser.path().await, "/");
    // The server says what it can, with a number to ask after.
    browser.goto(&board.url(LONG)).await;
    browser.wait_for_app().await;
    assert_eq!(browser.text("h1").await, "Even niet bereikbaar");
    assert!(browser.text(".problem code").await.len() > 8);
    assert_eq!(browser.text(".kicker").await, "503");
    let complaints = browser.complaints().await;
    assert!(complaints.iter().all(|line| line.contains("503")), "{complaints:?}");
    browser.finish().await;
}
