//! Isso, run by gunicorn as its documentation has it, in the folder of the measurement.

use std::fs::{self, File};
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, Command};
use std::time::{Duration, Instant};
use std::{io, thread};

use anyhow::{Context, Result, ensure};

use super::Subject;
use super::running::{Folder, get};
use crate::tools::isso;

/// How gunicorn runs it. Isso's documentation has `--preload`: the database is then made once, before
/// there are two processes. The socket by which gunicorn is controlled would lie in the user's home.
const GUNICORN: [&str; 7] = ["-m", "gunicorn", "-w", "2", "--threads=4", "--preload", "--no-control-socket"];
/// Until it answers.
const PATIENCE: Duration = Duration::from_mins(1);

/// Isso, stopped on drop.
pub struct Isso {
    child: Child,
    pub address: SocketAddr,
}

impl Isso {
    /// Starts it with an empty database beside ours, on the same disk; returns once it answers.
    pub fn start(subject: &Subject, folder: &Folder) -> Result<Self> {
        let python = isso::python(subject.project)?;
        let settings = folder.0.join("isso.cfg");
        fs::write(&settings, configuration(&folder.0))?;
        let log = folder.0.join("isso.log");
        let writing = File::create(&log)?;
        // Free a moment ago; nobody else takes ports here.
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let child = Command::new(python)
            .args(GUNICORN)
            .args(["--bind", &address.to_string(), "isso.run"])
            .env("ISSO_SETTINGS", &settings)
            .current_dir(&folder.0)
            .stdout(writing.try_clone()?)
            .stderr(writing)
            .spawn()
            .context("gunicorn did not start")?;
        let mut isso = Self { child, address };
        let started = Instant::now();
        while get(address, "/info").is_err() {
            let is_there = isso.child.try_wait()?.is_none() && started.elapsed() < PATIENCE;
            ensure!(is_there, "Isso does not answer; {} says why", log.display());
            thread::yield_now();
        }
        Ok(isso)
    }
}

impl Drop for Isso {
    fn drop(&mut self) {
        // It ends its own processes, which a kill would leave behind.
        if terminate(&self.child).is_err() {
            let _ended = self.child.kill();
        }
        let _ended = self.child.wait();
    }
}

/// SIGTERM, for which std has no name.
fn terminate(child: &Child) -> io::Result<()> {
    let status = Command::new("kill").arg("-TERM").arg(child.id().to_string()).status()?;
    if status.success() { Ok(()) } else { Err(io::Error::other("kill failed")) }
}

/// What every installation has to set, and nothing that refuses or holds a comment. How SQLite writes is
/// not set anywhere in Isso: a rollback journal and `synchronous=FULL`, which are SQLite's own defaults.
fn configuration(folder: &Path) -> String {
    format!(
        "[general]\ndbpath = {}\nhost = http://127.0.0.1/\n\n[moderation]\nenabled = false\n\n[guard]\nenabled = false\n",
        folder.join("isso.db").display()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn its_database_lies_beside_ours_and_nothing_is_refused() {
        let text = configuration(Path::new("/tmp/here"));
        assert!(text.contains("\ndbpath = /tmp/here/isso.db\n"), "{text}");
        for section in ["moderation", "guard"] {
            assert!(text.contains(&format!("[{section}]\nenabled = false\n")), "{text}");
        }
    }
}
