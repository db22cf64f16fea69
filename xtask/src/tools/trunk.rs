//! Trunk, which builds the page and the wasm it names.

use super::{Tool, cargo_install};

const VERSION: &str = "0.21.14";

/// Without default features it brings no TLS, no updater and no compiler of C code.
pub static TOOL: Tool = Tool {
    name: "trunk",
    version: VERSION,
    programs: &["trunk"],
    install: |project, folder| cargo_install(project, "trunk", VERSION, folder),
};
