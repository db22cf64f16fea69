//! Everything by links and forms, in a browser that runs no script.

use weerklank_test_support::browser::{Board, Browser, Key, Setting};
use weerklank_test_support::database::TestDatabase;

use crate::{LONG, LONG_TITLE, PAGES, opened_with};

async fn scriptless() -> (Board, Browser) {
    opened_with(Setting { script: false, reduced_motion: true, ..Setting::default() }).await
}

/// The journey that every database must allow.
async fn a_reader_browses_by_links(db: TestDatabase) {
    let board = Board::with_samples(db).await;
    let browser = Browser::open(Setting { script: false, reduced_motion: true, ..Setting::default() }).await;
    browser.goto(&board.url("/")).await;
    assert!(browser.ask::<bool>("!document.querySelector('body > div > [role=status]')").await, "no app");

    browser.click("h3 a[href='/columns/retour-in-elf-stappen']").await;
    browser.wait_for_path(LONG).await;
    assert_eq!(browser.text("h1").await, LONG_TITLE);
    assert!(browser.text(".prose").await.contains("De lamp heette Kwal."));
    browser.click("#fnref_1").await;
    browser.wait_for_path(&format!("{LONG}#fn_1")).await;
    browser.click("#fn_1 .footnote-back").await;
    browser.wait_for_path(&format!("{LONG}#fnref_1")).await;
    let shown: usize = browser
        .ask("[...document.querySelectorAll('[data-share]')].filter((b) => b.offsetParent).length")
        .await;
    assert_eq!(shown, 0, "no button that would do nothing");

    browser.click("dl.facts a[href='/shops/lampenloods-lumeta']").await;
    browser.wait_for_path("/shops/lampenloods-lumeta").await;
    assert_eq!(browser.text("h1").await, "Lampenloods Lumeta");
    browser.click("header.site a.mark").await;
    browser.wait_for_path("/").await;
    browser.finish().await;
}

weerklank_test_support::on_every_database!(a_reader_browses_by_links);

#[tokio::test(flavor = "multi_thread")]
async fn lists_are_narrowed_by_links() {
    let (board, browser) = scriptless().await;
    browser.goto(&board.url("/")).await;
    let all = browser.count("ol.cards > li").await;
    browser.click(".facets a[href='/?moment=contact']").await;
    browser.wait_for_path("/?moment=contact").await;
    browser.click(".facets a[href='/?moment=contact&lang=en']").await;
    browser.wait_for_path("/?moment=contact&lang=en").await;
    let both = browser.count("ol.cards > li").await;
    assert!(both > 0 && both < all, "{both} of {all}");
    browser.click(".chosen .clear").await;
    browser.wait_for_path("/").await;
    browser.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_a_list_are_links() {
    let (board, browser) = scriptless().await;
    browser.goto(&board.url("/")).await;
    browser.click(".pager a[rel=next]").await;
    browser.wait_for_path("/?page=2").await;
    browser.click(".pager a[rel=prev]").await;
    browser.wait_for_path("/").await;
    browser.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn choices_unfold_on_a_telephone() {
    let (board, browser) = opened_with(Setting { script: false, width: 360, ..Setting::default() }).await;
    browser.goto(&board.url("/")).await;
    browser.click(".facets summary").await;
    browser.click(".facets a[href='/?lang=en']").await;
    browser.wait_for_path("/?lang=en").await;
    browser.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn search_is_a_form() {
    let (board, browser) = scriptless().await;
    browser.goto(&board.url(LONG)).await;
    browser.click("header.site input[name=q]").await;
    browser.press("retour").await;
    browser.press(Key::Enter).await;
    browser.wait_for_path("/search?q=retour").await;
    assert!(browser.count("h3 mark").await > 0);
    browser.click(".facets a[href='/search?q=retour&moment=refund']").await;
    browser.wait_for_path("/search?q=retour&moment=refund").await;
    // The choice is in the form: a new query looks within it.
    browser.click("form.large input[name=q]").await;
    browser.press_with(Key::Control, 'a').await;
    browser.press("bon").await;
    browser.click("form.large button").await;
    browser.wait_for_path("/search?q=bon&moment=refund").await;
    assert!(browser.count("ol.cards > li").await > 0);
    browser.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_language_is_a_link() {
    let (board, browser) = scriptless().await;
    browser.goto(&board.url("/moments/contact")).await;
    assert_eq!(browser.attribute("html", "lang").await.as_deref(), Some("nl"));
    browser.click("footer.site a[hreflang=en]").await;
    browser.wait_for_path("/en/moments/contact").await;
    assert_eq!(browser.attribute("html", "lang").await.as_deref(), Some("en"));
    browser.click("h3 a").await;
    browser.wait_until("location.pathname.startsWith('/en/columns/')").await;
    browser.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_is_whole_and_every_one_of_its_own_links_leads_somewhere() {
    let (board, browser) = scriptless().await;
    let mut links = std::collections::BTreeSet::new();
    for path in PAGES {
        browser.goto(&board.url(path)).await;
        assert_eq!(browser.count("h1").await, 1, "{path}");
        assert!(browser.text("main").await.len() > 40, "{path}");
        let found: Vec<String> = browser
            .ask("[...document.links].filter((a) => a.origin === location.origin).map((a) => a.pathname + a.search)")
            .await;
        links.extend(found);
    }
    let requests = browser.requests().await;
    let app = requests
        .iter()
        .filter(|request| ["/board-", "/boot-"].iter().any(|name| request.path.starts_with(name)));
    assert_eq!(app.count(), 0, "nothing is fetched that cannot run: {requests:?}");
    assert!(links.len() > 100, "{}", links.len());
    for link in links {
        assert_eq!(board.app.get(&link).await.status, 200, "{link}");
    }
    browser.finish().await;
}
