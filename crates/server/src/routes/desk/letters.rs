//! The mails that tell of a decision: to who sent in what was decided on, and to who wrote or reported what it
//! changes (Regulation (EU) 2022/2065, articles 16(5), 17 and 20(5)).

use uuid::Uuid;
use weerklank::{
    mail::{self as words, To},
    routes::{self, pattern},
};
use weerklank_domain::{
    Lang, Status,
    desk::{Decided, Ground, Kind, Verdict},
    voice::Party,
};
use weerklank_store::{
    About, Addressed, DraftColumn, QueueWhole, Reported, StoreError, StoredReply, StoredReport,
};

use crate::{
    app::App,
    clock::day_in_amsterdam,
    composing::{taken_off_letters, turned_letters},
    mail,
};

/// Somebody to be told.
struct Told {
    to: To,
    /// What they sent in.
    sent_in: Uuid,
    sent_an_experience: bool,
    lang: Lang,
    at: time::OffsetDateTime,
    ground: Option<Ground>,
    may_appeal: bool,
    /// Whether it is a shop that was asked for a reply.
    is_shop: bool,
}

/// For everyone whom it concerns and who gave an address.
pub async fn letters(app: &App, whole: &QueueWhole, decided: &Decided) -> Result<Vec<Addressed>, StoreError> {
    let mut letters = written(app, whole, decided, concerned(whole, decided)).await?;
    if let Some(removal) = Removal::of(whole, decided)
        && !removal.is_told(app).await?
    {
        letters.extend(removed(app, whole, decided, &removal).await?);
    }
    if let (About::Appeal { appeal, .. }, Verdict::Overturn) = (&whole.about, decided.verdict)
        && let Some(column) = &appeal.column
        && let Some(draft) = Box::pin(app.store.draft_of(column.id)).await?
    {
        let about = (column.title.as_str(), appeal.away);
        let others = Box::pin(turned_letters(app, &draft, about, appeal.sent_in)).await?;
        letters.extend(others.into_iter().map(|(to, text)| Addressed { to, text }));
    }
    let published = match (&whole.about, decided.verdict) {
        (About::Reply(reply), Verdict::Accept) => Some(reply),
        (About::Appeal { appeal, about }, Verdict::Overturn) if appeal.away.is_none() => {
            match about.as_deref() {
                Some(About::Reply(reply)) => Some(reply),
                _ => None,
            }
        }
        _ => None,
    };
    if let Some(reply) = published {
        letters.extend(senders(app, reply).await?);
    }
    Ok(letters)
}

/// To whose words were removed by the last decision on a report or an appeal: what they would have got, had nothing
/// removed the same before.
pub async fn of_removal(app: &App, item: Uuid) -> Result<Vec<Addressed>, StoreError> {
    let Some(whole) = Box::pin(app.store.queue_item(item)).await? else { return Ok(Vec::new()) };
    let Some(made) = whole.decisions.last() else { return Ok(Vec::new()) };
    let (verdict, ground, automated) = (made.verdict, made.ground, made.automated);
    let decided = Decided { verdict, ground, statement: made.statement.clone(), automated };
    match Removal::of(&whole, &decided) {
        Some(removal) => removed(app, &whole, &decided, &removal).await,
        None => Ok(Vec::new()),
    }
}

/// A decision that takes something away.
struct Removal<'a> {
    report: &'a StoredReport,
    ground: Option<Ground>,
    may_appeal: bool,
}

impl<'a> Removal<'a> {
    fn of(whole: &'a QueueWhole, decided: &Decided) -> Option<Self> {
        match (&whole.about, decided.verdict) {
            (About::Report(report), Verdict::Remove) => {
                Some(Self { report, ground: decided.ground, may_appeal: true })
            }
            (About::Appeal { appeal, .. }, Verdict::Overturn) if appeal.party == Party::Reporter => {
                let report = appeal.report.as_deref()?;
                // It rests on what its reporter named. Whom it goes against may appeal in turn, once.
                Some(Self { report, ground: Some(report.ground), may_appeal: !appeal.is_second })
            }
            _ => None,
        }
    }

    /// Whether what goes is away already, or about to go: whose it is, was told so.
    async fn is_told(&self, app: &App) -> Result<bool, StoreError> {
        Ok(match &self.report.about {
            Reported::Column => app.store.is_leaving(self.report.column.id).await?,
            Reported::Comment(comment) => comment.as_ref().is_some_and(|said| said.removed_at.is_some()),
            Reported::Reply(reply) => reply
                .as_ref()
                .and_then(|said| said.answer.as_ref())
                .is_some_and(|answer| answer.removed_at.is_some()),
        })
    }
}

/// To whose it is that goes.
async fn removed(
    app: &App,
    whole: &QueueWhole,
    decided: &Decided,
    removal: &Removal<'_>,
) -> Result<Vec<Addressed>, StoreError> {
    if removal.report.about == Reported::Column {
        return of_column(app, decided, removal).await;
    }
    written(app, whole, decided, writer(removal)).await
}

/// The letters themselves.
async fn written(
    app: &App,
    whole: &QueueWhole,
    decided: &Decided,
    to: impl IntoIterator<Item = Told>,
) -> Result<Vec<Addressed>, StoreError> {
    let away = match &whole.about {
        About::Appeal { appeal, .. } if decided.verdict == Verdict::Overturn => appeal.away,
        _ => None,
    };
    let column_stays = whole.item.kind == Kind::Experience
        && decided.verdict == Verdict::Reject
        && app.store.stands_of(whole.item.id).await?;
    let mut letters = Vec::new();
    for told in to {
        let path = if told.is_shop {
            pattern::reply(&app.links.reply(&app.store, told.sent_in).await?)
        } else {
            let Some(secret) = app.store.link_secret(told.sent_in).await? else { continue };
            if told.sent_an_experience { pattern::mine(&secret) } else { pattern::said(&secret) }
        };
        let url = format!("{}{}", app.public_url.as_str(), routes::localised(&path, Some(told.lang)));
        let letter = words::decided(&words::Decided {
            lang: told.lang,
            site: mail::site(&app.public_url),
            to: if told.is_shop && told.to == To::Sender { To::Shop } else { told.to },
            kind: whole.item.kind,
            verdict: decided.verdict,
            ground: told.ground,
            statement: decided.statement.as_deref(),
            automated: decided.automated,
            may_appeal: told.may_appeal,
            away,
            column_stays,
            received: day_in_amsterdam(told.at),
            url: &url,
        });
        letters.push(Addressed { to: told.sent_in, text: mail::kept(&app.public_url, letter) });
    }
    Ok(letters)
}

/// To who sent in what the column is made of: that a shop replied.
async fn senders(app: &App, reply: &StoredReply) -> Result<Vec<Addressed>, StoreError> {
    let mut letters = Vec::new();
    for sender in &reply.senders {
        let Some(secret) = app.store.link_secret(sender.experience).await? else { continue };
        let path = routes::localised(&pattern::mine(&secret), Some(sender.lang));
        let url = format!("{}{path}", app.public_url.as_str());
        let letter = words::replied(sender.lang, mail::site(&app.public_url), &reply.shop, url);
        letters.push(Addressed { to: sender.experience, text: mail::kept(&app.public_url, letter) });
    }
    Ok(letters)
}

/// For who sent in what a column was made of that goes.
async fn of_column(
    app: &App,
    decided: &Decided,
    removal: &Removal<'_>,
) -> Result<Vec<Addressed>, StoreError> {
    let column = &removal.report.column;
    let Some(draft) = Box::pin(app.store.draft_of(column.id)).await? else { return Ok(Vec::new()) };
    // What left already leaves no second time.
    let stands = |column: &DraftColumn| matches!(column.status, Status::Published | Status::Scheduled);
    if !draft.column.as_ref().is_some_and(stands) {
        return Ok(Vec::new());
    }
    let reason = decided.statement.as_deref().unwrap_or_default();
    let (ground, may_appeal) = (removal.ground, removal.may_appeal);
    let why = words::TakenOff { title: &column.title, reason, ground, may_appeal };
    let letters = Box::pin(taken_off_letters(app, &draft, &why)).await?;
    Ok(letters.into_iter().map(|(to, text)| Addressed { to, text }).collect())
}

fn concerned(whole: &QueueWhole, decided: &Decided) -> Vec<Told> {
    let sender = Told {
        to: To::Sender,
        sent_in: whole.item.id,
        sent_an_experience: whole.item.kind == Kind::Experience,
        lang: whole.item.lang,
        at: whole.item.came_at,
        ground: decided.ground,
        may_appeal: matches!(decided.verdict, Verdict::Reject | Verdict::Keep),
        is_shop: whole.item.kind == Kind::Reply,
    };
    let mut told = Vec::new();
    match &whole.about {
        About::Experience { .. } | About::Comment(_) | About::Reply(_) | About::Report(_) => {
            told.push(sender);
        }
        About::Appeal { appeal, .. } => {
            let sent_an_experience = appeal.kind == Kind::Experience;
            let is_reported_reply =
                appeal.report.as_deref().is_some_and(|report| matches!(report.about, Reported::Reply(_)));
            let is_shop = appeal.kind == Kind::Reply || (appeal.party == Party::Sender && is_reported_reply);
            told.push(Told { sent_in: appeal.sent_in, sent_an_experience, is_shop, ..sender });
            if let (Verdict::Overturn, Party::Sender, Some(report)) =
                (decided.verdict, appeal.party, appeal.report.as_deref())
            {
                told.push(Told {
                    to: To::Overruled,
                    sent_in: report.id,
                    sent_an_experience: false,
                    lang: report.lang,
                    at: report.received_at,
                    ground: None,
                    // Whom it goes against may appeal in turn, once.
                    may_appeal: !appeal.is_second,
                    is_shop: false,
                });
            }
        }
    }
    told
}

/// Who wrote what goes.
fn writer(removal: &Removal<'_>) -> Option<Told> {
    let (ground, may_appeal) = (removal.ground, removal.may_appeal);
    let comment = match &removal.report.about {
        Reported::Comment(Some(comment)) => comment,
        Reported::Reply(Some(reply)) => {
            return Some(Told {
                to: To::ReplyRemoved,
                sent_in: reply.id,
                sent_an_experience: false,
                lang: reply.lang,
                at: reply.answer.as_ref()?.received_at,
                ground,
                may_appeal,
                is_shop: true,
            });
        }
        Reported::Column | Reported::Comment(None) | Reported::Reply(None) => return None,
    };
    Some(Told {
        to: To::Removed,
        sent_in: comment.id,
        sent_an_experience: false,
        lang: comment.lang,
        at: comment.received_at,
        ground,
        may_appeal,
        is_shop: false,
    })
}
