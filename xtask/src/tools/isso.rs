//! Isso, the comment server that ours is compared with, and gunicorn, which runs it. From `PyPI`,
//! in a virtual environment that nothing else uses.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::Tool;
use crate::process;
use crate::project::Project;

pub const VERSION: &str = "0.14.0";
pub const GUNICORN: &str = "27.0.1";

pub static TOOL: Tool = Tool {
    name: "isso",
    // Of both, so that another version of either is another folder; a test holds them together.
    version: "0.14.0-gunicorn-27.0.1",
    programs: &["python", "gunicorn"],
    install,
};

/// Python with both, installed where it is not yet. Scripts in the environment name the folder in
/// which they were made, and it was moved since: modules are started by `-m`.
pub fn python(project: &Project) -> Result<PathBuf> {
    TOOL.install(project)?;
    Ok(TOOL.bin(project).join("python"))
}

fn install(_: &Project, folder: &Path) -> Result<()> {
    let python = process::find("python3").context(
        "python3 is missing: install Python 3.10 or later (on Debian: apt-get install python3-venv)",
    )?;
    process::quiet(Command::new(python).args(["-m", "venv"]).arg(folder)).context(
        "Python cannot make a virtual environment: install its venv (on Debian: apt-get install python3-venv)",
    )?;
    process::quiet(
        Command::new(folder.join("bin/python"))
            .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"])
            .args([format!("isso=={VERSION}"), format!("gunicorn=={GUNICORN}")]),
    )
    .context(
        "pip could not install Isso: it needs PyPI or an index of your own (PIP_INDEX_URL), and for what has to \
         be compiled a C compiler and Python's headers (on Debian: apt-get install gcc python3-dev)",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_version_of_either_is_another_folder() {
        assert_eq!(TOOL.version, format!("{VERSION}-gunicorn-{GUNICORN}"));
    }
}
