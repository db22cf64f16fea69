//! Through whom mail leaves, and in whose name.

use std::{fmt, str::FromStr};

use anyhow::{Context as _, bail};
use lettre::message::Mailbox;
use percent_encoding::percent_decode_str;

use super::{ConfigFile, Hidden};

/// Flags and variables of mail.
#[derive(Debug, Clone, clap::Args)]
pub struct MailArgs {
    /// The server that takes mail: `smtps://USER:PASSWORD@HOST` (TLS from the start), `smtp://…` (STARTTLS, or nothing is sent), `smtp+plain://HOST` (no TLS: for a server on this machine) [default: none, mails are kept]
    #[arg(long, env = "WEERKLANK_SMTP", value_name = "URL", hide_env_values = true)]
    pub smtp: Option<Hidden>,
    /// Who mail is from: `redactie@board.example` or `The board <redactie@board.example>`; asked for with --smtp
    #[arg(long, env = "WEERKLANK_MAIL_FROM", value_name = "ADDRESS")]
    pub mail_from: Option<String>,
}

/// Mail as it was chosen.
#[derive(Debug, Clone)]
pub struct MailConfig {
    pub smtp: SmtpUrl,
    pub from: Mailbox,
}

impl MailConfig {
    /// `None` where no server is named: mails are kept.
    pub fn resolve(args: &MailArgs, file: &ConfigFile) -> anyhow::Result<Option<Self>> {
        // Emptied, a variable says as much as if it were not there.
        let smtp = args.smtp.as_ref().or(file.smtp.as_ref()).filter(|smtp| !smtp.0.is_empty());
        let from = args.mail_from.as_ref().or(file.mail_from.as_ref()).filter(|from| !from.is_empty());
        let Some(smtp) = smtp else { return Ok(None) };
        let smtp = smtp.0.parse().context("--smtp")?;
        let Some(from) = from else {
            bail!("--smtp asks for --mail-from: say who mail is from, as `redactie@board.example`");
        };
        let from: Mailbox = from.parse().with_context(|| {
            format!(
                "--mail-from: `{from}` is no address such as `redactie@board.example` or `The board <redactie@board.example>`"
            )
        })?;
        Ok(Some(Self { smtp, from }))
    }
}

/// How the line to a mail server is kept from others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailTls {
    /// TLS from the first byte (RFC 8314).
    Implicit,
    /// TLS after `STARTTLS`; without it nothing is sent.
    StartTls,
    /// None: for a server that is reached within this machine or network.
    Plain,
}

/// Where a mail server is, and who we are to it.
#[derive(Clone, PartialEq, Eq)]
pub struct SmtpUrl {
    pub tls: MailTls,
    pub host: String,
    pub port: u16,
    /// User and password.
    pub credentials: Option<(String, String)>,
}

impl FromStr for SmtpUrl {
    type Err = anyhow::Error;

    /// What is wrong is said without the text, which may hold a password.
    fn from_str(text: &str) -> anyhow::Result<Self> {
        let Some((scheme, rest)) = text.split_once("://") else {
            bail!("that does not start with smtps://, smtp:// or smtp+plain://");
        };
        let (tls, port) = match scheme {
            "smtps" => (MailTls::Implicit, 465),
            "smtp" => (MailTls::StartTls, 587),
            "smtp+plain" => (MailTls::Plain, 25),
            _ => bail!("that does not start with smtps://, smtp:// or smtp+plain://"),
        };
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        let (user, place) = match rest.rsplit_once('@') {
            Some((user, place)) => (Some(user), place),
            None => (None, rest),
        };
        // An IPv6 address has colons of its own, within brackets.
        let (host, port) = match place.rsplit_once(':').filter(|(_, port)| !port.ends_with(']')) {
            Some((host, port)) => match port.parse() {
                Ok(port) if port > 0 => (host, port),
                _ => bail!("what stands behind the last colon is no port"),
            },
            None => (place, port),
        };
        let host = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
        let allowed = |b: u8| b.is_ascii_alphanumeric() || b"-.:".contains(&b);
        if host.is_empty() || !host.bytes().all(allowed) {
            bail!("that names no host such as smtp.board.example");
        }
        let decoded = |text: &str| {
            let text = percent_decode_str(text).decode_utf8().ok()?;
            (!text.chars().any(char::is_control)).then(|| text.into_owned())
        };
        let credentials = match user.map(|user| user.split_once(':')) {
            None => None,
            Some(None) => bail!("that has a user without a password; write USER:PASSWORD@HOST"),
            Some(Some((user, password))) => match (decoded(user), decoded(password)) {
                (Some(user), Some(password)) => Some((user, password)),
                _ => bail!("its user or password is not well written; `%` starts two hexadecimal digits"),
            },
        };
        Ok(Self { tls, host: host.to_owned(), port, credentials })
    }
}

impl fmt::Debug for SmtpUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Without user and password.
impl fmt::Display for SmtpUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = match self.tls {
            MailTls::Implicit => "smtps",
            MailTls::StartTls => "smtp",
            MailTls::Plain => "smtp+plain",
        };
        let hidden = if self.credentials.is_some() { "***@" } else { "" };
        write!(f, "{scheme}://{hidden}{}:{}", self.host, self.port)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolved(smtp: &str, from: Option<&str>) -> anyhow::Result<Option<MailConfig>> {
        let args = MailArgs { smtp: Some(Hidden(smtp.to_owned())), mail_from: from.map(ToOwned::to_owned) };
        MailConfig::resolve(&args, &ConfigFile::default())
    }

    #[test]
    fn a_server_is_named_by_an_address_that_keeps_its_password() {
        let mail = resolved("smtps://jo%40board:p%3Ass@smtp.board.example", Some("Bord <r@board.example>"));
        let mail = mail.unwrap().unwrap();
        assert_eq!(mail.smtp.credentials, Some(("jo@board".to_owned(), "p:ss".to_owned())));
        assert_eq!((mail.smtp.tls, mail.smtp.port), (MailTls::Implicit, 465));
        assert_eq!(mail.smtp.to_string(), "smtps://***@smtp.board.example:465");
        let debug = format!("{mail:?}");
        assert!(!debug.contains("p:ss") && !debug.contains("jo@board"), "{debug}");
        let mail = resolved("smtp://mail.example", Some("Het één-bord <r@board.example>")).unwrap().unwrap();
        assert_eq!(mail.from.name.as_deref(), Some("Het één-bord"));
        for (url, tls, host, port) in [
            ("smtp://mail.example/", MailTls::StartTls, "mail.example", 587),
            ("smtp://mail.example:25", MailTls::StartTls, "mail.example", 25),
            ("smtp+plain://127.0.0.1:2525", MailTls::Plain, "127.0.0.1", 2525),
            ("smtp+plain://[::1]", MailTls::Plain, "::1", 25),
        ] {
            let url: SmtpUrl = url.parse().unwrap();
            assert_eq!((url.tls, &*url.host, url.port), (tls, host, port));
        }
    }

    #[test]
    fn anything_else_is_refused_without_showing_it() {
        for wrong in [
            "mail.example",
            "http://mail.example",
            "smtp://",
            "smtp://geheim@mail.example",
            "smtp://jo:geheim@",
            "smtp://jo:geheim@mail.example:0",
            "smtp://jo:geheim@mail.example:99999",
            "smtp://jo:geheim@mail example",
            "smtp://jo:geheim%0d%0aX@mail.example",
        ] {
            let error = format!("{:#}", resolved(wrong, Some("r@board.example")).unwrap_err());
            assert!(!error.contains("geheim"), "{wrong}: {error}");
        }
        assert!(resolved("smtp://mail.example", None).unwrap_err().to_string().contains("--mail-from"));
        for wrong in ["", "redactie", "a@b\r\nBcc: c@d.example", "Bord <r@board.example"] {
            assert!(resolved("smtp://mail.example", Some(wrong)).is_err(), "{wrong}");
        }
        assert!(resolved("", None).unwrap().is_none(), "an emptied variable");
    }
}
