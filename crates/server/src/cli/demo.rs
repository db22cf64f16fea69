//! `weerklank demo`.

use std::process::ExitCode;

use anyhow::bail;
use weerklank_store::Store;

use crate::{
    clock::Clock,
    config::{ConfigFile, DatabaseArgs, DatabaseConfig},
    sample_answers,
    samples::samples,
    storing::store_columns,
};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Leave a database that holds something as it is, without complaint
    #[arg(long)]
    if_empty: bool,
    #[command(flatten)]
    database: DatabaseArgs,
}

pub async fn run(args: Args, file: &ConfigFile) -> anyhow::Result<ExitCode> {
    let database = DatabaseConfig::resolve(&args.database, file)?;
    let store = crate::serve::open(&database).await?;
    super::closing(&store, fill(&store, &database, args.if_empty)).await
}

async fn fill(store: &Store, database: &DatabaseConfig, if_empty: bool) -> anyhow::Result<ExitCode> {
    if !store.is_empty().await? {
        if if_empty {
            println!("{} holds something already: left as it is", database.url);
            return Ok(ExitCode::SUCCESS);
        }
        bail!("{} is not empty; name an empty database with --database", database.url);
    }
    let clock = Clock::system();
    let columns = samples()?;
    // Before the columns: as long as there are none, a run that was broken off can be made again.
    let site = sample_answers::fill(store, clock.now()).await?;
    // In one: killed half-way, it would leave a board that is no longer empty and never filled.
    store_columns(store, &columns, &clock).await?;
    println!("filled {} with {} sample columns", database.url, columns.len());
    println!(
        "and with {} sample answers of {} at the site {}; its API key: weerklank shop add '{}'",
        sample_answers::COUNT,
        site.shop.name,
        site.key,
        site.shop.name,
    );
    Ok(ExitCode::SUCCESS)
}
