//! cargo-deny, which checks licences, bans and sources of dependencies.

use super::{Tool, cargo_install};

const VERSION: &str = "0.20.2";

pub static TOOL: Tool = Tool {
    name: "cargo-deny",
    version: VERSION,
    programs: &["cargo-deny"],
    install: |project, folder| cargo_install(project, "cargo-deny", VERSION, folder),
};
