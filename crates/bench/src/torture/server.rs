//! The server as a process that can be killed.

use std::{net::SocketAddr, path::Path, process::Stdio, time::Duration};

use anyhow::Context as _;
use tokio::{
    io::{AsyncBufReadExt as _, BufReader},
    process::{Child, Command},
    time::Instant,
};

pub struct Server {
    pub address: SocketAddr,
    /// From the start of the process until it served.
    pub started_in: Duration,
    child: Child,
}

impl Server {
    /// Starts it on a free port; returns once it serves.
    pub async fn start(program: &Path, folder: &Path, database: &str, smtp: &str) -> anyhow::Result<Self> {
        let page = folder.join("dist/index.html");
        std::fs::create_dir_all(folder.join("dist"))?;
        std::fs::write(page, "<html><head></head><body></body></html>")?;
        let started = Instant::now();
        let mut child = Command::new(program)
            .args(["serve", "--listen", "127.0.0.1:0", "--log-format", "json", "--take-experiences"])
            .args(["--database", database, "--smtp", smtp, "--mail-from", "board@board.example"])
            .args(["--search-dir", "search", "--mark-after", "0", "--refuse-after", "0"])
            .current_dir(folder)
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("{} does not start", program.display()))?;
        let mut log = BufReader::new(child.stderr.take().context("its log is ours")?).lines();
        let mut said = String::new();
        let address = loop {
            let line = log.next_line().await?.with_context(|| format!("it does not serve: {said}"))?;
            let entry: serde_json::Value = serde_json::from_str(&line).unwrap_or_default();
            if entry["message"] == "serving" {
                break entry["address"].as_str().context("its address")?.parse()?;
            }
            said.push_str(&line);
        };
        let started_in = started.elapsed();
        // Read on, or it would wait for room in the pipe.
        tokio::spawn(async move { while let Ok(Some(_)) = log.next_line().await {} });
        Ok(Self { address, started_in, child })
    }

    /// As `kill -9` does.
    pub async fn kill(mut self) -> anyhow::Result<()> {
        self.child.kill().await.context("it had ended by itself")
    }
}
