//! `cargo xtask bench`: measures beside budgets, and writes `docs/benchmarks.md`.
//!
//! A part measures one thing and returns its rows. Parts that were not asked for keep the rows that
//! the report has.

mod desk;
mod isso;
mod library;
mod machine;
mod pages;
mod report;
mod running;
mod server;
mod sizes;
mod submissions;

use anyhow::{Result, bail};

use crate::assets::{self, Mode};
use crate::build_folder::BuildFolder;
use crate::process;
use crate::project::Project;
use crate::steps::step;
use crate::tools::{self, Need};
use report::{Report, Row};

pub const ABOUT: &str = "measures speed, memory and size beside their budgets, into docs/benchmarks.md";

/// What the parts measure: the optimised server with the optimised page.
pub struct Subject<'a> {
    pub project: &'a Project,
    pub server: std::path::PathBuf,
    /// Load, a bare server, generated content.
    pub bench: std::path::PathBuf,
    /// Loads pages in a browser.
    pub paint: std::path::PathBuf,
    /// Decides at the desk in a browser.
    pub deciding: std::path::PathBuf,
    /// Draws hostile Markdown.
    pub ladder: std::path::PathBuf,
    /// Searches in generated columns.
    pub searching: std::path::PathBuf,
}

/// Something that is measured.
struct Part {
    name: &'static str,
    /// Heading of its table in the report.
    title: &'static str,
    measure: fn(&Subject) -> Result<Vec<Row>>,
}

const PARTS: &[Part] = &[
    Part { name: "size", title: "What a browser downloads", measure: sizes::measure },
    Part { name: "pages", title: "When a reader sees the text", measure: pages::measure },
    Part { name: "desk", title: "At the desk", measure: desk::measure },
    Part { name: "server", title: "The server", measure: server::throughput },
    Part { name: "submissions", title: "Sending in", measure: submissions::measure },
    Part { name: "memory", title: "Memory", measure: server::memory },
    Part { name: "render", title: "Rendering", measure: library::render },
    Part { name: "search", title: "Search", measure: library::search },
];

/// The parts' names, in their order.
pub fn names() -> Vec<&'static str> {
    PARTS.iter().map(|part| part.name).collect()
}

pub fn main(project: &Project, words: &[String]) -> Result<()> {
    if let Some(word) = words.iter().find(|word| !PARTS.iter().any(|part| part.name == *word)) {
        bail!("there is no part `{word}`; the parts are {}", names().join(", "));
    }
    let needs = [Need::RELEASE, &[Need::Chromium, Need::ChromeDriver]].concat();
    tools::require(project, &needs)?;
    let folder = BuildFolder::claim(project)?;
    assets::build(project, &folder, Mode::Release)?;
    let server = super::run::build_server(project, &folder, true)?;
    build_measures(project, &folder)?;
    drop(folder);

    let program = |name: &str| project.program("release", name);
    let subject = Subject {
        project,
        server,
        bench: program("weerklank-bench"),
        paint: program("examples/paint"),
        deciding: program("examples/deciding"),
        ladder: program("examples/ladder"),
        searching: program("examples/search_bench"),
    };
    let path = project.root.join("docs/benchmarks.md");
    let mut report = Report::read(&path)?;
    let mut failed = Vec::new();
    for part in PARTS.iter().filter(|part| words.is_empty() || words.iter().any(|word| word == part.name)) {
        match step(part.name, || (part.measure)(&subject)) {
            Ok(rows) => {
                let section = report::section(&rows);
                println!("{section}");
                report.set(part.title, &section);
                report.write(&path, &machine::words(project)?)?;
                println!("written to {}", path.display());
            }
            // The others took long enough to be kept.
            Err(error) => {
                eprintln!("error: {error:#}");
                failed.push(part.name);
            }
        }
    }
    if failed.is_empty() { Ok(()) } else { bail!("could not be measured: {}", failed.join(", ")) }
}

/// Compiles what measures, beside the server: with the same features, so that nothing is compiled
/// twice.
fn build_measures(project: &Project, folder: &BuildFolder) -> Result<()> {
    step("measuring programs", || {
        let mut cargo = project.cargo();
        folder.apply(&mut cargo);
        cargo.args(["build", "--workspace", "--features", "weerklank/ssr", "--release"]);
        process::run(cargo.args([
            "--bin",
            "weerklank-bench",
            "--example",
            "ladder",
            "--example",
            "search_bench",
            "--example",
            "paint",
            "--example",
            "deciding",
        ]))
    })
}
