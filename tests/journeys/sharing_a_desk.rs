//! What goes wrong around a desk: several editors use one computer, somebody walks away, the line to the server is refused.

use weerklank_domain::desk::Role;
use weerklank_test_support::browser::{Board, Browser, Key, Setting};
use weerklank_test_support::database::TestDatabase;

use crate::desk::{comes_back, comes_in};

const WORDS: &str = "Woorden van anna.";

async fn has_text(browser: &Browser, selector: &str, words: &str) {
    browser
        .wait_until(&format!("document.querySelector({selector:?})?.textContent.includes({words:?})"))
        .await;
}

async fn signs_out(browser: &Browser) {
    browser.click(".top p.who button:last-child").await;
    browser.wait_until("document.querySelector('#email')").await;
}

/// Opens what waits, and the form of a question for its sender.
async fn asks(browser: &Browser) {
    browser.wait_until("document.querySelector('.items li')").await;
    browser.press("j").await;
    browser.wait_until("document.querySelector('.decide')").await;
    browser.press("q").await;
    browser.wait_until("document.activeElement.id === 'statement'").await;
}

/// Without loading anything anew, so that all that a page remembers is still there.
#[tokio::test(flavor = "multi_thread")]
async fn what_an_editor_did_not_send_yet_is_theirs_alone() {
    let board = Board::with_samples(TestDatabase::sqlite().await).await;
    board.app.send_in_story("Een.").await;
    let browser = Browser::open(Setting::default()).await;
    let other = Browser::open(Setting::default()).await;
    comes_in(&board, &other, "bram", Role::Chief).await;
    other.finish().await;
    comes_in(&board, &browser, "anna", Role::Editor).await;
    asks(&browser).await;
    browser.press_with(Key::Control, Key::End).await;
    browser.press(WORDS).await;
    browser.press(Key::Escape).await;
    browser.press("c").await;
    has_text(&browser, ".holding", "Niemand").await;
    for (name, sees) in [("bram", false), ("anna", true)] {
        signs_out(&browser).await;
        signs_in(&browser, name).await;
        browser.wait_until("document.querySelector('.decide')").await;
        if !sees {
            assert_eq!(browser.count(".statement").await, 0);
            browser.press("q").await;
        }
        browser.wait_until("document.querySelector('#statement')").await;
        let typed: String = browser.ask("document.querySelector('#statement').value").await;
        assert_eq!(typed.contains(WORDS), sees, "{name}: {typed}");
        if !sees {
            browser.wait_until("document.activeElement.id === 'statement'").await;
            browser.press(Key::Escape).await;
            has_text(&browser, ".holding", "Je bent").await;
            browser.press("c").await;
            has_text(&browser, ".holding", "Niemand").await;
        }
    }
    browser.finish().await;
}

/// The pages that another program draws are other documents: what was begun is there on the way back.
#[tokio::test(flavor = "multi_thread")]
async fn a_begun_decision_survives_another_page_of_the_desk() {
    let board = Board::with_samples(TestDatabase::sqlite().await).await;
    board.app.send_in_story("Een.").await;
    let browser = Browser::open(Setting::default()).await;
    comes_in(&board, &browser, "anna", Role::Editor).await;
    asks(&browser).await;
    browser.press_with(Key::Control, Key::End).await;
    browser.press(WORDS).await;
    browser.click(".top a[href='/desk/columns']").await;
    browser.wait_until("document.querySelector('.found-columns button')").await;
    browser.click(".top a[href='/desk/queue']").await;
    browser.wait_until("document.querySelector('.items li')").await;
    browser.press("j").await;
    browser.wait_until("document.querySelector('#statement')").await;
    let typed: String = browser.ask("document.querySelector('#statement').value").await;
    assert!(typed.contains(WORDS), "{typed}");
    browser.finish().await;
}

/// On the page that asks for it.
async fn signs_in(browser: &Browser, name: &str) {
    browser.click("#email").await;
    browser.press(format!("{name}@voorbeeld.example")).await;
    browser.click("#password").await;
    browser.press(crate::desk::PASSWORD).await;
    browser.press(Key::Return).await;
    browser.wait_until("document.querySelector('.top p.who')").await;
}

/// A column that the server did not get: the device keeps it for who wrote it.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_kept_of_a_column_is_for_who_wrote_it() {
    let board = Board::with_samples(TestDatabase::sqlite().await).await;
    board.app.send_in_story("Een.").await;
    let browser = Browser::open(Setting::default()).await;
    let other = Browser::open(Setting::default()).await;
    comes_in(&board, &other, "bram", Role::Editor).await;
    other.finish().await;
    comes_in(&board, &browser, "anna", Role::Editor).await;
    browser.goto(&board.url("/desk/columns")).await;
    browser.wait_until("document.querySelector('.found-columns button')").await;
    browser.click(".found-columns button").await;
    browser.wait_until("document.querySelector('#compose-title')?.value").await;
    let draft: String = browser.ask("location.pathname").await;
    browser.block(&["*/api/v1/desk/drafts/*"]).await;
    browser.click("#compose-title").await;
    browser.press_with(Key::Control, "a").await;
    browser.press(WORDS).await;
    has_text(&browser, ".kept", "dit apparaat").await;
    signs_out(&browser).await;
    browser.block(&[]).await;
    for (name, sees) in [("bram", false), ("anna", true)] {
        comes_back(&board, &browser, name).await;
        browser.goto(&board.url(&draft)).await;
        browser.wait_until("document.querySelector('#compose-title')?.value").await;
        let title: String = browser.ask("document.querySelector('#compose-title').value").await;
        assert_eq!(title == WORDS, sees, "{name}: {title}");
        if !sees {
            signs_out(&browser).await;
        }
    }
    has_text(&browser, ".kept", "Bewaard").await;
    // The browser notes what was held back.
    let complaints = browser.complaints().await;
    assert!(complaints.iter().all(|line| line.contains("ERR_BLOCKED")), "{complaints:?}");
    browser.finish().await;
}

/// Hours pass when the test says so: what waits for a minute or more is kept in `late`; and claims are counted.
const HOURS: &str = "
    window.late = new Map();
    for (const kind of ['Interval', 'Timeout']) {
        const [set, clear] = [window[`set${kind}`], window[`clear${kind}`]];
        window[`set${kind}`] = (run, after, ...rest) => {
            if (!(after >= 60_000)) return set(run, after, ...rest);
            const id = 1_000_000 + late.size;
            late.set(id, { run, after });
            return id;
        };
        window[`clear${kind}`] = (id) => { if (!late.delete(id)) clear(id); };
    }
    window.pass = (minutes) => [...late.values()].filter(({ after }) => after === minutes * 60_000).forEach(({ run }) => run());
    window.claims = 0;
    const real = window.fetch;
    window.fetch = (request, ...rest) => {
        if ((request.url ?? request).endsWith('/claim')) claims += 1;
        return real(request, ...rest);
    };";

#[tokio::test(flavor = "multi_thread")]
async fn who_walks_away_lets_go_in_the_end() {
    let board = Board::with_samples(TestDatabase::sqlite().await).await;
    board.app.send_in_story("Een.").await;
    let browser = Browser::open(Setting::default()).await;
    browser.before_each_page(HOURS).await;
    comes_in(&board, &browser, "anna", Role::Editor).await;
    asks(&browser).await;
    has_text(&browser, ".holding", "Je bent ermee bezig").await;
    // Whether the form itself scrolled into sight is of no matter.
    browser.run("pass(5)").await;
    browser.wait_for_paint().await;
    let before: u32 = browser.ask("claims").await;
    assert!(before > 0);

    browser.run("pass(5)").await;
    assert_eq!(browser.ask::<u32>("claims").await, before, "nothing was done");
    browser.press("x").await;
    browser.run("pass(5)").await;
    browser.wait_until(&format!("claims === {}", before + 1)).await;

    browser.run("pass(15)").await;
    has_text(&browser, ".holding", "Een kwartier lang gebeurde er niets").await;
    assert!(browser.ask::<String>("document.querySelector('#statement').value").await.contains('x'));
    board.app.advance(time::Duration::MINUTE);
    browser.press("y").await;
    browser.run("pass(5)").await;
    has_text(&browser, ".holding", "Je bent ermee bezig").await;
    browser.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_that_was_refused_is_asked_for_again() {
    const REFUSED_ONCE: &str = "
        let tries = 0;
        window.EventSource = class extends EventSource {
            constructor(address) { super(tries++ ? address : '/api/v1/refused'); }
        };";
    let board = Board::with_samples(TestDatabase::sqlite().await).await;
    board.app.send_in_story("Een.").await;
    let browser = Browser::open(Setting::default()).await;
    browser.before_each_page(REFUSED_ONCE).await;
    comes_in(&board, &browser, "anna", Role::Editor).await;
    board.app.send_in_story("Twee.").await;
    browser.wait_until("document.querySelectorAll('.items li').length === 2").await;
    let complaints = browser.complaints().await;
    assert!(complaints.iter().all(|line| line.contains("/api/v1/refused")), "{complaints:?}");
    assert!(!complaints.is_empty(), "it was refused");
    browser.finish().await;
}

/// Two decisions: the first, whose line made room for that of the second, is taken back on its item's own page.
#[tokio::test(flavor = "multi_thread")]
async fn an_earlier_decision_is_taken_back_on_the_page_of_its_item() {
    let board = Board::with_samples(TestDatabase::sqlite().await).await;
    for story in ["Een.", "Twee.", "Drie."] {
        board.app.send_in_story(story).await;
        board.app.advance(time::Duration::SECOND);
    }
    let browser = Browser::open(Setting::default()).await;
    // The clock of the board, which stands still, in the browser as well.
    let now = board.app.app.clock.now().unix_timestamp() * 1_000;
    browser.before_each_page(&format!("Date.now = () => {now};")).await;
    comes_in(&board, &browser, "anna", Role::Editor).await;
    browser.press("j").await;
    for story in ["Een.", "Twee."] {
        has_text(&browser, ".item .prose", story).await;
        browser.press("a").await;
    }
    has_text(&browser, ".item .prose", "Drie.").await;
    let told = "while ((await (await fetch('/api/v1/desk/queue')).json()).count !== 1) await new Promise(requestAnimationFrame);";
    browser.run_async(told, serde_json::json!(null)).await;
    browser.goto(&board.url("/desk/queue?view=decided")).await;
    browser.wait_until("document.querySelectorAll('.items li').length === 2").await;
    browser.click(".items li:nth-child(2) a").await;
    has_text(&browser, ".item .prose", "Een.").await;
    browser.click(".course button").await;
    browser.wait_until("document.querySelector('.item .decide')").await;
    has_text(&browser, ".toast", "Ongedaan gemaakt").await;
    browser.goto(&board.url("/desk/queue")).await;
    browser.wait_until("document.querySelectorAll('.items li').length === 2").await;
    has_text(&browser, ".items li", "Een.").await;

    browser.finish().await;
}
