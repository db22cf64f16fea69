//! `cargo xtask size`: byte budgets, as a test.

mod column;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::no_words;
use crate::assets::{self, Mode};
use crate::build_folder::BuildFolder;
use crate::project::Project;
use crate::report::{Table, thousands};
use crate::tools::{self, Need};

pub const ABOUT: &str = "compares what a browser downloads with its budget in bytes";

/// Something that is downloaded, and the most it may weigh.
pub struct Weight {
    pub what: &'static str,
    /// In bytes; a kB is 1,000.
    pub budget: usize,
    /// In bytes, as sent: brotli at quality 11, fonts as they are.
    pub measured: usize,
    /// What it consists of, in bytes.
    pub parts: String,
}

impl Weight {
    pub fn is_met(&self) -> bool {
        self.measured <= self.budget
    }
}

pub fn main(project: &Project, words: &[String]) -> Result<()> {
    no_words(words)?;
    tools::require(project, Need::RELEASE)?;
    let folder = BuildFolder::claim(project)?;
    assets::build(project, &folder, Mode::Release)?;
    let server = super::run::build_server(project, &folder, false)?;
    check(project, &server)
}

/// Prints each weight beside its budget; fails when one is over.
pub fn check(project: &Project, server: &Path) -> Result<()> {
    let weights = weigh(project, server)?;
    let mut table = Table::new(["What", "Bytes", "Budget", "", "Of which"]);
    for weight in &weights {
        let verdict = if weight.is_met() { "met" } else { "OVER" };
        table.row([
            weight.what.to_owned(),
            thousands(weight.measured),
            thousands(weight.budget),
            verdict.to_owned(),
            weight.parts.clone(),
        ]);
    }
    print!("{}", table.plain());
    let over: Vec<&str> =
        weights.iter().filter(|weight| !weight.is_met()).map(|weight| weight.what).collect();
    if !over.is_empty() {
        bail!("over budget: {}", over.join(", "));
    }
    Ok(())
}

/// Weighs a `dist` that was built in release mode.
pub fn weigh(project: &Project, server: &Path) -> Result<Vec<Weight>> {
    let dist = project.dist();
    anyhow::ensure!(assets::is_built(&dist), "{} holds no build: run `cargo xtask size`", dist.display());
    let mut weights = vec![
        code(&dist, "board: wasm and its JS, brotli", 130_000, Program::Board)?,
        code(&dist, "static mirror, with a first query: the same", 90_000, Program::Mirror)?,
        code(&dist, "desk: the same", 260_000, Program::Desk)?,
        code(&dist, "desk, where columns are written: the same", 260_000, Program::Columns)?,
        code(&dist, "form for sending in: the same", 80_000, Program::Share)?,
        code(&dist, "form for sending in, a first preview: the same", 140_000, Program::Preview)?,
        fonts(&dist)?,
    ];
    weights.push(column::weigh(project, server)?);
    Ok(weights)
}

/// What a browser runs where.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Program {
    /// On every page.
    Board,
    /// What the static mirror adds.
    Mirror,
    /// At the desk, in the place of that of the board.
    Desk,
    /// On the desk's pages for columns, in the place of that of its others.
    Columns,
    /// On the pages with the form for sending in, and nothing else there.
    Share,
    /// What a look at a preview adds there.
    Preview,
}

impl Program {
    /// To which of them a file of `dist` belongs.
    fn of(dist: &Path, file: &Path) -> Self {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        if file.starts_with(dist.join("desk/writing")) {
            Self::Columns
        } else if file.starts_with(dist.join("desk")) {
            Self::Desk
        } else if name.starts_with("mirror") {
            Self::Mirror
        } else if name.starts_with("share") {
            Self::Share
        } else if name.starts_with("preview") {
            Self::Preview
        } else {
            Self::Board
        }
    }
}

/// Wasm and the JavaScript that it needs.
fn code(dist: &Path, what: &'static str, budget: usize, program: Program) -> Result<Weight> {
    let mut wasm = 0;
    let mut script = 0;
    for path in assets::files(dist)? {
        if Program::of(dist, &path) != program {
            continue;
        }
        match path.extension().and_then(|ending| ending.to_str()) {
            Some("wasm") => wasm += brotli_of(&path)?,
            Some("js") => script += brotli_of(&path)?,
            _ => {}
        }
    }
    anyhow::ensure!(wasm > 0 && script > 0, "{} has no wasm or no script", dist.display());
    Ok(Weight {
        what,
        budget,
        measured: wasm + script,
        parts: format!("wasm {}, JS {}", thousands(wasm), thousands(script)),
    })
}

/// Every font there is, though a page may use fewer.
fn fonts(dist: &Path) -> Result<Weight> {
    let mut measured = 0;
    let mut count = 0;
    for path in assets::files(dist)? {
        if path.extension().is_some_and(|ending| ending == "woff2" || ending == "woff" || ending == "ttf") {
            measured += fs::read(&path)?.len();
            count += 1;
        }
    }
    Ok(Weight { what: "fonts", budget: 45_000, measured, parts: format!("{count} files") })
}

fn brotli_of(path: &Path) -> Result<usize> {
    let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    assets::brotli_size(&bytes)
}
