//! Readers who send in, each submission with a key of its own, until the server is gone; and again with
//! the same key once it is back.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
};

use anyhow::{Context as _, bail};
use tokio::task::JoinSet;

use crate::http::{Client, post};

/// Every so many of them leave an address, and get a mail.
const ADDRESS_EACH: usize = 4;

/// Everything that was ever sent.
#[derive(Default)]
pub struct Load(Mutex<State>);

#[derive(Default)]
struct State {
    submissions: Vec<Submission>,
    /// Those that nobody has acknowledged yet, and nobody is sending.
    open: Vec<usize>,
}

#[derive(Debug, Clone, Default)]
pub struct Submission {
    /// Each answer that said it is stored: its id, and the secret of its sender's page.
    pub acknowledged: Vec<(String, String)>,
}

/// What the story of a submission says.
pub fn mark(number: usize) -> String {
    format!("merkteken-{number:07}.")
}

/// The address that it leaves, if it leaves one.
pub fn email(number: usize) -> Option<String> {
    number.is_multiple_of(ADDRESS_EACH).then(|| format!("lezer{number}@voorbeeld.example"))
}

impl Load {
    /// Sends in from so many clients until the server is gone; what was not acknowledged before comes
    /// first.
    pub fn send_in(
        self: &Arc<Self>,
        address: SocketAddr,
        clients: usize,
    ) -> impl Future<Output = anyhow::Result<()>> + use<> {
        let mut sending = JoinSet::new();
        for _ in 0..clients {
            let load = Arc::clone(self);
            sending.spawn(async move {
                let Ok(mut client) = Client::connect(address).await else { return Ok(()) };
                loop {
                    let number = load.next();
                    if !load.send(&mut client, address, number).await? {
                        return Ok::<_, anyhow::Error>(());
                    }
                }
            });
        }
        async move {
            while let Some(ended) = sending.join_next().await {
                ended??;
            }
            Ok(())
        }
    }

    /// Sends what is still open.
    pub async fn finish(&self, address: SocketAddr) -> anyhow::Result<()> {
        let mut client = Client::connect(address).await?;
        loop {
            let Some(number) = self.state().open.pop() else { return Ok(()) };
            if !self.send(&mut client, address, number).await? {
                bail!("the server went away by itself");
            }
        }
    }

    pub fn submissions(&self) -> Vec<Submission> {
        self.state().submissions.clone()
    }

    fn next(&self) -> usize {
        let mut state = self.state();
        state.open.pop().unwrap_or_else(|| {
            state.submissions.push(Submission::default());
            state.submissions.len() - 1
        })
    }

    /// `false` where the server went away before it answered.
    async fn send(&self, client: &mut Client, address: SocketAddr, number: usize) -> anyhow::Result<bool> {
        let draft = serde_json::json!({
            "negative": {"story": mark(number), "ratings": {"delivery": "2", "contact": "4"}},
            "email": email(number).unwrap_or_default(),
            "lang": "nl",
        });
        let key = format!("een-sleutel-{number:012}");
        let request = post(address, "/api/v1/experiences", Some(&key), &draft);
        let Ok(answer) = client.ask(&request, true).await else {
            self.state().open.push(number);
            return Ok(false);
        };
        if answer.status != 201 {
            bail!("it answered {}: {}", answer.status, String::from_utf8_lossy(&answer.body));
        }
        let body: serde_json::Value = serde_json::from_slice(&answer.body)?;
        let id = body["id"].as_str().context("an id")?.to_owned();
        let secret =
            body["secret_url"].as_str().and_then(|url| url.rsplit('/').next()).context("a secret")?;
        self.state().submissions[number].acknowledged.push((id, secret.to_owned()));
        Ok(true)
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
