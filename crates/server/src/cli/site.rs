//! `weerklank site add --shop SLUG --origin URL`, `weerklank site key --site KEY`.

use std::process::ExitCode;

use anyhow::{Context as _, bail};
use weerklank::routes::pattern;
use weerklank_domain::{
    Slug,
    feedback::{
        FormLang, Question, limits,
        site::{KeyId, Origin, SiteDraft, SiteKey},
    },
    one_line,
};
use weerklank_store::{NewSigningKey, Store};

use crate::{
    clock::Clock,
    config::{ConfigFile, DatabaseArgs, DatabaseConfig, PublicUrl, ServerConfig},
    invitations::new_signing_key,
    secrets,
    serve::{open, open_existing},
};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Make a place where a shop asks: prints its key, the key to sign invitations with (once), and the tag to embed
    Add(Add),
    /// Give a site another key to sign invitations with, or revoke one
    Key(Key),
}

#[derive(Debug, clap::Args)]
struct Add {
    /// The shop, as `weerklank shop add` named it
    #[arg(long, value_name = "SLUG")]
    shop: Slug,
    /// Where the form may stand, such as `https://shop.example`; more of them one by one
    #[arg(long = "origin", value_name = "URL", required = true)]
    origins: Vec<String>,
    /// What is asked first: csat, stars, thumbs, nps or ces
    #[arg(long, value_name = "QUESTION", default_value = "csat")]
    question: Question,
    /// The language of the form where a page names none: nl, en, de, fr or ar
    #[arg(long, value_name = "LANG", default_value = "nl")]
    lang: FormLang,
    /// What the shop calls this place; without it, its first origin
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// How the board is reached, for the tag [default: http:// and the address listened on]
    #[arg(long, env = "WEERKLANK_PUBLIC_URL", value_name = "URL")]
    public_url: Option<String>,
    #[command(flatten)]
    database: DatabaseArgs,
}

#[derive(Debug, clap::Args)]
struct Key {
    /// The key of the site
    #[arg(long, value_name = "KEY")]
    site: SiteKey,
    /// Make a key and all invitations that it signed worthless, instead of making another
    #[arg(long, value_name = "ID")]
    revoke: Option<KeyId>,
    #[command(flatten)]
    database: DatabaseArgs,
}

pub async fn run(args: Args, file: &ConfigFile) -> anyhow::Result<ExitCode> {
    match args.action {
        Action::Add(add) => {
            let database = DatabaseConfig::resolve(&add.database, file)?;
            let public_url = ServerConfig::public_url(add.public_url.as_deref(), file)?;
            let store = open(&database).await?;
            super::closing(&store, add_site(&add, &store, &public_url)).await
        }
        Action::Key(key) => {
            let store = open_existing(&DatabaseConfig::resolve(&key.database, file)?).await?;
            super::closing(&store, turn_key(&key, &store)).await
        }
    }
}

async fn add_site(add: &Add, store: &Store, public_url: &PublicUrl) -> anyhow::Result<ExitCode> {
    for origin in &add.origins {
        // With the words that say how to mend it.
        origin.parse::<Origin>().context("--origin")?;
    }
    let draft = SiteDraft {
        origins: add.origins.clone(),
        question: add.question.to_string(),
        lang: add.lang.to_string(),
        ..SiteDraft::default()
    };
    let site = draft.check().map_err(|faults| {
        let faults: Vec<_> =
            faults.iter().map(|found| format!("{}: {}", found.field, found.fault.code())).collect();
        anyhow::anyhow!("{}", faults.join(", "))
    })?;
    let first_origin = site.origins.first().map(ToString::to_string).unwrap_or_default();
    let name = one_line(add.name.as_deref().unwrap_or(&first_origin));
    // An origin may be longer than what people call things.
    let name: String = name.chars().take(limits::LABEL).collect();
    let Some(shop) = store.known_shop(&add.shop).await? else {
        bail!("there is no shop `{}`; make it with `weerklank shop add NAME`", add.shop);
    };
    let mut bytes = [0; 10];
    bytes.copy_from_slice(&secrets::random()[..10]);
    let (key, (id, secret)) = (SiteKey::new(bytes), new_signing_key());
    let signing = NewSigningKey { id: &id, secret: secret.as_bytes() };
    store.add_site(shop.id, (&key, &name, &site), &signing, Clock::system().now()).await?;
    println!("shop: {}", shop.shop.slug);
    println!("site: {name}");
    println!("site key: {key}");
    print_signing(&id, &secret);
    println!("tag:");
    println!("{}", tag(public_url, &key));
    Ok(ExitCode::SUCCESS)
}

/// What a page embeds.
pub fn tag(public_url: &PublicUrl, key: &SiteKey) -> String {
    let script = pattern::WIDGET_SCRIPT;
    format!(r#"<script async src="{}{script}" data-site="{key}"></script>"#, public_url.as_str())
}

fn print_signing(id: &KeyId, secret: &str) {
    println!("signing key: {id}");
    println!("signing secret: {secret}");
    println!("  shown once; keep it on the shop's server: who has it can invite in the shop's name");
}

async fn turn_key(key: &Key, store: &Store) -> anyhow::Result<ExitCode> {
    let Some(site) = store.site_by_key(&key.site).await? else {
        bail!("there is no site `{}`; `weerklank site add` makes one", key.site);
    };
    let now = Clock::system().now();
    if let Some(id) = &key.revoke {
        if !store.revoke_signing_key(site.id, id, now).await? {
            bail!("`{id}` is no key of this site, or was revoked before");
        }
        println!("revoked: {id}");
        return Ok(ExitCode::SUCCESS);
    }
    let (id, secret) = new_signing_key();
    store.add_signing_key(site.id, &NewSigningKey { id: &id, secret: secret.as_bytes() }, now).await?;
    print_signing(&id, &secret);
    println!("the other keys of this site still count; `--revoke ID` ends one");
    Ok(ExitCode::SUCCESS)
}
