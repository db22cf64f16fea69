//! An accepted experience becomes a column, and its sender reads along.

use serde_json::json;
use weerklank_domain::desk::Role;
use weerklank_test_support::browser::{Board, Browser, Key, Setting};
use weerklank_test_support::database::TestDatabase;

use crate::desk::comes_in;

/// Sends in one half that may be published; its sender's page.
async fn send_in(board: &Board, side: &str, story: &str) -> String {
    let half = json!({"story": story, "shop": "Lampenhuis <b>Noord</b>", "ratings": {"delivery": "1"}});
    let draft = json!({side: half, "lang": "nl", "consents": {"publish": true}});
    let sent = board.app.send_in(&draft).await;
    let url = sent["secret_url"].as_str().expect("its address");
    url[url.find("/mine/").expect("a path")..].to_owned()
}

async fn has_text(browser: &Browser, selector: &str, words: &str) {
    browser
        .wait_until(&format!("document.querySelector({selector:?})?.textContent.includes({words:?})"))
        .await;
}

async fn typed(browser: &Browser, selector: &str, text: &str) {
    browser.click(selector).await;
    browser.press(text).await;
}

/// From two accepted experiences to a column that both senders approved of, and off the board again when one
/// of them takes theirs back.
async fn a_pair_becomes_a_column(db: TestDatabase) {
    let board = Board::with_samples(db).await;
    let bad = send_in(&board, "negative", "De lamp kwam niet. <script>alert(1)</script>").await;
    let good = send_in(&board, "positive", "De monteur belde zelf.").await;
    let browser = Browser::open(Setting::default()).await;
    comes_in(&board, &browser, "anna", Role::Editor).await;
    for left in [1, 0] {
        browser.press("j").await;
        browser.wait_until("document.querySelector('.item h1')").await;
        browser.press("a").await;
        browser.wait_until(&format!("document.querySelectorAll('.items li').length === {left}")).await;
        browser.wait_until("document.querySelector('.toast .left')").await;
    }
    // What is shown as decided is told to the server meanwhile.
    let told = "while ((await (await fetch('/api/v1/desk/queue')).json()).count) await new Promise(requestAnimationFrame);";
    browser.run_async(told, json!(null)).await;
    board.app.make_decisions_final();
    browser.goto(&board.url("/desk/queue?view=decided")).await;
    browser.wait_until("document.querySelectorAll('.items li').length === 2").await;
    browser.click(".items li:nth-child(1) a").await;
    browser.wait_until("document.querySelector('.item .buttons .main')").await;
    browser.click(".item .buttons .main + button").await;
    browser.click(".items li:nth-child(2) a").await;
    has_text(&browser, ".item .buttons", "Maak een paar met").await;
    browser.click(".item .buttons .main + button").await;
    browser.wait_until("document.querySelector('#compose-text')?.value.includes('{.negative}')").await;
    has_text(&browser, ".preview .prose", "De monteur belde zelf.").await;
    assert_eq!(browser.count(".preview script").await, 0);

    // Typed, drawn and saved by itself; a tool puts its signs around what is selected.
    typed(&browser, "#compose-title", "Een lamp en een monteur").await;
    browser.click("#compose-text").await;
    browser.press_with(Key::Control, Key::End).await;
    browser.press("Zo kan het ook.").await;
    browser.press_with(Key::Shift, Key::Home).await;
    browser.press_with(Key::Control, "b").await;
    browser.wait_until("document.querySelector('#compose-text').value.includes('**Zo kan het ook.**')").await;
    has_text(&browser, ".preview .prose strong", "Zo kan het ook.").await;
    has_text(&browser, ".kept", "Bewaard").await;
    browser.reload().await;
    browser
        .wait_until("document.querySelector('#compose-text')?.value.includes('**Zo kan het ook.**')")
        .await;

    browser.click("#tab-publish").await;
    browser.wait_until("document.querySelector('.senders')").await;
    browser.click("#panel .main").await;
    // Whoever gave no address cannot be asked by mail; a consent to publication is enough for them.
    has_text(&browser, ".toast", "Staat op het bord").await;
    has_text(&browser, ".place", "op het bord").await;

    let reader = Browser::open(Setting { script: false, ..Setting::default() }).await;
    reader.goto(&board.url("/nl/columns/een-lamp-en-een-monteur")).await;
    assert!(reader.text(".prose").await.contains("De monteur belde zelf."));
    // Asked all the same, they read their own part on their own page, without script as well.
    browser.click("#panel section .buttons button").await;
    has_text(&browser, ".toast", "Gevraagd.").await;
    reader.goto(&board.url(&bad)).await;
    assert!(reader.text(".compared").await.contains("Zo kan het ook."));
    assert!(!reader.text(".compared").await.contains("De monteur"), "what somebody else sent in is theirs");
    reader.click("textarea[name=remark]").await;
    reader.press("Het waren er vier.").await;
    reader.click("button[value=refuse]").await;
    has_text(&reader, "main", "Genoteerd.").await;
    browser.reload().await;
    browser.wait_until("document.querySelector('#tab-publish')").await;
    browser.click("#tab-publish").await;
    has_text(&browser, ".senders", "Het waren er vier.").await;

    // Taken back by one of them, the column of both leaves the board.
    reader.goto(&board.url(&good)).await;
    reader.click("button[value=withdraw]").await;
    reader.wait_until("document.querySelector('button[value=restore]')").await;
    board.app.refresh().await;
    reader.goto(&board.url("/nl/columns/een-lamp-en-een-monteur")).await;
    assert!(!reader.text("main").await.contains("De monteur belde zelf."));
    let complaints = reader.complaints().await;
    assert!(complaints.iter().all(|line| line.contains("410")), "{complaints:?}");
    browser.finish().await;
}

/// Two write at once: what goes together does, and where both changed the same, the second chooses.
async fn two_editors_write_at_once(db: TestDatabase) {
    let board = Board::with_samples(db).await;
    send_in(&board, "negative", "Om in te komen.").await;
    let (anna, bram) = (Browser::open(Setting::default()).await, Browser::open(Setting::default()).await);
    comes_in(&board, &anna, "anna", Role::Editor).await;
    comes_in(&board, &bram, "bram", Role::Editor).await;
    anna.click(".top a[href='/desk/columns']").await;
    anna.wait_until("document.querySelector('.columns .main')").await;
    anna.click(".columns .main").await;
    anna.wait_until("document.querySelector('#compose-text')").await;
    typed(&anna, "#compose-title", "Lamp").await;
    typed(&anna, "#compose-text", "De lamp kwam te laat.\n\nPunt.").await;
    has_text(&anna, ".kept", "Nog niet bewaard").await;
    anna.wait_until("document.querySelector('.kept').textContent === 'Bewaard'").await;
    bram.goto(&board.url(&anna.path().await)).await;
    bram.wait_until("document.querySelector('#compose-text')?.value.includes('Punt.')").await;

    let replace = async |browser: &Browser, from: &str, to: &str| {
        let script = format!(
            "const t = document.querySelector('#compose-text'); const at = t.value.indexOf({from:?}); t.focus(); \
             t.setSelectionRange(at, at + {from:?}.length); document.execCommand('insertText', false, {to:?});"
        );
        browser.run(&script).await;
    };
    replace(&anna, "te laat", "veel te laat").await;
    has_text(&anna, ".kept", "Nog niet bewaard").await;
    anna.wait_until("document.querySelector('.kept').textContent === 'Bewaard'").await;
    replace(&bram, "Punt.", "Uitroepteken!").await;
    has_text(&bram, ".toast", "anna schreef tegelijk").await;
    bram.wait_until(
        "document.querySelector('#compose-text').value === 'De lamp kwam veel te laat.\\n\\nUitroepteken!'",
    )
    .await;
    bram.wait_until("document.querySelector('.kept').textContent === 'Bewaard'").await;

    // The same words, changed by both.
    replace(&anna, "Punt.", "Komma,").await;
    anna.wait_until("document.querySelector('#merge')").await;
    has_text(&anna, "#merge", "Uitroepteken!").await;
    assert!(anna.text("#merge").await.contains("Komma,"));
    anna.click("#merge fieldset label:nth-of-type(2) input").await;
    anna.click("#merge button.main").await;
    anna.wait_until("document.querySelector('#compose-text')?.value.endsWith('Uitroepteken!')").await;
    anna.wait_until("document.querySelector('.kept').textContent === 'Bewaard'").await;
    // The browser notes the status of an answer that says that somebody was faster.
    for browser in [anna, bram] {
        let complaints = browser.complaints().await;
        assert!(complaints.iter().all(|line| line.contains("412")), "{complaints:?}");
    }
}

weerklank_test_support::on_every_database!(a_pair_becomes_a_column, two_editors_write_at_once);

/// What was typed without a connection is on the device, and there again in another window.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_typed_without_a_connection_is_kept() {
    let board = Board::with_samples(TestDatabase::sqlite().await).await;
    send_in(&board, "negative", "Om in te komen.").await;
    let browser = Browser::open(Setting::default()).await;
    comes_in(&board, &browser, "anna", Role::Editor).await;
    browser.click(".top a[href='/desk/columns']").await;
    browser.wait_until("document.querySelector('.columns .main')").await;
    browser.click(".columns .main").await;
    browser.wait_until("document.querySelector('#compose-text')").await;
    browser.be_offline(true).await;
    typed(&browser, "#compose-text", "Onderweg getypt.").await;
    has_text(&browser, ".kept", "wel op dit apparaat").await;
    browser.be_offline(false).await;
    browser.reload().await;
    browser.wait_until("document.querySelector('#compose-text')?.value === 'Onderweg getypt.'").await;
    browser.wait_until("document.querySelector('.kept').textContent === 'Bewaard'").await;
    let kept: Option<String> =
        browser.ask("Object.keys(localStorage).find(key => key.includes('desk.draft'))").await;
    assert_eq!(kept, None, "what is on the server need not stay here");

    // Something that has to be mended is said where it is.
    browser.click("#tab-publish").await;
    browser.wait_until("document.querySelector('#panel .main')").await;
    browser.click("#panel .main").await;
    browser.wait_until("document.querySelector('#field-sentiment[aria-invalid=true]')").await;
    has_text(&browser, ".writing .fault", "Eén regel").await;
}
