//! Mail leaves. What it says is drawn by `weerklank::mail`; when it leaves, `jobs::mail` knows.

mod message;
mod post;

use weerklank::mail::Rendered;
use weerklank_store::MailText;

use crate::config::PublicUrl;

pub use message::message;
pub use post::{Post, Refused};

/// How the board is called in a mail: its host, with a port where it has one.
pub fn site(public_url: &PublicUrl) -> &str {
    public_url.as_str().split_once("://").map_or("", |(_, host)| host)
}

/// A mail as the outbox keeps it.
pub fn kept(public_url: &PublicUrl, mail: Rendered) -> MailText {
    let Rendered { lang, subject, text, html } = mail;
    MailText { lang, subject, text, html, host: host(public_url).to_owned() }
}

/// The right side of a Message-ID, and our name to a mail server: letters, digits, hyphens and dots.
fn host(public_url: &PublicUrl) -> &str {
    let site = site(public_url);
    let host = site.split_once(':').map_or(site, |(host, _)| host);
    // The brackets of an IPv6 address have no place there.
    if host.is_empty() || host.starts_with('[') { "localhost" } else { host }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_board_has_a_name_and_a_host() {
        for (url, name, its_host) in [
            ("https://board.example", "board.example", "board.example"),
            ("http://127.0.0.1:8080", "127.0.0.1:8080", "127.0.0.1"),
            ("http://[::1]:8080", "[::1]:8080", "localhost"),
        ] {
            let url: PublicUrl = url.parse().unwrap();
            assert_eq!((site(&url), host(&url)), (name, its_host));
        }
    }
}
