//! Where the server listens and how the world calls it.

use std::{net::SocketAddr, path::PathBuf, str::FromStr};

use anyhow::{Context as _, bail};

use super::{ConfigFile, Contact, SendingArgs, SendingConfig};

/// Flags and variables of the server.
#[derive(Debug, Clone, clap::Args)]
pub struct ServerArgs {
    /// The address to listen on; port 0 takes a free one [default: 127.0.0.1:8080]
    #[arg(long, env = "WEERKLANK_LISTEN", value_name = "ADDRESS")]
    pub listen: Option<String>,
    /// How readers reach the board, for links that leave it [default: http:// and the address listened on]
    #[arg(long, env = "WEERKLANK_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<String>,
    /// How readers reach who runs the board, for the about pages and those of a failure: an e-mail address or an https page [default: none]
    #[arg(long, env = "WEERKLANK_CONTACT", value_name = "ADDRESS")]
    pub contact: Option<String>,
    #[command(flatten)]
    pub sending: SendingArgs,
    #[command(flatten)]
    pub assets: AssetsArgs,
    /// Memory for kept pages, in MB, 1 to 4096 [default: 24]
    #[arg(long, env = "WEERKLANK_CACHE_MB", value_name = "MB", value_parser = clap::value_parser!(u64).range(1..=4096))]
    pub cache_mb: Option<u64>,
}

/// Where the built files are.
#[derive(Debug, Clone, clap::Args)]
pub struct AssetsArgs {
    /// The folder of built pages, scripts, fonts and pictures [default: inside the binary, or `dist`]
    #[arg(long, env = "WEERKLANK_ASSETS", value_name = "DIR")]
    pub assets: Option<PathBuf>,
}

impl AssetsArgs {
    /// `None` where nobody named a folder.
    pub fn resolve(&self, file: &ConfigFile) -> Option<PathBuf> {
        self.assets.clone().or_else(|| file.assets.clone())
    }
}

/// The server that was chosen.
#[derive(Debug, Clone)]
pub struct ServerConfig {
    pub listen: SocketAddr,
    /// `None` where it follows from the address that is listened on.
    pub public_url: Option<PublicUrl>,
    /// `None` where pages can name nobody to turn to.
    pub contact: Option<Contact>,
    pub sending: SendingConfig,
    pub assets: Option<PathBuf>,
    /// Bytes.
    pub cache: u64,
}

impl ServerConfig {
    pub fn resolve(args: &ServerArgs, file: &ConfigFile) -> anyhow::Result<Self> {
        let listen = listening(args.listen.as_deref(), file)?;
        let public_url = args.public_url.clone().or_else(|| file.public_url.clone());
        // Emptied, a variable says as much as if it were not there.
        let contact =
            args.contact.clone().or_else(|| file.contact.clone()).filter(|contact| !contact.is_empty());
        Ok(Self {
            listen,
            public_url: public_url.map(|url| url.parse()).transpose().context("--public-url")?,
            contact: contact.map(|contact| contact.parse()).transpose().context("--contact")?,
            sending: SendingConfig::resolve(&args.sending, file)?,
            assets: args.assets.resolve(file),
            cache: args.cache_mb.or(file.cache_mb).unwrap_or(24).clamp(1, 4096) * 1024 * 1024,
        })
    }

    /// How the world calls a board, for a command that makes a link to it and serves nothing.
    pub fn public_url(named: Option<&str>, file: &ConfigFile) -> anyhow::Result<PublicUrl> {
        match named.or(file.public_url.as_deref()) {
            Some(url) => url.parse().context("--public-url"),
            None => Ok(PublicUrl::of_address(listening(None, file)?)),
        }
    }
}

fn listening(named: Option<&str>, file: &ConfigFile) -> anyhow::Result<SocketAddr> {
    let listen = named.or(file.listen.as_deref()).unwrap_or("127.0.0.1:8080");
    listen
        .parse()
        .with_context(|| format!("--listen: `{listen}` is not an address and port such as 127.0.0.1:8080"))
}

/// Scheme and host, without a path: `https://board.example`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicUrl(String);

impl PublicUrl {
    /// The address of a server that was told nothing else.
    pub fn of_address(address: SocketAddr) -> Self {
        Self(format!("http://{address}"))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn is_https(&self) -> bool {
        self.0.starts_with("https://")
    }
}

impl FromStr for PublicUrl {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> anyhow::Result<Self> {
        let url = text.trim_end_matches('/');
        let Some(host) = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")) else {
            bail!("`{text}` does not start with https:// or http://; write it like https://board.example");
        };
        let allowed = |b: u8| b.is_ascii_alphanumeric() || b"-.:[]".contains(&b);
        // What stands behind the last colon, if it is not within the brackets of an IPv6 address.
        let port = host.rsplit_once(':').map(|(_, port)| port).filter(|port| !port.ends_with(']'));
        let is_port = |port: &str| port.parse::<u16>().is_ok_and(|port| port > 0);
        if host.is_empty() || !host.bytes().all(allowed) || port.is_some_and(|port| !is_port(port)) {
            bail!("`{text}` is not a scheme and a host such as https://board.example (no path, no query)");
        }
        Ok(Self(url.to_ascii_lowercase()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_url_is_scheme_and_host() {
        assert_eq!("https://Board.example/".parse::<PublicUrl>().unwrap().as_str(), "https://board.example");
        assert_eq!("http://[::1]:8080".parse::<PublicUrl>().unwrap().as_str(), "http://[::1]:8080");
        for wrong in [
            "board.example",
            "https://",
            "https://a/b",
            "https://a b",
            "https://a:70000",
            "https://a:",
            "javascript:alert(1)",
            "https://a\r\nb",
        ] {
            assert!(wrong.parse::<PublicUrl>().is_err(), "{wrong}");
        }
    }
}
