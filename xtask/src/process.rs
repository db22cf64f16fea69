//! Starting other programs.

use std::env;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

use anyhow::{Context, Result, bail};

/// Runs a program whose output the reader sees.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| start_failed(command))?;
    check(command, status)
}

/// Runs a program silently; what it said is part of the error when it fails.
pub fn quiet(command: &mut Command) -> Result<()> {
    let output = command.stdin(Stdio::null()).output().with_context(|| start_failed(command))?;
    if output.status.success() {
        return Ok(());
    }
    let mut said = String::from_utf8_lossy(&output.stdout).into_owned();
    said.push_str(&String::from_utf8_lossy(&output.stderr));
    bail!("{} failed ({}):\n{}", words(command), output.status, said.trim_end())
}

/// Runs a program and returns what it wrote to standard output; its errors go to the reader.
pub fn output(command: &mut Command) -> Result<String> {
    let output = command.stderr(Stdio::inherit()).output().with_context(|| start_failed(command))?;
    check(command, output.status)?;
    String::from_utf8(output.stdout).with_context(|| format!("{} wrote no UTF-8", words(command)))
}

/// Fails with the words of the command line when it did not succeed.
pub fn check(command: &Command, status: ExitStatus) -> Result<()> {
    if status.success() {
        return Ok(());
    }
    bail!("{} failed ({status})", words(command))
}

/// The program of that name on `PATH`.
pub fn find(program: &str) -> Option<PathBuf> {
    let file = format!("{program}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(&file)).find(|path| path.is_file())
}

/// Puts folders in front of the command's `PATH`.
pub fn prepend_path<'a>(command: &mut Command, folders: impl IntoIterator<Item = &'a Path>) -> Result<()> {
    let rest = env::var_os("PATH").unwrap_or_default();
    let all = folders.into_iter().map(Path::to_owned).chain(env::split_paths(&rest));
    command.env("PATH", env::join_paths(all).context("a folder's name cannot stand in PATH")?);
    Ok(())
}

fn start_failed(command: &Command) -> String {
    format!("could not start {}", words(command))
}

/// The command line in backticks, the program without its folder.
pub fn words(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let mut line = format!("`{}", program.file_name().unwrap_or(program.as_os_str()).to_string_lossy());
    for arg in command.get_args() {
        let _ = write!(line, " {}", arg.to_string_lossy());
    }
    line.push('`');
    line
}
