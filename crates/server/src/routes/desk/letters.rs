//! The mails that tell of a decision: to who sent in what was decided on, and to who wrote or reported what it
//! changes (Regulation (EU) 2022/2065, articles 16(5), 17 and 20(5)).

use uuid::Uuid;
use weerklank::{
    mail::{self as words, To},
    routes::{self, pattern},
};
use weerklank_domain::{
    Lang,
    desk::{Decided, Ground, Kind, Verdict},
    voice::Party,
};
use weerklank_store::{About, Addressed, QueueWhole, Reported, StoreError, StoredReport};

use crate::{app::App, clock::day_in_amsterdam, mail};

/// Somebody to be told.
struct Told {
    to: To,
    /// What they sent in.
    sent_in: Uuid,
    lang: Lang,
    at: time::OffsetDateTime,
    ground: Option<Ground>,
    may_appeal: bool,
}

/// For everyone whom it concerns and who gave an address.
pub async fn letters(app: &App, whole: &QueueWhole, decided: &Decided) -> Result<Vec<Addressed>, StoreError> {
    let mut letters = Vec::new();
    for told in concerned(whole, decided) {
        let Some(secret) = app.store.link_secret(told.sent_in).await? else { continue };
        let path = match whole.about {
            About::Experience { .. } => pattern::mine(&secret),
            About::Appeal { ref appeal, .. } if appeal.kind == Kind::Experience => pattern::mine(&secret),
            _ => pattern::said(&secret),
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
    Ok(letters)
}

fn concerned(whole: &QueueWhole, decided: &Decided) -> Vec<Told> {
    let sender = Told {
        to: To::Sender,
        sent_in: whole.item.id,
        lang: whole.item.lang,
        at: whole.item.came_at,
        ground: decided.ground,
        may_appeal: matches!(decided.verdict, Verdict::Reject | Verdict::Keep),
    };
    let mut told = Vec::new();
    match &whole.about {
        About::Experience { .. } | About::Comment(_) => told.push(sender),
        About::Report(report) => {
            told.push(sender);
            if decided.verdict == Verdict::Remove {
                told.extend(writer(report, decided.ground, true));
            }
        }
        About::Appeal { appeal, about } => {
            told.push(Told { sent_in: appeal.sent_in, ..sender });
            if let (Verdict::Overturn, Some(About::Report(report))) = (decided.verdict, about.as_deref()) {
                match appeal.party {
                    // It rests on what its reporter named.
                    Party::Reporter => told.extend(writer(report, Some(report.ground), false)),
                    Party::Sender => told.push(Told {
                        to: To::Overruled,
                        sent_in: report.id,
                        lang: report.lang,
                        at: report.received_at,
                        ground: None,
                        may_appeal: false,
                    }),
                }
            }
        }
    }
    told
}

/// Who wrote what goes.
fn writer(report: &StoredReport, ground: Option<Ground>, may_appeal: bool) -> Option<Told> {
    let Reported::Comment(Some(comment)) = &report.about else { return None };
    Some(Told {
        to: To::Removed,
        sent_in: comment.id,
        lang: comment.lang,
        at: comment.received_at,
        ground,
        may_appeal,
    })
}
