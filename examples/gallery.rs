//! Draws every kind of page to files, to look at: `cargo run --features ssr --example gallery -- DIR`.

fn main() {}
