//! `weerklank editor add EMAIL --role ROLE`.

use std::process::ExitCode;

use anyhow::{Context as _, bail};
use time::Duration;
use weerklank::routes::pattern;
use weerklank_domain::{
    Lang,
    desk::{Role, limits},
    experience::Email,
    one_line,
};
use weerklank_store::{Invitation, Invited, Store};

use crate::{
    clock::Clock,
    config::{ConfigFile, DatabaseArgs, DatabaseConfig, PublicUrl, ServerConfig},
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
    /// Invite somebody to the desk, or give who is there a new link to set a password
    Add(Add),
}

#[derive(Debug, clap::Args)]
struct Add {
    /// Where they sign in with, and are written at
    #[arg(value_name = "EMAIL")]
    email: String,
    /// editor (decides and writes), chief (oversees as well) or admin (invites as well); of who is there it stays
    #[arg(long, value_name = "ROLE", default_value = "editor")]
    role: Role,
    /// The name that they go by; without it, what stands before the @
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// The language in which the desk speaks to them
    #[arg(long, value_name = "LANG", default_value = "nl")]
    lang: Lang,
    /// How the board is reached, for the link [default: http:// and the address listened on]
    #[arg(long, env = "WEERKLANK_PUBLIC_URL", value_name = "URL")]
    public_url: Option<String>,
    #[command(flatten)]
    database: DatabaseArgs,
}

pub async fn run(args: Args, file: &ConfigFile) -> anyhow::Result<ExitCode> {
    let Action::Add(add) = args.action;
    let database = DatabaseConfig::resolve(&add.database, file)?;
    let public_url = ServerConfig::public_url(add.public_url.as_deref(), file)?;
    let store = open(&database).await?;
    super::closing(&store, invite(&add, &store, &public_url)).await
}

async fn invite(add: &Add, store: &Store, public_url: &PublicUrl) -> anyhow::Result<ExitCode> {
    let email: Email =
        add.email.parse().with_context(|| format!("`{}`", weerklank_import::visible(&add.email)))?;
    let before_at = add.email.split('@').next().unwrap_or_default();
    let name = one_line(add.name.as_deref().unwrap_or(before_at));
    if name.is_empty() || name.chars().count() > limits::NAME {
        bail!("--name: a name has 1 to {} characters", limits::NAME);
    }
    let (token, now) = (secrets::new_token(), Clock::system().now());
    let invitation = Invitation {
        email: &email,
        name: &name,
        role: add.role,
        lang: add.lang,
        link: secrets::hash(&token),
        until: now + Duration::hours(limits::SET_UP_HOURS),
        by: None,
    };
    match store.invite(&invitation, now).await? {
        Invited::New(editor) => println!("{} ({}) can come to the desk.", editor.name, editor.role),
        Invited::Known(editor) => {
            let disabled =
                if editor.disabled_at.is_some() { "; disabled, which the link does not change" } else { "" };
            println!("{} ({}) was at the desk already{disabled}.", editor.name, editor.role);
        }
    }
    println!("A link to set a password, once, within {} hours:", limits::SET_UP_HOURS);
    println!("{}{}", public_url.as_str(), pattern::desk_set_up(&token));
    Ok(ExitCode::SUCCESS)
}
