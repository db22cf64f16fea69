//! What comes from the system's package manager: browsers, databases, Node.js, strace.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use anyhow::Result;

use super::{Missing, Need};
use crate::{process, steps};

/// Something that tests start and this program does not build.
struct Package {
    need: Need,
    name: &'static str,
    /// Debian's and Ubuntu's packages.
    packages: &'static [&'static str],
    is_there: fn() -> bool,
}

const PACKAGES: &[Package] = &[
    Package {
        need: Need::Node,
        name: "Node.js and npm",
        packages: &["nodejs", "npm"],
        is_there: || has("node") && has("npm"),
    },
    Package {
        need: Need::Chromium,
        name: "Chromium",
        packages: &["chromium"],
        is_there: || ["chromium", "chromium-browser", "google-chrome"].into_iter().any(has),
    },
    Package {
        need: Need::ChromeDriver,
        name: "ChromeDriver",
        packages: &["chromium-driver"],
        is_there: || has("chromedriver"),
    },
    Package {
        need: Need::PostgreSql,
        name: "PostgreSQL",
        packages: &["postgresql"],
        is_there: || has("initdb") || postgresql_folder().is_some(),
    },
    Package {
        need: Need::Strace,
        name: "strace",
        packages: &["strace"],
        // Elsewhere the tests that it is for are not built.
        is_there: || !cfg!(target_os = "linux") || has("strace"),
    },
];

/// Installs what is missing where that is allowed; returns what still is.
pub fn install(needs: &[Need]) -> Vec<Missing> {
    let wanted = || PACKAGES.iter().filter(|package| needs.contains(&package.need));
    for package in wanted().filter(|package| (package.is_there)()) {
        steps::in_place(package.name);
    }
    let absent: Vec<&str> = wanted()
        .filter(|package| !(package.is_there)())
        .flat_map(|package| package.packages)
        .copied()
        .collect();
    if absent.is_empty() {
        return Vec::new();
    }
    if let Some(prefix) = apt_get() {
        let done = steps::step(&format!("{}: installing", absent.join(", ")), || {
            apt(&prefix, &["update", "--quiet=2"])?;
            let mut words = vec!["install", "--yes", "--quiet=2", "--no-install-recommends"];
            words.extend(&absent);
            apt(&prefix, &words)
        });
        if let Err(error) = done {
            eprintln!("{error:#}");
        }
    }
    let missing = wanted().filter(|package| !(package.is_there)()).map(|package| Missing {
        need: package.need,
        advice: format!(
            "{} is missing: install it (on Debian: apt-get install {})",
            package.name,
            package.packages.join(" ")
        ),
    });
    missing.collect()
}

fn apt(prefix: &[&str], words: &[&str]) -> Result<()> {
    let mut line = prefix.iter().copied().chain(["apt-get"]).chain(words.iter().copied());
    let mut command = Command::new(line.next().unwrap_or("apt-get"));
    command.args(line).env("DEBIAN_FRONTEND", "noninteractive");
    process::quiet(&mut command)
}

/// What stands before `apt-get` for it to be allowed; nothing where it is not there, or asks a password.
fn apt_get() -> Option<Vec<&'static str>> {
    process::find("apt-get")?;
    if is_root() {
        return Some(vec![]);
    }
    let sudo = Command::new(process::find("sudo")?).args(["--non-interactive", "true"]).output().ok()?;
    sudo.status.success().then(|| vec!["sudo", "--non-interactive", "--preserve-env=DEBIAN_FRONTEND"])
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout == b"0\n")
}

fn has(program: &str) -> bool {
    process::find(program).is_some()
}

/// Debian keeps the server's programs out of `PATH`: `/usr/lib/postgresql/15/bin`.
fn postgresql_folder() -> Option<PathBuf> {
    let versions = fs::read_dir(Path::new("/usr/lib/postgresql")).ok()?;
    versions
        .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
        .find(|folder| folder.join(format!("initdb{}", env::consts::EXE_SUFFIX)).is_file())
}
