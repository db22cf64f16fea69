//! `weerklank export DIR`.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context as _, bail};
use weerklank_store::Store;

use crate::{
    assets::Assets,
    clock::Clock,
    config::{ConfigFile, DatabaseArgs, DatabaseConfig, PublicUrl, SendingConfig, ServerArgs, ServerConfig},
    export,
    http::kept::Effort,
    jobs::SearchIn,
    serve::{Parts, assemble, open_existing},
};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// The folder to write: made if absent, else it must be empty or an earlier export
    dir: PathBuf,
    /// Replace a mirror that holds columns even with one that holds none
    #[arg(long)]
    allow_empty: bool,
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
    let store = open_existing(&database).await?;
    // On the heap: it holds all that an app is put together from.
    Box::pin(super::closing(&store, write(&store, args, server, &database))).await
}

async fn write(
    store: &Store,
    args: Args,
    server: ServerConfig,
    database: &DatabaseConfig,
) -> anyhow::Result<ExitCode> {
    if !args.allow_empty && holds_columns(&args.dir) && store.is_empty().await? {
        bail!(
            "{} holds no columns and {} does; name the right database with --database, or say --allow-empty",
            database.url,
            args.dir.display()
        );
    }
    let app = assemble(Parts {
        store: store.clone(),
        assets: Assets::load(server.assets.as_deref())?,
        // The mirror has a search of its own kind.
        search: SearchIn::Nowhere,
        contact: server.contact,
        mail: None,
        // A mirror takes nothing.
        sending: SendingConfig { is_open: false, ..server.sending },
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

/// Whether an earlier export to this folder wrote a column.
fn holds_columns(dir: &Path) -> bool {
    std::fs::read_dir(dir.join("columns")).is_ok_and(|mut files| files.next().is_some())
}
