//! One `ChromeDriver` for the whole process.
//!
//! It is the child of a small shell that waits for the end of our pipe, so that it, its browsers and
//! their profiles are gone however the process ends, `kill -9` included.

use std::io::{BufRead as _, BufReader};
use std::os::unix::process::CommandExt as _;
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::OnceLock;

const NOT_INSTALLED: &str =
    "Chromium and ChromeDriver are needed for this test: apt-get install chromium chromium-driver";

/// Where it takes commands, and where profiles of browsers lie.
#[derive(Debug)]
pub(super) struct Driver {
    /// `http://127.0.0.1:39451`.
    pub(super) url: String,
    pub(super) profiles: PathBuf,
    /// Closed, it ends the driver.
    _pipe: ChildStdin,
    _shell: Child,
}

impl Driver {
    /// The one of this process, started when it is first asked for.
    pub(super) fn shared() -> &'static Self {
        static DRIVER: OnceLock<Driver> = OnceLock::new();
        DRIVER.get_or_init(|| Self::start().unwrap_or_else(|problem| panic!("{problem}")))
    }

    /// Returns when it takes commands. It chooses its port itself, so nobody can be quicker.
    fn start() -> Result<Self, String> {
        // The driver alone holds the output, so that its end shows. The group holds the browsers as well.
        const SHELL: &str = r#"
            folder=$1; shift
            "$@" & exec >/dev/null; read -r _
            trap '' TERM; kill -TERM 0; wait; rm -rf "$folder"
        "#;
        let profiles = tempfile::Builder::new().prefix("weerklank-browser-").tempdir();
        // From here on the shell removes it.
        let profiles = profiles.map_err(|error| format!("no temporary folder: {error}"))?.keep();
        let mut shell = Command::new("sh")
            .process_group(0)
            .args(["-c", SHELL, "sh"])
            .arg(&profiles)
            .args(["chromedriver", "--port=0"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("sh does not start: {error}"))?;
        let pipe = shell.stdin.take().ok_or("sh has no input")?;
        let mut said = BufReader::new(shell.stdout.take().ok_or("sh has no output")?).lines();
        let port = said.by_ref().map_while(Result::ok).find_map(|line| port(&line)).ok_or(NOT_INSTALLED)?;
        // Read on, or the driver would wait for room in the pipe.
        std::thread::spawn(move || said.for_each(drop));
        Ok(Self { url: format!("http://127.0.0.1:{port}"), profiles, _pipe: pipe, _shell: shell })
    }
}

/// `ChromeDriver was started successfully on port 39451.` is 39451.
fn port(line: &str) -> Option<u16> {
    line.split_once("started successfully on port ")?.1.trim_end_matches('.').parse().ok()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_driver_tells_its_port() {
        assert_eq!(super::port("ChromeDriver was started successfully on port 39451."), Some(39451));
        assert_eq!(super::port("Starting ChromeDriver 156.0.8078.79 on port 0"), None);
    }
}
