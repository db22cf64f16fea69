//! Pages as assistive software and keyboards meet them.

mod axe;
mod keyboard;

use weerklank_test_support::browser::{Board, Browser};
use weerklank_test_support::build::column;
use weerklank_test_support::database::TestDatabase;

/// The sample columns, three more so that lists have a second page, and one that was withdrawn.
async fn board() -> Board {
    const WITHDRAWN: &str = "---\ntitle: Niet meer\ndate: 2026-10-02\nlang: nl\nsentiment: mixed\n\
        moments: [contact]\nstatus: withdrawn\n---\nTekst.\n";
    let board = Board::with_samples(TestDatabase::sqlite().await).await;
    board.app.store(&["een", "twee", "drie"].map(column)).await;
    board.app.store_file("niet-meer.md", WITHDRAWN).await;
    board
}

/// Opens a page and waits for the app to take it over.
async fn arrive(board: &Board, browser: &Browser, path: &str) {
    browser.goto(&board.url(path)).await;
    browser.wait_for_app().await;
}
