//! The static mirror, behind a host that knows nothing but files.

use tempfile::TempDir;
use weerklank_test_support::browser::{Browser, Key, Setting, StaticHost};

use crate::{asked_for, opened_with};

const CARDS: &str = "ol.cards > li";
const INDEX: &str = "/search-index.json";

/// An exported board behind a static host.
struct Mirror {
    host: StaticHost,
    _folder: TempDir,
}

impl Mirror {
    /// Opens a page and waits for the app to take it over.
    async fn arrive(&self, browser: &Browser, path: &str) {
        browser.goto(&self.host.url(path)).await;
        browser.wait_for_app().await;
    }
}

/// The mirror of [`opened_with`]'s board; with the policy that the board itself sends, or with none.
async fn mirrored(setting: Setting, with_policy: bool) -> (Mirror, Browser) {
    let (board, browser) = opened_with(setting).await;
    let folder = TempDir::new().expect("a folder");
    let dir = folder.path().join("mirror");
    board.export(&dir).await;
    let policy = board.app.get("/").await.header("content-security-policy").to_owned();
    let host = StaticHost::serve(&dir.join("site"), with_policy.then_some(policy)).await;
    (Mirror { host, _folder: folder }, browser)
}

#[tokio::test(flavor = "multi_thread")]
async fn choices_live_in_the_address_there_too() {
    let (mirror, browser) = mirrored(Setting::default(), false).await;
    mirror.arrive(&browser, "/?moment=contact").await;
    assert_eq!(browser.count(".chosen li").await, 1);
    let on_contact = browser.count(CARDS).await;
    assert!((2..20).contains(&on_contact), "{on_contact}");
    assert_eq!(browser.title().await, "Columns: Contact · Weerklank");

    browser.click(".facets a[href='/?moment=contact&lang=en']").await;
    browser.wait_for_path("/?moment=contact&lang=en").await;
    browser.wait_until("document.querySelectorAll('.chosen li').length === 2").await;
    assert!(browser.count(CARDS).await < on_contact);
    browser.back().await;
    browser.wait_until("document.querySelectorAll('.chosen li').length === 1").await;
    assert_eq!((browser.path().await.as_str(), browser.count(CARDS).await), ("/?moment=contact", on_contact));
    let requests = browser.requests().await;
    assert_eq!(asked_for(&requests, "Document", ""), 1, "{requests:?}");
    assert_eq!(asked_for(&requests, "Fetch", INDEX), 1, "{requests:?}");
    browser.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_have_later_pages_there_too() {
    let (mirror, browser) = mirrored(Setting::default(), false).await;
    mirror.arrive(&browser, "/").await;
    assert_eq!(asked_for(&browser.requests().await, "Fetch", INDEX), 0, "nothing to answer yet");
    let newest = browser.text("ol.cards h3").await;
    browser.click(".pager a[rel=next]").await;
    browser.wait_for_path("/?page=2").await;
    browser.wait_until("document.querySelector('.pager a[rel=prev]')").await;
    assert_ne!(browser.text("ol.cards h3").await, newest);
    let second = browser.texts("ol.cards h3").await;
    browser.reload().await;
    browser.wait_for_app().await;
    assert_eq!(browser.texts("ol.cards h3").await, second);
    browser.back().await;
    browser.wait_until("document.querySelector('.pager a[rel=next]')").await;
    assert_eq!(browser.text("ol.cards h3").await, newest);
    browser.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn columns_are_found_under_the_boards_own_policy() {
    let (mirror, browser) = mirrored(Setting::default(), true).await;
    mirror.arrive(&browser, "/en/").await;
    browser.click("input[name=q]").await;
    browser.press("trommell").await;
    browser.press(Key::Enter).await;
    browser.wait_for_path("/en/search?q=trommell").await;
    browser.wait_until("document.querySelector('h3 mark')").await;
    assert!(browser.text("h3 mark").await.to_lowercase().starts_with("trommel"));

    // The host adds a slash; a part of a compound, and a choice beside what was found.
    mirror.arrive(&browser, "/search?q=letter").await;
    assert_eq!(browser.path().await, "/search/?q=letter");
    assert_eq!(browser.ask::<String>("document.querySelector('input[name=q]').value").await, "letter");
    assert!(browser.text("h3 mark").await.to_lowercase().ends_with("chocoladeletter"));
    let found = browser.count(CARDS).await;
    browser.click(".facets a[href^='/search?q=letter&moment=']").await;
    browser.wait_until("document.querySelector('.chosen')").await;
    assert!((1..=found).contains(&browser.count(CARDS).await));
    browser.click(&format!("{CARDS} h3 a")).await;
    browser.wait_until("document.querySelector('article.column')").await;
    browser.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_there_is_not_found() {
    let (mirror, browser) = mirrored(Setting::default(), false).await;
    mirror.arrive(&browser, "/?page=99").await;
    let words = browser.text("h1").await;
    mirror.arrive(&browser, "/?sentiment=angry").await;
    assert_eq!(browser.text("h1").await, words);
    mirror.arrive(&browser, "/shops/nergens?lang=en").await;
    browser.wait_for_complaint("404").await;
    assert_eq!(browser.text("h1").await, words);
    mirror.arrive(&browser, "/?shop=nergens").await;
    assert_eq!((browser.count(CARDS).await, browser.count(".chosen li").await), (0, 1), "an empty list");
    browser.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_index_the_page_stays_and_says_so() {
    let (mirror, browser) = mirrored(Setting::default(), false).await;
    browser.block(&[&format!("*{INDEX}")]).await;
    mirror.arrive(&browser, "/?moment=contact").await;
    browser.wait_for_complaint("the page stays as it is without its query").await;
    assert_eq!(browser.count(CARDS).await, 20);
    browser.click(".facets a[href='/?lang=en']").await;
    browser.wait_until("document.querySelector('.notice button')").await;
    assert_eq!(browser.count(CARDS).await, 20);
    browser.block(&[]).await;
    let _ = browser.complaints().await;
    browser.click(".notice button").await;
    browser.wait_for_path("/?lang=en").await;
    browser.wait_until("document.querySelector('.chosen')").await;
    browser.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_script_every_page_of_it_reads() {
    let (mirror, browser) = mirrored(Setting { script: false, ..Setting::default() }, false).await;
    browser.goto(&mirror.host.url("/?moment=contact")).await;
    assert_eq!(browser.count(CARDS).await, 20);
    assert!(!browser.ask::<bool>("document.querySelector('input[name=q]').checkVisibility()").await);
    browser.goto(&mirror.host.url("/moments/contact")).await;
    assert!((2..20).contains(&browser.count(CARDS).await));
    let requests = browser.requests().await;
    assert_eq!(asked_for(&requests, "Script", ".js") + asked_for(&requests, "Fetch", ""), 0, "{requests:?}");
    browser.finish().await;
}
