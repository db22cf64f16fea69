//! How much may be sent in, and how senders are told apart.

use std::net::IpAddr;

use anyhow::{Context as _, bail};
use axum::http::HeaderName;
use ipnet::IpNet;
use time::Duration;
use weerklank_store::Limit;

use super::ConfigFile;
use crate::guard::Work;

/// Flags and variables of sending in.
#[derive(Debug, Clone, clap::Args)]
pub struct SendingArgs {
    /// Whether readers can send in what happened to them (`/share`) and comment; editors decide on it at the desk [default: true]
    #[arg(long, env = "WEERKLANK_TAKE_EXPERIENCES", value_name = "BOOL", num_args = 0..=1, default_missing_value = "true")]
    pub take_experiences: Option<bool>,
    /// How many experiences an hour from one address are stored without a mark; 0 marks none [default: 6]
    #[arg(long, env = "WEERKLANK_MARK_AFTER", value_name = "N")]
    pub mark_after: Option<u32>,
    /// How many experiences an hour from one address are stored at all; 0 refuses none [default: 60]
    #[arg(long, env = "WEERKLANK_REFUSE_AFTER", value_name = "N")]
    pub refuse_after: Option<u32>,
    /// The header in which a reverse proxy says where a request came from, such as X-Forwarded-For [default: none, the address of the connection counts]
    #[arg(long, env = "WEERKLANK_PROXY_HEADER", value_name = "NAME")]
    pub proxy_header: Option<String>,
    /// The addresses of reverse proxies whose header is believed, separated by commas: `10.0.0.0/8,fd00::/8` [default: `127.0.0.0/8,::1`]
    #[arg(long, env = "WEERKLANK_TRUSTED_PROXIES", value_name = "ADDRESSES")]
    pub trusted_proxies: Option<String>,
}

/// What was chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SendingConfig {
    /// Whether readers may send something in.
    pub is_open: bool,
    /// How often one address may.
    pub limit: Limit,
    pub proxy: Option<ProxyConfig>,
    /// How much work comes along with what is sent in.
    pub work: Work,
}

/// Whom to believe about where a request came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProxyConfig {
    pub header: HeaderName,
    /// The proxies, each an address or a network.
    pub trusted: Vec<IpNet>,
}

impl SendingConfig {
    pub fn resolve(args: &SendingArgs, file: &ConfigFile) -> anyhow::Result<Self> {
        let header = args.proxy_header.as_deref().or(file.proxy_header.as_deref());
        let trusted = args.trusted_proxies.as_deref().or(file.trusted_proxies.as_deref());
        // Emptied, a variable says as much as if it were not there.
        let header = header.map(str::trim).filter(|header| !header.is_empty());
        let trusted = trusted.map(str::trim).filter(|trusted| !trusted.is_empty());
        let proxy = match (header, trusted) {
            (None, None) => None,
            (None, Some(_)) => {
                bail!("--trusted-proxies says nothing without --proxy-header: name the header that they set")
            }
            (Some(header), trusted) => Some(ProxyConfig {
                header: header.parse().with_context(|| {
                    format!("--proxy-header: `{header}` is no name such as X-Forwarded-For")
                })?,
                trusted: networks(trusted.unwrap_or("127.0.0.0/8,::1")).context("--trusted-proxies")?,
            }),
        };
        let some = |number: u32| (number > 0).then_some(number);
        let soft = some(args.mark_after.or(file.mark_after).unwrap_or(6));
        let hard = some(args.refuse_after.or(file.refuse_after).unwrap_or(60));
        Ok(Self {
            is_open: args.take_experiences.or(file.take_experiences).unwrap_or(true),
            limit: Limit { what: "share", within: Duration::HOUR, soft, hard },
            proxy,
            work: Work::USUAL,
        })
    }
}

fn networks(text: &str) -> anyhow::Result<Vec<IpNet>> {
    text.split(',')
        .map(|part| {
            let part = part.trim();
            let network = part.parse::<IpNet>().ok().or_else(|| part.parse::<IpAddr>().ok().map(IpNet::from));
            network
                .with_context(|| format!("`{part}` is neither an address nor a network such as 10.0.0.0/8"))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolved(header: Option<&str>, trusted: Option<&str>) -> anyhow::Result<Option<ProxyConfig>> {
        let args = SendingArgs {
            take_experiences: None,
            mark_after: None,
            refuse_after: Some(0),
            proxy_header: header.map(ToOwned::to_owned),
            trusted_proxies: trusted.map(ToOwned::to_owned),
        };
        SendingConfig::resolve(&args, &ConfigFile::default()).map(|config| {
            assert_eq!((config.is_open, config.limit.soft, config.limit.hard), (true, Some(6), None));
            config.proxy
        })
    }

    #[test]
    fn a_proxy_is_believed_where_it_is_named() {
        assert_eq!(resolved(None, None).unwrap(), None);
        assert_eq!(resolved(Some(" "), Some("")).unwrap(), None);
        let near = resolved(Some("X-Forwarded-For"), None).unwrap().unwrap();
        assert_eq!(near.header, "x-forwarded-for");
        assert_eq!(near.trusted, ["127.0.0.0/8".parse::<IpNet>().unwrap(), "::1/128".parse().unwrap()]);
        let far = resolved(Some("Forwarded"), Some("10.1.2.3, fd00::/8")).unwrap().unwrap();
        assert_eq!(far.trusted, ["10.1.2.3/32".parse::<IpNet>().unwrap(), "fd00::/8".parse().unwrap()]);
        for (header, trusted) in
            [(None, "10.0.0.1"), (Some("x y"), "10.0.0.1"), (Some("Forwarded"), "10.0.0.1;10.0.0.2")]
        {
            assert!(resolved(header, Some(trusted)).is_err(), "{header:?} {trusted}");
        }
    }
}
