//! `weerklank invite --site KEY --ticket REF`.

use std::process::ExitCode;

use anyhow::{Context as _, bail};
use time::Duration;
use weerklank::routes::pattern;
use weerklank_domain::feedback::{
    Score, Ticket,
    site::SiteKey,
    token::{Claims, Expiry, Round},
};
use weerklank_store::Store;

use crate::{
    clock::Clock,
    config::{ConfigFile, DatabaseArgs, DatabaseConfig, PublicUrl, ServerConfig},
    invitations::sign,
    serve::open_existing,
};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// The key of the site
    #[arg(long, value_name = "KEY")]
    site: SiteKey,
    /// What the shop knows the ticket by
    #[arg(long, value_name = "REF")]
    ticket: Ticket,
    /// The score that the link stands for, on the scale of the site's question
    #[arg(long, value_name = "N")]
    score: Option<u8>,
    /// How often the ticket was opened: answers of one round are one
    #[arg(long, value_name = "N", default_value_t = 1)]
    round: u16,
    /// For how many days the link holds
    #[arg(long, value_name = "DAYS", default_value_t = 30, value_parser = clap::value_parser!(u16).range(1..=3650))]
    days: u16,
    /// How the board is reached, for the link [default: http:// and the address listened on]
    #[arg(long, env = "WEERKLANK_PUBLIC_URL", value_name = "URL")]
    public_url: Option<String>,
    #[command(flatten)]
    database: DatabaseArgs,
}

pub async fn run(args: Args, file: &ConfigFile) -> anyhow::Result<ExitCode> {
    let database = DatabaseConfig::resolve(&args.database, file)?;
    let public_url = ServerConfig::public_url(args.public_url.as_deref(), file)?;
    let store = open_existing(&database).await?;
    super::closing(&store, invite(&args, &store, &public_url)).await
}

async fn invite(args: &Args, store: &Store, public_url: &PublicUrl) -> anyhow::Result<ExitCode> {
    let Some(site) = store.site_by_key(&args.site).await? else {
        bail!("there is no site `{}`; `weerklank site add` makes one", args.site);
    };
    let question = site.site.question;
    let stands_for = args.score.map(|value| {
        let (min, max) = question.scale().into_inner();
        Score::new(question, value).with_context(|| format!("--score: {question} goes from {min} to {max}"))
    });
    let Some(key) = store.current_signing_key(site.id).await? else {
        bail!("every key of this site is revoked; `weerklank site key --site {}` makes another", args.site);
    };
    let expires = Clock::system().now() + Duration::days(args.days.into());
    let claims = Claims {
        key: key.id,
        expires: Expiry::new(expires.unix_timestamp()).context("--days: too many")?,
        ticket: args.ticket.clone(),
        round: Round::new(args.round).with_context(|| format!("--round: from 1 to {}", Round::LAST))?,
        score: stands_for.transpose()?,
    };
    let token = sign(&key.secret, &claims);
    println!("{}{}", public_url.as_str(), pattern::invitation(&token));
    Ok(ExitCode::SUCCESS)
}
