//! What the browser downloads: built by Trunk into `dist`, each file compressed beside itself.

mod compress;

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use crate::build_folder::BuildFolder;
use crate::project::Project;
use crate::{process, steps, tools};

pub use compress::{brotli_size, files};

/// Which wasm is built.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Soon there, large.
    Dev,
    /// Smallest: profile `wasm-release`, then wasm-opt.
    Release,
}

/// Builds `dist` anew.
pub fn build(project: &Project, folder: &BuildFolder, mode: Mode) -> Result<()> {
    steps::step("page and wasm", || trunk(project, folder, mode, &[]))?;
    // Into the folder of the board, which is made anew above.
    let desk = ["desk.html", "--dist", "dist/desk", "--public-url", "/desk/"];
    steps::step("page and wasm of the desk", || trunk(project, folder, mode, &desk))?;
    let columns = ["columns.html", "--dist", "dist/desk/writing", "--public-url", "/desk/writing/"];
    steps::step("page and wasm for writing columns", || trunk(project, folder, mode, &columns))?;
    steps::step("compressing", || {
        let done = compress::folder(&project.dist(), mode)?;
        println!("  {} files, {} bytes, as brotli {}", done.files, done.plain, done.brotli);
        Ok(())
    })
}

/// `page`: another than that of the board, and where it goes.
fn trunk(project: &Project, folder: &BuildFolder, mode: Mode, page: &[&str]) -> Result<()> {
    let mut trunk = Command::new("trunk");
    tools::on_path(project, &mut trunk)?;
    folder.apply(&mut trunk);
    trunk
        .current_dir(&project.root)
        .args(["--quiet", "build"])
        .args(page)
        // Trunk's own update check, and colours where nobody sees them.
        .env("TRUNK_SKIP_VERSION_CHECK", "true")
        // Line tables would double what a dev build downloads.
        .env("CARGO_PROFILE_DEV_DEBUG", "false")
        // Trunk reads this as its flag --no-color and refuses the value 1 that others want.
        .env_remove("NO_COLOR");
    if mode == Mode::Release {
        trunk.arg("--release");
    }
    process::run(&mut trunk).context("the page could not be built")
}

/// True where `dist` holds a whole build.
pub fn is_built(dist: &Path) -> bool {
    dist.join("index.html").is_file()
}
