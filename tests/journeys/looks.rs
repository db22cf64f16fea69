//! What the eye sees: nothing jumps, nothing sticks out, nothing moves for who asked for stillness.

use weerklank_test_support::browser::Setting;

use crate::{LONG, PAGES, arrive, opened_with};

/// What is wider than the window, save what scrolls within itself.
const STICKS_OUT: &str = "
    (() => {
        const width = document.documentElement.clientWidth;
        if (document.documentElement.scrollWidth <= width) return [];
        return [...document.querySelectorAll('body *')]
            .filter((e) => e.getBoundingClientRect().right > width + 1 && !e.closest('.table-scroll, pre'))
            .map((e) => `${e.localName}.${e.className} ${e.getBoundingClientRect().right}`)
            .concat(`the page is ${document.documentElement.scrollWidth} wide`).slice(0, 6);
    })()";

#[tokio::test(flavor = "multi_thread")]
async fn nothing_sticks_out_of_the_narrowest_window() {
    // 320 CSS pixels, which is also a window of 1280 at 400 % (WCAG 2.2, 1.4.10).
    let (board, browser) = opened_with(Setting { width: 320, height: 256, ..Setting::default() }).await;
    for path in PAGES.iter().flat_map(|path| [(*path).to_owned(), format!("/en{path}")]) {
        arrive(&board, &browser, &path).await;
        assert_eq!(browser.ask::<Vec<String>>(STICKS_OUT).await, Vec::<String>::new(), "{path}");
    }
    browser.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_sample_column_fits_the_narrowest_window() {
    let (board, browser) = opened_with(Setting { width: 320, height: 640, ..Setting::default() }).await;
    for column in weerklank_test_support::browser::samples() {
        browser.goto(&board.url(&format!("/columns/{}", column.slug))).await;
        assert_eq!(browser.ask::<Vec<String>>(STICKS_OUT).await, Vec::<String>::new(), "{}", column.slug);
    }
    // Some are drafts, withdrawn or still to come.
    let complaints = browser.complaints().await;
    let expected = |line: &String| line.contains("404") || line.contains("410");
    assert!(complaints.iter().all(expected), "{complaints:?}");
    browser.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn text_may_be_spaced_wider() {
    // The values of WCAG 2.2, 1.4.12.
    const SPACED: &str = "
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
            word-spacing: 0.16em !important; } p { margin-block-end: 2em !important; }`);
        document.adoptedStyleSheets = [sheet];";
    let (board, browser) = opened_with(Setting { width: 320, ..Setting::default() }).await;
    for path in PAGES {
        arrive(&board, &browser, path).await;
        browser.run(SPACED).await;
        assert_eq!(browser.ask::<Vec<String>>(STICKS_OUT).await, Vec::<String>::new(), "{path}");
        let cut: Vec<String> = browser
            .ask(
                "[...document.querySelectorAll('#app *')].filter((e) =>
                    getComputedStyle(e).overflow === 'hidden' && e.scrollHeight > e.clientHeight + 1
                        && !e.closest('.visually-hidden')).map((e) => e.outerHTML.slice(0, 80))",
            )
            .await;
        assert_eq!(cut, Vec::<String>::new(), "{path}");
    }
    browser.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_moves_while_a_page_loads_at_any_width() {
    for (width, height) in [(360, 640), (768, 1024), (1280, 800)] {
        let (board, browser) = opened_with(Setting { width, height, ..Setting::default() }).await;
        for path in PAGES {
            arrive(&board, &browser, path).await;
            browser.run_async("await document.fonts.ready", serde_json::Value::Null).await;
            assert_eq!(browser.layout_shifts().await, [""; 0], "{path} at {width}");
        }
        browser.finish().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asked_for_stillness_gets_it() {
    const MOVING: &str = "
        [...document.querySelectorAll('*')].filter((e) => {
            const style = getComputedStyle(e);
            const lasts = (list) => list.split(',').some((time) => parseFloat(time) > 0.01);
            return lasts(style.transitionDuration) || lasts(style.animationDuration)
                || style.scrollBehavior === 'smooth';
        }).map((e) => e.localName)";
    let (board, browser) = opened_with(Setting { reduced_motion: true, ..Setting::default() }).await;
    for path in PAGES {
        arrive(&board, &browser, path).await;
        assert_eq!(browser.ask::<Vec<String>>(MOVING).await, Vec::<String>::new(), "{path}");
        // Also while a page is awaited.
        browser.run("document.querySelector('main').setAttribute('aria-busy', 'true')").await;
        let animations: usize = browser
            .ask(
                "document.getAnimations().filter((a) => a.effect.getTiming().iterations === Infinity).length",
            )
            .await;
        assert_eq!(animations, 0, "{path}");
    }
    browser.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn paper_carries_the_text_and_nothing_to_click() {
    let (board, browser) = opened_with(Setting { dark: true, ..Setting::default() }).await;
    arrive(&board, &browser, LONG).await;
    browser.command("Emulation.setEmulatedMedia", serde_json::json!({ "media": "print" })).await;
    let shown = |selector: &str| format!("!!document.querySelector({selector:?}).getClientRects().length");
    for hidden in ["header.site nav", "header.site form", "footer.site", ".share"] {
        assert!(!browser.ask::<bool>(&shown(hidden)).await, "{hidden}");
    }
    for there in ["h1", ".prose", ".footnotes"] {
        assert!(browser.ask::<bool>(&shown(there)).await, "{there}");
    }
    let paper: String = browser.ask("getComputedStyle(document.body).backgroundColor").await;
    assert_eq!(paper, "rgb(255, 255, 255)");
    browser.finish().await;
}
