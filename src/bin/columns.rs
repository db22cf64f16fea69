//! The desk in the browser: columns while they are written.

fn main() {
    weerklank::desk::columns();
}
