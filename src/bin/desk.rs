//! The desk in the browser.

fn main() {
    weerklank::desk::start();
}
