//! The programs that building and testing need, each at a pinned version.
//!
//! They live in the user's cache folder under `tools/<name>-<version>/bin`, so that a second checkout
//! finds them in place and another version never replaces one in use.

pub mod axe;
mod cargo_deny;
pub mod isso;
mod system;
mod trunk;
mod wasm_bindgen;
mod wasm_opt;

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::process;
use crate::project::Project;
use crate::steps;

/// A pinned program and how it is made.
pub struct Tool {
    pub name: &'static str,
    pub version: &'static str,
    /// Files that must lie in `bin` for the tool to be in place.
    pub programs: &'static [&'static str],
    /// Fills a folder that holds nothing yet, `bin` within it.
    pub install: fn(&Project, &Path) -> Result<()>,
}

/// Something that a command needs beside the Rust compiler.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// The compiler's own part for wasm.
    WasmTarget,
    Trunk,
    WasmBindgen,
    WasmOpt,
    CargoDeny,
    Axe,
    Node,
    Chromium,
    ChromeDriver,
    PostgreSql,
    Strace,
}

impl Need {
    /// Of a build that is soon there.
    pub const RUN: &[Self] = &[Self::WasmTarget, Self::Trunk, Self::WasmBindgen];
    /// Of the optimised build.
    pub const RELEASE: &[Self] =
        &[Self::WasmTarget, Self::Node, Self::Trunk, Self::WasmBindgen, Self::WasmOpt];
    /// Of everything. Node.js stands before what npm installs.
    pub const ALL: &[Self] = &[
        Self::WasmTarget,
        Self::Node,
        Self::Chromium,
        Self::ChromeDriver,
        Self::PostgreSql,
        Self::Strace,
        Self::Trunk,
        Self::WasmBindgen,
        Self::WasmOpt,
        Self::CargoDeny,
        Self::Axe,
    ];

    fn tool(self) -> Option<&'static Tool> {
        match self {
            Self::Trunk => Some(&trunk::TOOL),
            Self::WasmBindgen => Some(&wasm_bindgen::TOOL),
            Self::WasmOpt => Some(&wasm_opt::TOOL),
            Self::CargoDeny => Some(&cargo_deny::TOOL),
            Self::Axe => Some(&axe::TOOL),
            Self::WasmTarget
            | Self::Node
            | Self::Chromium
            | Self::ChromeDriver
            | Self::PostgreSql
            | Self::Strace => None,
        }
    }
}

/// What the system's package manager should have brought, with a line on how to install it.
pub struct Missing {
    pub need: Need,
    pub advice: String,
}

/// Installs what is missing, and says so step by step. Less than a second when all is in place.
///
/// # Errors
/// When a tool cannot be made. What the system's package manager should bring and did not is no error
/// here: it is returned, for those who can do without.
pub fn install(project: &Project, needs: &[Need]) -> Result<Vec<Missing>> {
    if needs.contains(&Need::WasmTarget) {
        wasm_target(project)?;
    }
    let missing = system::install(needs);
    for tool in needs.iter().filter_map(|need| need.tool()) {
        tool.install(project)?;
    }
    Ok(missing)
}

/// Installs what is missing, and fails when something still is.
pub fn require(project: &Project, needs: &[Need]) -> Result<()> {
    let missing = install(project, needs)?;
    let advice: Vec<&str> = missing.iter().map(|missing| missing.advice.as_str()).collect();
    anyhow::ensure!(advice.is_empty(), "{}", advice.join("\n"));
    Ok(())
}

/// Puts the folders of all tools in front of a command's `PATH`.
pub fn on_path(project: &Project, command: &mut Command) -> Result<()> {
    let folders: Vec<PathBuf> =
        Need::ALL.iter().filter_map(|need| need.tool()).map(|tool| tool.bin(project)).collect();
    process::prepend_path(command, folders.iter().map(PathBuf::as_path))
}

impl Tool {
    /// The folder of the tool's programs.
    pub fn bin(&self, project: &Project) -> PathBuf {
        self.folder(project).join("bin")
    }

    fn folder(&self, project: &Project) -> PathBuf {
        project.cache.join("tools").join(self.folder_name())
    }

    fn folder_name(&self) -> String {
        format!("{}-{}", self.name, self.version)
    }

    fn is_in_place(&self, project: &Project) -> bool {
        let bin = self.bin(project);
        self.programs.iter().all(|program| {
            bin.join(program).is_file()
                || bin.join(format!("{program}{}", std::env::consts::EXE_SUFFIX)).is_file()
        })
    }

    /// Makes the tool beside its place and moves it there whole: one that is half made is never found.
    fn install(&self, project: &Project) -> Result<()> {
        let label = format!("{} {}", self.name, self.version);
        if self.is_in_place(project) {
            steps::in_place(&label);
            return Ok(());
        }
        let tools = project.cache.join("tools");
        fs::create_dir_all(&tools).with_context(|| format!("cannot make {}", tools.display()))?;
        let lock = File::create(tools.join("install.lock"))?;
        lock.lock().context("cannot lock the folder of tools")?;
        if self.is_in_place(project) {
            steps::in_place(&label);
            return Ok(());
        }
        steps::step(&format!("{label}: installing"), || {
            let place = self.folder(project);
            let half = tools.join(format!("{}.part", self.folder_name()));
            for folder in [&place, &half] {
                if folder.exists() {
                    fs::remove_dir_all(folder)?;
                }
            }
            fs::create_dir_all(half.join("bin"))?;
            (self.install)(project, &half)
                .with_context(|| format!("{label} could not be installed in {}", place.display()))?;
            fs::rename(&half, &place)?;
            anyhow::ensure!(
                self.is_in_place(project),
                "{label} was installed but has no {:?}",
                self.programs
            );
            Ok(())
        })
    }
}

/// The compiler's own part for wasm.
fn wasm_target(project: &Project) -> Result<()> {
    const TARGET: &str = "wasm32-unknown-unknown";
    let libraries = process::output(
        Command::new("rustc")
            .args(["--print", "target-libdir", "--target", TARGET])
            .current_dir(&project.root),
    )?;
    if Path::new(libraries.trim()).is_dir() {
        steps::in_place("Rust for wasm");
        return Ok(());
    }
    steps::step("Rust for wasm: installing", || {
        process::run(Command::new("rustup").args(["target", "add", TARGET]).current_dir(&project.root))
            .context("install the target wasm32-unknown-unknown for this compiler by hand")
    })
}

/// `cargo install` of a published program, compiled for a short wait rather than for speed: each of
/// them runs for seconds.
fn cargo_install(project: &Project, name: &str, version: &str, folder: &Path) -> Result<()> {
    let mut cargo = project.cargo();
    cargo
        .current_dir(folder)
        .args([
            "install",
            name,
            "--version",
            version,
            "--locked",
            "--no-default-features",
            "--quiet",
            "--root",
        ])
        .arg(folder)
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0")
        .env("CARGO_PROFILE_RELEASE_DEBUG", "0")
        .env_remove("CARGO_TARGET_DIR")
        .env_remove("CARGO_BUILD_TARGET_DIR")
        .env_remove("CARGO_BUILD_BUILD_DIR");
    process::run(&mut cargo)
}

/// Removes the tools and compiled dependencies of versions that this checkout does not use.
pub fn prune(project: &Project, build_folder: &Path) -> Result<()> {
    // Isso is no need of anything but one measurement, which installs it itself.
    let tools = Need::ALL.iter().filter_map(|need| need.tool()).chain([&isso::TOOL]);
    let used: Vec<String> = tools.map(Tool::folder_name).collect();
    remove_others(&project.cache.join("tools"), |name| used.iter().any(|used| used == name))?;
    let compiler = build_folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    remove_others(&project.cache.join("build"), |name| name == compiler)
}

fn remove_others(folder: &Path, keep: impl Fn(&str) -> bool) -> Result<()> {
    if !folder.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_dir() && !keep(&name) {
            println!("removing {}", entry.path().display());
            fs::remove_dir_all(entry.path())?;
        }
    }
    Ok(())
}
