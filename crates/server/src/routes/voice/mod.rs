//! What readers say about columns, by plain forms.

mod comment;
mod reaction;
mod reply;
mod report;
mod said;

pub use comment::{show as comment, take as take_comment};
pub use reaction::{Cookie, reader, show as reaction, take as take_reaction};
pub use reply::{show as reply, take as take_reply};
pub use report::{Place, named, show as report, take as take_report};
pub use said::{decide as take_said, show as said};

use axum::http::HeaderMap;
use sha2::{Digest, Sha256};
use time::Duration;
use weerklank::{
    routes::{self, Route, pattern},
    share::{TRAP, Unseen},
    voice::Carried,
};
use weerklank_api::challenge::SOLUTION;
use weerklank_domain::{
    Lang, Slug,
    experience::{Email, Mark},
    voice::VoiceFaults,
};
use weerklank_store::{Arrival, Confirm, Hash, Limit, StoreError, StoredColumn};

use crate::{app::App, http::client::Peer, mail, secrets};

/// Sooner than this nobody has looked at what they wrote.
const QUICK: Duration = Duration::seconds(3);
/// Fields that a form may have; ours have ten.
const MAX_FIELDS: usize = 40;

/// What a form sent.
struct Sent {
    fields: Vec<(String, String)>,
    key: String,
    stamp: String,
}

impl Sent {
    /// A form that was opened now.
    fn blank(app: &App) -> Self {
        Self { fields: Vec::new(), key: String::new(), stamp: String::new() }.stamped(app)
    }

    fn read(app: &App, body: &[u8]) -> Self {
        let fields: Vec<(String, String)> = form_urlencoded::parse(body)
            .take(MAX_FIELDS)
            // Browsers send line ends as CRLF, whatever they were.
            .map(|(name, value)| (name.into_owned(), value.replace("\r\n", "\n")))
            .collect();
        let sent = Self { fields, key: String::new(), stamp: String::new() };
        let (key, stamp) = (sent.get("key").to_owned(), sent.get("stamp").to_owned());
        Self { key, stamp, ..sent }.stamped(app)
    }

    /// A form without a key or a stamp of ours was opened now: that below a column is the same for everybody.
    fn stamped(mut self, app: &App) -> Self {
        let now = app.clock.now();
        if !secrets::is_key(&self.key) {
            self.key = secrets::new_key();
        }
        if app.guard.stamps.age(&self.stamp, &self.key, now).is_none() {
            self.stamp = app.guard.stamps.write(&self.key, now);
        }
        self
    }

    /// The first field of that name, or nothing.
    fn get(&self, name: &str) -> &str {
        self.fields.iter().find(|(found, _)| found == name).map_or("", |(_, value)| value)
    }

    fn carried(&self, faults: VoiceFaults) -> Carried<'_> {
        let proof = Some(self.get(SOLUTION)).filter(|proof| !proof.is_empty());
        let unseen = Unseen { stamp: &self.stamp, trap: self.get(TRAP), proof };
        Carried { key: &self.key, unseen, faults, wait: None }
    }

    /// What looks as if no person had sent it.
    fn marks(&self, app: &App) -> Vec<Mark> {
        let age = app.guard.stamps.age(&self.stamp, &self.key, app.clock.now());
        let is_quick = age.is_none_or(|age| (Duration::ZERO..QUICK).contains(&age));
        let seen = [(!self.get(TRAP).is_empty(), Mark::Trap), (is_quick, Mark::Quick)];
        seen.into_iter().filter_map(|(seen, mark)| seen.then_some(mark)).collect()
    }

    /// Of all that is said.
    fn hash(&self, names: &[&str]) -> Hash {
        hash_of(names.iter().map(|name| self.get(name)))
    }
}

/// Of texts, none of which runs into the next.
pub fn hash_of<'a>(texts: impl Iterator<Item = &'a str>) -> Hash {
    let mut hash = Sha256::new();
    for text in texts {
        hash.update((text.len() as u64).to_be_bytes());
        hash.update(text.as_bytes());
    }
    hash.finalize().into()
}

/// How something comes in, counted apart from what else an address sends.
pub async fn arrival<'a>(
    app: &App,
    from: (Peer, &HeaderMap),
    what: &'static str,
    marks: &'a [Mark],
    proof: Option<&str>,
) -> Result<Arrival<'a>, StoreError> {
    let arrival = app.guard.arrival(&app.store, from, marks, proof, app.clock.now()).await?;
    Ok(Arrival { limit: Limit { what, ..arrival.limit }, ..arrival })
}

/// The mail that asks whose the address is that was given with a comment or a report.
pub async fn question(
    app: &App,
    secret: &str,
    (email, lang): (Option<&Email>, Lang),
    what: weerklank::mail::Confirms<'_>,
) -> Result<Option<Confirm>, StoreError> {
    let Some(email) = email else { return Ok(None) };
    let asked_with = app.links.confirmation(&app.store, secret, email.as_str()).await?;
    let path = routes::localised(&pattern::confirm(&asked_with), Some(lang));
    let url = format!("{}{path}", app.public_url.as_str());
    let letter = weerklank::mail::confirm_words(lang, mail::site(&app.public_url), what, url);
    Ok(Some(Confirm {
        hash: secrets::hash(&asked_with),
        link_secret: secret.to_owned(),
        mail: mail::kept(&app.public_url, letter),
    }))
}

/// A column that readers see.
async fn public_column(app: &App, slug: &str) -> Result<Option<StoredColumn>, StoreError> {
    let Ok(slug) = slug.parse::<Slug>() else { return Ok(None) };
    let found = app.store.column(&slug).await?;
    Ok(found.filter(|stored| stored.column.is_public(app.clock.today())))
}

/// Address and title.
fn address(stored: &StoredColumn) -> (String, String) {
    (Route::Column(stored.column.slug.clone()).url(), stored.column.title.clone())
}
