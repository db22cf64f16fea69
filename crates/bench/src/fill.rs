//! A database of generated columns.

use anyhow::ensure;
use time::macros::datetime;
use weerklank_store::{DatabaseUrl, PoolOptions, Store};
use weerklank_test_support::generate::Generator;

/// Columns in one transaction.
const BATCH: usize = 1000;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// `sqlite://FILE` or `postgres://…`
    database: String,
    #[arg(default_value_t = 100_000)]
    columns: usize,
}

pub async fn run(args: Args) -> anyhow::Result<()> {
    let store = Store::open(&DatabaseUrl::parse(&args.database)?, &PoolOptions::default()).await?;
    store.migrate().await?;
    ensure!(store.is_empty().await?, "{} holds something already", args.database);
    let mut generator = Generator::new(1);
    let mut left = args.columns;
    while left > 0 {
        let batch: Vec<_> = generator.by_ref().take(BATCH.min(left)).collect();
        left -= batch.len();
        store.import_columns(&batch, datetime!(2026-11-21 12:00 UTC)).await?;
    }
    store.close().await?;
    println!("{}", serde_json::json!({ "columns": args.columns }));
    Ok(())
}
