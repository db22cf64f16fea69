//! `weerklank shop add NAME`.

use std::process::ExitCode;

use anyhow::bail;
use time::OffsetDateTime;
use uuid::Uuid;
use weerklank_domain::{feedback::limits, one_line};
use weerklank_store::{KnownShop, Store};

use crate::{
    clock::Clock,
    config::{ConfigFile, DatabaseArgs, DatabaseConfig},
    secrets,
    serve::open,
};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Let a shop ask for feedback: prints its slug, and once the key with which its programs read the answers
    Add(Add),
}

#[derive(Debug, clap::Args)]
struct Add {
    /// What the shop is called; one that columns are about already is the same shop
    #[arg(value_name = "NAME")]
    name: String,
    /// Give a shop that has a key another one
    #[arg(long)]
    new_key: bool,
    /// Make a key worthless, by the id that it was printed with
    #[arg(long, value_name = "ID")]
    revoke_key: Option<Uuid>,
    #[command(flatten)]
    database: DatabaseArgs,
}

pub async fn run(args: Args, file: &ConfigFile) -> anyhow::Result<ExitCode> {
    let Action::Add(add) = args.action;
    let store = open(&DatabaseConfig::resolve(&add.database, file)?).await?;
    super::closing(&store, add_shop(&add, &store)).await
}

async fn add_shop(add: &Add, store: &Store) -> anyhow::Result<ExitCode> {
    let name = one_line(&add.name);
    if name.is_empty() || name.chars().count() > limits::LABEL {
        bail!("a shop's name has 1 to {} characters", limits::LABEL);
    }
    let now = Clock::system().now();
    let (KnownShop { id, shop }, is_new) = store.add_shop(&name, now).await?;
    let there = if is_new { "" } else { " (it was there already)" };
    println!("shop: {}{there}", shop.name);
    println!("slug: {}", shop.slug);
    if let Some(key) = add.revoke_key {
        if !store.revoke_api_key(id, key, now).await? {
            bail!("`{key}` is no key of {}, or was revoked before", shop.slug);
        }
        println!("revoked: {key}");
        return Ok(ExitCode::SUCCESS);
    }
    let keys = store.api_keys(id).await?;
    let standing: Vec<_> = keys.iter().filter(|key| key.revoked_at.is_none()).collect();
    if standing.is_empty() || add.new_key {
        new_key(store, id, now).await?;
    } else {
        let ids: Vec<String> = standing.iter().map(|key| key.id.to_string()).collect();
        println!("API key: there is one ({}); --new-key makes another", ids.join(", "));
    }
    println!("next: weerklank site add --shop {} --origin https://…", shop.slug);
    Ok(ExitCode::SUCCESS)
}

async fn new_key(store: &Store, shop: Uuid, now: OffsetDateTime) -> anyhow::Result<()> {
    let key = secrets::new_token();
    let id = store.add_api_key(shop, &secrets::hash(&key), now).await?;
    println!("API key: {key}");
    println!("  shown once; keep it on the shop's server, never in a page. Its id is {id}");
    Ok(())
}
