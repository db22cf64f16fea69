//! The desk in the browser: what waits, and all else but columns.

fn main() {
    weerklank::desk::desk();
}
