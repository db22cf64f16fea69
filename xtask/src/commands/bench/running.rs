//! Programs that run while something is measured, each in a folder of its own.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use std::{fs, thread};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::Subject;
use crate::process;

impl Subject<'_> {
    pub fn weerklank(&self, words: &[&str]) -> Result<()> {
        process::quiet(Command::new(&self.server).args(words))
    }

    pub fn bench(&self, words: &[&str]) -> Result<Value> {
        let line = process::output(Command::new(&self.bench).args(words))?;
        serde_json::from_str(&line).with_context(|| format!("weerklank-bench said {line}"))
    }
}

/// A folder of its own for a measurement.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new(subject: &Subject, name: &str) -> Result<Self> {
        let folder = subject.project.target().join("bench").join(name);
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(&folder)?;
        Ok(Self(folder))
    }

    pub fn database(&self) -> String {
        format!("sqlite://{}", self.0.join("bench.db").display())
    }
}

/// The server, stopped on drop.
pub struct Server {
    child: Child,
    pub address: SocketAddr,
    pub ready_after: Duration,
}

impl Server {
    pub fn start(subject: &Subject, folder: &Folder) -> Result<Self> {
        Self::start_with(subject, folder, &[])
    }

    /// With further flags of `weerklank serve`.
    pub fn start_with(subject: &Subject, folder: &Folder, flags: &[&str]) -> Result<Self> {
        // Free a moment ago; nobody else takes ports here.
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let started = Instant::now();
        let child = Command::new(&subject.server)
            .args([
                "serve",
                "--database",
                &folder.database(),
                "--listen",
                &address.to_string(),
                "--log",
                "warn",
            ])
            .args(flags)
            .env("WEERKLANK_ASSETS", subject.project.dist())
            .current_dir(&folder.0)
            .spawn()
            .context("the server did not start")?;
        let mut server = Self { child, address, ready_after: Duration::ZERO };
        // It listens before its index is built, and answers after.
        while server.get("/readyz").is_err() {
            ensure!(server.child.try_wait()?.is_none(), "the server stopped at once");
            ensure!(started.elapsed() < Duration::from_mins(10), "the server does not listen");
            thread::yield_now();
        }
        server.ready_after = started.elapsed();
        Ok(server)
    }

    /// The body of a page, as brotli.
    pub fn get(&self, path: &str) -> Result<Vec<u8>> {
        get(self.address, path)
    }

    /// A line of `/proc/PID/status`, in MB of 1,000,000 bytes.
    pub fn memory(&self, line: &str) -> Result<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let value = status
            .lines()
            .find_map(|text| text.strip_prefix(line)?.strip_prefix(':'))
            .context("no such line")?;
        let kibibytes: u64 = value.trim().trim_end_matches(" kB").parse()?;
        Ok((kibibytes * 1024).div_ceil(1_000_000))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // A server that stopped by itself is stopped all the same.
        let _ended = self.child.kill().and_then(|()| self.child.wait());
    }
}

/// The body that is answered with 200, as brotli where the server knows it.
pub fn get(address: SocketAddr, path: &str) -> Result<Vec<u8>> {
    let mut stream = TcpStream::connect(address)?;
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nHost: bench\r\nAccept-Encoding: br\r\nAccept-Language: nl\r\nConnection: close\r\n\r\n"
    )?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    let head = answer.windows(4).position(|four| four == b"\r\n\r\n").context("no answer")?;
    ensure!(answer.starts_with(b"HTTP/1.1 200 "), "{path} is not there");
    Ok(answer.split_off(head + 4))
}

/// The bare server, stopped on drop.
pub struct Bare {
    child: Child,
    pub address: String,
}

impl Bare {
    pub fn start(subject: &Subject, body: &Path) -> Result<Self> {
        let mut child = Command::new(&subject.bench)
            .args(["bare", "--encoding", "br"])
            .arg(body)
            .stdout(Stdio::piped())
            .spawn()
            .context("the bare server did not start")?;
        let mut line = String::new();
        BufReader::new(child.stdout.take().context("its output is piped")?).read_line(&mut line)?;
        let said: Value = serde_json::from_str(&line)?;
        let address = said["address"].as_str().context("it says where it listens")?.to_owned();
        Ok(Self { child, address })
    }
}

impl Drop for Bare {
    fn drop(&mut self) {
        let _ended = self.child.kill().and_then(|()| self.child.wait());
    }
}
