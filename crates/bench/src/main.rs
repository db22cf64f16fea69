//! `weerklank-bench`: see its `--help`. Every command prints one line of JSON.

mod bare;
mod compare;
mod fill;
mod http;
mod interleave;
mod submissions;
mod torture;
mod walk;

use clap::{Parser, Subcommand};

/// Load, a bare server and generated content for `cargo xtask bench`, and the killing of `cargo xtask torture`
#[derive(Debug, Parser)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the bytes of a file by one bare axum handler; prints the address first
    Bare(bare::Args),
    /// Ask two addresses in turn, and print how many requests a second each answered
    Compare(compare::Args),
    /// Fill an empty database with generated columns
    Fill(fill::Args),
    /// Let two editors claim, decide and undo in random orders, and count what is decided twice
    Interleave(interleave::Args),
    /// Send in to our server and to Isso in turns, and print how many a second each acknowledged
    Submissions(submissions::Args),
    /// Kill a server while readers send in, and count what is lost or there twice
    Torture(torture::Args),
    /// Ask a server for many different pages, one after the other, and print times
    Walk(walk::Args),
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    match Cli::parse().command {
        Command::Bare(args) => bare::run(args).await,
        Command::Compare(args) => compare::run(args).await,
        Command::Fill(args) => fill::run(args).await,
        Command::Interleave(args) => interleave::run(args).await,
        Command::Submissions(args) => submissions::run(args).await,
        Command::Torture(args) => torture::run(args).await,
        Command::Walk(args) => walk::run(args).await,
    }
}
