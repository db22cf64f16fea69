//! Passing a column on.

use serde_json::json;
use weerklank_test_support::browser::Setting;

use crate::{LONG, LONG_TITLE, arrive, opened, opened_with};

#[tokio::test(flavor = "multi_thread")]
async fn the_address_is_copied() {
    let (board, browser) = opened().await;
    let allowed =
        json!({ "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"], "origin": board.url("") });
    browser.command("Browser.grantPermissions", allowed).await;
    arrive(&board, &browser, &format!("{LONG}#wet")).await;
    browser.click("[data-share=copy]").await;
    browser.wait_until("document.querySelector('body > .notice')").await;
    assert_eq!(browser.text("[role=status]").await, "Link gekopieerd");
    let copied = browser.run_async("return await navigator.clipboard.readText()", json!(null)).await;
    assert_eq!(copied, board.url(LONG), "without the place in it");
    browser.click("body > .notice button").await;
    assert_eq!(browser.text("[role=status]").await, "", "the message goes when told to");
    browser.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_that_does_not_lend_the_clipboard_is_told_of() {
    let (board, browser) = opened().await;
    browser.before_each_page("navigator.clipboard.writeText = async () => { throw new Error('no'); }").await;
    arrive(&board, &browser, LONG).await;
    browser.click("[data-share=copy]").await;
    browser
        .wait_until("document.querySelector('[role=status]').textContent.includes('in de adresbalk')")
        .await;
    browser.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_that_shares_is_asked_to() {
    let (board, browser) = opened_with(Setting { width: 360, ..Setting::default() }).await;
    browser.before_each_page("navigator.share = async (what) => { window.shared = what; }").await;
    arrive(&board, &browser, LONG).await;
    assert!(browser.ask::<bool>("document.querySelector('[data-share=copy]').hidden").await);
    browser.click("[data-share=native]").await;
    let shared: (String, String) = browser.ask("[shared.title, shared.url]").await;
    assert_eq!(shared, (format!("{LONG_TITLE} · Weerklank"), board.url(LONG)));
    browser.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_is_printed() {
    let (board, browser) = opened().await;
    browser.before_each_page("window.print = () => { window.printed = true; }").await;
    arrive(&board, &browser, LONG).await;
    browser.click("[data-share=print]").await;
    assert!(browser.ask::<bool>("printed").await);
    browser.finish().await;
}
