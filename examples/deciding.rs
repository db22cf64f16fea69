//! How long an editor waits for the next item after deciding by keyboard, in a long queue, on a slow machine.
//!
//! `deciding DIST WAITING ROUNDS` fills the queue of a board in this process, signs an editor in with a real browser and
//! has them accept ROUNDS items and reject as many; prints one line of JSON. A decision is counted from the key that
//! makes it (the event's own time, so waiting in line counts) until the frame is painted that shows the next item's
//! story.

use anyhow::{Context as _, ensure};
use serde_json::json;
use weerklank_domain::desk::Role;
use weerklank_test_support::browser::{Board, Browser, Key, Setting};
use weerklank_test_support::database::TestDatabase;
use weerklank_test_support::generate::Generator;

/// How many times slower than this machine the editor's computes.
const SLOWDOWN: u32 = 4;
/// Characters of a story.
const STORY: usize = 1_000;
const PASSWORD: &str = "juiste paard batterij";

/// Waits for a key, and then for the frame with another story.
const WATCH: &str = "
    window.deciding = {
        shown: () => document.querySelector('#item .prose')?.textContent.slice(0, 30) ?? '',
        took: null,
        wait: (key, held) => {
            deciding.took = null;
            const before = deciding.shown();
            const pressed = (event) => {
                if (event.key !== key || event.ctrlKey !== held) return;
                removeEventListener('keydown', pressed, true);
                const seen = new MutationObserver(() => {
                    const now = deciding.shown();
                    if (now === '' || now === before) return;
                    seen.disconnect();
                    requestAnimationFrame(() => {
                        const painted = new MessageChannel();
                        painted.port1.onmessage = () => { deciding.took = performance.now() - event.timeStamp; };
                        painted.port2.postMessage(null);
                    });
                });
                seen.observe(document.body, { subtree: true, childList: true, characterData: true });
            };
            addEventListener('keydown', pressed, true);
        },
    };";

/// Whoever reads an item for a moment finds this done: the decision is made, the next items are read ahead.
const CALM: &str = "performance.getEntriesByType('resource')
    .every((request) => performance.now() - request.responseEnd > 300)";

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [dist, waiting, rounds] = words.as_slice() else { anyhow::bail!("deciding DIST WAITING ROUNDS") };
    let waiting: usize = waiting.parse().context("WAITING is a number")?;
    let rounds: usize = rounds.parse().context("ROUNDS is a number")?;
    ensure!(rounds > 0 && waiting > 2 * rounds, "at least one round, and something left");

    let board = Board::of_build(TestDatabase::sqlite().await, dist.as_ref()).await;
    for (number, (column, _)) in Generator::new(5).take(waiting).enumerate() {
        let text: String = column.body.chars().take(STORY).collect();
        board.app.send_in_story(&format!("Ervaring {number}. {text}")).await;
    }
    let browser = Browser::open(Setting::default()).await;
    browser.before_each_page(WATCH).await;
    comes_in(&board, &browser).await;
    browser.command("Emulation.setCPUThrottlingRate", json!({ "rate": SLOWDOWN })).await;
    browser.press("j").await;
    browser.wait_until("deciding.shown() !== ''").await;

    let (mut accepted, mut rejected) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        browser.wait_until(CALM).await;
        browser.run("deciding.wait('a', false)").await;
        browser.press("a").await;
        accepted.push(took(&browser).await);

        browser.wait_until(CALM).await;
        browser.press("r").await;
        browser.wait_until("document.activeElement.id === 'ground'").await;
        browser.press("1").await;
        browser.wait_until("document.querySelector('#ground').value === 'privacy'").await;
        browser.press(Key::Tab).await;
        browser.press("Zie de regel.").await;
        browser.run("deciding.wait('Enter', true)").await;
        browser.press_with(Key::Control, Key::Return).await;
        rejected.push(took(&browser).await);
    }
    println!(
        "{}",
        json!({"waiting": waiting, "rounds": rounds, "accept": spread(accepted), "reject": spread(rejected)})
    );
    browser.finish().await;
    Ok(())
}

/// Sets a password by a link and waits for the queue.
async fn comes_in(board: &Board, browser: &Browser) {
    let token = board.app.invite("anna@voorbeeld.example", Role::Editor).await;
    browser.goto(&board.url(&format!("/desk/set-up/{token}"))).await;
    browser.wait_until("document.querySelector('#password')").await;
    browser.click("#password").await;
    browser.press(PASSWORD).await;
    browser.press(Key::Return).await;
    browser.wait_until("document.querySelector('.items li')").await;
}

/// Milliseconds.
async fn took(browser: &Browser) -> f64 {
    browser.wait_until("deciding.took !== null").await;
    browser.ask("deciding.took").await
}

/// The middle one, of an even number the higher; the least; the most.
fn spread(mut times: Vec<f64>) -> [f64; 3] {
    times.sort_by(f64::total_cmp);
    [times[times.len() / 2], times[0], times[times.len() - 1]]
}
