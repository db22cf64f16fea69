//! `weerklank transfer --to URL`.

use std::process::ExitCode;

use anyhow::{Context as _, bail};
use weerklank_store::{DatabaseUrl, PoolOptions, Store, StoreError};

use crate::clock::Clock;
use crate::config::{ConfigFile, DatabaseArgs, DatabaseConfig};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// The empty database to fill
    #[arg(long, value_name = "URL")]
    to: String,
    #[command(flatten)]
    database: DatabaseArgs,
}

pub async fn run(args: Args, file: &ConfigFile) -> anyhow::Result<ExitCode> {
    let from = DatabaseConfig::resolve(&args.database, file)?;
    let to = DatabaseConfig {
        url: DatabaseUrl::parse(&args.to).context("--to")?,
        pool: PoolOptions::default(),
        search_dir: from.search_dir.clone(),
    };
    let source = crate::serve::open_existing(&from).await?;
    let target = match crate::serve::open(&to).await {
        Ok(target) => target,
        Err(error) => return super::closing(&source, async { Err(error) }).await,
    };
    let copying = Box::pin(super::closing(&target, copy((&source, &from), (&target, &to))));
    super::closing(&source, copying).await
}

async fn copy(
    (source, from): (&Store, &DatabaseConfig),
    (target, to): (&Store, &DatabaseConfig),
) -> anyhow::Result<ExitCode> {
    match source.transfer_to(target, Clock::system().now()).await {
        Err(StoreError::NotEmpty) => {
            bail!("{} holds columns already; name an empty database with --to", to.url)
        }
        done => done.with_context(|| format!("cannot copy {} to {}", from.url, to.url))?,
    }
    let columns = target.column_count().await?;
    println!("copied {columns} column{} from {} to {}", super::plural(columns), from.url, to.url);
    Ok(ExitCode::SUCCESS)
}
