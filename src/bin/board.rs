//! The board in the browser.

fn main() {
    weerklank::client::start();
}
