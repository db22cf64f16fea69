//! Where a request came from. What is made of it is a hash (`senders`); it is in no log.

use std::net::IpAddr;

use axum::http::HeaderMap;

use crate::config::ProxyConfig;

/// The other end of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Peer(pub IpAddr);

/// The address that a request came from: that of the connection, unless a proxy that is trusted says
/// another.
///
/// A proxy appends to the list what it saw, so the list is read from its end, past the proxies that are trusted;
/// what stands further to the front anybody can have written (RFC 7239, 8.1).
pub fn client_address(peer: Peer, headers: &HeaderMap, proxy: Option<&ProxyConfig>) -> IpAddr {
    let peer = peer.0.to_canonical();
    let Some(proxy) = proxy else { return peer };
    let is_trusted = |address: IpAddr| proxy.trusted.iter().any(|network| network.contains(&address));
    let mut client = peer;
    let lines: Vec<&str> =
        headers.get_all(&proxy.header).iter().filter_map(|value| value.to_str().ok()).collect();
    for hop in lines.iter().rev().flat_map(|line| line.rsplit(',')) {
        if !is_trusted(client) {
            break;
        }
        // Whatever the last proxy that is trusted could not name, it is the one to be counted.
        let Some(address) = address(hop) else { break };
        client = address;
    }
    client
}

/// An address as these headers spell it: alone, with a port, in brackets, quoted, or behind `for=`.
fn address(hop: &str) -> Option<IpAddr> {
    let named = hop.split(';').find_map(|pair| {
        let (name, value) = pair.split_once('=')?;
        name.trim().eq_ignore_ascii_case("for").then_some(value)
    });
    let text = named.unwrap_or(hop).trim().trim_matches('"');
    let bare = match text.strip_prefix('[') {
        Some(rest) => rest.split(']').next()?,
        // One colon parts a port; more are an address of version 6.
        None if text.matches(':').count() == 1 => text.split(':').next()?,
        None => text,
    };
    bare.parse::<IpAddr>().ok().map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderName, HeaderValue};

    use super::*;

    fn client(peer: &str, header: &'static str, lines: &[&'static str]) -> String {
        let proxy = ProxyConfig {
            header: HeaderName::from_static(header),
            trusted: vec!["10.0.0.0/8".parse().unwrap(), "::1/128".parse().unwrap()],
        };
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(header, HeaderValue::from_static(line));
        }
        client_address(Peer(peer.parse().unwrap()), &headers, Some(&proxy)).to_string()
    }

    #[test]
    fn a_header_counts_from_a_trusted_proxy_alone() {
        let spoofed = ["203.0.113.7, 198.51.100.9"];
        assert_eq!(client("192.0.2.1", "x-forwarded-for", &spoofed), "192.0.2.1");
        assert_eq!(client("10.0.0.1", "x-forwarded-for", &spoofed), "198.51.100.9");
        // Through two of ours, in one line or in two.
        assert_eq!(client("10.0.0.1", "x-forwarded-for", &["203.0.113.7, 10.0.0.2"]), "203.0.113.7");
        assert_eq!(client("::1", "x-forwarded-for", &["203.0.113.7", "10.0.0.2"]), "203.0.113.7");
        assert_eq!(client("::ffff:10.0.0.1", "x-forwarded-for", &["::ffff:203.0.113.7"]), "203.0.113.7");
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", HeaderValue::from_static("203.0.113.7"));
        let peer = Peer("192.0.2.1".parse().unwrap());
        assert_eq!(client_address(peer, &headers, None).to_string(), "192.0.2.1");
    }

    #[test]
    fn every_spelling_is_read() {
        for (line, expected) in [
            ("203.0.113.7:4711", "203.0.113.7"),
            ("2001:db8::7", "2001:db8::7"),
            ("[2001:db8::7]:4711", "2001:db8::7"),
            (r#"for="[2001:db8::7]:4711";proto=https"#, "2001:db8::7"),
            ("proto=https; For=203.0.113.7", "203.0.113.7"),
            // Nothing that could be counted: then the proxy is.
            ("unknown", "10.0.0.1"),
            ("for=_hidden", "10.0.0.1"),
            ("", "10.0.0.1"),
            ("203.0.113.7, unknown", "10.0.0.1"),
        ] {
            assert_eq!(client("10.0.0.1", "forwarded", &[line]), expected, "{line}");
        }
        assert_eq!(client("10.0.0.1", "forwarded", &[]), "10.0.0.1");
    }
}
