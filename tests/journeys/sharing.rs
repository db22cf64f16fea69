//! A reader sends in what happened to them, in a browser that runs no script and in one that does.

use weerklank_test_support::app::ORIGIN;
use weerklank_test_support::browser::{Board, Browser, Key, Setting};
use weerklank_test_support::database::TestDatabase;
use weerklank_test_support::mail_sink::MailSink;

use crate::opened_with;

pub async fn wait_for_step(browser: &Browser, step: &str) {
    browser.wait_until(&format!("document.querySelector('[name=step]')?.value === '{step}'")).await;
}

pub async fn type_into(browser: &Browser, id: &str, text: &str) {
    browser.click(&format!("[id='{id}']")).await;
    browser.press(text).await;
}

/// From the empty form to one's own page.
async fn sends_in(browser: &Browser, board: &Board) {
    browser.goto(&board.url("/share")).await;
    wait_for_step(browser, "what").await;
    browser.click("label:has([value=negative])").await;
    browser.click("button.main").await;
    wait_for_step(browser, "story-negative").await;
    type_into(browser, "negative.story", "De lamp kwam niet. Ik belde 06-12345678.").await;
    type_into(browser, "negative.shop", "Lampenhuis Noord").await;
    browser.click("button.main").await;
    wait_for_step(browser, "details-negative").await;
    browser.click("label:has([name='negative.ratings.delivery'][value='1'])").await;
    // Something that is not right is said there, and mended.
    type_into(browser, "negative.promised", "morgen").await;
    browser.click("button.main").await;
    browser.wait_until("document.querySelector('.wrong a')").await;
    // The browser notes the status of a page that says so.
    let complaints = browser.complaints().await;
    assert!(complaints.iter().all(|line| line.contains("422")), "{complaints:?}");
    browser.click(".wrong a").await;
    browser.wait_until("document.activeElement.id === 'negative.promised'").await;
    browser.press_with(Key::Control, "a").await;
    browser.press("2").await;
    browser.click("button.main").await;
    wait_for_step(browser, "you").await;
    type_into(browser, "email", "kwal@voorbeeld.example").await;
    browser.click("button.main").await;
    wait_for_step(browser, "shield").await;
    assert_eq!(browser.text("mark").await, "06-12345678");
    browser.click("button.main").await;
    browser.wait_until("location.pathname.startsWith('/mine/')").await;
    let page = browser.text("main").await;
    for told in
        ["De lamp kwam niet.", "[telefoonnummer verborgen]", "Lampenhuis Noord", "kwal@voorbeeld.example"]
    {
        assert!(page.contains(told), "{told}: {page}");
    }
}

async fn an_experience_is_sent_in_and_erased(db: TestDatabase) {
    let board = Board::with_samples(db).await;
    let browser = Browser::open(Setting { script: false, width: 360, ..Setting::default() }).await;
    sends_in(&browser, &board).await;
    browser.click("button[value=withdraw]").await;
    browser.wait_until("document.querySelector('button[value=restore]')").await;
    browser.click("button[value=erase]").await;
    browser.wait_until("document.querySelector('.wrong')").await;
    browser.click("label:has([name=sure])").await;
    browser.click("button[value=erase]").await;
    browser.wait_until("document.querySelector('h1').textContent === 'Alles is gewist'").await;
    let kept: (String, usize) = browser.ask("[document.cookie, localStorage.length]").await;
    assert_eq!(kept, (String::new(), 0));
    browser.finish().await;
}

/// The mail that asks comes, its link is opened, and a yes is seen on the sender's page.
async fn an_address_is_confirmed(db: TestDatabase) {
    let sink = MailSink::start().await;
    let board = Board::mailing(db, &sink).await;
    let browser = Browser::open(Setting { script: false, width: 360, ..Setting::default() }).await;
    sends_in(&browser, &board).await;
    let mine: String = browser.ask("location.pathname").await;
    assert!(browser.text("#email").await.contains("is nog niet bevestigd"));
    let mail = sink.wait_for(1).await.remove(0);
    let text = String::from_utf8_lossy(&mail.message).replace("=\r\n", "");
    let (_, link) = text.split_once(ORIGIN).expect("a link in the mail");
    let link: String = link.chars().take_while(|c| !c.is_whitespace()).collect();
    browser.goto(&board.url(&link)).await;
    browser.click("button[value=confirm]").await;
    browser.wait_until("document.querySelector('h1').textContent === 'Je adres is bevestigd'").await;
    browser.goto(&board.url(&mine)).await;
    assert!(browser.text("#email").await.contains("is bevestigd op 21 november 2026"));
    browser.click("button[value=forget]").await;
    browser.wait_until("document.querySelector('.done') && !document.querySelector('#email')").await;
    browser.finish().await;
}

weerklank_test_support::on_every_database!(an_experience_is_sent_in_and_erased, an_address_is_confirmed);

/// Where scripts run the form is the same, and the app takes up again after it.
#[tokio::test(flavor = "multi_thread")]
async fn who_runs_scripts_sends_in_as_well() {
    let (board, browser) = opened_with(Setting::default()).await;
    sends_in(&browser, &board).await;
    browser.click("header.site a.mark").await;
    browser.wait_for_path("/").await;
    browser.wait_for_app().await;
    browser.finish().await;
}

/// Everything in one step can be done with the keyboard.
#[tokio::test(flavor = "multi_thread")]
async fn the_keyboard_is_enough() {
    let (board, browser) = opened_with(Setting { script: false, ..Setting::default() }).await;
    browser.goto(&board.url("/share")).await;
    let to = async |selector: &str| {
        for _ in 0..60 {
            browser.press(Key::Tab).await;
            if browser.ask::<bool>(&format!("document.activeElement.matches({selector:?})")).await {
                return;
            }
        }
        panic!("Tab does not come to {selector}");
    };
    to("[name=intent]").await;
    browser.press(Key::Down).await;
    browser.wait_until("document.querySelector('[name=intent][value=negative]').checked").await;
    // Enter goes on.
    browser.press(Key::Enter).await;
    wait_for_step(&browser, "story-negative").await;
    to("textarea").await;
    browser.press("Verteld met de toetsen.").await;
    to("button.main").await;
    browser.press(" ").await;
    wait_for_step(&browser, "details-negative").await;
    to("[name='negative.ratings.orientation']").await;
    browser.press(Key::Down).await;
    browser
        .wait_until("document.querySelector('[name=\"negative.ratings.orientation\"]:checked')?.value")
        .await;
    to("button[value=back]").await;
    browser.press(" ").await;
    wait_for_step(&browser, "story-negative").await;
    assert_eq!(
        browser.ask::<String>("document.querySelector('textarea').value").await,
        "Verteld met de toetsen."
    );
    browser.finish().await;
}
