//! Which database, and how many connections to it.

use std::path::PathBuf;

use anyhow::Context as _;
use weerklank_store::{DatabaseUrl, PoolOptions};

use super::ConfigFile;

/// Flags and variables of the database.
#[derive(Debug, Clone, clap::Args)]
pub struct DatabaseArgs {
    /// The database: `sqlite://FILE` or `postgres://USER:PASSWORD@HOST/NAME` [default: `sqlite://weerklank.db`]
    #[arg(long, env = "WEERKLANK_DATABASE", value_name = "URL", hide_env_values = true)]
    pub database: Option<String>,
    /// Connections kept open to it, 1 to 100 [default: 8]
    #[arg(long, env = "WEERKLANK_DATABASE_CONNECTIONS", value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100))]
    pub database_connections: Option<u32>,
    /// The folder of the search index, which is made again whenever it is gone [default: beside the SQLite file, or `weerklank.search`]
    #[arg(long, env = "WEERKLANK_SEARCH_DIR", value_name = "DIR")]
    pub search_dir: Option<PathBuf>,
}

/// The database that was chosen.
#[derive(Debug, Clone)]
pub struct DatabaseConfig {
    pub url: DatabaseUrl,
    pub pool: PoolOptions,
    pub search_dir: PathBuf,
}

impl DatabaseConfig {
    pub fn resolve(args: &DatabaseArgs, file: &ConfigFile) -> anyhow::Result<Self> {
        let text = args.database.clone().or_else(|| file.database.clone());
        let url =
            DatabaseUrl::parse(text.as_deref().unwrap_or("sqlite://weerklank.db")).context("--database")?;
        let connections = args.database_connections.or(file.database_connections).unwrap_or(8).clamp(1, 100);
        let search_dir = args.search_dir.clone().or_else(|| file.search_dir.clone()).unwrap_or_else(|| {
            url.path().map_or_else(|| PathBuf::from("weerklank.search"), |path| path.with_extension("search"))
        });
        Ok(Self { url, pool: PoolOptions { connections, ..PoolOptions::default() }, search_dir })
    }
}
