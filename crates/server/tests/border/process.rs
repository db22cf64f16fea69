//! The binary as a process.

use std::{
    io::{BufRead as _, BufReader},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

/// A folder in which commands are given.
pub struct Desk {
    folder: tempfile::TempDir,
}

/// How a command ended.
#[derive(Debug)]
pub struct Ended {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Ended {
    /// Insists that it was done, and gives what it said.
    #[track_caller]
    pub fn done(self) -> String {
        assert_eq!(self.code, Some(0), "{self:?}");
        self.out
    }

    /// Insists that it failed, and gives the one line that says why.
    #[track_caller]
    pub fn failed(self) -> String {
        assert_eq!((self.code, self.err.lines().count()), (Some(1), 1), "{self:?}");
        self.err
    }
}

impl Desk {
    /// An empty folder, but for what a build leaves.
    pub fn new() -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap() };
        desk.write("dist/index.html", "<html><head></head><body></body></html>");
        desk
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }

    /// A column file that says this.
    pub fn column(&self, name: &str, body: &str) {
        let front = "title: Titel\ndate: 2026-05-01\nlang: nl\nsentiment: mixed";
        self.write(name, format!("---\n{front}\n---\n{body}\n"));
    }

    pub fn run(&self, words: &[&str]) -> Ended {
        let output = self.command(words).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Ended { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }

    /// Starts a command whose standard output is read while it works.
    pub fn start(&self, words: &[&str]) -> Child {
        self.command(words).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap()
    }

    /// Serves on a free port; returns once it does.
    pub fn serve(&self, words: &[&str]) -> Serving {
        Self::serving(&mut self.command(&serve_words(words)))
    }

    /// The same under `strace`, which writes to a file what the words before say; see [`Self::trace`].
    pub fn serve_traced(&self, strace: &[&str], words: &[&str]) -> Serving {
        let server = self.command(&serve_words(words));
        let mut traced = Command::new("strace");
        // The tracer is the grandchild: what is told to stop is the server.
        traced.args(["-D", "-f", "-y", "-o", "trace"]).args(strace);
        traced.arg(server.get_program()).args(server.get_args()).current_dir(&self.folder);
        Self::serving(&mut traced)
    }

    /// What `strace` wrote, once the server has ended.
    pub fn trace(&self) -> String {
        loop {
            let trace = std::fs::read(self.path("trace")).unwrap();
            let trace = String::from_utf8_lossy(&trace);
            let main = trace.split_whitespace().next().unwrap_or_default();
            if trace.lines().rev().take(40).any(|line| line.starts_with(main) && line.contains("+++ exited"))
            {
                return trace.into_owned();
            }
            std::thread::yield_now();
        }
    }

    fn serving(command: &mut Command) -> Serving {
        let mut child = command.stderr(Stdio::piped()).env("WEERKLANK_LOG", "info").spawn().unwrap();
        let mut log = BufReader::new(child.stderr.take().unwrap()).lines();
        let mut said = Vec::new();
        let address = loop {
            let Some(line) = log.next() else { panic!("it does not serve: {said:?}") };
            let line: serde_json::Value = serde_json::from_str(&line.unwrap()).unwrap_or_default();
            if line["message"] == "serving" {
                break line["address"].as_str().unwrap().parse().unwrap();
            }
            said.push(line);
        };
        // Read on, or the server would wait for room in the pipe.
        std::thread::spawn(move || log.for_each(drop));
        Serving { child, address }
    }

    /// A command that has not started yet.
    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_weerklank"));
        command.args(words).current_dir(&self.folder).env_clear().env("WEERKLANK_LOG", "error");
        command
    }
}

fn serve_words<'a>(words: &[&'a str]) -> Vec<&'a str> {
    let always = ["serve", "--listen", "127.0.0.1:0", "--log-format", "json"];
    always.iter().chain(words).copied().collect()
}

/// A serving process, killed with this value.
pub struct Serving {
    child: Child,
    pub address: SocketAddr,
}

impl Serving {
    /// Tells it to stop and waits; its exit code.
    pub fn terminate(mut self) -> Option<i32> {
        let told = Command::new("sh").args(["-c", "kill -TERM $0", &self.child.id().to_string()]).status();
        assert!(told.unwrap().success());
        self.child.wait().unwrap().code()
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // It has ended already where the test told it to.
        let _killed = self.child.kill();
        let _ended = self.child.wait();
    }
}

/// Every file below a folder, by its path in it.
pub fn files(folder: &Path) -> std::collections::BTreeMap<String, Vec<u8>> {
    let (mut found, mut folders) = (std::collections::BTreeMap::new(), vec![folder.to_owned()]);
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
                found.insert(name, std::fs::read(&path).unwrap());
            }
        }
    }
    found
}
