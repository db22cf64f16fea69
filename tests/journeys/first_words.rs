//! What statements begin with, and who writes it.

use serde_json::json;
use weerklank_domain::Lang;
use weerklank_domain::desk::{Role, Template, Verdict};
use weerklank_test_support::browser::{Board, Browser, Key, Setting};
use weerklank_test_support::database::TestDatabase;

use crate::desk::comes_in;

/// A chief writes others while somebody else does so too, and an editor begins with them.
#[tokio::test(flavor = "multi_thread")]
async fn a_chief_writes_first_words_and_an_editor_begins_with_them() {
    let board = Board::with_samples(TestDatabase::sqlite().await).await;
    board.app.send_in(&json!({"negative": {"story": "Een."}, "lang": "nl"})).await;
    let browser = Browser::open(Setting::default()).await;
    comes_in(&board, &browser, "bram", Role::Chief).await;
    browser.click(".top a[href='/desk/templates']").await;
    browser.wait_until("document.querySelector('#nl-ask-')?.value.startsWith('Dank je wel')").await;

    // Somebody else was at it as well, and was first.
    let other = board.app.app.store.editors().await.expect("the database answers")[0].id;
    let template = Template::new(Lang::Nl, Verdict::Ask, None).expect("there is one");
    let now = board.app.app.clock.now();
    let written = board.app.app.store.write_template((template, 0), Some("Van een ander <b>."), other, now);
    written.await.expect("it is written");
    browser.click("#nl-ask-").await;
    browser.press_with(Key::Control, "a").await;
    browser.press("Nog even dit: ").await;
    browser.click("form:has(#nl-ask-) button[type=submit]").await;
    browser.wait_until("document.querySelector('.as-typed')?.textContent === 'Van een ander <b>.'").await;
    assert_eq!(browser.ask::<String>("document.querySelector('#nl-ask-').value").await, "Nog even dit: ");
    browser.click("form:has(#nl-ask-) button[type=submit]").await;
    browser.wait_until("!document.querySelector('.as-typed') && document.querySelector('.toast')").await;

    browser.click(".toast button.plain").await;
    browser.click(".top a[href='/desk/queue']").await;
    browser.wait_until("document.querySelector('.items li')").await;
    browser.press("j").await;
    browser.wait_until("document.querySelector('.item')?.textContent.includes('Een.')").await;
    browser.press("q").await;
    browser.wait_until("document.querySelector('#statement')?.value === 'Nog even dit: '").await;
    browser.press(Key::Escape).await;

    browser.click(".top a[href='/desk/templates']").await;
    browser.wait_until("document.querySelector('#nl-ask-')?.value === 'Nog even dit: '").await;
    browser.click("form:has(#nl-ask-) button[type=button]").await;
    browser.wait_until("document.querySelector('#nl-ask-').value.startsWith('Dank je wel')").await;
    // The browser notes the status of an answer that says so.
    let complaints = browser.complaints().await;
    assert!(complaints.iter().all(|line| line.contains("409")), "{complaints:?}");
    browser.finish().await;
}
