//! `cargo xtask run`: from a clone to the open board.

use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result};

use crate::assets::{self, Mode};
use crate::build_folder::BuildFolder;
use crate::process;
use crate::project::Project;
use crate::steps::{seconds, step};
use crate::tools::{self, Need};

pub const ABOUT: &str = "builds everything, fills an empty database with the samples and serves it";

const DEFAULT_DATABASE: &str = "sqlite://weerklank.db";

pub fn main(project: &Project, words: &[String]) -> Result<()> {
    let started = Instant::now();
    let release = words.iter().any(|word| word == "--release");
    let flags: Vec<&String> = words.iter().filter(|word| *word != "--release").collect();
    let mode = if release { Mode::Release } else { Mode::Dev };

    tools::require(project, if release { Need::RELEASE } else { Need::RUN })?;
    let folder = BuildFolder::claim(project)?;
    assets::build(project, &folder, mode)?;
    let server = build_server(project, &folder, release)?;
    // Another checkout may build while this one serves.
    drop(folder);

    let database = value_of(&flags, "--database").unwrap_or(DEFAULT_DATABASE);
    step("samples, where the database is empty", || {
        process::run(weerklank(project, &server).args(["demo", "--if-empty", "--database", database]))
    })?;
    let listen = value_of(&flags, "--listen").unwrap_or("127.0.0.1:8080");
    println!(
        "ready after {}; the board is at http://{listen}/ (Ctrl-C stops it)",
        seconds(started.elapsed())
    );
    serve(weerklank(project, &server).arg("serve").args(flags))
}

/// Compiles the server. The whole workspace is named so that its dependencies get the features that
/// the tests give them too, and are compiled once for both.
pub fn build_server(project: &Project, folder: &BuildFolder, release: bool) -> Result<PathBuf> {
    step("server", || {
        let mut cargo = project.cargo();
        folder.apply(&mut cargo);
        cargo.args(["build", "--workspace", "--features", "weerklank/ssr", "--bin", "weerklank"]);
        if release {
            cargo.arg("--release");
        }
        process::run(&mut cargo)?;
        Ok(project.program(if release { "release" } else { "debug" }, "weerklank"))
    })
}

fn weerklank(project: &Project, server: &PathBuf) -> Command {
    let mut command = Command::new(server);
    command.current_dir(&project.root).env("WEERKLANK_ASSETS", project.dist());
    command
}

/// The value of `--flag value` or `--flag=value`.
fn value_of<'a>(words: &[&'a String], flag: &str) -> Option<&'a str> {
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match word.strip_prefix(flag) {
            Some("") => return words.next().map(|value| value.as_str()),
            Some(value) if value.starts_with('=') => return Some(&value[1..]),
            _ => {}
        }
    }
    None
}

/// Becomes the server, so that Ctrl-C and a supervisor's signal reach it and nothing else.
#[cfg(unix)]
fn serve(server: &mut Command) -> Result<()> {
    use std::os::unix::process::CommandExt as _;
    Err(server.exec()).context("the server did not start")
}

#[cfg(not(unix))]
fn serve(server: &mut Command) -> Result<()> {
    process::run(server).context("the server stopped")
}

#[cfg(test)]
mod tests {
    use super::value_of;

    #[test]
    fn a_flag_has_its_value_behind_it_or_in_it() {
        let words: Vec<String> = ["--listen", "[::1]:80", "--database=postgres://a"].map(String::from).into();
        let words: Vec<&String> = words.iter().collect();
        assert_eq!(value_of(&words, "--listen"), Some("[::1]:80"));
        assert_eq!(value_of(&words, "--database"), Some("postgres://a"));
        assert_eq!(value_of(&words, "--public-url"), None);
    }
}
