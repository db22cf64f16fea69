//! What there is in the end, beside what was said.

use std::{
    collections::{BTreeSet, HashMap},
    time::Duration,
};

use anyhow::{Context as _, bail};
use sea_orm::{ConnectionTrait as _, Database, DbBackend, Statement};
use tokio::time::{Instant, sleep};
use weerklank_store::MailCounts;
use weerklank_test_support::{database::TestDatabase, mail_sink::MailSink};

use super::load::{Load, email, mark};
use super::server::Server;
use crate::http::{Client, get_as};

/// A lease of a minute has to end first, and the next look into the outbox.
const MAILS_WITHIN: Duration = Duration::from_mins(5);

pub async fn of(
    load: &Load,
    server: &Server,
    database: &TestDatabase,
    sink: &MailSink,
    rounds: u32,
    slowest: Duration,
) -> anyhow::Result<serde_json::Value> {
    let submissions = load.submissions();
    let mut client = Client::connect(server.address).await?;
    let (mut lost, mut renamed) = (0, 0);
    for (number, submission) in submissions.iter().enumerate() {
        let ids: BTreeSet<&str> = submission.acknowledged.iter().map(|(id, _)| id.as_str()).collect();
        renamed += usize::from(ids.len() > 1);
        let (_, secret) = submission.acknowledged.last().context("everything was acknowledged in the end")?;
        let path = format!("/api/v1/experiences/{secret}");
        let answer = client.ask(&get_as(server.address, &path, "identity"), true).await?;
        let there = answer.status == 200 && String::from_utf8_lossy(&answer.body).contains(&mark(number));
        lost += usize::from(!there);
    }
    all_mails_are_sent(database).await?;
    let (repeated, damaged) = rows(database).await?;
    let mails = mails(sink, &submissions.iter().enumerate().map(|(number, _)| number).collect::<Vec<_>>());
    Ok(serde_json::json!({
        "database": if database.url.path().is_some() { "sqlite" } else { "postgres" },
        "kills": rounds,
        "acknowledged": submissions.len(),
        // A retry that was answered with another id had lost what was acknowledged before.
        "lost": lost + renamed,
        "duplicated": repeated,
        "damaged": damaged,
        "mails": mails.expected,
        "mails_never_sent": mails.never,
        "mails_twice_under_two_names": mails.two_names,
        "mails_twice_under_one_name": mails.again,
        "slowest_start_ms": u64::try_from(slowest.as_millis()).unwrap_or(u64::MAX),
    }))
}

async fn all_mails_are_sent(database: &TestDatabase) -> anyhow::Result<()> {
    let until = Instant::now() + MAILS_WITHIN;
    loop {
        let MailCounts { waiting, .. } = database.store.mail_counts().await?;
        if waiting == 0 {
            return Ok(());
        }
        if Instant::now() > until {
            bail!("{waiting} mails still wait");
        }
        sleep(Duration::from_millis(200)).await;
    }
}

/// Stories that stand there more than once, and whether the file is damaged.
async fn rows(database: &TestDatabase) -> anyhow::Result<(u64, bool)> {
    let raw = Database::connect(database.address()).await?;
    let backend = raw.get_database_backend();
    let ask =
        async |sql: &str| raw.query_one_raw(Statement::from_string(backend, sql)).await?.context("an answer");
    let repeated = "SELECT COUNT(*) - COUNT(DISTINCT story) AS repeated FROM experience_half";
    let repeated: i64 = ask(repeated).await?.try_get("", "repeated")?;
    let damaged = match backend {
        DbBackend::Sqlite => {
            let said: String = ask("PRAGMA integrity_check").await?.try_get_by_index(0)?;
            said != "ok"
        }
        _ => false,
    };
    raw.close().await?;
    Ok((repeated.unsigned_abs(), damaged))
}

#[derive(Default)]
struct Mails {
    expected: usize,
    never: usize,
    two_names: usize,
    again: usize,
}

fn mails(sink: &MailSink, numbers: &[usize]) -> Mails {
    let mut names: HashMap<String, Vec<String>> = HashMap::new();
    for mail in sink.mails() {
        let name = mail.header("Message-ID").unwrap_or_default();
        for to in mail.to {
            names.entry(to).or_default().push(name.clone());
        }
    }
    let mut mails = Mails::default();
    for address in numbers.iter().filter_map(|number| email(*number)) {
        mails.expected += 1;
        let came = names.remove(&address).unwrap_or_default();
        let different: BTreeSet<&String> = came.iter().collect();
        mails.never += usize::from(came.is_empty());
        mails.two_names += usize::from(different.len() > 1);
        mails.again += came.len().saturating_sub(different.len());
    }
    mails
}
