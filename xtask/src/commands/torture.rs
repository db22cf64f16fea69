//! `cargo xtask torture`: kills the server under load, lets two editors at the same items, and counts.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::build_folder::BuildFolder;
use crate::process;
use crate::project::Project;
use crate::steps::step;
use std::process::Command;

pub const ABOUT: &str = "kills the server while readers send in, and lets two editors decide at once; --broken: one that should lose";

/// What may not be more than nothing.
const FAULTS: [&str; 4] = ["lost", "duplicated", "mails_never_sent", "mails_twice_under_two_names"];

pub fn main(project: &Project, words: &[String]) -> Result<()> {
    let broken = words.iter().any(|word| word == "--broken");
    let rounds = words.iter().find(|word| *word != "--broken").map_or("200", String::as_str);
    if rounds.parse::<u32>().is_err() {
        bail!("`{rounds}` is no number of rounds");
    }
    let folder = BuildFolder::claim(project)?;
    let bench = build(project, &folder, "weerklank-bench", false)?;
    let server = build(project, &folder, "weerklank", broken)?;
    drop(folder);
    if broken {
        println!("two editors: left out, as nothing of that is broken");
    }
    let mut failed = Vec::new();
    for database in ["sqlite", "postgres"] {
        let found = step(database, || kill(&bench, &server, database, rounds))?;
        let count = |what: &str| found[what].as_u64().unwrap_or(u64::MAX);
        println!("{found}");
        if broken && count("lost") == 0 {
            failed.push(format!(
                "{database}: a server that acknowledges too early lost nothing: what counts does not"
            ));
        }
        if !broken {
            let editors = step("two editors", || interleave(&bench, database))?;
            println!("{editors}");
            if editors["double"] != 0 {
                failed.push(format!("{database}: decided twice {}", editors["double"]));
            }
            let faults = FAULTS.iter().filter(|fault| count(fault) > 0);
            failed.extend(faults.map(|fault| format!("{database}: {fault} {}", count(fault))));
            if found["damaged"] != false {
                failed.push(format!("{database}: the file is damaged"));
            }
        }
    }
    if failed.is_empty() { Ok(()) } else { bail!("{}", failed.join("; ")) }
}

fn kill(bench: &Path, server: &Path, database: &str, rounds: &str) -> Result<Value> {
    let mut bench = Command::new(bench);
    bench.arg("torture").arg(server).args([database, "--rounds", rounds]);
    serde_json::from_str(&process::output(&mut bench)?).context("the count is not JSON")
}

/// Ten thousand random orders in which two editors claim and decide.
fn interleave(bench: &Path, database: &str) -> Result<Value> {
    let mut bench = Command::new(bench);
    bench.args(["interleave", database]);
    serde_json::from_str(&process::output(&mut bench)?).context("the count is not JSON")
}

/// Compiles a program; the broken server in a folder of its own, so that nobody takes it for the other.
fn build(project: &Project, folder: &BuildFolder, program: &str, broken: bool) -> Result<PathBuf> {
    step(program, || {
        let mut cargo = project.cargo();
        folder.apply(&mut cargo);
        cargo.args(["build", "--workspace", "--bin", program, "--features"]);
        if !broken {
            process::run(cargo.arg("weerklank/ssr"))?;
            return Ok(project.program("debug", program));
        }
        let target = project.target().join("broken");
        cargo.args(["weerklank/ssr,weerklank-store/acknowledge-early", "--target-dir"]).arg(&target);
        process::run(&mut cargo)?;
        Ok(target.join("debug").join(program))
    })
}
