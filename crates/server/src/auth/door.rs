//! How often one may try at the door.

use axum::http::HeaderMap;
use sha2::{Digest, Sha256};
use time::{Duration, OffsetDateTime};
use weerklank_store::{Counted, Hash, Limit};

use crate::{
    app::App,
    guard::seconds_until,
    http::client::{Peer, client_address},
    problem::Problem,
};

const WITHIN: Duration = Duration::minutes(15);
/// By one address of the network, for one account: what guessing looks like.
const OF_BOTH: Limit = limit("sign-in", 10);
/// By one address of the network, for whatever accounts: an office behind one has fewer editors.
const OF_ADDRESS: Limit = limit("sign-in-address", 50);
/// For one account, from anywhere: guessing from many places, and yet whoever works here gets in long after a
/// stranger was stopped by the first limit.
const OF_ACCOUNT: Limit = limit("sign-in-account", 100);

/// By one address of the network: what devices are asked, each a row for a few minutes.
const OF_CHALLENGES: Limit = limit("sign-in-challenge", 50);

const fn limit(what: &'static str, hard: u32) -> Limit {
    Limit { what, within: WITHIN, soft: None, hard: Some(hard) }
}

/// Counts a try, right or wrong, and says whether it may be made: the answer does not depend on whether
/// somebody has that e-mail address, or passkey.
pub async fn knock(
    app: &App,
    from: (Peer, &HeaderMap),
    account: &str,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    let sender = sender(app, from, now).await?;
    let account: Hash = Sha256::digest(account.trim().to_ascii_lowercase()).into();
    let mut both = Sha256::new();
    both.update(sender);
    both.update(account);
    let both: Hash = both.finalize().into();
    for (limit, whom) in [(OF_BOTH, both), (OF_ADDRESS, sender), (OF_ACCOUNT, account)] {
        count(app, limit, whom, now).await?;
    }
    Ok(())
}

/// Counts who asks what a device should sign, before anybody knows whose it is.
pub async fn knock_for_passkey(
    app: &App,
    from: (Peer, &HeaderMap),
    now: OffsetDateTime,
) -> Result<(), Problem> {
    count(app, OF_CHALLENGES, sender(app, from, now).await?, now).await
}

async fn sender(
    app: &App,
    (peer, headers): (Peer, &HeaderMap),
    now: OffsetDateTime,
) -> Result<Hash, Problem> {
    let address = client_address(peer, headers, app.guard.config.proxy.as_ref());
    Ok(app.guard.senders.hash(&app.store, address, now).await?)
}

async fn count(app: &App, limit: Limit, whom: Hash, now: OffsetDateTime) -> Result<(), Problem> {
    match app.store.count_act(&limit, &whom, 1, now).await? {
        Counted::TooOften { again_at } => Err(Problem::too_many_tries(seconds_until(again_at, now))),
        Counted::Within | Counted::Often => Ok(()),
    }
}
