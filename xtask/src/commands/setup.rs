//! `cargo xtask setup`: the pinned tools, kept in the user's cache folder.

use std::time::Instant;

use anyhow::{Result, bail};

use crate::build_folder::BuildFolder;
use crate::project::Project;
use crate::steps::seconds;
use crate::tools::{self, Need};

pub const ABOUT: &str = "installs the pinned tools (all of them, or those of one command)";

pub fn main(project: &Project, words: &[String]) -> Result<()> {
    let mut needs = Need::ALL;
    let mut prune = false;
    for word in words {
        match word.as_str() {
            "run" => needs = Need::RUN,
            "release" => needs = Need::RELEASE,
            "test" => needs = Need::ALL,
            "--prune" => prune = true,
            other => bail!("setup knows `run`, `release`, `test` and `--prune`, not `{other}`"),
        }
    }
    let started = Instant::now();
    tools::require(project, needs)?;
    if prune {
        tools::prune(project, &BuildFolder::path(project)?)?;
    }
    println!("set up in {}", seconds(started.elapsed()));
    Ok(())
}
