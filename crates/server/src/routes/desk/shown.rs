//! What is shown of an item that is no experience.

use weerklank::{
    routes::{DeskRoute, Route},
    voice::{Gone, OnDesk, Quoted, Stage, on_desk},
};
use weerklank_api::desk::item::Finding;
use weerklank_domain::{Lang, Status, experience::State, shield};
use weerklank_store::{About, AboutColumn, Reported, StoredAppeal, StoredComment, StoredReply, StoredReport};

use crate::{app::App, pages::render_text};

/// As the desk is given it.
pub struct Shown {
    pub name: Option<String>,
    pub html: String,
    pub has_address: bool,
    pub findings: Vec<Finding>,
}

/// In `ui`. An experience shows nothing here: it is told in parts.
pub fn shown(app: &App, ui: Lang, about: &About) -> Option<Shown> {
    let (text, has_address) = match about {
        About::Experience { .. } => return None,
        About::Comment(comment) => (&comment.text, comment.has_address),
        About::Report(report) => (&report.text, report.has_address),
        About::Reply(reply) => (&reply.answer.as_ref()?.text, reply.has_address),
        About::Appeal { appeal, about } => (&appeal.text, can_write(appeal, about.as_deref())),
    };
    let findings = shield::find(text).into_iter().map(|finding| Finding {
        field: "text".to_owned(),
        kind: finding.kind,
        text: text[finding.range].to_owned(),
    });
    let (name, html) = on_desk(ui, &of(app, about)?);
    Some(Shown { name, html, has_address, findings: findings.collect() })
}

/// Whether there is an address of who appeals.
fn can_write(appeal: &StoredAppeal, about: Option<&About>) -> bool {
    use weerklank_domain::voice::Party;
    match (appeal.party, about) {
        (_, Some(About::Experience { stored, .. })) => stored.experience.email.is_some(),
        (_, Some(About::Comment(comment))) => comment.has_address,
        (Party::Reporter, Some(About::Report(report))) => report.has_address,
        (Party::Sender, Some(About::Report(report))) => match &report.about {
            Reported::Comment(Some(comment)) => comment.has_address,
            Reported::Reply(Some(reply)) => reply.has_address,
            Reported::Comment(None) | Reported::Reply(None) | Reported::Column => false,
        },
        (_, Some(About::Reply(reply))) => reply.has_address,
        (_, Some(About::Appeal { .. }) | None) => false,
    }
}

fn of(app: &App, about: &About) -> Option<OnDesk> {
    Some(match about {
        About::Experience { .. } => return None,
        About::Comment(comment) => self::comment(app, comment),
        About::Report(report) => self::report(app, report),
        About::Reply(reply) => self::reply(app, reply)?,
        About::Appeal { appeal, about } => OnDesk::Appeal {
            party: appeal.party,
            appeal: quoted(app, None, &appeal.text, appeal.lang),
            verdict: appeal.against.verdict,
            ground: appeal.against.ground,
            statement_html: appeal.against.statement.as_deref().map(|text| html(app, text, appeal.lang)),
            by: appeal.against.by.clone(),
            about: about.as_deref().and_then(|about| of(app, about)).map(Box::new),
            url: DeskRoute::Queue { item: Some(appeal.item.to_string()), query: String::new() }.url(),
            column: appeal.column.as_ref().map(column),
            away: appeal.away,
            stage: match (appeal.ended_at, appeal.state) {
                (Some(_), _) => Stage::Ended,
                (None, State::Received) => Stage::Waits,
                (None, _) => Stage::Decided,
            },
        },
    })
}

fn comment(app: &App, comment: &StoredComment) -> OnDesk {
    OnDesk::Comment {
        column: column(&comment.column),
        answers: comment.answers.as_ref().map(|to| quoted(app, to.name.as_deref(), &to.text, to.lang)),
        comment: quoted(app, comment.name.as_deref(), &comment.text, comment.lang),
        is_removed: comment.removed_at.is_some(),
        is_imported: comment.is_imported,
    }
}

fn report(app: &App, report: &StoredReport) -> OnDesk {
    OnDesk::Report {
        column: column(&report.column),
        about: match &report.about {
            Reported::Column => None,
            Reported::Comment(None) => Some(Err(Gone::Comment)),
            Reported::Comment(Some(said)) => {
                Some(Ok(quoted(app, said.name.as_deref(), &said.text, said.lang)))
            }
            Reported::Reply(said) => {
                Some(said.as_deref().and_then(|said| answer(app, said)).ok_or(Gone::Reply))
            }
        },
        ground: report.ground,
        report: quoted(app, report.name.as_deref(), &report.text, report.lang),
    }
}

fn reply(app: &App, reply: &StoredReply) -> Option<OnDesk> {
    let about = match &reply.about.column {
        Some((column, Status::Published)) => self::column(column),
        _ => (reply.about.title.clone(), DeskRoute::Draft(reply.draft.to_string()).url()),
    };
    Some(OnDesk::Reply {
        shop: reply.shop.clone(),
        about,
        question: reply
            .question
            .as_deref()
            .map(|asked| quoted(app, Some(&reply.asked_by), asked, reply.lang)),
        reply: answer(app, reply)?,
        is_removed: reply.answer.as_ref()?.removed_at.is_some(),
    })
}

/// What a shop answered, under the name of who wrote it or the shop's.
fn answer(app: &App, reply: &StoredReply) -> Option<Quoted> {
    let said = reply.answer.as_ref()?;
    Some(quoted(app, Some(said.name.as_deref().unwrap_or(&reply.shop)), &said.text, reply.lang))
}

/// Its title and address.
fn column(column: &AboutColumn) -> (String, String) {
    (column.title.clone(), Route::Column(column.slug.clone()).url())
}

fn quoted(app: &App, name: Option<&str>, text: &str, lang: Lang) -> Quoted {
    Quoted { name: name.map(ToOwned::to_owned), lang, text_html: html(app, text, lang) }
}

fn html(app: &App, text: &str, lang: Lang) -> String {
    render_text(text, lang, app.public_url.as_str(), &app.assets)
}
