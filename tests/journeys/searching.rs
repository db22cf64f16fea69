//! Search, by keyboard and by address.

use weerklank_test_support::browser::{Browser, Key, Setting};

use crate::{arrive, asked_for, opened, opened_with};

/// Presses Tab until an element of the selector has the focus.
async fn tab_to(browser: &Browser, selector: &str) {
    /// More than any of our pages has links before its content.
    const STEPS: usize = 60;
    for _ in 0..STEPS {
        browser.press(Key::Tab).await;
        if browser.ask::<bool>(&format!("document.activeElement.matches({selector:?})")).await {
            return;
        }
    }
    panic!("Tab does not come to {selector}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_column_is_found_by_keyboard_alone() {
    let (board, browser) = opened().await;
    arrive(&board, &browser, "/").await;
    let _ = browser.requests().await;
    tab_to(&browser, "input[name=q]").await;
    browser.press("retour").await;
    browser.press(Key::Enter).await;
    browser.wait_for_path("/search?q=retour").await;
    browser.wait_until("document.querySelector('h3 mark')").await;
    assert!(browser.text("#list").await.ends_with("columns voor ‘retour’"));
    assert_eq!(browser.ask::<String>("document.querySelector('input[name=q]').value").await, "retour");
    assert_eq!(browser.ask::<String>("document.activeElement.id").await, "main");

    tab_to(&browser, "h3 a").await;
    let title: String = browser.ask("document.activeElement.innerText").await;
    browser.press(Key::Enter).await;
    browser.wait_until("document.querySelector('article.column')").await;
    assert_eq!(browser.text("h1").await, title);
    let requests = browser.requests().await;
    assert_eq!(asked_for(&requests, "Document", ""), 0, "{requests:?}");
    browser.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_is_an_address() {
    let (board, browser) = opened().await;
    // A part of a compound, without its accents, with a typing error: each finds a column.
    for query in ["klantenservice", "een+vraag", "trommell", "KACHELMAN"] {
        arrive(&board, &browser, &format!("/search?q={query}")).await;
        assert!(browser.count("ol.cards > li").await > 0, "{query}");
    }
    arrive(&board, &browser, "/search?q=zzzzzz").await;
    assert_eq!(browser.count("ol.cards > li").await, 0);
    assert!(browser.text("main").await.contains("Niets gevonden voor ‘zzzzzz’"));
    browser.click(".empty a[href='/moments/contact']").await;
    browser.wait_for_path("/moments/contact").await;
    browser.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_choice_within_a_search_keeps_the_query_and_a_new_query_the_choice() {
    let (board, browser) = opened_with(Setting { height: 1400, ..Setting::default() }).await;
    arrive(&board, &browser, "/search?q=telefoon").await;
    let all = browser.count("ol.cards > li").await;
    browser.click(".facets a[href='/search?q=telefoon&moment=contact']").await;
    browser.wait_for_path("/search?q=telefoon&moment=contact").await;
    browser.wait_until("document.querySelector('.chosen')").await;
    assert!(browser.count("ol.cards > li").await < all);

    browser.click("input[name=q]").await;
    browser.press_with(Key::Control, 'a').await;
    browser.press("rekening").await;
    browser.press(Key::Enter).await;
    browser.wait_for_path("/search?q=rekening&moment=contact").await;
    browser.wait_until("document.querySelector('#list').innerText.includes('rekening')").await;
    browser.back().await;
    browser.wait_until("document.querySelector('input[name=q]').value === 'telefoon'").await;
    browser.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn odd_queries_come_back_as_they_were() {
    let (board, browser) = opened().await;
    arrive(&board, &browser, "/search").await;
    let odd = "50% \"korting\" & <b>één</b> + #retour";
    browser.click("input[name=q]").await;
    browser.press(odd).await;
    browser.press(Key::Enter).await;
    browser.wait_until("location.search.length > 3 && document.querySelector('#list, .empty')").await;
    assert_eq!(browser.ask::<String>("document.querySelector('input[name=q]').value").await, odd);
    // The same address, drawn by the server.
    browser.reload().await;
    browser.wait_for_app().await;
    assert_eq!(browser.ask::<String>("document.querySelector('input[name=q]').value").await, odd);
    assert_eq!(browser.count("main b").await, 0);
    browser.finish().await;
}
