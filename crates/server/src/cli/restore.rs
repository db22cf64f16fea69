//! `weerklank restore FILE`.

use std::{path::PathBuf, process::ExitCode};

use anyhow::{Context as _, bail};
use weerklank_store::{Store, StoreError, check_backup};

use crate::clock::Clock;
use crate::config::{ConfigFile, DatabaseArgs, DatabaseConfig};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// A file that `weerklank backup` wrote
    file: PathBuf,
    /// Empty the database first if it holds something
    #[arg(long)]
    replace: bool,
    #[command(flatten)]
    database: DatabaseArgs,
}

pub async fn run(args: Args, file: &ConfigFile) -> anyhow::Result<ExitCode> {
    let database = DatabaseConfig::resolve(&args.database, file)?;
    let from = &args.file;
    // First: a database that is made for nothing looks like one that was restored.
    check_backup(from).await.with_context(|| format!("cannot restore {}", from.display()))?;
    let store = crate::serve::open(&database).await?;
    super::closing(&store, fill(&store, &args, &database)).await
}

async fn fill(store: &Store, args: &Args, database: &DatabaseConfig) -> anyhow::Result<ExitCode> {
    let from = &args.file;
    match store.restore_from(from, args.replace, Clock::system().now()).await {
        Err(StoreError::NotEmpty) => bail!(
            "{} holds columns already; name an empty database with --database, or say --replace to lose them",
            database.url
        ),
        done => done.with_context(|| format!("cannot restore {} into {}", from.display(), database.url))?,
    }
    let columns = store.column_count().await?;
    println!("restored {} into {}: {columns} column{}", from.display(), database.url, super::plural(columns));
    Ok(ExitCode::SUCCESS)
}
