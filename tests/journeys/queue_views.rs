//! Editors keep selections of the queue.

use serde_json::json;
use weerklank_domain::desk::Role;
use weerklank_test_support::browser::{Board, Browser, Key, Setting};
use weerklank_test_support::database::TestDatabase;

use crate::desk::{comes_back, comes_in};

async fn waits_for_items(browser: &Browser, count: usize) {
    browser.wait_until(&format!("document.querySelectorAll('.items li').length === {count}")).await;
}

/// By keyboard: a selection gets a name, is chosen by it, goes, and comes back; nobody else sees it.
async fn a_selection_is_kept_and_chosen_by_its_name(db: TestDatabase) {
    let board = Board::with_samples(db).await;
    for (story, lang) in [("Een.", "nl"), ("Two.", "en"), ("Drie.", "nl")] {
        board.app.send_in(&json!({"negative": {"story": story}, "lang": lang})).await;
    }
    let browser = Browser::open(Setting::default()).await;
    comes_in(&board, &browser, "anna", Role::Editor).await;
    assert_eq!(browser.count("#keep").await, 0, "there is nothing to keep");
    browser.goto(&board.url("/desk/queue?view=free&lang=en")).await;
    waits_for_items(&browser, 1).await;
    browser.wait_until("document.querySelector('#keep')").await;
    browser.run("document.querySelector('#main').focus()").await;
    browser.press(Key::Tab).await;
    browser.wait_until("document.activeElement.id === 'keep'").await;
    browser.press(Key::Return).await;
    browser.wait_until("document.activeElement.id === 'view-name'").await;
    // In a field the keys of the queue are letters.
    browser.press("jx <b>Engels</b>").await;
    browser.press(Key::Return).await;
    browser.wait_until("document.querySelector('.views a[aria-current=true]')").await;
    assert_eq!(browser.texts(".views a").await, ["jx <b>Engels</b>"]);
    browser.wait_until("document.activeElement.id === 'keep'").await;

    browser.click(".top a[href='/desk/queue']").await;
    waits_for_items(&browser, 3).await;
    assert_eq!(browser.count(".views a[aria-current]").await, 0);
    browser.run("document.querySelector('#main').focus()").await;
    browser.press(Key::Tab).await;
    browser.press(Key::Return).await;
    waits_for_items(&browser, 1).await;
    let query: String = browser.ask("location.search").await;
    assert_eq!(query, "?lang=en&view=free");
    assert_eq!(browser.texts(".items .excerpt").await, ["Two."]);
    browser.reload().await;
    browser.wait_until("document.querySelector('.views a[aria-current=true]')").await;

    let other = Browser::open(Setting::default()).await;
    comes_in(&board, &other, "bram", Role::Admin).await;
    other.goto(&board.url("/desk/queue?lang=en")).await;
    other.wait_until("document.querySelector('#keep')").await;
    waits_for_items(&other, 1).await;
    assert_eq!(other.count(".views a").await, 0);
    // On another device it is there, in the language of who reads.
    other.click(".top p.who button:last-child").await;
    comes_back(&board, &other, "anna").await;
    other.wait_until("document.querySelectorAll('.views a').length === 1").await;
    other.click(".top button.plain[lang=en]").await;
    other.wait_until("document.querySelector('.views nav')?.ariaLabel === 'My selections'").await;
    other.finish().await;

    browser.run("document.querySelector('.views li button').focus()").await;
    browser.press(Key::Return).await;
    browser.wait_until("!document.querySelector('.views a') && document.activeElement.id === 'main'").await;
    browser.press("u").await;
    browser.wait_until("document.querySelector('.views a[aria-current=true]')").await;
    browser.finish().await;
}

weerklank_test_support::on_every_database!(a_selection_is_kept_and_chosen_by_its_name);
