//! The way out: a connection to the mail server, or none.

use std::time::Duration;

use lettre::{
    AsyncSmtpTransport, AsyncTransport, Tokio1Executor,
    message::Mailbox,
    transport::smtp::{
        Error, PoolConfig,
        authentication::Credentials,
        client::{Tls, TlsParameters},
        extension::ClientId,
    },
};
use tokio::sync::Notify;
use weerklank_store::DueMail;

use super::{host, message};
use crate::config::{MailConfig, MailTls, PublicUrl, SmtpUrl};

/// How long a server may take for one step. RFC 5321, 4.5.3.2 asks for up to ten minutes at the end of a
/// mail: who gives up sooner sends it twice. Five is what most servers are given.
const STEP: Duration = Duration::from_mins(5);
/// How long a line is kept open for the next mail.
const IDLE: Duration = Duration::from_secs(30);

/// Sends mails, and is told when there may be some.
pub struct Post {
    way: Option<Way>,
    written: Notify,
}

struct Way {
    smtp: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    place: String,
}

/// Why a mail was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    pub reason: String,
    /// Whether it would be refused again.
    pub for_good: bool,
}

impl Post {
    /// Connects when there is something to send. `None` keeps every mail.
    pub fn new(config: Option<&MailConfig>, public_url: &PublicUrl) -> anyhow::Result<Self> {
        let way = config.map(|config| Way::new(config, public_url)).transpose()?;
        Ok(Self { way, written: Notify::new() })
    }

    /// Whether there is a server to send to.
    pub fn is_open(&self) -> bool {
        self.way.is_some()
    }

    /// Says that a mail was written, or that one may now be sent.
    pub fn wake(&self) {
        self.written.notify_one();
    }

    /// Waits until somebody says so.
    pub async fn woken(&self) {
        self.written.notified().await;
    }

    /// Sends one mail.
    pub async fn send(&self, mail: &DueMail) -> Result<(), Refused> {
        let Some(way) = &self.way else {
            return Err(Refused { reason: "no mail server is set".to_owned(), for_good: false });
        };
        let message = message(mail, &way.from)
            .map_err(|error| Refused { reason: error.to_string(), for_good: true })?;
        way.smtp.send(message).await.map(drop).map_err(|error| refused(&error))
    }

    /// Connects, greets and signs in, and sends nothing; gives where that was.
    pub async fn try_out(&self) -> Option<Result<&str, String>> {
        let way = self.way.as_ref()?;
        Some(match way.smtp.test_connection().await {
            Ok(true) => Ok(&way.place),
            Ok(false) => Err(format!("{} answers, and not as a mail server does", way.place)),
            Err(error) => Err(format!("{}: {}", way.place, said(&error))),
        })
    }
}

impl Way {
    fn new(config: &MailConfig, public_url: &PublicUrl) -> anyhow::Result<Self> {
        let SmtpUrl { tls, host: server, port, credentials } = &config.smtp;
        let tls = match tls {
            MailTls::Implicit => Tls::Wrapper(TlsParameters::new(server.clone())?),
            MailTls::StartTls => Tls::Required(TlsParameters::new(server.clone())?),
            MailTls::Plain => Tls::None,
        };
        let mut smtp = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(server)
            .port(*port)
            .tls(tls)
            .hello_name(ClientId::Domain(host(public_url).to_owned()))
            .timeout(Some(STEP))
            .pool_config(PoolConfig::new().max_size(4).idle_timeout(IDLE));
        if let Some((user, password)) = credentials {
            smtp = smtp.credentials(Credentials::new(user.clone(), password.clone()));
        }
        Ok(Self { smtp: smtp.build(), from: config.from.clone(), place: config.smtp.to_string() })
    }
}

fn refused(error: &Error) -> Refused {
    // What is wrong with us (RFC 4954, 6), not with the mail: mended by the operator, it will be taken.
    let ours = error.status().is_some_and(|code| ["530", "534", "535", "538"].contains(&&*code.to_string()));
    Refused { reason: said(error), for_good: error.is_permanent() && !ours }
}

/// The error with what caused it, on one line of a bearable length.
fn said(error: &Error) -> String {
    let mut said = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        let more = error.to_string();
        if !said.contains(&more) {
            said = format!("{said}: {more}");
        }
        cause = error.source();
    }
    said.chars().map(|c| if c.is_control() { ' ' } else { c }).take(500).collect()
}
