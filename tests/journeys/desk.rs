//! Editors decide on what readers sent in.

use serde_json::json;
use weerklank_domain::desk::Role;
use weerklank_test_support::browser::{Board, Browser, Key, Setting};
use weerklank_test_support::database::TestDatabase;

use crate::hands::Hands;

pub(crate) const PASSWORD: &str = "juiste paard batterij";

/// Sends something in that is made of hostile texts besides; its sender's page.
async fn send_in(board: &Board, story: &str) -> String {
    let draft = json!({"negative": {"story": story, "shop": "Lampenhuis <b>Noord</b>", "ratings": {"delivery": "1"}},
        "name": "<img src=x onerror=alert(1)>", "lang": "nl"});
    let sent = board.app.send_in(&draft).await;
    let url = sent["secret_url"].as_str().expect("its address");
    url[url.find("/mine/").expect("a path")..].to_owned()
}

/// Sets a password by a link and waits for the queue.
pub(crate) async fn comes_in(board: &Board, browser: &Browser, name: &str, role: Role) {
    let token = board.app.invite(&format!("{name}@voorbeeld.example"), role).await;
    browser.goto(&board.url(&format!("/desk/set-up/{token}"))).await;
    Hands::Keyboard.type_at(browser, "#password", PASSWORD).await;
    browser.press(Key::Return).await;
    browser.wait_until("document.querySelector('.items li')").await;
}

/// Signs in again, in another browser.
pub(crate) async fn comes_back(board: &Board, browser: &Browser, name: &str) {
    browser.goto(&board.url("/desk")).await;
    Hands::Keyboard.type_at(browser, "#email", &format!("{name}@voorbeeld.example")).await;
    Hands::Keyboard.type_at(browser, "#password", PASSWORD).await;
    browser.press(Key::Return).await;
    browser.wait_until("!document.querySelector('#password') && document.querySelector('#main h1')").await;
}

async fn wait_for_item(browser: &Browser, words: &str) {
    browser.wait_until(&format!("document.querySelector('.item')?.textContent.includes('{words}')")).await;
}

/// By keyboard alone, from the link to the reasons on the sender's page.
async fn an_editor_decides_by_keyboard(db: TestDatabase) {
    let board = Board::with_samples(db).await;
    let first = send_in(&board, "De lamp kwam niet. Bel 06-12345678. <script>alert(1)</script>").await;
    let second = send_in(&board, "Elf stappen voor een *retour*.").await;
    let third = send_in(&board, "Nooit teruggebeld.").await;
    let browser = Browser::open(Setting::default()).await;
    comes_in(&board, &browser, "anna", Role::Editor).await;
    browser.press("j").await;
    wait_for_item(&browser, "De lamp kwam niet").await;
    assert_eq!(browser.text(".found mark").await, "06-12345678");
    assert_eq!(browser.count(".item img, .item script, .items img, .item dd b").await, 0);

    browser.press("r").await;
    browser.wait_until("document.activeElement.id === 'ground'").await;
    browser.press_with(Key::Control, Key::Return).await;
    browser.wait_until("document.querySelector('#statement-fault').textContent.includes('regel')").await;
    browser.press("1").await;
    browser.wait_until("document.querySelector('#ground').value === 'privacy'").await;
    browser.press(Key::Tab).await;
    browser.press_with(Key::Control, Key::End).await;
    browser.press("een nummer.").await;
    browser.press_with(Key::Control, Key::Return).await;
    wait_for_item(&browser, "Elf stappen").await;
    browser.wait_until("document.querySelector('.toast button .left')").await;
    assert_eq!(browser.count(".items li").await, 2);

    // Taken back, it is where it was; decided again, it is told of when that can no longer be done.
    browser.press("u").await;
    wait_for_item(&browser, "De lamp kwam niet").await;
    assert_eq!(browser.texts(".items li .excerpt").await.len(), 3);
    browser.press("a").await;
    wait_for_item(&browser, "Elf stappen").await;
    browser.wait_until("document.querySelector('.toast')?.textContent.includes('Aangenomen')").await;
    browser.press("q").await;
    browser.wait_until("document.activeElement.id === 'statement'").await;
    browser.press_with(Key::Control, Key::End).await;
    browser.press("wanneer was dat?").await;
    browser.press_with(Key::Control, Key::Return).await;
    wait_for_item(&browser, "Nooit teruggebeld").await;
    browser.wait_until("document.querySelector('.toast')?.textContent.includes('Vraag gesteld')").await;
    browser.press("k").await;
    assert_eq!(browser.texts(".items li .excerpt").await, ["Nooit teruggebeld."]);

    board.app.make_decisions_final();
    browser.goto(&board.url(&first)).await;
    assert!(browser.text("main").await.contains("Aangenomen"));
    browser.goto(&board.url(&second)).await;
    assert!(browser.text(".course").await.contains("wanneer was dat?"));
    browser.click("#answer-text").await;
    browser.press("In maart.").await;
    browser.click("button[value=answer]").await;
    browser.wait_until("document.querySelector('.yours')").await;

    browser.goto(&board.url("/desk/queue")).await;
    browser.wait_until("document.querySelectorAll('.items li').length === 2").await;
    browser.press("j").await;
    browser.press("j").await;
    wait_for_item(&browser, "In maart.").await;
    browser.goto(&board.url(&third)).await;
    assert!(browser.text("main").await.contains("Een redacteur gaat ernaar kijken"));
    browser.finish().await;
}

/// What one does, the other sees; neither decides what the other holds.
async fn two_editors_do_not_get_in_each_other_s_way(db: TestDatabase) {
    let board = Board::with_samples(db).await;
    send_in(&board, "Een.").await;
    send_in(&board, "Twee.").await;
    let (anna, bram) = (Browser::open(Setting::default()).await, Browser::open(Setting::default()).await);
    comes_in(&board, &anna, "anna", Role::Editor).await;
    comes_in(&board, &bram, "bram", Role::Chief).await;
    anna.press("j").await;
    wait_for_item(&anna, "Een.").await;
    anna.press("c").await;
    bram.wait_until("document.querySelector('.items .holder')?.textContent === 'anna is ermee bezig'").await;
    bram.press("j").await;
    wait_for_item(&bram, "Een.").await;
    bram.press("a").await;
    bram.wait_until("document.querySelector('.toast.wrong')?.textContent.includes('anna is ermee bezig')")
        .await;
    assert_eq!(bram.count(".items li").await, 2);
    anna.press("a").await;
    wait_for_item(&anna, "Twee.").await;
    // What bram reads stays; the list says what became of it.
    bram.wait_until("document.querySelector('.items li .meta')?.textContent.includes('aangenomen')").await;
    assert!(bram.text(".item").await.contains("Een."));

    // A chief takes over what somebody holds.
    anna.press("c").await;
    bram.press("j").await;
    wait_for_item(&bram, "Twee.").await;
    bram.wait_until("document.querySelector('.holding')?.textContent.includes('anna')").await;
    bram.click(".holding button:last-child").await;
    bram.wait_until("document.querySelector('.holding')?.textContent.includes('Je bent ermee bezig')").await;
    anna.wait_until("document.querySelector('.items .holder')?.textContent === 'bram is ermee bezig'").await;
    // The browser notes the status of an answer that says so.
    let complaints = bram.complaints().await;
    assert!(complaints.iter().all(|line| line.contains("409")), "{complaints:?}");
    anna.finish().await;
    bram.finish().await;
}

weerklank_test_support::on_every_database!(
    an_editor_decides_by_keyboard,
    two_editors_do_not_get_in_each_other_s_way
);

/// An admin invites, gives another role and disables, and is asked for a code after adding a device.
#[tokio::test(flavor = "multi_thread")]
async fn an_admin_looks_after_people() {
    let board = Board::with_samples(TestDatabase::sqlite().await).await;
    send_in(&board, "Een.").await;
    let browser = Browser::open(Setting::default()).await;
    comes_in(&board, &browser, "chef", Role::Admin).await;
    browser.click(".top a[href='/desk/people']").await;
    browser.wait_until("document.querySelectorAll('tbody tr').length === 1").await;
    browser.click("#invite-name").await;
    browser.press("Dirk Kwal").await;
    browser.click("#invite-email").await;
    browser.press("dirk@voorbeeld.example").await;
    browser.click("form .main").await;
    browser.wait_until("document.querySelectorAll('tbody tr').length === 2").await;
    let invited: String = browser.ask("document.querySelector('input.secret').value").await;
    assert!(invited.contains("/desk/set-up/"), "{invited}");
    browser.click("tbody tr:nth-child(2) td.buttons button:last-child").await;
    browser.wait_until("document.querySelector('tbody tr:nth-child(2)').dataset.disabled === 'true'").await;
    browser.click(".top a[href='/desk/audit']").await;
    browser.wait_until("document.querySelector('tbody')?.textContent.includes('uitgezet')").await;
    browser.click(".top button.plain[lang=en]").await;
    browser.wait_until("document.querySelector('h1')?.textContent === 'Audit log'").await;
    browser.back().await;
    browser.wait_until("document.querySelector('h1')?.textContent === 'People'").await;

    browser.click(".top p.who button:last-child").await;
    browser.wait_until("document.querySelector('#email')").await;
    browser.click("#email").await;
    browser.press("chef@voorbeeld.example").await;
    browser.click("#password").await;
    browser.press(PASSWORD).await;
    browser.press(Key::Return).await;
    browser.wait_until("document.querySelectorAll('tbody tr').length === 2").await;
    browser.finish().await;
}
