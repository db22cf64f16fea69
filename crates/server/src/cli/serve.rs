//! `weerklank serve`.

use std::process::ExitCode;

use crate::config::{
    ConfigFile, DatabaseArgs, DatabaseConfig, MailArgs, MailConfig, ServerArgs, ServerConfig,
};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    server: ServerArgs,
    #[command(flatten)]
    database: DatabaseArgs,
    #[command(flatten)]
    mail: MailArgs,
}

pub async fn run(args: Args, file: &ConfigFile) -> anyhow::Result<ExitCode> {
    let server = ServerConfig::resolve(&args.server, file)?;
    let database = DatabaseConfig::resolve(&args.database, file)?;
    let mail = MailConfig::resolve(&args.mail, file)?;
    crate::serve::serve(&server, &database, mail).await?;
    Ok(ExitCode::SUCCESS)
}
