//! Kills the server at any moment while readers send in, and counts what it had acknowledged and does
//! not have, or has twice; and the mails that never came, or came twice under two names.

mod load;
mod server;
mod verdict;

use std::{path::PathBuf, sync::Arc, time::Duration};

use anyhow::Context as _;
use tokio::time::sleep;
use weerklank_test_support::{database::TestDatabase, mail_sink::MailSink};

use load::Load;
use server::Server;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// The program `weerklank`, by its whole path
    server: PathBuf,
    /// `sqlite` or `postgres`
    #[arg(value_parser = ["sqlite", "postgres"])]
    database: String,
    /// How often it is killed
    #[arg(long, default_value_t = 200)]
    rounds: u32,
    /// Clients that send in at the same time
    #[arg(long, default_value_t = 16)]
    clients: usize,
}

/// Longest time between the first request of a round and its end, in milliseconds.
const LONGEST: u64 = 500;

pub async fn run(args: Args) -> anyhow::Result<()> {
    let database = match args.database.as_str() {
        "postgres" => TestDatabase::postgres().await,
        _ => TestDatabase::sqlite().await,
    };
    let sink = MailSink::start().await;
    let folder = tempfile::tempdir().context("no folder to work in")?;
    let smtp = sink.url();
    let start = || Server::start(&args.server, folder.path(), database.address(), &smtp);
    let load = Arc::new(Load::default());
    let mut slowest = Duration::ZERO;
    for round in 0..args.rounds {
        let server = start().await?;
        slowest = slowest.max(server.started_in);
        let clients = load.send_in(server.address, args.clients);
        sleep(Duration::from_millis(20 + scattered(round) % LONGEST)).await;
        server.kill().await?;
        clients.await?;
    }
    // What was under way is sent again, as a browser or a program would.
    let server = start().await?;
    slowest = slowest.max(server.started_in);
    load.finish(server.address).await?;
    let verdict = verdict::of(&load, &server, &database, &sink, args.rounds, slowest).await?;
    server.kill().await?;
    println!("{verdict}");
    Ok(())
}

/// Numbers that look random and are the same in every run.
fn scattered(round: u32) -> u64 {
    u64::from(round).wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32
}
