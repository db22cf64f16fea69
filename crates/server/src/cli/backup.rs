//! `weerklank backup FILE`.

use std::{path::PathBuf, process::ExitCode};

use anyhow::Context as _;

use crate::config::{ConfigFile, DatabaseArgs, DatabaseConfig};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// The file to write; always an SQLite database, whichever database it was taken from
    file: PathBuf,
    #[command(flatten)]
    database: DatabaseArgs,
}

pub async fn run(args: Args, file: &ConfigFile) -> anyhow::Result<ExitCode> {
    let database = DatabaseConfig::resolve(&args.database, file)?;
    let store = crate::serve::open_existing(&database).await?;
    let to = &args.file;
    let columns = super::closing(&store, async { Ok(store.backup_to(to).await?) })
        .await
        .with_context(|| format!("cannot write the backup {}", to.display()))?;
    let bytes = std::fs::metadata(to)?.len();
    println!(
        "wrote {} ({columns} column{}, {bytes} bytes) from {}",
        to.display(),
        super::plural(columns),
        database.url
    );
    Ok(ExitCode::SUCCESS)
}
