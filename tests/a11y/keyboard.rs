//! Everything with the keyboard alone.

use std::collections::HashSet;

use serde::Deserialize;
use weerklank_test_support::browser::{Browser, Key, Setting};

use crate::{arrive, board};

/// The element that has the focus.
#[derive(Debug, Deserialize)]
struct Focused {
    /// Its place among all elements; `body` when the focus has left the page.
    index: usize,
    name: String,
    /// Some of it lies in the window and nothing lies over that.
    in_sight: bool,
    /// CSS pixels of its outline.
    outline: f64,
}

const FOCUSED: &str = "(() => {
    const element = document.activeElement;
    const boxes = [...element.getClientRects()];
    const in_sight = boxes.some(({ left, top, width, height }) =>
        element.contains(document.elementFromPoint(left + width / 2, top + height / 2)));
    const style = getComputedStyle(element);
    return {
        index: [...document.querySelectorAll('*')].indexOf(element),
        name: element.outerHTML.slice(0, 100),
        in_sight,
        outline: style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth),
    };
})()";

/// Presses Tab until an element of the selector has the focus.
async fn tab_to(browser: &Browser, selector: &str) {
    /// More than our pages have links.
    const STEPS: usize = 300;
    for _ in 0..STEPS {
        browser.press(Key::Tab).await;
        if browser.ask::<bool>(&format!("document.activeElement.matches({selector:?})")).await {
            return;
        }
    }
    panic!("Tab does not come to {selector}");
}

/// Every stop from the first to the last is in the order of the page, in sight and marked.
async fn walk(path: &str, width: u32) {
    let board = board().await;
    let browser = Browser::open(Setting { width, reduced_motion: true, ..Setting::default() }).await;
    arrive(&board, &browser, path).await;
    let mut stops = Vec::new();
    let mut last = 0;
    loop {
        browser.press(Key::Tab).await;
        // The browser brings it into sight with the next frame.
        browser.wait_for_paint().await;
        let focused: Focused = browser.ask(FOCUSED).await;
        // Past the last one the focus leaves the page, or starts anew.
        if focused.name.starts_with("<body") || focused.index < last && stops.first() == Some(&focused.index)
        {
            break;
        }
        assert!(focused.index > last, "{path}: out of order: {focused:?}");
        assert!(focused.in_sight, "{path}: out of sight: {focused:?}");
        assert!(focused.outline >= 2.0, "{path}: not marked: {focused:?}");
        last = focused.index;
        stops.push(focused.index);
    }
    // Nothing that can be clicked was passed over.
    let clickable: Vec<usize> = browser
        .ask(
            "[...document.querySelectorAll('*')].map((e, i) => [e, i])
                .filter(([e]) => e.matches('a[href], button, input:not([type=hidden]), summary')
                    && e.checkVisibility({ contentVisibilityAuto: true })
                    && !(e.localName === 'summary' && getComputedStyle(e).pointerEvents === 'none'))
                .map(([, i]) => i)",
        )
        .await;
    let stops: HashSet<usize> = stops.into_iter().collect();
    let missed: Vec<_> = clickable.iter().filter(|index| !stops.contains(index)).collect();
    assert!(missed.is_empty(), "{path}: passed over: {missed:?}");
    assert!(stops.len() > 30, "{path}: {} stops", stops.len());
    browser.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_stop_of_the_front_page_is_in_order_in_sight_and_marked() {
    walk("/", 1280).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_stop_of_a_column_is_in_order_in_sight_and_marked() {
    walk("/columns/retour-in-elf-stappen", 1280).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_stop_on_a_telephone_is_in_order_in_sight_and_marked() {
    walk("/search?q=retour", 360).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_stop_skips_to_the_text() {
    let board = board().await;
    let browser = Browser::open(Setting::default()).await;
    arrive(&board, &browser, "/columns/retour-in-elf-stappen").await;
    browser.press(Key::Tab).await;
    assert_eq!(browser.ask::<String>("document.activeElement.className").await, "skip");
    assert!(browser.ask::<Focused>(FOCUSED).await.in_sight);
    browser.press(Key::Enter).await;
    browser.wait_until("document.activeElement.id === 'main'").await;
    browser.press(Key::Tab).await;
    assert!(browser.ask::<bool>("document.activeElement.closest('main') !== null").await);
    browser.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_narrowed_and_a_column_read_by_keyboard() {
    let board = board().await;
    let browser = Browser::open(Setting { width: 360, ..Setting::default() }).await;
    arrive(&board, &browser, "/").await;
    tab_to(&browser, ".facets summary").await;
    browser.press(Key::Enter).await;
    assert!(browser.ask::<bool>("document.querySelector('.facets details').open").await);
    tab_to(&browser, ".facets a[href='/?moment=contact']").await;
    browser.press(Key::Enter).await;
    browser.wait_for_path("/?moment=contact").await;
    browser.wait_until("document.activeElement.id === 'list'").await;
    assert!(browser.ask::<bool>("document.querySelector('.facets details').open").await, "it stays unfolded");

    tab_to(&browser, "h3 a").await;
    let title: String = browser.ask("document.activeElement.innerText").await;
    browser.press(Key::Enter).await;
    browser.wait_until("document.querySelector('article.column')").await;
    assert_eq!(browser.text("h1").await, title);
    assert_eq!(browser.ask::<String>("document.activeElement.id").await, "main");
    browser.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_note_is_read_and_left_by_keyboard() {
    let board = board().await;
    let browser = Browser::open(Setting { reduced_motion: true, ..Setting::default() }).await;
    arrive(&board, &browser, "/columns/retour-in-elf-stappen").await;
    tab_to(&browser, "#fnref_1").await;
    browser.press(Key::Enter).await;
    browser.wait_until("location.hash === '#fn_1'").await;
    // The next stop is in the note.
    browser.press(Key::Tab).await;
    assert!(browser.ask::<bool>("document.activeElement.closest('#fn_1') !== null").await);
    tab_to(&browser, "#fn_1 .footnote-back").await;
    browser.press(Key::Enter).await;
    browser.wait_until("location.hash === '#fnref_1'").await;
    assert!(browser.ask::<Focused>(FOCUSED).await.in_sight);
    browser.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_can_be_answered_by_keyboard() {
    let board = board().await;
    let browser = Browser::open(Setting::default()).await;
    arrive(&board, &browser, "/").await;
    browser.be_offline(true).await;
    tab_to(&browser, "header.site nav a[href='/shops']").await;
    browser.press(Key::Enter).await;
    browser.wait_until("document.querySelector('body > .notice')").await;
    browser.be_offline(false).await;
    tab_to(&browser, "body > .notice button").await;
    browser.wait_until(&format!("({FOCUSED}).in_sight")).await;
    browser.press(Key::Enter).await;
    browser.wait_for_path("/shops").await;
    browser.wait_until("document.activeElement.id === 'main'").await;
    let complaints = browser.complaints().await;
    assert!(complaints.iter().all(|line| line.contains("Failed to load resource")), "{complaints:?}");
    browser.finish().await;
}
