//! `weerklank transfer --to URL`.

use std::process::ExitCode;

use anyhow::Context as _;
use weerklank_store::{DatabaseUrl, PoolOptions};

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
    let source = crate::serve::open(&from).await?;
    let target = crate::serve::open(&to).await?;
    source
        .transfer_to(&target, Clock::system().now())
        .await
        .with_context(|| format!("cannot copy {} to {}", from.url, to.url))?;
    println!("copied {} to {}", from.url, to.url);
    Ok(ExitCode::SUCCESS)
}
