//! `weerklank doctor`.

use std::{path::Path, process::ExitCode};

use weerklank_store::{Store, StoreError};

use crate::{
    assets::Assets,
    clock::Clock,
    config::{ConfigFile, DatabaseArgs, DatabaseConfig, ServerArgs, ServerConfig},
};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    server: ServerArgs,
    #[command(flatten)]
    database: DatabaseArgs,
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
    findings.push(("database", self::database(&database).await));
    findings
        .push(("mail", Finding::Worth("this version sends none, also to who left an address".to_owned())));
    findings.push(("sending in", sending_in(&server)));
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
    if server.takes_experiences {
        Finding::Good("open; editors decide on it at /desk".to_owned())
    } else {
        Finding::Good("closed; --take-experiences opens it".to_owned())
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

async fn database(database: &DatabaseConfig) -> Finding {
    if let Some(path) = database.url.path().filter(|path| !path.exists()) {
        return Finding::Worth(format!("{} is not there yet; `weerklank serve` makes it", path.display()));
    }
    let store = match Store::open(&database.url, &database.pool).await {
        Ok(store) => store,
        Err(error) => return Finding::Bad(format!("{} does not open: {error}", database.url)),
    };
    let ready = store.ready().await;
    // A file that cannot be closed can be read all the same.
    let _ = store.close().await;
    match ready {
        Ok(()) => Finding::Good(format!("{} answers and is up to date", database.url)),
        Err(error @ StoreError::NewerDatabase { .. }) => Finding::Bad(error.to_string()),
        Err(StoreError::NotMigrated { .. }) => {
            Finding::Worth(format!("{} is new or old; `weerklank serve` brings it up to date", database.url))
        }
        Err(error) => Finding::Bad(format!("{}: {error}", database.url)),
    }
}
