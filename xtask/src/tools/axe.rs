//! axe-core, which looks at pages as assistive software does. From npm; tests put it into the page.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::Tool;
use crate::process;
use crate::project::Project;

const VERSION: &str = "4.14.1";
const SCRIPT: &str = "axe.min.js";

pub static TOOL: Tool = Tool { name: "axe-core", version: VERSION, programs: &[SCRIPT], install };

/// The script.
pub fn script(project: &Project) -> PathBuf {
    TOOL.bin(project).join(SCRIPT)
}

fn install(_: &Project, folder: &Path) -> Result<()> {
    let npm = process::find("npm").context("npm is missing: install Node.js 20 or later with npm")?;
    process::quiet(
        Command::new(npm)
            .args(["install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix"])
            .arg(folder)
            .arg(format!("axe-core@{VERSION}")),
    )?;
    let installed = folder.join("node_modules/axe-core").join(SCRIPT);
    std::fs::copy(&installed, folder.join("bin").join(SCRIPT))
        .with_context(|| format!("cannot copy {}", installed.display()))?;
    Ok(())
}
