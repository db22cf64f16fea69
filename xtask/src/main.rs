//! `cargo xtask`: what a developer and CI run.
//!
//! Each command is a file in `commands`. [`Project`] knows the folders, `tools` the pinned programs,
//! `assets` how what the browser downloads is built.

mod assets;
mod build_folder;
mod commands;
mod process;
mod project;
mod report;
mod steps;
mod tools;

use std::process::ExitCode;

use anyhow::{Result, bail};
use commands::{bench, dist, run, setup, size, test, tidy, torture};
use project::Project;

/// A command, its words and what it does, in the order in which a newcomer meets them.
struct Command {
    name: &'static str,
    words: &'static str,
    does: &'static str,
    run: fn(&Project, &[String]) -> Result<()>,
}

const COMMANDS: &[Command] = &[
    Command { name: "setup", words: "[run|release|test] [--prune]", does: setup::ABOUT, run: setup::main },
    Command { name: "run", words: "[--release] [SERVE FLAGS]", does: run::ABOUT, run: run::main },
    Command { name: "test", words: "[PART…]", does: test::ABOUT, run: test::main },
    Command { name: "size", words: "", does: size::ABOUT, run: size::main },
    Command { name: "bench", words: "[PART…]", does: bench::ABOUT, run: bench::main },
    Command { name: "torture", words: "[ROUNDS] [--broken]", does: torture::ABOUT, run: torture::main },
    Command { name: "tidy", words: "", does: tidy::ABOUT, run: tidy::main },
    Command { name: "dist", words: "", does: dist::ABOUT, run: dist::main },
    Command { name: "help", words: "", does: "prints this", run: help },
];

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(words: &[String]) -> Result<()> {
    let project = Project::find()?;
    let (name, rest) = match words.split_first() {
        None => ("help", words),
        Some((name, _)) if matches!(name.as_str(), "-h" | "--help") => ("help", words),
        Some((name, rest)) => (name.as_str(), rest),
    };
    match COMMANDS.iter().find(|command| command.name == name) {
        Some(_) if rest.iter().any(|word| word == "--help" || word == "-h") => help(&project, &[]),
        Some(command) => (command.run)(&project, rest),
        None => bail!("there is no command `{name}`; `cargo xtask help` lists them"),
    }
}

/// The table of commands, and the parts of those that have any.
#[expect(clippy::unnecessary_wraps, reason = "a command like the others")]
fn help(_: &Project, _: &[String]) -> Result<()> {
    println!("cargo xtask COMMAND\n");
    for Command { name, words, does, .. } in COMMANDS {
        println!("  {:<38} {does}", format!("{name} {words}"));
    }
    println!("\nParts of test, in their order: {}", test::names().join(", "));
    println!("Parts of bench: {}", bench::names().join(", "));
    Ok(())
}
