//! Readers comment below a column and report what should not be there; editors decide.

use weerklank_domain::desk::Role;
use weerklank_test_support::browser::{Board, Browser, Setting};
use weerklank_test_support::database::TestDatabase;

use crate::desk::comes_in;

/// Scripts in whatever can be typed.
const HOSTILE: &str =
    "Bij mij ook. <script>window.hacked = 1</script> <img src=x onerror=\"window.hacked = 1\">";
const COLUMN: &str = "/nl/columns/retour-in-elf-stappen";

async fn has_text(browser: &Browser, selector: &str, words: &str) {
    browser
        .wait_until(&format!("document.querySelector({selector:?})?.textContent.includes({words:?})"))
        .await;
}

/// Without script from typing to the page of one's own; at the desk by keyboard; read with script and without.
async fn a_comment_is_made_published_reported_and_removed(db: TestDatabase) {
    let board = Board::with_samples(db).await;
    let reader = Browser::open(Setting { script: false, width: 360, ..Setting::default() }).await;
    reader.goto(&board.url(COLUMN)).await;
    reader.click("#say").await;
    reader.press(HOSTILE).await;
    reader.click("form[action$='/comment'] button").await;
    reader.wait_until("document.querySelector('button[value=send]')").await;
    reader.click("[name=name]").await;
    reader.press("Bo <b>Kwal</b>").await;
    reader.click("button[value=send]").await;
    reader.wait_until("location.pathname.includes('/said/')").await;
    assert!(reader.text("main").await.contains("Bij mij ook."));
    // No more than two at a time: tests beside this one need room as well.
    reader.finish().await;

    let editor = Browser::open(Setting::default()).await;
    comes_in(&board, &editor, "anna", Role::Editor).await;
    editor.press("j").await;
    has_text(&editor, ".item", "Bij mij ook.").await;
    assert_eq!(editor.count(".item script, .item img, .item h1 b").await, 0);
    editor.press("a").await;
    editor.wait_until("document.querySelectorAll('.items li').length === 0").await;
    let told = "while ((await (await fetch('/api/v1/desk/queue')).json()).count) await new Promise(requestAnimationFrame);";
    editor.run_async(told, serde_json::Value::Null).await;
    board.app.make_decisions_final();
    board.app.refresh().await;

    for script in [true, false] {
        let other = Browser::open(Setting { script, ..Setting::default() }).await;
        other.goto(&board.url(COLUMN)).await;
        if script {
            other.wait_for_app().await;
        }
        has_text(&other, ".comments", "Bij mij ook.").await;
        assert_eq!(other.count(".comments script, .comments img, .comments b b").await, 0);
        let hacked: String = other.ask("typeof window.hacked").await;
        assert_eq!(hacked, "undefined");
        other.finish().await;
    }

    let reader = Browser::open(Setting { script: false, width: 360, ..Setting::default() }).await;
    reader.goto(&board.url(COLUMN)).await;
    reader.click(".comments a[href*='report']").await;
    reader.click("label:has([value=hatred])").await;
    reader.click("textarea").await;
    reader.press("Dit kan niet.").await;
    reader.click("label:has([name=good_faith])").await;
    reader.click("button[value=send]").await;
    reader.wait_until("!document.querySelector('[name=good_faith]')").await;
    editor.goto(&board.url("/desk/queue")).await;
    editor.wait_until("document.querySelectorAll('.items li').length === 1").await;
    editor.press("j").await;
    has_text(&editor, ".item", "Dit kan niet.").await;
    assert!(editor.text(".item").await.contains("Bij mij ook."));
    editor.finish().await;
    reader.finish().await;
}

weerklank_test_support::on_every_database!(a_comment_is_made_published_reported_and_removed);

/// What is typed while the app takes the page over is still there, and a reader can say that they recognise it.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_typed_below_a_column_survives_the_app() {
    let board = Board::with_samples(TestDatabase::sqlite().await).await;
    let browser = Browser::open(Setting::default()).await;
    let early = "document.addEventListener('DOMContentLoaded', () => document.querySelector('#say')?.setRangeText('Vroeg getypt.'));";
    browser.before_each_page(early).await;
    browser.goto(&board.url(COLUMN)).await;
    browser.wait_for_app().await;
    let typed: String = browser.ask("document.querySelector('#say').value").await;
    assert_eq!(typed, "Vroeg getypt.");
    let cookies: String = browser.ask("document.cookie").await;
    assert_eq!(cookies, "", "nobody is told apart before they act");
    browser.click("button[value=react]").await;
    browser.wait_until("document.querySelector('button[value=back]')").await;
    browser.finish().await;
}
