//! `cargo xtask tidy`: the rules of the house that no other tool knows.

mod arrows;
mod text;

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::no_words;
use crate::process;
use crate::project::Project;

pub const ABOUT: &str = "checks the house rules on files, words, addresses and arrows between crates";

/// A file of the project, read.
pub struct File {
    /// From the root, with `/` between folders.
    pub path: String,
    /// The ending of its name: `rs`, `css`, `js` or `toml`.
    pub ending: String,
    pub text: String,
}

/// What a rule found: where, and how to mend it.
type Findings = Vec<String>;

pub fn main(project: &Project, words: &[String]) -> Result<()> {
    no_words(words)?;
    let files = check(project)?;
    println!("{files} files are tidy");
    Ok(())
}

/// Applies every rule; returns how many files were looked at.
pub fn check(project: &Project) -> Result<usize> {
    let files = files(&project.root)?;
    let mut findings = Findings::new();
    findings.extend(text::long_files(&files));
    findings.extend(text::unfinished(&files));
    findings.extend(text::sleeping_tests(&files));
    findings.extend(text::spelled_addresses(&files)?);
    findings.extend(arrows::check(&project.metadata()?));
    if !findings.is_empty() {
        bail!("the house is not tidy:\n  {}", findings.join("\n  "));
    }
    Ok(files.len())
}

/// The source files that git knows, or would if they were added.
fn files(root: &Path) -> Result<Vec<File>> {
    let listed = process::output(Command::new("git").current_dir(root).args([
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    ]))
    .context("the rules read the files that git knows")?;
    let mut files = Vec::new();
    for path in listed.split('\0') {
        let ending = Path::new(path).extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        let on_disk = root.join(path);
        if !matches!(ending, "rs" | "css" | "js" | "toml") || !on_disk.is_file() {
            continue;
        }
        let text = fs::read_to_string(&on_disk).with_context(|| format!("{path} cannot be read"))?;
        files.push(File { path: path.to_owned(), ending: ending.to_owned(), text });
    }
    Ok(files)
}
