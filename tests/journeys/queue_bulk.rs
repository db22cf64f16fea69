//! Editors reject several comments at once.

use serde_json::json;
use weerklank_domain::desk::Role;
use weerklank_test_support::browser::{Board, Browser, Key, Setting};
use weerklank_test_support::database::TestDatabase;

use crate::desk::comes_in;

/// Says it below a column; its writer's page.
async fn comment(board: &Board, text: &str) -> String {
    let body = json!({"text": text, "lang": "nl"}).to_string();
    let path = "/api/v1/columns/retour-in-elf-stappen/comments";
    let sent = board.app.send_body("POST", path, &[("content-type", "application/json")], body).await;
    assert_eq!(sent.status.as_u16(), 201, "{}", sent.text());
    board.app.advance(time::Duration::SECOND);
    let sent = sent.json();
    let url = sent["secret_url"].as_str().expect("its address");
    url[url.find("/said/").expect("a path")..].to_owned()
}

async fn waits_for(browser: &Browser, excerpts: &[&str]) {
    let wanted = json!(excerpts);
    let list = "[...document.querySelectorAll('.items .excerpt')].map(one => one.textContent)";
    browser.wait_until(&format!("JSON.stringify({list}) === JSON.stringify({wanted})")).await;
}

/// By keyboard: a range is marked and rejected with one statement; what somebody else holds and what is no comment stays and is
/// named; all of it is taken back.
async fn comments_are_rejected_together_and_taken_back(db: TestDatabase) {
    let board = Board::with_samples(db).await;
    for text in ["Koop hier nu.", "Koop daar.", "Niet van mij."] {
        comment(&board, text).await;
    }
    board.app.send_in_story("Een verhaal.").await;
    comment(&board, "Blijft liggen.").await;
    let all = ["Koop hier nu.", "Koop daar.", "Niet van mij.", "Een verhaal.", "Blijft liggen."];
    let (anna, bram) = (Browser::open(Setting::default()).await, Browser::open(Setting::default()).await);
    comes_in(&board, &bram, "bram", Role::Editor).await;
    waits_for(&bram, &all).await;
    bram.click(".items li:nth-child(3) a").await;
    bram.wait_until("document.querySelector('.decide')").await;
    bram.press("c").await;
    bram.wait_until("document.querySelector('.holding')?.textContent.includes('Je bent ermee bezig')").await;

    comes_in(&board, &anna, "anna", Role::Editor).await;
    waits_for(&anna, &all).await;
    assert_eq!(anna.count("#bulk").await, 0);
    anna.press("j").await;
    anna.press("x").await;
    anna.wait_until("document.querySelector('#bulk')?.textContent.includes('1 gemarkeerd')").await;
    for _ in 0..3 {
        anna.press("j").await;
    }
    anna.wait_until("document.querySelector('.items li:nth-child(4) a[aria-current]')").await;
    anna.wait_until("document.querySelector('.item h1') && document.querySelector('.item').textContent.includes('Een verhaal.')").await;
    anna.press("X").await;
    anna.wait_until("document.querySelector('#bulk').textContent.includes('4 gemarkeerd')").await;
    assert_eq!(anna.count(".items input:checked").await, 4);
    // Nothing but rejecting comments is offered for several.
    assert_eq!(anna.count("#bulk button").await, 3);
    anna.press("b").await;
    anna.wait_until("document.activeElement.id === 'bulk'").await;
    for _ in 0..3 {
        anna.press(Key::Tab).await;
    }
    anna.press(Key::Return).await;
    anna.wait_until("document.activeElement.id === 'bulk-ground'").await;
    anna.press_with(Key::Control, Key::Return).await;
    anna.wait_until("document.querySelector('#bulk-fault').textContent.includes('regel')").await;
    anna.press("1").await;
    anna.wait_until("document.querySelector('#bulk-statement').value.length > 9").await;
    anna.press(Key::Tab).await;
    anna.press_with(Key::Control, Key::End).await;
    anna.press("dit is reclame.").await;
    anna.press_with(Key::Control, Key::Return).await;
    waits_for(&anna, &all[2..]).await;
    anna.wait_until("document.querySelector('.toast button .left')").await;
    assert!(anna.text(".toast").await.contains("2 reacties afgewezen"));
    let named = anna.texts("#bulk li").await;
    assert_eq!(named.len(), 2, "{named:?}");
    assert!(named[0].contains("Niet van mij.") && named[0].contains("bram"), "{named:?}");
    assert!(named[1].contains("Een verhaal.") && named[1].contains("geen reactie"), "{named:?}");
    assert_eq!(anna.count(".items input:checked").await, 0);
    // Each has its own decision in the log.
    let decided = "(await (await fetch('/api/v1/desk/queue?view=decided')).json()).count";
    let two = format!("while ({decided} !== 2) await new Promise(requestAnimationFrame);");
    anna.run_async(&two, serde_json::Value::Null).await;

    anna.press("u").await;
    waits_for(&anna, &all).await;
    anna.wait_until("document.querySelector('.toast')?.textContent.includes('Ongedaan')").await;
    let none = format!("while ({decided}) await new Promise(requestAnimationFrame);");
    anna.run_async(&none, serde_json::Value::Null).await;
    for browser in [anna, bram] {
        // The browser notes the status of an answer that says so.
        let complaints = browser.complaints().await;
        assert!(complaints.iter().all(|line| line.contains("409")), "{complaints:?}");
        browser.finish().await;
    }
}

/// What its writer changed after it was marked is not rejected by that mark; what one holds is let go together.
async fn marks_are_of_what_was_seen(db: TestDatabase) {
    let board = Board::with_samples(db).await;
    let own = comment(&board, "Eerst zo.").await;
    comment(&board, "Koop hier.").await;
    let anna = Browser::open(Setting::default()).await;
    comes_in(&board, &anna, "anna", Role::Editor).await;
    waits_for(&anna, &["Eerst zo.", "Koop hier."]).await;
    anna.press("j").await;
    anna.wait_until("document.querySelector('.decide')").await;
    anna.press("c").await;
    anna.wait_until("document.querySelector('.items .holder')").await;
    anna.click(".items li:first-child input").await;
    anna.run("document.querySelector('.items li:last-child input').dispatchEvent(new MouseEvent('click', {bubbles: true, shiftKey: true}))")
        .await;
    anna.wait_until("document.querySelectorAll('.items input:checked').length === 2").await;
    anna.wait_until("document.querySelector('#bulk').textContent.includes('2 gemarkeerd')").await;
    anna.click("#bulk .buttons button:nth-child(2)").await;
    anna.wait_until("!document.querySelector('.items .holder')").await;

    let writer = Browser::open(Setting { script: false, ..Setting::default() }).await;
    writer.goto(&board.url(&own)).await;
    writer.click("textarea").await;
    writer.press("En nu anders. ").await;
    writer.click("button[value=change]").await;
    anna.wait_until("document.querySelector('.items').textContent.includes('En nu anders.')").await;
    writer.finish().await;
    anna.click("#bulk-reject").await;
    anna.wait_until("document.activeElement.id === 'bulk-ground'").await;
    anna.press("2").await;
    anna.press(Key::Tab).await;
    anna.press("Reclame.").await;
    anna.press_with(Key::Control, Key::Return).await;
    anna.wait_until("document.querySelectorAll('.items li').length === 1").await;
    anna.wait_until("document.querySelector('#bulk li')?.textContent.includes('sinds je het markeerde')")
        .await;
    assert!(anna.text(".items").await.contains("En nu anders."));
    anna.click("#bulk .buttons button:first-child").await;
    anna.wait_until("!document.querySelector('#bulk')").await;
    anna.finish().await;
}

weerklank_test_support::on_every_database!(
    comments_are_rejected_together_and_taken_back,
    marks_are_of_what_was_seen
);
