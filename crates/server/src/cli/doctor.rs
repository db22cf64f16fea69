//! `weerklank doctor`.

use std::{path::Path, process::ExitCode, time::Duration};

use weerklank_store::{MailCounts, Store, StoreError};

use crate::{
    assets::Assets,
    clock::Clock,
    config::{
        ConfigFile, DatabaseArgs, DatabaseConfig, MailArgs, MailConfig, PublicUrl, ServerArgs, ServerConfig,
    },
    mail::Post,
};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    server: ServerArgs,
    #[command(flatten)]
    database: DatabaseArgs,
    #[command(flatten)]
    mail: MailArgs,
}

/// What a check found.
enum Finding {
    Good(String),
    /// Works, but an operator should know.
    Worth(String),
    /// Does not work; says how to mend it.
    Bad(String),
}

pub async fn run(args: Args, file: &ConfigFile) -> anyhow::Result<ExitCode> {
    let server = ServerConfig::resolve(&args.server, file)?;
    let database = DatabaseConfig::resolve(&args.database, file)?;
    let mut findings = vec![
        ("public address", public_url(&server)),
        ("contact", contact(&server)),
        ("built files", assets(&server)),
        ("clock", clock(&Clock::system())),
        ("search index", search_dir(&database.search_dir)),
    ];
    let (database, mails) = self::database(&database).await;
    findings.push(("database", database));
    findings.push(("mail", mail(MailConfig::resolve(&args.mail, file), &server, mails).await));
    findings.push(("sending in", sending_in(&server)));
    if server.sending.is_open {
        findings.push(("senders", senders(&server)));
    }
    let mut bad = 0;
    for (what, finding) in findings {
        let (mark, words) = match finding {
            Finding::Good(words) => ("ok  ", words),
            Finding::Worth(words) => ("note", words),
            Finding::Bad(words) => {
                bad += 1;
                ("BAD ", words)
            }
        };
        println!("{mark} {what}: {words}");
    }
    Ok(if bad == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn public_url(server: &ServerConfig) -> Finding {
    match &server.public_url {
        None => Finding::Worth(format!(
            "links say http://{}; name the address that readers use with --public-url",
            server.listen
        )),
        Some(url) if url.is_https() => Finding::Good(url.as_str().to_owned()),
        Some(url) => {
            Finding::Worth(format!("{} is not https: readers' lines can be read on the way", url.as_str()))
        }
    }
}

fn contact(server: &ServerConfig) -> Finding {
    match &server.contact {
        Some(contact) => Finding::Good(contact.as_str().to_owned()),
        None => Finding::Worth(
            "the about pages cannot say how to reach whoever runs this board; name an e-mail address or an https page with --contact"
                .to_owned(),
        ),
    }
}

fn sending_in(server: &ServerConfig) -> Finding {
    if server.sending.is_open {
        Finding::Good("open; editors decide on it at /desk".to_owned())
    } else {
        Finding::Good("closed, as take-experiences says".to_owned())
    }
}

/// Who sends too much is known by address: behind a proxy all have the same, until it says which.
fn senders(server: &ServerConfig) -> Finding {
    let count = |limit: Option<u32>| limit.map_or("any number".to_owned(), |count| count.to_string());
    let limit = server.sending.limit;
    let much =
        format!("{} an hour from one address, marked from {} on", count(limit.hard), count(limit.soft));
    match &server.sending.proxy {
        Some(proxy) => Finding::Good(format!("{much}, by what trusted proxies say in {}", proxy.header)),
        None if server.public_url.is_some() && server.listen.ip().is_loopback() => Finding::Worth(format!(
            "{much}; behind a proxy on this machine all senders count as one: have it set a header and name that with --proxy-header"
        )),
        None => Finding::Good(format!("{much}, by the address of the connection")),
    }
}

fn assets(server: &ServerConfig) -> Finding {
    match Assets::load(server.assets.as_deref()) {
        Ok(assets) if assets.document.scripts_html.is_empty() => {
            Finding::Worth("pages are served without script: they read, and load whole each time".to_owned())
        }
        Ok(assets) => Finding::Good(format!("build {}", assets.build)),
        Err(error) => Finding::Bad(format!("{error:#}")),
    }
}

fn clock(clock: &Clock) -> Finding {
    let now = clock.now();
    if (2026..2100).contains(&now.year()) {
        Finding::Good(format!("{} in Amsterdam", clock.today()))
    } else {
        Finding::Bad(format!("it says {now}; set it, or scheduled columns appear on the wrong day"))
    }
}

fn search_dir(dir: &Path) -> Finding {
    let existing = dir.ancestors().find(|folder| folder.exists() && !folder.as_os_str().is_empty());
    let existing = existing.unwrap_or(Path::new("."));
    match tempfile::tempfile_in(existing) {
        Ok(_) => Finding::Good(format!("{} can be written", dir.display())),
        Err(error) => Finding::Bad(format!(
            "{} cannot be written ({error}); name another folder with --search-dir",
            existing.display()
        )),
    }
}

/// Connects to the mail server, and says what waits for it.
async fn mail(
    config: anyhow::Result<Option<MailConfig>>,
    server: &ServerConfig,
    mails: MailCounts,
) -> Finding {
    let MailCounts { waiting, dead, .. } = mails;
    let kept = format!("{waiting} wait, {dead} were given up");
    let config = match config {
        Ok(Some(config)) => config,
        Ok(None) => {
            return Finding::Worth(format!(
                "no SMTP server is set, so none is sent: {kept}; name one with --smtp and --mail-from"
            ));
        }
        Err(error) => return Finding::Bad(format!("{error:#}")),
    };
    let public_url = server.public_url.clone().unwrap_or_else(|| PublicUrl::of_address(server.listen));
    let post = match Post::new(Some(&config), &public_url) {
        Ok(post) => post,
        Err(error) => return Finding::Bad(format!("{}: {error:#}", config.smtp)),
    };
    // What a server takes longer for is no answer to who asks whether it works.
    let tried = tokio::time::timeout(Duration::from_secs(15), post.try_out()).await;
    match tried {
        Ok(Some(Ok(place))) => {
            let said = format!("{place} takes mail from {}: {kept}", config.from);
            if dead == 0 { Finding::Good(said) } else { Finding::Worth(said) }
        }
        Ok(Some(Err(error))) => Finding::Bad(format!("{error}; see host, port, TLS and password ({kept})")),
        Ok(None) | Err(_) => {
            Finding::Bad(format!("{} does not answer; see host and port ({kept})", config.smtp))
        }
    }
}

async fn database(database: &DatabaseConfig) -> (Finding, MailCounts) {
    let none = MailCounts::default();
    if let Some(path) = database.url.path().filter(|path| !path.exists()) {
        let found = format!("{} is not there yet; `weerklank serve` makes it", path.display());
        return (Finding::Worth(found), none);
    }
    let store = match Store::open(&database.url, &database.pool).await {
        Ok(store) => store,
        Err(error) => return (Finding::Bad(format!("{} does not open: {error}", database.url)), none),
    };
    let ready = store.ready().await;
    let mails = store.mail_counts().await.unwrap_or_default();
    // A file that cannot be closed can be read all the same.
    let _ = store.close().await;
    let found = match ready {
        Ok(()) => Finding::Good(format!("{} answers and is up to date", database.url)),
        Err(error @ StoreError::NewerDatabase { .. }) => Finding::Bad(error.to_string()),
        Err(StoreError::NotMigrated { .. }) => {
            Finding::Worth(format!("{} is new or old; `weerklank serve` brings it up to date", database.url))
        }
        Err(error) => Finding::Bad(format!("{}: {error}", database.url)),
    };
    (found, mails)
}
