//! What is logged, and how.

use std::io::IsTerminal as _;

use anyhow::{Context as _, bail};
use tracing_subscriber::EnvFilter;

use super::ConfigFile;

/// Libraries speak up when something is wrong.
const DEFAULT: &str = "info,sea_orm_migration=warn,tantivy=warn,sqlx=warn";

/// Flags and variables of the log.
#[derive(Debug, Clone, clap::Args)]
pub struct LogArgs {
    /// What to log: `error`, `warn`, `info`, `debug`, or per module: `info,weerklank_server=debug` [default: info]
    #[arg(long, global = true, env = "WEERKLANK_LOG", value_name = "FILTER")]
    pub log: Option<String>,
    /// `text` for people, `json` for collectors [default: text]
    #[arg(long, global = true, env = "WEERKLANK_LOG_FORMAT", value_name = "FORMAT")]
    pub log_format: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    Text,
    Json,
}

/// The log that was chosen.
#[derive(Debug, Clone)]
pub struct LogConfig {
    pub filter: String,
    pub format: LogFormat,
}

impl LogConfig {
    pub fn resolve(args: &LogArgs, file: &ConfigFile) -> anyhow::Result<Self> {
        let filter = args.log.clone().or_else(|| file.log.clone()).unwrap_or_else(|| DEFAULT.to_owned());
        EnvFilter::try_new(&filter)
            .with_context(|| format!("--log: `{filter}` is no filter such as `info`"))?;
        let format = match args.log_format.as_deref().or(file.log_format.as_deref()).unwrap_or("text") {
            "text" => LogFormat::Text,
            "json" => LogFormat::Json,
            other => bail!("--log-format is `text` or `json`, not `{other}`"),
        };
        Ok(Self { filter, format })
    }

    /// Starts logging to standard error for the whole process; once.
    pub fn start(&self) {
        let filter = EnvFilter::try_new(&self.filter).unwrap_or_else(|_| EnvFilter::new("info"));
        let builder = tracing_subscriber::fmt()
            .with_env_filter(filter)
            .with_ansi(std::io::stderr().is_terminal())
            .with_writer(std::io::stderr);
        // A second start (tests of the command line) keeps the first.
        let _started = match self.format {
            LogFormat::Text => builder.with_target(false).try_init(),
            LogFormat::Json => builder.json().flatten_event(true).try_init(),
        };
    }
}
