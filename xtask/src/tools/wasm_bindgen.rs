//! wasm-bindgen and its test runner, from the small crate in `tools/wasm-bindgen`.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use super::Tool;
use crate::process;
use crate::project::Project;

const VERSION: &str = "0.2.130";

pub static TOOL: Tool = Tool {
    name: "wasm-bindgen",
    version: VERSION,
    programs: &["wasm-bindgen", "wasm-bindgen-test-runner"],
    install,
};

fn install(project: &Project, folder: &Path) -> Result<()> {
    check_version(project)?;
    let target = folder.join("build");
    let mut cargo = project.cargo();
    cargo
        .current_dir(project.root.join("tools/wasm-bindgen"))
        .args(["build", "--release", "--locked", "--quiet", "--target-dir"])
        .arg(&target)
        .env_remove("CARGO_BUILD_BUILD_DIR");
    process::run(&mut cargo)?;
    for program in TOOL.programs {
        let file = format!("{program}{}", std::env::consts::EXE_SUFFIX);
        fs::copy(target.join("release").join(&file), folder.join("bin").join(&file))
            .with_context(|| format!("cannot copy {program}"))?;
    }
    Ok(fs::remove_dir_all(target)?)
}

/// The program reads what the library of exactly its own version wrote.
fn check_version(project: &Project) -> Result<()> {
    let lock = fs::read_to_string(project.root.join("Cargo.lock")).context("cannot read Cargo.lock")?;
    let wanted = format!("name = \"wasm-bindgen\"\nversion = \"{VERSION}\"\n");
    ensure!(
        lock.replace("\r\n", "\n").contains(&wanted),
        "Cargo.lock has another wasm-bindgen than {VERSION}: change xtask/src/tools/wasm_bindgen.rs, \
         Trunk.toml and tools/wasm-bindgen with it"
    );
    Ok(())
}
