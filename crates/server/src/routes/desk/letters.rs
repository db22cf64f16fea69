//! The mails that tell of a decision.

use uuid::Uuid;
use weerklank::routes::{self, pattern};
use weerklank_domain::desk::{Decided, Kind};
use weerklank_store::{Addressed, QueueWhole, StoreError};

use crate::{app::App, clock::day_in_amsterdam, mail};

/// For everyone whom it concerns and who gave an address.
pub async fn letters(app: &App, whole: &QueueWhole, decided: &Decided) -> Result<Vec<Addressed>, StoreError> {
    let mut letters = Vec::new();
    letters.extend(to_sender(app, whole, decided).await?);
    Ok(letters)
}

/// For who sent it in.
async fn to_sender(
    app: &App,
    whole: &QueueWhole,
    decided: &Decided,
) -> Result<Option<Addressed>, StoreError> {
    let Some(url) = own_page(app, whole.item.kind, whole.item.id, whole.item.lang).await? else {
        return Ok(None);
    };
    let letter = weerklank::mail::decided(&weerklank::mail::Decided {
        lang: whole.item.lang,
        site: mail::site(&app.public_url),
        kind: whole.item.kind,
        verdict: decided.verdict,
        ground: decided.ground,
        statement: decided.statement.as_deref(),
        automated: decided.automated,
        received: day_in_amsterdam(whole.item.came_at),
        url: &url,
    });
    Ok(Some(Addressed { to: whole.item.id, text: mail::kept(&app.public_url, letter) }))
}

/// The whole address of the page on which somebody finds again what they sent, if they gave an address.
async fn own_page(
    app: &App,
    kind: Kind,
    sent_in: Uuid,
    lang: weerklank_domain::Lang,
) -> Result<Option<String>, StoreError> {
    let secret = app.store.link_secret(sent_in).await?;
    Ok(secret.map(|secret| {
        let path = if kind == Kind::Experience { pattern::mine(&secret) } else { pattern::said(&secret) };
        format!("{}{}", app.public_url.as_str(), routes::localised(&path, Some(lang)))
    }))
}
