//! How readers reach who runs the board.

use std::str::FromStr;

use anyhow::bail;

/// An e-mail address or an `https` page, in ASCII: safe as it is in a link, in Markdown and in HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact(String);

impl Contact {
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address that a link to it has.
    pub fn href(&self) -> String {
        if is_mail(&self.0) { format!("mailto:{}", self.0) } else { self.0.clone() }
    }
}

impl FromStr for Contact {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> anyhow::Result<Self> {
        if is_mail(text) || is_page(text) {
            return Ok(Self(text.to_owned()));
        }
        bail!(
            "`{text}` is neither an e-mail address such as redactie@board.example nor a page such as https://board.example/contact"
        )
    }
}

/// The addresses that people have, which are fewer than those that RFC 5322 allows: no quotes, no
/// comments, nothing that a link would have to escape. At most 254 characters (RFC 5321, 4.5.3.1.3).
fn is_mail(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else { return false };
    let allowed = |b: u8| b.is_ascii_alphanumeric() || b"._+-".contains(&b);
    let dotted = !local.starts_with('.') && !local.ends_with('.') && !local.contains("..");
    text.len() <= 254
        && (1..=64).contains(&local.len())
        && local.bytes().all(allowed)
        && dotted
        && is_host(domain)
}

/// Without user and password, which would be shown to everybody.
fn is_page(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("https://") else { return false };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    let (host, port) = authority.split_once(':').map_or((authority, None), |(host, port)| (host, Some(port)));
    let allowed = |b: u8| b.is_ascii_alphanumeric() || b"-._~/?#%&=+,;:@!$()*".contains(&b);
    text.len() <= 2000
        && is_host(host)
        && port.is_none_or(|port| port.parse::<u16>().is_ok_and(|port| port > 0))
        && path.bytes().all(allowed)
}

/// Labels of letters, digits and inner hyphens (RFC 1123, 2.1), at least two of them.
fn is_host(text: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    text.len() <= 253 && text.contains('.') && text.split('.').all(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contact_is_an_address_or_a_page() {
        for right in [
            "redactie@board.example",
            "Jo.van-der_Berg+bord@post.board.example",
            "https://board.example",
            "https://board.example:8443/over/contact?van=bord#formulier",
        ] {
            let contact: Contact = right.parse().unwrap();
            assert_eq!(contact.as_str(), right);
            let scheme = if right.contains('@') { "mailto:" } else { "" };
            assert_eq!(contact.href(), format!("{scheme}{right}"));
        }
    }

    #[test]
    fn anything_else_is_refused_with_an_example() {
        for wrong in [
            "",
            "redactie",
            "redactie@board",
            "@board.example",
            "a b@board.example",
            "a@b@board.example",
            ".a@board.example",
            "a..b@board.example",
            "a@-board.example",
            "a@board.example.",
            "a@board.example>",
            "a@board.example\r\nBcc: b@board.example",
            "mailto:a@board.example",
            "http://board.example/contact",
            "javascript:alert(1)",
            "https://",
            "https://board",
            "https://board.example:0/",
            "https://board.example:99999/",
            "https://a:b@board.example/",
            "https://board.example/a b",
            "https://board.example/<script>",
            "https://board.example/\"",
            "https://board.example\\x",
        ] {
            let error = wrong.parse::<Contact>().unwrap_err().to_string();
            assert!(error.contains("redactie@board.example"), "{wrong}: {error}");
        }
    }
}
