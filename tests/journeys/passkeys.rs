//! An editor comes in by a passkey, with the keyboard alone and a device that the browser pretends to have.

use serde_json::json;
use weerklank_domain::desk::Role;
use weerklank_test_support::browser::{Board, Browser, Key, Setting};
use weerklank_test_support::database::TestDatabase;

use crate::desk::{PASSWORD, comes_in};

/// A device that knows who holds it, and does as it is asked at once (`WebAuthn` of the `DevTools` protocol).
async fn plug_in(browser: &Browser) {
    browser.command("WebAuthn.enable", json!({})).await;
    let device = json!({"options": {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": true, "hasUserVerification": true,
        "isUserVerified": true, "automaticPresenceSimulation": true,
    }});
    browser.command("WebAuthn.addVirtualAuthenticator", device).await;
}

async fn tab_to(browser: &Browser, selector: &str) {
    for _ in 0..60 {
        browser.press(Key::Tab).await;
        if browser.ask::<bool>(&format!("document.activeElement.matches({selector:?})")).await {
            return;
        }
    }
    panic!("Tab does not come to {selector}");
}

async fn goes_out(browser: &Browser) {
    tab_to(browser, ".top p.who button:last-child").await;
    browser.press(Key::Enter).await;
    browser.wait_until("document.querySelector('#by-passkey')").await;
}

async fn tries_the_passkey(browser: &Browser) {
    tab_to(browser, "#by-passkey").await;
    browser.press(Key::Enter).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_editor_comes_in_by_passkey() {
    let board = Board::with_a_name(TestDatabase::sqlite().await).await;
    board.app.send_in_story("De lamp kwam niet.").await;
    let browser = Browser::open(Setting::default()).await;
    plug_in(&browser).await;
    comes_in(&board, &browser, "anna", Role::Editor).await;

    browser.goto(&board.url("/desk/account")).await;
    browser.wait_until("document.querySelector('#passkey-name')").await;
    tab_to(&browser, "#passkey-name").await;
    browser.press("Telefoon").await;
    browser.press(Key::Tab).await;
    browser.press(PASSWORD).await;
    browser.press(Key::Enter).await;
    browser.wait_until("document.querySelector('#passkeys li bdi')?.textContent === 'Telefoon'").await;
    assert!(browser.text("#passkeys li").await.contains("Nog niet gebruikt."));

    // The device knows that it has one for this editor.
    tab_to(&browser, "#passkey-name").await;
    browser.press("Nog een").await;
    browser.press(Key::Tab).await;
    browser.press(PASSWORD).await;
    browser.press(Key::Enter).await;
    browser
        .wait_until("document.querySelector('#passkeys .fault').textContent === 'Deze passkey is er al.'")
        .await;

    goes_out(&browser).await;
    tries_the_passkey(&browser).await;
    browser.wait_until("document.querySelector('#passkeys li')?.innerText.includes('Laatst gebruikt')").await;

    tab_to(&browser, "#passkeys li button").await;
    let name = browser.attribute("#passkeys li button", "aria-label").await;
    assert_eq!(name.as_deref(), Some("Telefoon verwijderen"));
    browser.press(Key::Enter).await;
    browser.wait_until("document.activeElement.id === 'remove-password'").await;
    browser.press(PASSWORD).await;
    browser.press(Key::Enter).await;
    browser.wait_until("!document.querySelector('#passkeys li')").await;

    goes_out(&browser).await;
    tries_the_passkey(&browser).await;
    browser
        .wait_until(
            "document.querySelector('.fault').textContent.startsWith('Met deze passkey kom je niet binnen')",
        )
        .await;
    // The browser notes the status of that answer.
    let complaints = browser.complaints().await;
    assert!(complaints.iter().all(|line| line.contains("401")), "{complaints:?}");
    browser.finish().await;
}

/// At a number no device keeps a key: nothing is offered, and the password does as ever.
#[tokio::test(flavor = "multi_thread")]
async fn where_there_are_no_passkeys_none_is_offered() {
    let board = Board::empty(TestDatabase::sqlite().await).await;
    board.app.send_in_story("De lamp kwam niet.").await;
    let browser = Browser::open(Setting::default()).await;
    comes_in(&board, &browser, "anna", Role::Editor).await;
    browser.goto(&board.url("/desk/account")).await;
    browser
        .wait_until("document.querySelector('#passkeys')?.innerText.includes('geen passkey gebruiken')")
        .await;
    assert_eq!(browser.count("#passkey-name").await, 0);
    tab_to(&browser, ".top p.who button:last-child").await;
    browser.press(Key::Enter).await;
    browser.wait_until("document.querySelector('#email')").await;
    assert_eq!(browser.count("#by-passkey").await, 0);
    browser.finish().await;
}
