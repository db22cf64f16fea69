//! `weerklank demo`.

use std::process::ExitCode;

use anyhow::{Context as _, bail};
use weerklank_domain::Column;

use super::import::store_column;
use crate::{
    clock::Clock,
    config::{ConfigFile, DatabaseArgs, DatabaseConfig},
};

#[derive(rust_embed::RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../content/columns"]
#[include = "*.md"]
struct Samples;

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
    if !store.is_empty().await? {
        if args.if_empty {
            println!("{} holds something already: left as it is", database.url);
            return Ok(ExitCode::SUCCESS);
        }
        bail!("{} is not empty; name an empty database with --database", database.url);
    }
    let clock = Clock::system();
    let columns = samples()?;
    for column in &columns {
        store_column(&store, column, &clock).await?;
    }
    println!("filled {} with {} sample columns", database.url, columns.len());
    Ok(ExitCode::SUCCESS)
}

/// The sample columns, in the order of their file names.
pub fn samples() -> anyhow::Result<Vec<Column>> {
    let mut names: Vec<_> = Samples::iter().collect();
    names.sort();
    let column = |name: &str| {
        let file = Samples::get(name).context("it was listed a moment ago")?;
        let text = std::str::from_utf8(&file.data)?;
        weerklank_markdown::parse_file(name, text).map_err(|problems| match problems.first() {
            Some(problem) => anyhow::anyhow!("line {}: {}", problem.line, problem.message),
            None => anyhow::anyhow!("it was refused"),
        })
    };
    names.iter().map(|name| column(name).with_context(|| format!("sample column {name}"))).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_sample_column_is_well_formed() {
        assert!(super::samples().unwrap().len() >= 14);
    }
}
