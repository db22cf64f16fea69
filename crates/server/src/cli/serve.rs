//! `weerklank serve`.

use std::process::ExitCode;

use crate::config::{ConfigFile, DatabaseArgs, DatabaseConfig, ServerArgs, ServerConfig};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    server: ServerArgs,
    #[command(flatten)]
    database: DatabaseArgs,
}

pub async fn run(args: Args, file: &ConfigFile) -> anyhow::Result<ExitCode> {
    let server = ServerConfig::resolve(&args.server, file)?;
    let database = DatabaseConfig::resolve(&args.database, file)?;
    crate::serve::serve(&server, &database).await?;
    Ok(ExitCode::SUCCESS)
}
