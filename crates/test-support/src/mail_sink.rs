//! A mail server on loopback that keeps what it is given, and fails as it is told.
//!
//! It speaks as much of RFC 5321 as a client needs that sends mail: greeting, `EHLO`, `MAIL`, `RCPT`,
//! `DATA`, `RSET`, `NOOP`, `QUIT`. No TLS and no sign-in.

use std::{
    collections::VecDeque,
    io,
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
    sync::{Notify, watch},
    task::JoinHandle,
};

/// How one mail fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// The recipient is answered with this: `450 4.2.0 later`.
    Recipient(&'static str),
    /// The whole mail is answered with this.
    Data(&'static str),
    /// The mail is kept, and the line breaks before the answer: the client cannot know.
    KeptWithoutAnswer,
    /// The line breaks at the start.
    Gone,
    /// The mail is kept, and the answer waits for [`MailSink::release`].
    Held,
}

/// A mail as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SunkMail {
    /// Of the envelope.
    pub from: String,
    pub to: Vec<String>,
    /// Headers and body, as they were before dots were doubled.
    pub message: Vec<u8>,
}

impl SunkMail {
    /// A header, unfolded and otherwise as it came.
    pub fn header(&self, name: &str) -> Option<String> {
        let text = String::from_utf8_lossy(&self.message).into_owned();
        let (head, _) = text.split_once("\r\n\r\n")?;
        let head = head.replace("\r\n ", " ");
        let lines = head.split("\r\n").filter_map(|line| line.split_once(": "));
        lines
            .into_iter()
            .find(|(found, _)| found.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.to_owned())
    }
}

/// The server; it stops with this value.
#[derive(Debug)]
pub struct MailSink {
    address: SocketAddr,
    shared: Arc<Shared>,
    serving: JoinHandle<()>,
}

#[derive(Debug)]
struct Shared {
    mails: watch::Sender<Vec<SunkMail>>,
    failures: Mutex<VecDeque<Failure>>,
    released: Notify,
}

impl MailSink {
    /// Listens on a free port.
    pub async fn start() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a free port");
        let address = listener.local_addr().expect("a bound socket has an address");
        let shared = Arc::new(Shared {
            mails: watch::Sender::default(),
            failures: Mutex::default(),
            released: Notify::new(),
        });
        let serving = tokio::spawn({
            let shared = Arc::clone(&shared);
            async move {
                while let Ok((stream, _)) = listener.accept().await {
                    // A client that goes away is its own affair.
                    tokio::spawn(serve(stream, Arc::clone(&shared)));
                }
            }
        });
        Self { address, shared, serving }
    }

    /// For `--smtp`.
    pub fn url(&self) -> String {
        format!("smtp+plain://{}", self.address)
    }

    /// The next mail fails so; said more than once, the ones after it as well.
    pub fn fail_next(&self, failure: Failure) {
        self.shared.failures.lock().unwrap_or_else(PoisonError::into_inner).push_back(failure);
    }

    /// Lets one answer go that is held.
    pub fn release(&self) {
        self.shared.released.notify_one();
    }

    /// What has come so far.
    pub fn mails(&self) -> Vec<SunkMail> {
        self.shared.mails.borrow().clone()
    }

    /// What has come, once there are so many.
    pub async fn wait_for(&self, count: usize) -> Vec<SunkMail> {
        let mut mails = self.shared.mails.subscribe();
        let there = mails.wait_for(|mails| mails.len() >= count).await.expect("the sink is there");
        there.clone()
    }

    /// The last one that is such a one, once there is one.
    pub async fn wait_for_one(&self, is_one: impl Fn(&SunkMail) -> bool) -> SunkMail {
        let mut mails = self.shared.mails.subscribe();
        let there = mails.wait_for(|mails| mails.iter().any(&is_one)).await.expect("the sink is there");
        there.iter().rfind(|mail| is_one(mail)).expect("it was waited for").clone()
    }
}

impl Drop for MailSink {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn serve(stream: TcpStream, shared: Arc<Shared>) -> io::Result<()> {
    let mut stream = BufReader::new(stream);
    answer(&mut stream, "220 sink.example ESMTP").await?;
    let (mut from, mut to) = (String::new(), Vec::new());
    let mut failure = None;
    let mut line = String::new();
    loop {
        line.clear();
        if stream.read_line(&mut line).await? == 0 {
            return Ok(());
        }
        let command = line.trim_end_matches(['\r', '\n']);
        let word = command.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
        let path = || {
            let inner = command.split_once('<').and_then(|(_, rest)| rest.split_once('>'));
            inner.map(|(path, _)| path.to_owned()).unwrap_or_default()
        };
        match word.as_str() {
            "EHLO" => answer(&mut stream, "250-sink.example\r\n250-8BITMIME\r\n250 SMTPUTF8").await?,
            "MAIL" => {
                (from, to) = (path(), Vec::new());
                failure = shared.failures.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
                if failure == Some(Failure::Gone) {
                    return Ok(());
                }
                answer(&mut stream, "250 2.1.0 who it is from").await?;
            }
            "RCPT" => {
                if let Some(Failure::Recipient(said)) = failure {
                    answer(&mut stream, said).await?;
                    continue;
                }
                to.push(path());
                answer(&mut stream, "250 2.1.5 for whom it is").await?;
            }
            "DATA" => {
                answer(&mut stream, "354 say it").await?;
                let message = data(&mut stream).await?;
                if let Some(Failure::Data(said)) = failure {
                    answer(&mut stream, said).await?;
                    continue;
                }
                let mail = SunkMail { from: from.clone(), to: to.clone(), message };
                shared.mails.send_modify(|mails| mails.push(mail));
                if failure == Some(Failure::KeptWithoutAnswer) {
                    return Ok(());
                }
                if failure == Some(Failure::Held) {
                    shared.released.notified().await;
                }
                answer(&mut stream, "250 2.0.0 it is kept").await?;
            }
            "RSET" | "NOOP" => answer(&mut stream, "250 2.0.0 so be it").await?,
            "QUIT" => return answer(&mut stream, "221 2.0.0 until then").await,
            _ => answer(&mut stream, "500 5.5.1 what?").await?,
        }
    }
}

async fn answer(stream: &mut BufReader<TcpStream>, said: &str) -> io::Result<()> {
    stream.write_all(format!("{said}\r\n").as_bytes()).await
}

/// Until a line with a dot alone (RFC 5321, 4.5.2).
async fn data(stream: &mut BufReader<TcpStream>) -> io::Result<Vec<u8>> {
    let mut message = Vec::new();
    let mut line = Vec::new();
    loop {
        line.clear();
        if stream.read_until(b'\n', &mut line).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        if line == b".\r\n" {
            return Ok(message);
        }
        message.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
    }
}
