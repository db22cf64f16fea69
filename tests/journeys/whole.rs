//! Everything that happens between a reader who sends something in and a column that leaves the board again, in
//! one go: at the desk by keyboard, for everybody else with and without script; and once more with nobody touching a mouse.

use serde_json::json;
use time::Duration;
use weerklank_domain::desk::Role;
use weerklank_test_support::app::ORIGIN;
use weerklank_test_support::browser::{Board, Browser, Key, Setting};
use weerklank_test_support::database::TestDatabase;
use weerklank_test_support::mail_sink::{MailSink, SunkMail};

use crate::desk::{comes_back, comes_in};
use crate::hands::Hands;
use crate::sharing::wait_for_step;

/// What one half of the pair tells, and where.
const NEGATIVE: &str = "De lamp kwam niet.";
const COLUMN: &str = "/nl/columns/een-lamp-en-een-monteur";

struct Play {
    board: Board,
    sink: MailSink,
    script: bool,
    hands: Hands,
}

impl Play {
    /// Somebody who is not of the desk.
    async fn visitor(&self) -> Browser {
        Browser::open(Setting { script: self.script, width: 360, ..Setting::default() }).await
    }

    /// An editor, whose browser was closed since.
    async fn editor(&self, name: &str) -> Browser {
        let browser = Browser::open(Setting::default()).await;
        comes_back(&self.board, &browser, name).await;
        browser
    }

    /// The path in the last mail to somebody that has a word in its subject.
    async fn link(&self, to: &str, subject: &str) -> String {
        self.board.app.send_mails().await;
        let is_it = |mail: &SunkMail| {
            mail.to[0].starts_with(to) && mail.header("Subject").is_some_and(|words| words.contains(subject))
        };
        let mail = self.sink.wait_for_one(is_it).await;
        let text = String::from_utf8_lossy(&mail.message).replace("=\r\n", "");
        let (_, link) = text.split_once(&format!("\r\n{ORIGIN}")).expect("a link on a line of its own");
        link.chars().take_while(|c| !c.is_whitespace()).collect()
    }

    /// What was decided cannot be undone any more, and is told and shown.
    async fn later(&self) {
        self.board.app.make_decisions_final();
        self.board.app.refresh().await;
    }
}

async fn says(browser: &Browser, selector: &str, words: &str) {
    browser
        .wait_until(&format!("document.querySelector({selector:?})?.textContent.includes({words:?})"))
        .await;
}

/// Opens what waits longest, which says something.
async fn opens(editor: &Browser, board: &Board, words: &str) {
    editor.goto(&board.url("/desk/queue")).await;
    editor.wait_until("document.querySelector('.items li')").await;
    editor.press("j").await;
    says(editor, ".item", words).await;
}

/// Decides with a key; with words and, where it needs one, the first rule.
async fn decides(editor: &Browser, key: &str, reason: Option<(&str, bool)>) {
    let count = "(await (await fetch('/api/v1/desk/queue')).json()).count";
    let before = editor.run_async(&format!("return {count};"), json!(null)).await;
    editor.press(key).await;
    if let Some((reason, needs_rule)) = reason {
        if needs_rule {
            editor.wait_until("document.activeElement.id === 'ground'").await;
            editor.press("1").await;
            editor.wait_until("document.querySelector('#ground').value === 'privacy'").await;
            editor.press(Key::Tab).await;
        }
        editor.wait_until("document.activeElement.id === 'statement'").await;
        editor.press_with(Key::Control, Key::End).await;
        editor.press(reason).await;
        editor.press_with(Key::Control, Key::Return).await;
    }
    // On screen at once; told to the server meanwhile.
    editor.wait_until("document.querySelector('.toast .left')").await;
    let told = format!("while ({count} >= argument) await new Promise(requestAnimationFrame);");
    editor.run_async(&told, before).await;
}

/// Sends in the negative half with an address, and says that it is theirs; the address of their page.
async fn sends_in_and_confirms(play: &Play) -> String {
    let reader = play.visitor().await;
    reader.goto(&play.board.url("/share")).await;
    wait_for_step(&reader, "what").await;
    play.hands.choose(&reader, "[value=negative]").await;
    play.hands.press(&reader, "button.main").await;
    wait_for_step(&reader, "story-negative").await;
    play.hands.type_at(&reader, "[id='negative.story']", NEGATIVE).await;
    play.hands.press(&reader, "button.main").await;
    wait_for_step(&reader, "details-negative").await;
    play.hands.choose(&reader, "[name='negative.ratings.delivery'][value='1']").await;
    play.hands.press(&reader, "button.main").await;
    wait_for_step(&reader, "you").await;
    play.hands.type_at(&reader, "[id='email']", "kwal@voorbeeld.example").await;
    play.hands.choose(&reader, "[name='consents.publish']").await;
    play.hands.press(&reader, "button.main").await;
    reader.wait_until("location.pathname.startsWith('/mine/')").await;
    let mine: String = reader.ask("location.pathname").await;
    let link = play.link("kwal", "adres").await;
    reader.goto(&play.board.url(&link)).await;
    play.hands.press(&reader, "button[value=confirm]").await;
    says(&reader, "h1", "Je adres is bevestigd").await;
    reader.finish().await;
    mine
}

/// The editor asks, the sender answers, both halves are accepted.
async fn is_asked_and_accepted(play: &Play, editor: &Browser) {
    opens(editor, &play.board, NEGATIVE).await;
    decides(editor, "q", Some(("wanneer was dat?", false))).await;
    play.later().await;
    let reader = play.visitor().await;
    reader.goto(&play.board.url(&play.link("kwal", "vraag").await)).await;
    play.hands.type_at(&reader, "[id='answer-text']", "In maart.").await;
    play.hands.press(&reader, "button[value=answer]").await;
    reader.wait_until("document.querySelector('.yours')").await;
    reader.finish().await;
    for words in ["De monteur belde", "In maart."] {
        opens(editor, &play.board, words).await;
        decides(editor, "a", None).await;
        play.later().await;
    }
}

/// Both halves become one column; their senders read along; it is published.
async fn is_made_a_pair(play: &Play, editor: &Browser) {
    editor.goto(&play.board.url("/desk/queue?view=decided")).await;
    editor.wait_until("document.querySelectorAll('.items li').length === 2").await;
    play.hands.press(editor, ".items li:nth-child(1) a").await;
    editor.wait_until("document.querySelector('.item .buttons .main')").await;
    play.hands.press(editor, ".item .buttons .main + button").await;
    play.hands.press(editor, ".items li:nth-child(2) a").await;
    says(editor, ".item .buttons", "Maak een paar met").await;
    play.hands.press(editor, ".item .buttons .main + button").await;
    editor.wait_until("document.querySelector('#compose-text')?.value.includes('{.negative}')").await;
    play.hands.type_at(editor, "#compose-title", "Een lamp en een monteur").await;
    says(editor, ".kept", "Bewaard").await;
    play.hands.press(editor, "#tab-publish").await;
    editor.wait_until("document.querySelector('.senders')").await;
    play.hands.press(editor, "#panel section .buttons button").await;
    says(editor, ".toast", "Gevraagd.").await;
    let reader = play.visitor().await;
    reader.goto(&play.board.url(&play.link("kwal", "plaatsen").await)).await;
    assert!(!reader.text(".compared").await.contains("monteur"), "each reads their own half");
    play.hands.press(&reader, "button[value=approve]").await;
    says(&reader, "main", "Genoteerd.").await;
    reader.finish().await;
    play.hands.press(editor, "#panel .main").await;
    says(editor, ".place", "op het bord").await;
}

/// A reader comments, another reports that; the comment goes, and comes back when its writer appeals.
async fn is_commented_on(play: &Play, editor: Browser) {
    let reader = play.visitor().await;
    reader.goto(&play.board.url(COLUMN)).await;
    play.hands.type_at(&reader, "#say", "Bij mij ook.").await;
    play.hands.press(&reader, "form[action$='/comment'] button").await;
    reader.wait_until("document.querySelector('button[value=send]')").await;
    play.hands.press(&reader, "button[value=send]").await;
    reader.wait_until("location.pathname.includes('/said/')").await;
    let said: String = reader.ask("location.pathname").await;
    opens(&editor, &play.board, "Bij mij ook.").await;
    decides(&editor, "a", None).await;
    play.later().await;

    reader.goto(&play.board.url(COLUMN)).await;
    says(&reader, ".comments", "Bij mij ook.").await;
    play.hands.press(&reader, ".comments a[href*='report']").await;
    play.hands.choose(&reader, "[value=privacy]").await;
    play.hands.type_at(&reader, "textarea", "Dit gaat over mij.").await;
    play.hands.choose(&reader, "[name=good_faith]").await;
    play.hands.press(&reader, "button[value=send]").await;
    reader.wait_until("location.pathname.includes('/said/')").await;
    opens(&editor, &play.board, "Dit gaat over mij.").await;
    decides(&editor, "r", Some(("dit.", true))).await;
    play.later().await;
    editor.finish().await;

    reader.goto(&play.board.url(COLUMN)).await;
    says(&reader, ".comments", "Een redacteur heeft deze reactie verwijderd.").await;
    reader.goto(&play.board.url(&said)).await;
    play.hands.type_at(&reader, "#appeal textarea", "Er staat niemand in.").await;
    play.hands.press(&reader, "button[value=appeal]").await;
    says(&reader, "main", "Je bezwaar is ontvangen.").await;
    let other = Browser::open(Setting::default()).await;
    comes_in(&play.board, &other, "bram", Role::Editor).await;
    opens(&other, &play.board, "Er staat niemand in.").await;
    decides(&other, "r", Some(("er niemand in staat.", false))).await;
    play.later().await;
    other.finish().await;
    reader.goto(&play.board.url(COLUMN)).await;
    says(&reader, ".comments", "Bij mij ook.").await;
    reader.finish().await;
}

/// The shop is asked, answers, and the sender says what came of it.
async fn is_replied_to(play: &Play, mine: &str) {
    let editor = play.editor("anna").await;
    editor.goto(&play.board.url("/desk/columns")).await;
    editor.wait_until("document.querySelector('.items li a')").await;
    play.hands.press(&editor, ".items li a").await;
    editor.wait_until("document.querySelector('#tab-publish')").await;
    play.hands.press(&editor, "#tab-publish").await;
    editor.wait_until("document.querySelector('#reply-shop')").await;
    play.hands.press(&editor, "#panel section:has(#reply-shop) summary").await;
    play.hands.type_at(&editor, "[id='reply-shop']", "Lampenhuis <b>Noord</b>").await;
    play.hands.type_at(&editor, "[id='reply-email']", "winkel@voorbeeld.example").await;
    play.hands.type_at(&editor, "[id='reply-question']", "Hoe kwam dit?").await;
    editor.press(Key::Tab).await;
    editor.press(Key::Tab).await;
    editor.press(Key::Return).await;
    says(&editor, ".toast", "Gevraagd. De link staat bij de winkel.").await;

    let shop = play.visitor().await;
    shop.goto(&play.board.url(&play.link("winkel", "antwoorden").await)).await;
    assert_eq!(shop.count("h1 b").await, 0);
    play.hands.type_at(&shop, "[id='text']", "Dat spijt ons. <img src=x onerror=alert(1)>").await;
    play.hands.press(&shop, "button.main").await;
    says(&shop, ".done", "Ontvangen.").await;
    opens(&editor, &play.board, "Dat spijt ons.").await;
    assert_eq!(editor.count(".item .prose img").await, 0);
    decides(&editor, "a", None).await;
    play.later().await;
    editor.finish().await;
    shop.goto(&play.board.url(COLUMN)).await;
    says(&shop, ".replies", "Antwoord van de winkel").await;
    assert_eq!(shop.count(".replies img, .replies h3 b").await, 0);
    let told = play.link("kwal", "geantwoord").await;
    assert!(told.contains(mine), "{told}");
    shop.goto(&play.board.url(&told)).await;
    play.hands.press(&shop, "button[value=partly]").await;
    says(&shop, ".done", "Het staat nu bij het antwoord.").await;
    play.board.app.refresh().await;
    shop.goto(&play.board.url(COLUMN)).await;
    says(&shop, ".replies .outcome", "deels opgelost").await;
    shop.finish().await;
}

/// Taken back by its sender, it leaves the board.
async fn is_taken_back(play: &Play, mine: &str) {
    let reader = play.visitor().await;
    reader.goto(&play.board.url(mine)).await;
    play.hands.press(&reader, "button[value=withdraw]").await;
    reader.wait_until("document.querySelector('button[value=restore]')").await;
    play.board.app.refresh().await;
    reader.goto(&play.board.url(COLUMN)).await;
    let left = reader.text("main").await;
    assert!(!left.contains("spijt") && !left.contains("Bij mij ook."), "{left}");
    let complaints = reader.complaints().await;
    assert!(complaints.iter().all(|line| line.contains("410")), "{complaints:?}");
    reader.finish().await;
}

async fn all_of_it(db: TestDatabase, script: bool, hands: Hands) {
    let sink = MailSink::start().await;
    let board = Board::mailing(db, &sink).await;
    let play = Play { board, sink, script, hands };
    let mine = sends_in_and_confirms(&play).await;
    let good =
        json!({"positive": {"story": "De monteur belde zelf."}, "lang": "nl", "consents": {"publish": true}});
    // What came in at one moment waits in no order.
    play.board.app.advance(Duration::SECOND);
    play.board.app.send_in(&good).await;
    let editor = Browser::open(Setting::default()).await;
    comes_in(&play.board, &editor, "anna", Role::Editor).await;
    is_asked_and_accepted(&play, &editor).await;
    is_made_a_pair(&play, &editor).await;
    is_commented_on(&play, editor).await;
    is_replied_to(&play, &mine).await;
    is_taken_back(&play, &mine).await;
}

async fn from_sending_in_to_taking_back_without_script(db: TestDatabase) {
    all_of_it(db, false, Hands::Mouse).await;
}

async fn from_sending_in_to_taking_back_with_script(db: TestDatabase) {
    all_of_it(db, true, Hands::Mouse).await;
}

async fn from_sending_in_to_taking_back_by_keyboard_alone(db: TestDatabase) {
    all_of_it(db, true, Hands::Keyboard).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn from_sending_in_to_taking_back_by_keyboard_alone_and_without_script() {
    all_of_it(TestDatabase::sqlite().await, false, Hands::Keyboard).await;
}

weerklank_test_support::on_every_database!(
    from_sending_in_to_taking_back_by_keyboard_alone,
    from_sending_in_to_taking_back_without_script,
    from_sending_in_to_taking_back_with_script,
);
