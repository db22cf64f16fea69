//! `cargo xtask dist`: one program with everything inside.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use sha2::{Digest as _, Sha256};

use super::no_words;
use crate::assets::{self, Mode};
use crate::build_folder::BuildFolder;
use crate::process;
use crate::project::Project;
use crate::report::thousands;
use crate::steps::step;
use crate::tools::{self, Need};

pub const ABOUT: &str = "packs one program with pages, styles, fonts and samples inside";

pub fn main(project: &Project, words: &[String]) -> Result<()> {
    no_words(words)?;
    tools::require(project, Need::RELEASE)?;
    let folder = BuildFolder::claim(project)?;
    assets::build(project, &folder, Mode::Release)?;
    step("server, with everything inside", || {
        let mut cargo = project.cargo();
        folder.apply(&mut cargo);
        cargo
            .args(["build", "--release", "--locked", "--package", "weerklank-server", "--features", "embed"])
            .env("WEERKLANK_EMBED_DIR", project.dist());
        process::run(&mut cargo)
    })?;

    let name = format!("weerklank-{}-{}", env!("CARGO_PKG_VERSION"), host()?);
    let out = project.target().join("dist");
    let packed = out.join(&name);
    if packed.exists() {
        fs::remove_dir_all(&packed)?;
    }
    fs::create_dir_all(&packed)?;
    let program = project.program("release", "weerklank");
    fs::copy(&program, packed.join(program.file_name().context("the program has a name")?))
        .context("the built program is not where cargo puts it")?;
    // README leads to all of these.
    for text in ["LICENSE", "README.md", "CHANGELOG.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "docs"] {
        copy(&project.root.join(text), &packed.join(text))?;
    }
    let archive = format!("{name}.tar.gz");
    process::run(Command::new("tar").current_dir(&out).args(["-czf", &archive, &name]))?;
    let sum = sha256(&out.join(&archive))?;
    fs::write(out.join(format!("{archive}.sha256")), format!("{sum}  {archive}\n"))?;
    let size = usize::try_from(fs::metadata(&program)?.len())?;
    println!("{}\n{sum}\nthe program alone: {} bytes", out.join(&archive).display(), thousands(size));
    Ok(())
}

/// Copies a file, or a folder with all that is in it.
fn copy(from: &Path, to: &Path) -> Result<()> {
    if !from.is_dir() {
        fs::copy(from, to).with_context(|| format!("cannot copy {}", from.display()))?;
        return Ok(());
    }
    fs::create_dir(to)?;
    for entry in fs::read_dir(from)? {
        let name = entry?.file_name();
        copy(&from.join(&name), &to.join(&name))?;
    }
    Ok(())
}

/// The platform that the compiler builds for by itself.
fn host() -> Result<String> {
    let told = process::output(Command::new("rustc").arg("-vV"))?;
    let host = told.lines().find_map(|line| line.strip_prefix("host: ")).context("rustc told no host")?;
    Ok(host.to_owned())
}

fn sha256(path: &Path) -> Result<String> {
    let sum = Sha256::digest(fs::read(path)?);
    let mut hex = String::new();
    for byte in sum {
        let _ = write!(hex, "{byte:02x}");
    }
    Ok(hex)
}
