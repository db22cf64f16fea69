//! wasm-opt of Binaryen, for the optimised build only.
//!
//! From its npm package, which carries the same build for every platform. Some distributions' own
//! packages are years older and break what a present compiler emits without a word.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use super::Tool;
use crate::process;
use crate::project::Project;

const VERSION: &str = "132";

pub static TOOL: Tool = Tool { name: "binaryen", version: VERSION, programs: &["wasm-opt"], install };

fn install(_: &Project, folder: &Path) -> Result<()> {
    let npm = process::find("npm").context("npm is missing: install Node.js 20 or later with npm")?;
    process::quiet(
        Command::new(npm)
            .args(["install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix"])
            .arg(folder)
            .arg(format!("binaryen@{VERSION}")),
    )?;
    link(folder)
}

#[cfg(unix)]
fn link(folder: &Path) -> Result<()> {
    Ok(std::os::unix::fs::symlink("../node_modules/.bin/wasm-opt", folder.join("bin/wasm-opt"))?)
}

#[cfg(not(unix))]
fn link(_: &Path) -> Result<()> {
    anyhow::bail!("the optimised build is made on Linux or macOS")
}
