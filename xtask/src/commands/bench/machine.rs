//! Where figures were taken: without it they mean nothing.

use std::fs;
use std::process::Command;

use anyhow::Result;

use crate::process;
use crate::project::Project;

/// Processor, memory, system, compiler and commit, one line each.
pub fn words(project: &Project) -> Result<String> {
    let processor = field("/proc/cpuinfo", "model name").unwrap_or_else(|| std::env::consts::ARCH.to_owned());
    let cores = std::thread::available_parallelism()?;
    let memory = field("/proc/meminfo", "MemTotal")
        .and_then(|line| line.trim_end_matches(" kB").parse::<u64>().ok())
        .map(|kibibytes| format!(", {} GiB of memory", kibibytes.div_ceil(1 << 20)))
        .unwrap_or_default();
    let system = fs::read_to_string("/proc/sys/kernel/osrelease")
        .map_or_else(|_| std::env::consts::OS.to_owned(), |release| format!("Linux {}", release.trim()));
    let compiler = process::output(Command::new("rustc").arg("--version").current_dir(&project.root))?;
    let commit = process::output(
        Command::new("git").args(["describe", "--always", "--dirty"]).current_dir(&project.root),
    )?;
    Ok(format!(
        "- {processor}, {cores} cores{memory}\n- {system}\n- {}\n- commit {}",
        compiler.trim(),
        commit.trim()
    ))
}

/// The value of the first line `name : value` of a file.
fn field(path: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(path).ok()?;
    let (_, value) = text.lines().find(|line| line.starts_with(name))?.split_once(':')?;
    Some(value.trim().to_owned())
}
