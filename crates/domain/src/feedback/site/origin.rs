//! Where a site's form may be framed.

use std::net::Ipv4Addr;

use serde::{Deserialize, Serialize};

/// Scheme, host and port, as a browser spells them in its `Origin` header (RFC 6454, 6.1): `https://shop.example`,
/// `https://xn--bcher-kva.example:8443`, `http://localhost:3000`. In small ASCII letters, at most
/// [`Origin::MAX_LEN`] bytes, without the port that the scheme has anyway. So two are the same where their
/// texts are, and none can end a header. `[::1]` cannot stand in `frame-ancestors` (CSP 3, 2.3.1: no brackets in a host).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Origin(String);

/// Why a text is no origin, and how to mend it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OriginError {
    #[error("an origin is needed, such as https://shop.example")]
    Empty,
    #[error("an origin is at most {max} characters long", max = Origin::MAX_LEN)]
    TooLong,
    #[error(
        "`null` is the origin of a page that has none, such as a file: give the address that the shop is visited at"
    )]
    Null,
    #[error(
        "`*` would let anybody in: name each origin, such as https://shop.example and https://www.shop.example"
    )]
    Wildcard,
    #[error("an origin begins with https://")]
    Scheme,
    #[error("http:// is for localhost, 127.0.0.1 and [::1] alone: write https://")]
    Insecure,
    #[error("a name or password before `@` is no part of an origin: take it away")]
    User,
    #[error("an origin ends after the host and its port: write {0}")]
    Path(String),
    #[error(
        "a host is written in ASCII: write its punycode form, which begins with xn-- and stands in your browser's Origin header"
    )]
    NotAscii,
    #[error("`{0}` is no host such as shop.example")]
    Host(String),
    #[error("a port is a number of 1 to 65535 without zeros before it")]
    Port,
}

impl OriginError {
    /// The stable code, in problems and in `locales/`.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "missing",
            Self::TooLong => "origin-too-long",
            Self::Null => "origin-null",
            Self::Wildcard => "origin-wildcard",
            Self::Scheme => "origin-scheme",
            Self::Insecure => "origin-insecure",
            Self::User => "origin-user",
            Self::Path(_) => "origin-path",
            Self::NotAscii => "origin-not-ascii",
            Self::Host(_) => "origin-host",
            Self::Port => "origin-port",
        }
    }
}

impl Origin {
    /// Bytes: a host has 253 at most (RFC 1035, 2.3.4).
    pub const MAX_LEN: usize = "https://".len() + 253 + ":65535".len();

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::str::FromStr for Origin {
    type Err = OriginError;

    /// Takes capitals and the scheme's own port too, since a browser does, and blanks around it.
    fn from_str(text: &str) -> Result<Self, OriginError> {
        let text = text.trim();
        match text {
            "" => return Err(OriginError::Empty),
            _ if text.len() > 2 * Self::MAX_LEN => return Err(OriginError::TooLong),
            _ if text.eq_ignore_ascii_case("null") => return Err(OriginError::Null),
            _ if text.contains('*') => return Err(OriginError::Wildcard),
            _ => {}
        }
        let (scheme, rest) = text.split_once("://").ok_or(OriginError::Scheme)?;
        let scheme = scheme.to_ascii_lowercase();
        if scheme != "https" && scheme != "http" {
            return Err(OriginError::Scheme);
        }
        let end = rest.find(['/', '?', '#', '\\']);
        let authority = &rest[..end.unwrap_or(rest.len())];
        if authority.contains('@') {
            return Err(OriginError::User);
        }
        if !authority.is_ascii() {
            return Err(OriginError::NotAscii);
        }
        let authority = authority.to_ascii_lowercase();
        // The colons of an IPv6 address stand between brackets.
        let is_outside = |at: &usize| !authority.starts_with('[') || authority[..*at].ends_with(']');
        let (host, port) = match authority.rfind(':').filter(is_outside) {
            Some(at) => (&authority[..at], Some(&authority[at + 1..])),
            None => (authority.as_str(), None),
        };
        let is_here = matches!(host, "localhost" | "127.0.0.1" | "[::1]");
        if !is_here && !is_host(host) {
            return Err(OriginError::Host(host.chars().filter(|c| !c.is_control()).collect()));
        }
        if scheme == "http" && !is_here {
            return Err(OriginError::Insecure);
        }
        let port = port.map(|port| self::port(port, &scheme)).transpose()?.flatten();
        let port = port.map(|port| format!(":{port}")).unwrap_or_default();
        let origin = format!("{scheme}://{host}{port}");
        match end {
            _ if origin.len() > Self::MAX_LEN => Err(OriginError::TooLong),
            Some(_) => Err(OriginError::Path(origin)),
            None => Ok(Self(origin)),
        }
    }
}

/// The port; none where it is the scheme's own.
fn port(text: &str, scheme: &str) -> Result<Option<u16>, OriginError> {
    let is_plain = text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with('0');
    let port: u16 = text.parse().ok().filter(|_| is_plain).ok_or(OriginError::Port)?;
    Ok(Some(port).filter(|port| (scheme, *port) != ("https", 443) && (scheme, *port) != ("http", 80)))
}

/// A name of two labels or more (RFC 1123, 2.1), or an IPv4 address in its usual form. A last label of digits
/// would be read as an address (WHATWG URL, “ends in a number”).
fn is_host(host: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    let last = host.rsplit('.').next().unwrap_or_default();
    let ends_in_a_number = last.bytes().all(|b| b.is_ascii_digit())
        || last.strip_prefix("0x").is_some_and(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit()));
    if ends_in_a_number {
        return host.parse::<Ipv4Addr>().is_ok();
    }
    host.len() <= 253 && host.contains('.') && host.split('.').all(is_label)
}

as_text!(Origin, OriginError);

impl std::fmt::Display for Origin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn origins_are_spelled_as_browsers_do() {
        for (typed, origin) in [
            ("https://shop.example", "https://shop.example"),
            (" HTTPS://Shop.Example:443 ", "https://shop.example"),
            ("https://xn--bcher-kva.example:8443", "https://xn--bcher-kva.example:8443"),
            ("https://shop.example:80", "https://shop.example:80"),
            ("https://192.0.2.7", "https://192.0.2.7"),
            ("http://localhost:3000", "http://localhost:3000"),
            ("http://127.0.0.1:80", "http://127.0.0.1"),
            ("http://[::1]:8081", "http://[::1]:8081"),
            ("https://[::1]", "https://[::1]"),
        ] {
            assert_eq!(typed.parse::<Origin>().as_ref().map(Origin::as_str), Ok(origin), "{typed}");
        }
    }

    #[test]
    fn what_is_no_origin_says_how_to_mend_it() {
        let long = format!("https://{}example", "a.".repeat(200));
        for (typed, error) in [
            ("", OriginError::Empty),
            (" ", OriginError::Empty),
            ("null", OriginError::Null),
            ("*", OriginError::Wildcard),
            ("https://*.shop.example", OriginError::Wildcard),
            ("shop.example", OriginError::Scheme),
            ("//shop.example", OriginError::Scheme),
            ("ftp://shop.example", OriginError::Scheme),
            ("javascript://shop.example", OriginError::Scheme),
            ("http://shop.example", OriginError::Insecure),
            ("http://localhost.shop.example", OriginError::Insecure),
            ("http://127.0.0.2", OriginError::Insecure),
            ("https://kim@shop.example", OriginError::User),
            ("https://bücher.example", OriginError::NotAscii),
            ("https://shop.example/", OriginError::Path("https://shop.example".to_owned())),
            ("https://Shop.example:443/a?b#c", OriginError::Path("https://shop.example".to_owned())),
            ("https://shop.example?x", OriginError::Path("https://shop.example".to_owned())),
            ("https://shop.example:0", OriginError::Port),
            ("https://shop.example:", OriginError::Port),
            ("https://shop.example:65536", OriginError::Port),
            ("https://shop.example:+80", OriginError::Port),
            ("https://shop.example:080", OriginError::Port),
            (&long, OriginError::Host(format!("{}example", "a.".repeat(200)))),
        ] {
            assert_eq!(typed.parse::<Origin>(), Err(error), "{typed}");
        }
        for host in [
            "",
            "shop",
            "shop..example",
            ".example",
            "shop.example.",
            "-a.example",
            "a_b.example",
            "1.2.3",
            "1.2.3.256",
            "127.1",
            "0x7f.1",
            "a.0x7f",
            "[::2]",
            "[::1",
            "a b.example",
            "shop.example;x",
            "shop.example'",
            "a,b.example",
            "01.2.3.4",
        ] {
            let typed = format!("https://{host}");
            assert_eq!(typed.parse::<Origin>(), Err(OriginError::Host(host.to_owned())), "{typed}");
        }
        assert!("https://shop.example\r\nX: y".parse::<Origin>().is_err());
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(512) })]

        #[test]
        fn an_origin_is_safe_in_a_header_and_has_one_spelling(
            text in "(https?://)?([a-zA-Z0-9*.:@/\\[\\]\r\n; ü-]{0,30}|(www\\.)?[a-z]{1,9}\\.example(:[0-9]{1,6})?)",
        ) {
            if let Ok(origin) = text.parse::<Origin>() {
                let spelled = origin.as_str();
                prop_assert_eq!(spelled.parse::<Origin>(), Ok(origin.clone()));
                prop_assert!(spelled.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-.:/[]".contains(&b)));
                prop_assert_eq!(spelled.matches('/').count(), 2);
            }
        }
    }
}
