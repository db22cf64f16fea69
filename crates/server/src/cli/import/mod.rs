//! `weerklank import PATH…`.

mod comments;

use std::{
    collections::BTreeSet,
    io::Write as _,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::bail;
use weerklank::routes::picture;
use weerklank_domain::{Lang, Picture};
use weerklank_import::{Import, NameKind, Options, Outcome, Report, Stored, discover, visible};
use weerklank_store::{KnownNames, Store, StoreError};

use crate::{
    assets::Assets,
    clock::Clock,
    config::{AssetsArgs, ConfigFile, DatabaseArgs, DatabaseConfig},
    serve::open,
    storing::{store_column, would_store},
};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Markdown files, folders of them, WordPress exports (.xml) or Ghost exports (.json); comments from
    /// Disqus exports (.xml)
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Show what would be made and cleaned, and store nothing
    #[arg(long)]
    dry_run: bool,
    /// Keep every character as it is: clean nothing
    #[arg(long)]
    as_is: bool,
    /// The language of WordPress and Ghost items, which do not say; guessed from each text without it
    #[arg(long, value_name = "LANG")]
    lang: Option<Lang>,
    /// Which column a discussion of a Disqus export belongs to, where its address does not say: a line for
    /// each, with that address and the column's slug
    #[arg(long, value_name = "FILE")]
    disqus_map: Option<PathBuf>,
    #[command(flatten)]
    assets: AssetsArgs,
    #[command(flatten)]
    database: DatabaseArgs,
}

pub async fn run(args: Args, file: &ConfigFile) -> anyhow::Result<ExitCode> {
    let database = DatabaseConfig::resolve(&args.database, file)?;
    let import = with_pictures(
        Import::new(Options { as_is: args.as_is, lang: args.lang })
            .with_disqus_map(comments::map(args.disqus_map.as_deref())?),
        args.assets.resolve(file).as_deref(),
    )?;
    let store = if args.dry_run { open_if_there(&database).await? } else { Some(open(&database).await?) };
    let Some(store) = &store else { return read(&args, import, None).await };
    super::closing(store, async { read(&args, with_names(import, store).await?, Some(store)).await }).await
}

/// Lets it know whom and what the board knows by name.
async fn with_names(import: Import, store: &Store) -> Result<Import, StoreError> {
    let KnownNames { authors, shops, series } = store.known_names().await?;
    let pictures = store.pictures().await?.into_iter().flat_map(Picture::sizes).map(picture::address);
    Ok(import
        .with_more_pictures(pictures)
        .with_names(NameKind::Author, authors)
        .with_names(NameKind::Shop, shops)
        .with_names(NameKind::Series, series))
}

/// Lets it know which pictures the board has. Where nobody named a folder of built files, and none is
/// in the usual place, nobody knows: that is a fault of `serve` and stops no import.
fn with_pictures(import: Import, assets: Option<&Path>) -> anyhow::Result<Import> {
    Ok(match (assets, Assets::paths(assets)) {
        (_, Ok(paths)) => import.with_pictures(paths),
        (None, Err(_)) => import,
        (Some(_), Err(error)) => return Err(error),
    })
}

async fn read(args: &Args, mut import: Import, store: Option<&Store>) -> anyhow::Result<ExitCode> {
    let clock = Clock::system();
    let mut report = Report::new(args.dry_run);
    let mut of_use = Vec::new();
    let mut said = Vec::new();
    let mut coming = BTreeSet::new();
    for found in &discover(&args.paths) {
        for entry in import.read(found) {
            // What was refused has its own line, and fails the import by itself.
            if !matches!(entry.outcome, Outcome::Skipped { .. }) {
                of_use.push(found.path().to_owned());
            }
            if matches!(entry.outcome, Outcome::Comments(_)) {
                said.push(entry);
                continue;
            }
            if let (Outcome::Column { column, .. }, true) = (&entry.outcome, args.dry_run) {
                coming.insert(column.slug.clone());
            }
            let stored = match (&entry.outcome, store) {
                (Outcome::Column { column, .. }, Some(store)) if args.dry_run => {
                    would_store(store, column).await?
                }
                (Outcome::Column { column, .. }, Some(store)) => store_column(store, column, &clock).await?,
                _ => Stored::Made,
            };
            say(&report.entry(&entry, &stored))?;
        }
    }
    for entries in said.chunk_by(|one, other| one.file == other.file) {
        let coming = args.dry_run.then_some(&coming);
        let taken = comments::take_over(entries, store, coming, &clock).await?;
        for (entry, stored) in entries.iter().zip(&taken) {
            say(&report.entry(entry, stored))?;
        }
    }
    say(&report.totals())?;
    let useless: Vec<_> = args.paths.iter().filter(|named| !gave_any(named, &of_use)).collect();
    if !useless.is_empty() {
        let names: Vec<_> = useless.iter().map(|named| visible(&named.to_string_lossy())).collect();
        bail!(
            "no column came from {}; name Markdown files, WordPress, Ghost or Disqus exports, or folders that hold some",
            names.join(", ")
        );
    }
    Ok(if report.refused() == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Whether one of the files that were of use is this or stands in this folder, however it was
/// named: of a file that was named twice, only the first is read.
fn gave_any(named: &Path, of_use: &[PathBuf]) -> bool {
    let real = named.canonicalize().ok();
    of_use.iter().any(|file| {
        file == named || real.as_ref().is_some_and(|real| file.starts_with(real)) || file.starts_with(named)
    })
}

/// Prints, or ends quietly where nobody reads any more (`| head`).
fn say(text: &str) -> anyhow::Result<()> {
    match std::io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        written => Ok(written?),
    }
}

/// A dry run makes no database.
async fn open_if_there(database: &DatabaseConfig) -> anyhow::Result<Option<Store>> {
    if database.url.path().is_some_and(|path| !path.exists()) {
        return Ok(None);
    }
    let store = Store::open(&database.url, &database.pool).await?;
    match store.ready().await {
        Ok(()) => Ok(Some(store)),
        Err(StoreError::NotMigrated { .. }) => super::closing(&store, async { Ok(None) }).await,
        Err(error) => super::closing(&store, async { Err(error.into()) }).await,
    }
}
