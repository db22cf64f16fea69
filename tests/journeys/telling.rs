//! What helps while an experience is told: the draft on the device, the preview, the shield, and sending later.

use weerklank_domain::experience::Mark;
use weerklank_test_support::browser::{Board, Browser, Setting};
use weerklank_test_support::database::TestDatabase;

use crate::sharing::{type_into, wait_for_step};

const STORY: &str = "De lamp kwam *niet*. Ik belde 06-12345678 en mailde kwal@voorbeeld.example.";
/// Of what the device keeps.
const KEPT: &str = "localStorage.getItem('weerklank/share')";

async fn opened(setting: Setting) -> (Board, Browser) {
    let board = Board::with_samples(TestDatabase::sqlite().await).await;
    let browser = Browser::open(setting).await;
    browser.goto(&board.url("/share")).await;
    wait_for_help(&browser).await;
    (board, browser)
}

/// It takes hold of the browser's own way back first.
async fn wait_for_help(browser: &Browser) {
    browser.wait_until("history.state === document.querySelector('[name=step]').value").await;
}

/// Up to the step in which the story is told.
async fn begins(browser: &Browser) {
    browser.click("label:has([value=negative])").await;
    browser.click("button.main").await;
    wait_for_step(browser, "story-negative").await;
}

/// From there to the last step.
async fn goes_on(browser: &Browser) {
    browser.click("button.main").await;
    wait_for_step(browser, "details-negative").await;
    browser.click("button.main").await;
    wait_for_step(browser, "you").await;
}

/// Everything that is on its own page, and what an editor is told beside it.
async fn arrived(board: &Board, browser: &Browser) -> (serde_json::Value, weerklank_store::Hints) {
    browser.wait_until("location.pathname.startsWith('/mine/')").await;
    assert_eq!(browser.ask::<usize>("localStorage.length").await, 0, "nothing stays on the device");
    let path = browser.path().await;
    let mine = path.split('?').next().expect("a path");
    let file = board.app.get(&format!("{mine}/experience.json")).await.json();
    let id = serde_json::from_value(file["id"].clone()).expect("an id");
    let hints = board.app.app.store.experience_hints(id).await.expect("the database answers");
    let hints = hints.expect("it is stored");
    (file["experience"].clone(), hints)
}

/// Whatever ends the page, a reload, a crash or a week, what was typed is there again; and its writer can
/// throw it away.
#[tokio::test(flavor = "multi_thread")]
async fn a_draft_outlives_the_page() {
    let (board, browser) = opened(Setting { width: 360, ..Setting::default() }).await;
    // A page that is ended learns nothing of it.
    browser
        .before_each_page(
            "for (const name of ['pagehide', 'visibilitychange'])
                addEventListener(name, (event) => event.stopImmediatePropagation(), true);",
        )
        .await;
    browser.reload().await;
    wait_for_help(&browser).await;
    let stored: (usize, String) = browser.ask("[localStorage.length, document.cookie]").await;
    assert_eq!(stored, (0, String::new()), "nothing before the first act");
    begins(&browser).await;
    type_into(&browser, "negative.story", STORY).await;
    browser.reload().await;
    wait_for_step(&browser, "story-negative").await;
    assert_eq!(browser.ask::<String>("document.querySelector('textarea').value").await, STORY);
    assert!(browser.text("form > .note").await.contains("Hier was je gebleven."));
    // The language of the page is of no matter, nor is a week.
    browser
        .run(
            "const [at, ...rest] = localStorage.getItem('weerklank/share').split(' ');
             localStorage.setItem('weerklank/share', [at - 7 * 86_400_000, ...rest].join(' '));",
        )
        .await;
    browser.goto(&board.url("/en/share")).await;
    wait_for_step(&browser, "story-negative").await;
    assert_eq!(browser.ask::<String>("document.querySelector('textarea').value").await, STORY);
    assert!(browser.text("form > .note").await.contains("This is where you were."));

    browser.click("form > .note button").await;
    wait_for_step(&browser, "what").await;
    wait_for_help(&browser).await;
    assert_eq!(browser.ask::<Option<String>>(KEPT).await, None);
    browser.reload().await;
    wait_for_help(&browser).await;
    assert_eq!(browser.count("form > .note, :checked[name=intent]").await, 0);
    browser.finish().await;
}

/// One tap hides what may lead to somebody, and the preview shows what the page will show.
#[tokio::test(flavor = "multi_thread")]
async fn a_story_is_shown_and_shielded_while_it_is_told() {
    let (board, browser) = opened(Setting::default()).await;
    begins(&browser).await;
    type_into(&browser, "negative.story", STORY).await;
    assert_eq!(browser.texts(".found mark").await, ["06-12345678", "kwal@voorbeeld.example"]);
    browser.click(".found button").await;
    browser.wait_until("document.querySelectorAll('.found mark').length === 1").await;
    let told = browser.ask::<String>("document.querySelector('textarea').value").await;
    let masked = STORY.replace("06-12345678", "[telefoonnummer verborgen]");
    assert_eq!(told, masked);
    assert!(browser.ask::<bool>("document.activeElement.matches('.found button')").await);
    browser.press(" ").await;
    browser.wait_until("document.activeElement.matches('textarea')").await;
    assert_eq!(browser.count(".found li").await, 0);

    browser.click(".preview summary").await;
    browser.wait_until("document.querySelector('.preview em')?.innerText === 'niet'").await;
    browser.click("textarea").await;
    browser.press(" <script>alert(1)</script> **Echt.**").await;
    browser.wait_until("document.querySelector('.preview strong')?.innerText === 'Echt.'").await;
    assert_eq!(browser.count(".preview script").await, 0);
    let preview: String = browser.ask("document.querySelector('.preview .prose').innerHTML").await;

    // With the keys alone, back to the first step and forth: nothing is lost.
    browser.back().await;
    wait_for_step(&browser, "what").await;
    browser.forward().await;
    wait_for_step(&browser, "story-negative").await;
    goes_on(&browser).await;
    board.app.advance(time::Duration::MINUTE);
    browser.wait_until("document.querySelector('[name=altcha]')").await;
    browser.click("button.main").await;
    let (_, hints) = arrived(&board, &browser).await;
    assert_eq!(hints.marks, [], "whoever runs scripts has proved to have worked");
    let page: String = browser.ask("document.querySelector('.mine .prose').innerHTML").await;
    assert_eq!(page, preview, "the same renderer");
    browser.finish().await;
}

/// Without a connection a step waits, and what was sent is sent once there is one: once.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_sent_offline_arrives_once() {
    let (board, browser) = opened(Setting::default()).await;
    begins(&browser).await;
    type_into(&browser, "negative.story", "Niemand kwam.").await;
    browser.be_offline(true).await;
    browser.click("button.main").await;
    browser
        .wait_until("document.querySelector('form > .note')?.innerText.includes('Je bent offline.')")
        .await;
    // Typing goes on meanwhile.
    type_into(&browser, "negative.story", " Nooit.").await;
    browser.be_offline(false).await;
    wait_for_step(&browser, "details-negative").await;
    browser.click("button.main").await;
    wait_for_step(&browser, "you").await;
    browser.be_offline(true).await;
    browser.click("button.main").await;
    browser
        .wait_until("document.querySelector('form > .note')?.innerText.includes('Nog niet verstuurd')")
        .await;
    // It is closed, and opened again another day.
    browser.goto("about:blank").await;
    browser.be_offline(false).await;
    browser.goto(&board.url("/share")).await;
    let (experience, hints) = arrived(&board, &browser).await;
    assert_eq!(experience["negative"]["story"], "Niemand kwam. Nooit.");
    assert!(hints.alike.is_empty() && hints.same_sender.is_empty(), "{hints:?}");
    let complaints = browser.complaints().await;
    assert!(complaints.iter().all(|line| line.contains("ERR_INTERNET_DISCONNECTED")), "{complaints:?}");
    browser.finish().await;
}

/// The answer is lost after it was stored: sent again, it is what is stored.
#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_is_lost_makes_no_second() {
    let (board, browser) = opened(Setting::default()).await;
    browser
        .run(
            "const real = fetch;
             window.lost = 0;
             window.fetch = async (...all) => {
                const answer = await real(...all);
                if (new URL(answer.url).pathname.startsWith('/mine/') && window.lost++ === 0) throw new TypeError('lost');
                return answer;
             };",
        )
        .await;
    begins(&browser).await;
    type_into(&browser, "negative.story", "Niemand kwam.").await;
    goes_on(&browser).await;
    browser.click("button.main").await;
    browser
        .wait_until("document.querySelector('form > .note')?.innerText.includes('Nog niet verstuurd')")
        .await;
    assert_eq!(browser.ask::<usize>("window.lost").await, 1);
    browser.run("dispatchEvent(new Event('online'))").await;
    let (experience, hints) = arrived(&board, &browser).await;
    assert_eq!(experience["negative"]["story"], "Niemand kwam.");
    assert!(hints.alike.is_empty() && hints.same_sender.is_empty(), "{hints:?}");
    assert!(!hints.marks.contains(&Mark::Duplicate));
    browser.finish().await;
}

/// What is changed later is kept apart from what is told anew.
#[tokio::test(flavor = "multi_thread")]
async fn a_change_has_a_draft_of_its_own() {
    let (board, browser) = opened(Setting::default()).await;
    begins(&browser).await;
    type_into(&browser, "negative.story", "Niemand kwam.").await;
    goes_on(&browser).await;
    browser.click("button.main").await;
    arrived(&board, &browser).await;
    browser.click("a[href$='/change']").await;
    wait_for_step(&browser, "what").await;
    wait_for_help(&browser).await;
    browser.click("button.main").await;
    wait_for_step(&browser, "story-negative").await;
    type_into(&browser, "negative.story", " Of toch wel.").await;
    browser.reload().await;
    wait_for_step(&browser, "story-negative").await;
    assert_eq!(
        browser.ask::<String>("document.querySelector('textarea').value").await,
        "Niemand kwam. Of toch wel."
    );
    assert_eq!(browser.ask::<Option<String>>(KEPT).await, None);
    goes_on(&browser).await;
    browser.click("button.main").await;
    browser.wait_until("location.search === '?saved'").await;
    let (experience, _) = arrived(&board, &browser).await;
    assert_eq!(experience["negative"]["story"], "Niemand kwam. Of toch wel.");
    browser.finish().await;
}
