//! The server beside the least that axum can do, and the memory it takes.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use std::{fs, thread};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::Subject;
use super::report::Row;
use crate::process;

/// The page that is asked for: the longest sample.
const PAGE: &str = "/columns/retour-in-elf-stappen";
/// Words of the generated columns and of none, for searches.
const WORDS: &str =
    "retour,levering,factuur,bezorger,winkel,delivery,refund,retourformulier,leverng,niemandsland";

/// Requests a second, against a bare handler that returns the same bytes.
pub fn throughput(subject: &Subject) -> Result<Vec<Row>> {
    let folder = Folder::new(subject, "throughput")?;
    let database = folder.database();
    subject.weerklank(&["demo", "--database", &database])?;
    let server = Server::start(subject, &folder)?;
    let body = folder.0.join("page.br");
    fs::write(&body, server.get(PAGE)?)?;
    let bare = Bare::start(subject, &body)?;
    let found = subject.bench(&["compare", &server.address.to_string(), &bare.address, PAGE])?;
    let ratio = number(&found, "ratio");
    Ok(vec![Row {
        what: "`GET /columns/{slug}` against a bare axum handler, requests/s".to_owned(),
        budget: "≥ 0.8×".to_owned(),
        measured: format!("{ratio:.2}×"),
        is_met: ratio >= 0.8,
        note: format!(
            "median of {} rounds in turns ({:.2}× to {:.2}×), {} connections, {} bytes as brotli; {:.0}/s beside {:.0}/s with the client on the same cores",
            found["rounds"],
            number(&found, "lowest"),
            number(&found, "highest"),
            found["connections"],
            found["bytes"],
            number(&found, "subject_per_second"),
            number(&found, "control_per_second"),
        ),
    }])
}

/// Resident memory in use, with little and with much content.
pub fn memory(subject: &Subject) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for (what, columns, budget) in
        [("the samples", None, 60), ("100,000 generated columns", Some("100000"), 250)]
    {
        let folder = Folder::new(subject, "memory")?;
        let database = folder.database();
        match columns {
            None => subject.weerklank(&["demo", "--database", &database])?,
            Some(columns) => drop(subject.bench(&["fill", &database, columns])?),
        }
        // The index is built by a first start; a server that runs for long was started with it.
        let built = Server::start(subject, &folder)?;
        let (first_start, peak) = (built.ready_after, built.memory("VmHWM")?);
        drop(built);
        let server = Server::start(subject, &folder)?;
        let walked = subject.bench(&["walk", &server.address.to_string(), "--words", WORDS])?;
        let resident = server.memory("VmRSS")?;
        let times = |kind: &str| {
            format!(
                "p50 {:.1} ms, p95 {:.1} ms, n = {}",
                number(&walked[kind], "p50"),
                number(&walked[kind], "p95"),
                walked[kind]["n"]
            )
        };
        rows.push(Row {
            what: format!("resident memory with {what}, after 10,000 requests"),
            budget: format!("≤ {budget} MB"),
            measured: format!("{resident} MB"),
            is_met: resident <= budget,
            note: format!(
                "VmRSS; pages {}; searches by the API {}; started in {:.1} s, with building the index {:.1} s and {peak} MB at most",
                times("pages"), times("searches"), server.ready_after.as_secs_f64(), first_start.as_secs_f64(),
            ),
        });
    }
    Ok(rows)
}

fn number(value: &Value, key: &str) -> f64 {
    value[key].as_f64().unwrap_or(f64::NAN)
}

impl Subject<'_> {
    fn weerklank(&self, words: &[&str]) -> Result<()> {
        process::quiet(Command::new(&self.server).args(words))
    }

    fn bench(&self, words: &[&str]) -> Result<Value> {
        let line = process::output(Command::new(&self.bench).args(words))?;
        serde_json::from_str(&line).with_context(|| format!("weerklank-bench said {line}"))
    }
}

/// A folder of its own for a measurement.
struct Folder(PathBuf);

impl Folder {
    fn new(subject: &Subject, name: &str) -> Result<Self> {
        let folder = subject.project.target().join("bench").join(name);
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(&folder)?;
        Ok(Self(folder))
    }

    fn database(&self) -> String {
        format!("sqlite://{}", self.0.join("bench.db").display())
    }
}

/// The server, stopped on drop.
struct Server {
    child: Child,
    address: SocketAddr,
    ready_after: Duration,
}

impl Server {
    fn start(subject: &Subject, folder: &Folder) -> Result<Self> {
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
            .env("WEERKLANK_ASSETS", subject.project.dist())
            .current_dir(&folder.0)
            .spawn()
            .context("the server did not start")?;
        let mut server = Self { child, address, ready_after: Duration::ZERO };
        while TcpStream::connect(address).is_err() {
            ensure!(server.child.try_wait()?.is_none(), "the server stopped at once");
            ensure!(started.elapsed() < Duration::from_mins(10), "the server does not listen");
            thread::yield_now();
        }
        server.ready_after = started.elapsed();
        Ok(server)
    }

    /// The body of a page, as brotli.
    fn get(&self, path: &str) -> Result<Vec<u8>> {
        let mut stream = TcpStream::connect(self.address)?;
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: bench\r\nAccept-Encoding: br\r\nAccept-Language: nl\r\nConnection: close\r\n\r\n"
        )?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        let head = answer.windows(4).position(|four| four == b"\r\n\r\n").context("no answer")?;
        Ok(answer.split_off(head + 4))
    }

    /// A line of `/proc/PID/status`, in MB of 1,000,000 bytes.
    fn memory(&self, line: &str) -> Result<u64> {
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

/// The bare server, stopped on drop.
struct Bare {
    child: Child,
    address: String,
}

impl Bare {
    fn start(subject: &Subject, body: &Path) -> Result<Self> {
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
