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

use crate::{app::App, clock::day_in_amsterdam, composing::taken_off_letters, mail};

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
    let mut letters = Vec::new();
    for told in concerned(whole, decided) {
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
            to: told.to,
            kind: whole.item.kind,
            verdict: decided.verdict,
            ground: told.ground,
            statement: decided.statement.as_deref(),
            automated: decided.automated,
            may_appeal: told.may_appeal,
            received: day_in_amsterdam(told.at),
            url: &url,
        });
        letters.push(Addressed { to: told.sent_in, text: mail::kept(&app.public_url, letter) });
    }
    letters.extend(of_column(app, whole, decided).await?);
    let published = match (&whole.about, decided.verdict) {
        (About::Reply(reply), Verdict::Accept) => Some(reply),
        (About::Appeal { about, .. }, Verdict::Overturn) => match about.as_deref() {
            Some(About::Reply(reply)) => Some(reply),
            _ => None,
        },
        _ => None,
    };
    if let Some(reply) = published {
        letters.extend(senders(app, reply).await?);
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
async fn of_column(app: &App, whole: &QueueWhole, decided: &Decided) -> Result<Vec<Addressed>, StoreError> {
    let (report, ground, may_appeal) = match (&whole.about, decided.verdict) {
        (About::Report(report), Verdict::Remove) => (report, decided.ground, true),
        (About::Appeal { appeal, .. }, Verdict::Overturn) if appeal.party == Party::Reporter => {
            let Some(report) = &appeal.report else { return Ok(Vec::new()) };
            // It rests on what its reporter named.
            (&**report, Some(report.ground), !appeal.is_second)
        }
        _ => return Ok(Vec::new()),
    };
    if report.about != Reported::Column {
        return Ok(Vec::new());
    }
    let Some(draft) = Box::pin(app.store.draft_of(report.column.id)).await? else { return Ok(Vec::new()) };
    // What left already leaves no second time.
    let stands = |column: &DraftColumn| matches!(column.status, Status::Published | Status::Scheduled);
    if !draft.column.as_ref().is_some_and(stands) {
        return Ok(Vec::new());
    }
    let reason = decided.statement.as_deref().unwrap_or_default();
    let why = words::TakenOff { title: &report.column.title, reason, ground, may_appeal };
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
        About::Experience { .. } | About::Comment(_) | About::Reply(_) => told.push(sender),
        About::Report(report) => {
            told.push(sender);
            if decided.verdict == Verdict::Remove {
                told.extend(writer(report, decided.ground, true));
            }
        }
        About::Appeal { appeal, .. } => {
            let sent_an_experience = appeal.kind == Kind::Experience;
            let is_reported_reply =
                appeal.report.as_deref().is_some_and(|report| matches!(report.about, Reported::Reply(_)));
            let is_shop = appeal.kind == Kind::Reply || (appeal.party == Party::Sender && is_reported_reply);
            told.push(Told { sent_in: appeal.sent_in, sent_an_experience, is_shop, ..sender });
            // Whom it goes against may appeal in turn, once.
            let may_appeal = !appeal.is_second;
            if let (Verdict::Overturn, Some(report)) = (decided.verdict, appeal.report.as_deref()) {
                match appeal.party {
                    // It rests on what its reporter named.
                    Party::Reporter => told.extend(writer(report, Some(report.ground), may_appeal)),
                    Party::Sender => told.push(Told {
                        to: To::Overruled,
                        sent_in: report.id,
                        sent_an_experience: false,
                        lang: report.lang,
                        at: report.received_at,
                        ground: None,
                        may_appeal,
                        is_shop: false,
                    }),
                }
            }
        }
    }
    told
}

/// Who wrote what goes.
fn writer(report: &StoredReport, ground: Option<Ground>, may_appeal: bool) -> Option<Told> {
    let comment = match &report.about {
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
