//! What a sender's own page shows.

use weerklank::{
    routes::Route,
    share::{Around, AskedText, Entry, Kept, Mine, Replied, Text, Told, mine},
};
use weerklank_domain::{
    Lang, Status,
    compose::{Approval, SheetKey},
    experience::Experience,
};
use weerklank_store::{OwnExperience, OwnText};

use crate::{
    app::App,
    clock::day_in_amsterdam,
    composing::{drawn, own_part, sheet_of_experiences},
    pages::{render_remark, render_text},
};

/// The document; `told` says what just happened, and `kept` is what was typed and not taken.
pub fn draw(
    app: &App,
    around: &Around,
    (secret, own): (&str, &OwnExperience),
    (told, kept): (Told, Kept),
) -> String {
    let (stored, experience) = (&own.stored, &own.stored.experience);
    let render = |text: &str| render_text(text, experience.lang, app.public_url.as_str(), &app.assets);
    mine(
        around,
        &Mine {
            experience,
            state: stored.state,
            received: day_in_amsterdam(stored.received_at),
            confirmed: stored.confirmed_at.map(day_in_amsterdam),
            secret,
            told,
            stories_html: experience.halves.iter().map(|half| render(&half.story)).collect(),
            suggestion_html: experience.suggestion.as_deref().map(render),
            course: course(own, render),
            texts: own
                .texts
                .iter()
                .map(|text| told_text(app, text, (experience, around.ui), render))
                .collect(),
            parted: own.parted_at.map(day_in_amsterdam),
            kept,
            may_appeal: own.may_appeal.is_some(),
        },
    )
}

/// A text beside its sender's own words.
fn told_text(
    app: &App,
    text: &OwnText,
    (own, ui): (&Experience, Lang),
    render: impl Fn(&str) -> String,
) -> Text {
    let asked = text.asked.as_ref().and_then(|(version, sheet)| {
        let sides: Vec<_> = own.halves.iter().map(|half| half.side).collect();
        // Of a text of two, each sees their own part, and nothing where that cannot be told.
        let part = if text.is_shared { own_part(&sheet.body, &sides)? } else { sheet.body.clone() };
        let mut words = sheet_of_experiences(std::slice::from_ref(own), "").body;
        if words.trim().is_empty() {
            words = own.suggestion.clone().unwrap_or_default();
        }
        Some(AskedText {
            draft: text.draft.to_string(),
            version: *version,
            lang: sheet.get(SheetKey::Lang).parse().unwrap_or(own.lang),
            title: sheet.get(SheetKey::Title).to_owned(),
            html: render(&part),
            diff_html: drawn(words.trim(), part.trim(), ui),
            is_pair: text.is_shared,
            approved: match text.approval {
                Approval::Approved => Some(true),
                Approval::Refused => Some(false),
                Approval::Asked { .. } | Approval::NotAsked { .. } => None,
            },
            remark: text.remark.clone().unwrap_or_default(),
        })
    });
    let column = text.column.as_ref().map(|(slug, title, status)| {
        (title.clone(), Route::Column(slug.clone()).url(), *status != Status::Withdrawn)
    });
    let replies = text.replies.iter().map(|own| {
        let reply = &own.reply;
        let said =
            reply.said.as_ref().map(|(name, text)| (name.clone(), render_remark(text, reply.lang, app)));
        Replied {
            id: reply.id.to_string(),
            shop: reply.shop.clone(),
            on: day_in_amsterdam(reply.received_at),
            lang: reply.lang,
            said,
            outcome: own.outcome,
        }
    });
    let replies = replies.collect();
    Text { asked, column, withdrawn_reason: text.withdrawn_reason.clone(), replies }
}

/// What was decided and answered, in the order in which it was.
fn course(own: &OwnExperience, render: impl Fn(&str) -> String) -> Vec<Entry> {
    let of_appeals = own.appeals.iter().filter_map(|appeal| Some((appeal.decided.as_ref()?, appeal.away)));
    let decided = own.decisions.iter().map(|made| (made, None)).chain(of_appeals).map(|(decision, away)| {
        let entry = Entry::Decided {
            on: day_in_amsterdam(decision.decided_at),
            verdict: decision.verdict,
            ground: decision.ground,
            statement_html: decision.statement.as_deref().map(&render),
            automated: decision.automated,
            away,
        };
        (decision.decided_at, entry)
    });
    let ended = own.appeals.iter().filter_map(|appeal| {
        let at = appeal.ended_at?;
        Some((at, Entry::Ended { on: day_in_amsterdam(at), away: appeal.away }))
    });
    let answered = own.answers.iter().map(|answer| {
        let on = day_in_amsterdam(answer.written_at);
        (answer.written_at, Entry::Answered { on, text_html: render(&answer.text) })
    });
    let appealed = own.appeals.iter().map(|appeal| {
        let on = day_in_amsterdam(appeal.received_at);
        (appeal.received_at, Entry::Appealed { on, text_html: render(&appeal.text) })
    });
    let mut course: Vec<_> = decided.chain(answered).chain(appealed).chain(ended).collect();
    course.sort_by_key(|(at, _)| *at);
    course.into_iter().map(|(_, entry)| entry).collect()
}
