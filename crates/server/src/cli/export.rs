//! `weerklank export DIR`.

use std::{path::PathBuf, process::ExitCode};

use anyhow::Context as _;

use crate::{
    assets::Assets,
    clock::Clock,
    config::{ConfigFile, DatabaseArgs, DatabaseConfig, PublicUrl, ServerArgs, ServerConfig},
    export,
    http::kept::Effort,
    serve::{Parts, assemble, open},
};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// The folder to write: made if absent, else it must be empty or an earlier export
    dir: PathBuf,
    #[command(flatten)]
    server: ServerArgs,
    #[command(flatten)]
    database: DatabaseArgs,
}

pub async fn run(args: Args, file: &ConfigFile) -> anyhow::Result<ExitCode> {
    let server = ServerConfig::resolve(&args.server, file)?;
    let database = DatabaseConfig::resolve(&args.database, file)?;
    if server.public_url.is_none() {
        tracing::warn!(
            "links and feeds will say http://{}; name the mirror's address with --public-url",
            server.listen
        );
    }
    let store = open(&database).await?;
    let app = assemble(Parts {
        store,
        assets: Assets::load(server.assets.as_deref())?,
        // The mirror needs no search index of the server's kind.
        search_dir: None,
        public_url: server.public_url.unwrap_or_else(|| PublicUrl::of_address(server.listen)),
        clock: Clock::system(),
        cache: server.cache,
        effort: Effort::Change,
    })
    .await?;
    let dir = &args.dir;
    let written =
        export::export(&app, dir).await.with_context(|| format!("cannot export to {}", dir.display()))?;
    println!(
        "wrote {} pages, {} columns and {} files to {}",
        written.pages,
        written.columns,
        written.files,
        dir.display()
    );
    Ok(ExitCode::SUCCESS)
}
