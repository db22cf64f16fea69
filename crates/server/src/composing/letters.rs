//! What senders are told of the text that is made of what they sent in.

use uuid::Uuid;
use weerklank::{
    mail::{Rendered, TakenOff, approval_asked, parted, published, taken_off, turned},
    routes::{self, Route, pattern},
};
use weerklank_domain::{Column, Lang, voice::Away};
use weerklank_store::{Draft, MadeOf, MailText, StoreError};

use crate::{app::App, mail, secrets};

/// Whether the text may be published: for those who gave an address.
pub async fn approval_letters(app: &App, draft: &Draft) -> Result<Vec<(Uuid, MailText)>, StoreError> {
    each(app, draft, |part, mine, site| approval_asked(part.lang, site, mine)).await
}

/// That it stands on the board.
pub async fn published_letters(
    app: &App,
    draft: &Draft,
    column: &Column,
) -> Result<Vec<(Uuid, MailText)>, StoreError> {
    let at = |lang: Lang| {
        let path = routes::localised(&Route::Column(column.slug.clone()).url(), Some(lang));
        format!("{}{path}", app.public_url.as_str())
    };
    each(app, draft, |part, mine, site| published(part.lang, site, &column.title, at(part.lang), &mine)).await
}

/// That it left the board, and why.
pub async fn taken_off_letters(
    app: &App,
    draft: &Draft,
    why: &TakenOff<'_>,
) -> Result<Vec<(Uuid, MailText)>, StoreError> {
    each(app, draft, |part, mine, site| taken_off(part.lang, site, why, mine)).await
}

/// For those who share a column whose removal was reversed, but for who appealed.
pub async fn turned_letters(
    app: &App,
    draft: &Draft,
    (title, away): (&str, Option<Away>),
    but: Uuid,
) -> Result<Vec<(Uuid, MailText)>, StoreError> {
    let mut letters = each(app, draft, |part, mine, site| turned(part.lang, site, title, away, mine)).await?;
    letters.retain(|(to, _)| *to != but);
    Ok(letters)
}

/// For those who share a column with whose secret that is: that it leaves the board with the other half.
pub async fn parted_letters(app: &App, secret: &str) -> Result<Vec<(Uuid, MailText)>, StoreError> {
    let mut letters = Vec::new();
    for partner in app.store.partners(&secrets::hash(secret)).await? {
        let Some(secret) = app.store.link_secret(partner.experience).await? else { continue };
        let path = routes::localised(&pattern::mine(&secret), Some(partner.lang));
        let mine = format!("{}{path}", app.public_url.as_str());
        let letter = parted(partner.lang, mail::site(&app.public_url), &partner.title, mine);
        letters.push((partner.experience, mail::kept(&app.public_url, letter)));
    }
    Ok(letters)
}

/// One letter for each sender who can be written to; `write` is given the whole address of their own page and
/// how the board is called.
async fn each(
    app: &App,
    draft: &Draft,
    write: impl Fn(&MadeOf, String, &str) -> Rendered,
) -> Result<Vec<(Uuid, MailText)>, StoreError> {
    let mut letters = Vec::new();
    for part in &draft.made_of {
        let Some(secret) = app.store.link_secret(part.experience).await? else { continue };
        let path = routes::localised(&pattern::mine(&secret), Some(part.lang));
        let mine = format!("{}{path}", app.public_url.as_str());
        let letter = write(part, mine, mail::site(&app.public_url));
        letters.push((part.experience, mail::kept(&app.public_url, letter)));
    }
    Ok(letters)
}
