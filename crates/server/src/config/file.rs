//! `weerklank.toml`.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use serde::Deserialize;

use super::Hidden;

/// Where settings may be kept.
#[derive(Debug, Clone, clap::Args)]
pub struct FileArgs {
    /// The settings file; without this flag `weerklank.toml` is read if it is there
    #[arg(long, global = true, env = "WEERKLANK_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,
}

/// What a settings file may hold. An unknown key is an error that names the line.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct ConfigFile {
    pub listen: Option<String>,
    pub public_url: Option<String>,
    pub contact: Option<String>,
    pub take_experiences: Option<bool>,
    pub mark_after: Option<u32>,
    pub refuse_after: Option<u32>,
    pub proxy_header: Option<String>,
    pub trusted_proxies: Option<String>,
    pub assets: Option<PathBuf>,
    pub cache_mb: Option<u64>,
    pub database: Option<String>,
    pub database_connections: Option<u32>,
    pub search_dir: Option<PathBuf>,
    pub smtp: Option<Hidden>,
    pub mail_from: Option<String>,
    pub log: Option<String>,
    pub log_format: Option<String>,
}

impl ConfigFile {
    /// Reads the named file, or `weerklank.toml` in the working folder if there is one.
    pub fn load(args: &FileArgs) -> anyhow::Result<Self> {
        let default = Path::new("weerklank.toml");
        let path = match &args.config {
            Some(path) => path,
            None if default.exists() => default,
            None => return Ok(Self::default()),
        };
        let text =
            std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        match toml::from_str(&text) {
            Ok(file) => Ok(file),
            Err(error) => bail!("{}, {}", path.display(), placed(&text, &error)),
        }
    }
}

/// What is wrong with a settings file, and in which line: on one line itself.
fn placed(text: &str, error: &toml::de::Error) -> String {
    let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
    format!("line {}: {}", before.matches('\n').count() + 1, error.message())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_key_names_its_line() {
        let text = "listen = \"127.0.0.1:80\"\nlisen = 1\n";
        let error = placed(text, &toml::from_str::<ConfigFile>(text).unwrap_err());
        assert!(error.starts_with("line 2: unknown field `lisen`") && !error.contains('\n'), "{error}");
    }
}
