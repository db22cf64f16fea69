//! What readers do, in a real browser against the real server in this process.
//!
//! Each journey ends with [`Browser::finish`], which fails on anything that the console or the
//! content security policy complained of.
//!
//! [`Browser::finish`]: weerklank_test_support::browser::Browser::finish

mod composing;
mod desk;
mod failing;
mod first_words;
mod front_door;
mod hands;
mod hostile;
mod looks;
mod mirrored;
mod navigating;
mod own_columns;
mod passing_on;
mod passkeys;
mod queue_bulk;
mod queue_views;
mod reading;
mod searching;
mod sharing;
mod sharing_a_desk;
mod telling;
mod voicing;
mod whole;
mod without_script;

use weerklank_test_support::browser::{Board, Browser, Setting};
use weerklank_test_support::build::column;
use weerklank_test_support::database::TestDatabase;

/// A column with a table of contents, footnotes, law boxes, tags, a picture and links.
const LONG: &str = "/columns/retour-in-elf-stappen";
const LONG_TITLE: &str = "Retour in elf stappen";

/// One page of each kind that the sample columns make.
const PAGES: [&str; 15] = [
    "/",
    "/?page=2",
    "/?sentiment=negative&moment=contact",
    "/?shop=boekhandel-knispervel&lang=en",
    LONG,
    "/columns/twee-kanten-4-de-factuur",
    "/series/twee-kanten",
    "/moments/contact",
    "/shops",
    "/shops/wattewarm-energie",
    "/authors/redactie",
    "/search",
    "/search?q=retour",
    "/search?q=zzzzzz",
    "/about/method",
];

/// The sample columns on SQLite and three more, so that lists have a second page; and a Dutch reader at a desk.
async fn opened() -> (Board, Browser) {
    opened_with(Setting::default()).await
}

/// As [`opened`], with another reader.
async fn opened_with(setting: Setting) -> (Board, Browser) {
    let board = Board::with_samples(TestDatabase::sqlite().await).await;
    board.app.store(&["een", "twee", "drie"].map(column)).await;
    (board, Browser::open(setting).await)
}

/// Opens a page and waits for the app to take it over.
async fn arrive(board: &Board, browser: &Browser, path: &str) {
    browser.goto(&board.url(path)).await;
    browser.wait_for_app().await;
}

/// How many requests of a kind there were for paths that end so.
fn asked_for(requests: &[weerklank_test_support::browser::Request], kind: &str, end: &str) -> usize {
    requests.iter().filter(|request| request.kind == kind && request.path.ends_with(end)).count()
}
