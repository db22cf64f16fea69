//! The command line: one file per command.
//!
//! Exit codes: 0 done, 1 it failed (one line says what and how to mend it), 2 the words were off.

mod backup;
mod demo;
mod doctor;
mod editor;
mod export;
mod import;
mod invite;
mod openapi;
mod restore;
mod serve;
mod shop;
mod site;
mod transfer;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use weerklank_store::Store;

use crate::config::{ConfigFile, FileArgs, LogArgs, LogConfig};

/// A story board for customer experiences
#[derive(Debug, Parser)]
#[command(name = "weerklank", version, max_term_width = 100)]
struct Cli {
    #[command(flatten)]
    file: FileArgs,
    #[command(flatten)]
    log: LogArgs,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Bring the database up to date, then serve the board
    Serve(serve::Args),
    /// Fill an empty database with the sample columns, and a sample shop with its answers
    Demo(demo::Args),
    /// Import columns: Markdown files with front matter, folders of them, WordPress or Ghost exports; and
    /// comments from Disqus exports
    Import(import::Args),
    /// Write the whole public site as static files, and every column as Markdown
    Export(export::Args),
    /// Write a consistent copy of the database to a file, while serving if need be
    Backup(backup::Args),
    /// Fill an empty database from a backup
    Restore(restore::Args),
    /// Copy everything to another database: SQLite to PostgreSQL and back
    Transfer(transfer::Args),
    /// Invite somebody to the desk
    Editor(editor::Args),
    /// Let a shop ask for feedback, and its programs read the answers
    Shop(shop::Args),
    /// Make a place where a shop asks, and turn its keys
    Site(site::Args),
    /// Print a signed link by which a customer rates the help with one ticket
    Invite(invite::Args),
    /// Print the OpenAPI document of the JSON API
    Openapi,
    /// Check configuration, database, files and clock, and say in words what is wrong
    Doctor(doctor::Args),
}

/// Reads the words, runs the command, says what went wrong.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(cli) {
        Ok(code) => code,
        Err(error) => {
            // One line: what failed, and why, from the outside in.
            eprintln!("weerklank: {}", one_line(&error));
            ExitCode::FAILURE
        }
    }
}

fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    let file = ConfigFile::load(&cli.file)?;
    LogConfig::resolve(&cli.log, &file)?.start();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        match cli.command {
            Command::Serve(args) => serve::run(args, &file).await,
            Command::Demo(args) => demo::run(args, &file).await,
            Command::Import(args) => import::run(args, &file).await,
            Command::Export(args) => Box::pin(export::run(args, &file)).await,
            Command::Backup(args) => backup::run(args, &file).await,
            Command::Restore(args) => restore::run(args, &file).await,
            Command::Transfer(args) => transfer::run(args, &file).await,
            Command::Editor(args) => editor::run(args, &file).await,
            Command::Shop(args) => shop::run(args, &file).await,
            Command::Site(args) => site::run(args, &file).await,
            Command::Invite(args) => invite::run(args, &file).await,
            Command::Openapi => openapi::run(),
            Command::Doctor(args) => doctor::run(args, &file).await,
        }
    })
}

/// Does the work and then closes the database, also where the work failed: a SQLite file that is not
/// closed is whole only together with its `-wal`, and who copies the file alone has an old one.
async fn closing<T>(store: &Store, work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    let done = work.await;
    let closed = store.clone().close().await;
    let done = done?;
    closed?;
    Ok(done)
}

/// The ending of a word that is counted.
fn plural(count: u64) -> &'static str {
    if count == 1 { "" } else { "s" }
}

fn one_line(error: &anyhow::Error) -> String {
    let mut line = String::new();
    for cause in error.chain() {
        let cause = cause.to_string();
        // A library that repeats its source in its own words would say it twice.
        if !line.contains(&cause) {
            if !line.is_empty() {
                line.push_str(": ");
            }
            line.push_str(&cause);
        }
    }
    line.replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_words_are_well_formed() {
        Cli::command().debug_assert();
    }

    #[test]
    fn an_error_is_one_line_from_the_outside_in() {
        let error = anyhow::anyhow!("no such file\n").context("cannot read x.toml");
        assert_eq!(one_line(&error), "cannot read x.toml: no such file ");
    }
}
