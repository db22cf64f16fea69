//! From page to page, and the way back.

use weerklank_test_support::browser::{Browser, Key, Setting};

use crate::{LONG, LONG_TITLE, arrive, asked_for, opened, opened_with};

const CARD: &str = "h3 a[href='/columns/retour-in-elf-stappen']";
const SPOKEN: &str = "document.querySelector('[role=status]').textContent";

/// Follows the link to the long column and waits for it.
async fn open_the_column(browser: &Browser) {
    browser.click(CARD).await;
    browser.wait_for_path(LONG).await;
    browser.wait_until("document.querySelector('article.column h1')").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_leads_to_its_column_without_a_new_document() {
    let (board, browser) = opened().await;
    arrive(&board, &browser, "/").await;
    let _ = browser.requests().await;
    open_the_column(&browser).await;

    assert_eq!(browser.text("h1").await, LONG_TITLE);
    assert_eq!(browser.title().await, format!("{LONG_TITLE} · Weerklank"));
    assert_eq!(browser.ask::<String>("document.activeElement.id").await, "main");
    assert_eq!(
        browser.ask::<String>(SPOKEN).await,
        browser.title().await,
        "a screen reader says where it is"
    );
    assert!(browser.scrolled().await.abs() < 1.0);
    let canonical = browser.attribute("link[rel=canonical]", "href").await;
    assert!(canonical.is_some_and(|href| href.ends_with(LONG)));
    let requests = browser.requests().await;
    assert_eq!(asked_for(&requests, "Document", ""), 0, "{requests:?}");
    assert_eq!(asked_for(&requests, "Fetch", &format!("{LONG}/page.json")), 1, "{requests:?}");
    assert_eq!(browser.layout_shifts().await, [""; 0]);
    browser.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn back_and_forward_find_the_reader_where_they_were() {
    let (board, browser) = opened_with(Setting { reduced_motion: true, ..Setting::default() }).await;
    arrive(&board, &browser, "/").await;
    browser.run(&format!("document.querySelector(\"{CARD}\").scrollIntoView({{ block: 'center' }})")).await;
    browser.wait_for_paint().await;
    let on_the_list = browser.scrolled().await;
    assert!(on_the_list > 500.0, "the card stands below the fold: {on_the_list}");
    open_the_column(&browser).await;
    browser.run("scrollTo(0, 1234)").await;
    browser.wait_for_paint().await;

    browser.back().await;
    browser.wait_until("document.querySelector('ol.cards') && location.pathname === '/'").await;
    assert_near(&browser, on_the_list).await;
    let focused: String = browser.ask("document.activeElement.getAttribute('href')").await;
    assert_eq!(focused, LONG, "the link that was followed has the focus again");

    browser.forward().await;
    browser.wait_until("document.querySelector('article.column')").await;
    assert_near(&browser, 1234.0).await;

    browser.reload().await;
    browser.wait_for_app().await;
    assert_near(&browser, 1234.0).await;
    browser.back().await;
    browser.wait_until("document.querySelector('ol.cards') && location.pathname === '/'").await;
    assert_near(&browser, on_the_list).await;
    browser.finish().await;
}

/// Scrolled to within 2 CSS pixels, now or as soon as the browser has restored it.
async fn assert_near(browser: &Browser, wanted: f64) {
    browser.wait_until(&format!("Math.abs(scrollY - {wanted}) <= 2")).await;
    browser.wait_for_paint().await;
    let at = browser.scrolled().await;
    assert!((at - wanted).abs() <= 2.0, "{at} instead of {wanted}");
}

#[tokio::test(flavor = "multi_thread")]
async fn choices_combine_live_in_the_address_and_go_back() {
    let (board, browser) = opened().await;
    arrive(&board, &browser, "/").await;
    let _ = browser.requests().await;
    let all = browser.count("ol.cards > li").await;

    browser.click(".facets a[href='/?moment=contact']").await;
    browser.wait_for_path("/?moment=contact").await;
    browser.wait_until("document.querySelector('.chosen')").await;
    let on_contact = browser.count("ol.cards > li").await;
    assert!(on_contact < all && on_contact > 1, "{on_contact} of {all}");
    assert_eq!(browser.ask::<String>("document.activeElement.id").await, "list", "the list is read next");

    browser.click(".facets a[href='/?moment=contact&lang=en']").await;
    browser.wait_for_path("/?moment=contact&lang=en").await;
    browser.wait_until("document.querySelectorAll('.chosen li').length === 2").await;
    assert!(browser.count("ol.cards > li").await < on_contact);

    browser.click(".chosen a[href='/?lang=en']").await;
    browser.wait_for_path("/?lang=en").await;
    browser.wait_until("document.querySelectorAll('.chosen li').length === 1").await;
    browser.back().await;
    browser.wait_until("document.querySelectorAll('.chosen li').length === 2").await;
    browser.back().await;
    browser.back().await;
    browser.wait_until("!document.querySelector('.chosen')").await;
    assert_eq!(browser.path().await, "/");
    assert_eq!(browser.count("ol.cards > li").await, all);
    let requests = browser.requests().await;
    assert_eq!(asked_for(&requests, "Document", ""), 0, "{requests:?}");
    browser.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_phone_a_choice_brings_its_list_into_sight() {
    let (board, browser) = opened_with(Setting { width: 360, ..Setting::default() }).await;
    arrive(&board, &browser, "/").await;
    browser.click(".facets summary").await;
    let below: bool =
        browser.ask("document.querySelector('#list').getBoundingClientRect().top > innerHeight").await;
    assert!(below, "the choices push the list out of sight");
    browser.click(".facets a[href='/?moment=contact']").await;
    browser.wait_for_path("/?moment=contact").await;
    browser
        .wait_until(
            "document.querySelector('.chosen') && (({ top }) => top >= 0 && top < innerHeight / 2)(
                document.querySelector('#list').getBoundingClientRect())",
        )
        .await;
    assert_eq!(browser.ask::<String>("document.activeElement.id").await, "list");
    browser.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_a_list_follow_each_other() {
    let (board, browser) = opened().await;
    arrive(&board, &browser, "/").await;
    let newest = browser.text("ol.cards h3").await;
    browser.click(".pager a[rel=next]").await;
    browser.wait_for_path("/?page=2").await;
    browser.wait_until("document.querySelector('.pager a[rel=prev]')").await;
    assert_ne!(browser.text("ol.cards h3").await, newest);
    browser.click(".pager a[rel=prev]").await;
    browser.wait_for_path("/").await;
    browser.wait_until("document.querySelector('.pager a[rel=next]')").await;
    assert_eq!(browser.text("ol.cards h3").await, newest);
    browser.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_was_fetched_ahead_is_not_fetched_again() {
    let (board, browser) = opened().await;
    arrive(&board, &browser, "/").await;
    let _ = browser.requests().await;
    browser.hover(CARD).await;
    // The entry is there once the answer has come whole.
    let there = "performance.getEntriesByType('resource').some((r) => r.name.endsWith('stappen/page.json') && r.responseEnd)";
    browser.wait_until(there).await;
    let ahead = browser.requests().await;
    assert_eq!(asked_for(&ahead, "Fetch", &format!("{LONG}/page.json")), 1, "{ahead:?}");
    open_the_column(&browser).await;
    let after = browser.requests().await;
    assert_eq!(asked_for(&after, "Fetch", &format!("{LONG}/page.json")), 0, "{after:?}");
    browser.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_language_changes_in_place() {
    let (board, browser) = opened().await;
    arrive(&board, &browser, LONG).await;
    let _ = browser.requests().await;
    assert_eq!(browser.attribute("html", "lang").await.as_deref(), Some("nl"));
    assert_eq!(browser.attribute(".prose", "lang").await, None);

    browser.click("footer.site a[hreflang=en]").await;
    browser.wait_for_path(&format!("/en{LONG}")).await;
    browser.wait_until("document.documentElement.lang === 'en'").await;
    assert_eq!(browser.text("h1").await, LONG_TITLE, "the column keeps its words");
    assert_eq!(browser.attribute(".prose", "lang").await.as_deref(), Some("nl"), "and its language");
    assert_eq!(browser.text("header.site nav a").await, "Columns");
    assert_eq!(browser.text("a.skip").await, "Skip to the text");

    // What is followed from here stays English.
    browser.click("header.site nav a[href='/en/shops']").await;
    browser.wait_for_path("/en/shops").await;
    browser.wait_until("document.querySelector('h1').innerText === 'Shops'").await;
    let requests = browser.requests().await;
    assert_eq!(asked_for(&requests, "Document", ""), 0, "{requests:?}");
    browser.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_series_is_read_from_part_to_part() {
    let (board, browser) = opened().await;
    arrive(&board, &browser, "/series/twee-kanten").await;
    browser.click("h3 a[href='/columns/twee-kanten-2-de-monteur']").await;
    browser.wait_for_path("/columns/twee-kanten-2-de-monteur").await;
    browser.wait_until("document.querySelector('.neighbours')").await;
    // Part 3 never appeared.
    browser.click(".neighbours a[rel=next]").await;
    browser.wait_for_path("/columns/twee-kanten-4-de-factuur").await;
    browser.wait_until("document.querySelector('h1').innerText.includes('het bedrag')").await;
    browser.click(".neighbours a[rel=prev]").await;
    browser.wait_for_path("/columns/twee-kanten-2-de-monteur").await;
    browser.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_of_two_quick_clicks_counts() {
    let (board, browser) = opened().await;
    arrive(&board, &browser, "/").await;
    browser
        .run(&format!(
            "document.querySelector(\"{CARD}\").click();
             document.querySelector(\"header.site a[href='/shops']\").click();"
        ))
        .await;
    browser.wait_for_path("/shops").await;
    browser.wait_until("document.querySelector('h1').innerText === 'Winkels'").await;
    browser.wait_for_paint().await;
    assert_eq!(browser.path().await, "/shops");
    browser.back().await;
    browser.wait_for_path("/").await;
    browser.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_double_click_counts_as_one() {
    let (board, browser) = opened().await;
    arrive(&board, &browser, "/").await;
    browser
        .run(&format!(
            "const link = document.querySelector(\"{CARD}\"); link.click(); setTimeout(() => link.click());"
        ))
        .await;
    browser.wait_for_path(LONG).await;
    browser.wait_until("document.querySelector('article.column')").await;
    assert_eq!(browser.count("body > .notice").await, 0, "nothing failed");
    browser.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_click_that_asks_for_a_tab_is_the_browsers() {
    let (board, browser) = opened().await;
    arrive(&board, &browser, "/").await;
    browser.run(&format!("document.querySelector(\"{CARD}\").focus()")).await;
    browser.press_with(Key::Control, Key::Enter).await;
    browser.wait_for_tabs(2).await;
    assert_eq!(browser.path().await, "/", "this page stays");
    browser.finish().await;
}

/// What stands below the text is laid out only when it comes near, in room reserved for it.
#[tokio::test(flavor = "multi_thread")]
async fn places_below_the_text_are_found_again() {
    for script in [true, false] {
        let (board, browser) = opened_with(Setting { script, width: 360, ..Setting::default() }).await;
        // One that comes in time for the second visit only would move things by itself.
        browser.block(&["*.woff2"]).await;
        for link in [".related h3 a", "footer.site a[href='/about/method']"] {
            browser.goto(&board.url(LONG)).await;
            if script {
                browser.wait_for_app().await;
            }
            browser
                .run(&format!("document.querySelector(\"{link}\").scrollIntoView({{ block: 'center' }})"))
                .await;
            let top = format!("document.querySelector(\"{link}\")?.getBoundingClientRect().top");
            let before: f64 = browser.ask(&top).await;
            let is_there = format!("Math.abs({top} - {before}) < 2");
            browser.click(link).await;
            browser.wait_until(&format!("location.pathname !== '{LONG}'")).await;
            browser.back().await;
            browser.wait_for_path(LONG).await;
            browser.wait_until(&is_there).await;
            browser.reload().await;
            browser.wait_until(&is_there).await;
        }
        let complaints = browser.complaints().await;
        assert!(complaints.iter().all(|line| line.contains("woff2")), "{complaints:?}");
        browser.finish().await;
    }
}
