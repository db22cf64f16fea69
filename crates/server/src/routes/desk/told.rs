//! From what the store knows to what the desk is told.

use uuid::Uuid;
use weerklank_api::desk::{Answer, Holder, Item, PastDecision, Person};
use weerklank_domain::experience::{ShopGiven, State};
use weerklank_store::{self as store, Editor, QueueItem};

use crate::{problem::Problem, routes::json::rfc3339};

/// Characters of an excerpt.
const EXCERPT: usize = 200;

pub fn person(editor: &Editor) -> Person {
    Person {
        id: editor.id.to_string(),
        email: editor.email.as_str().to_owned(),
        name: editor.name.clone(),
        role: editor.role,
        lang: editor.lang,
        has_password: editor.has_password,
        has_second_factor: editor.has_totp,
        disabled: editor.disabled_at.is_some(),
    }
}

/// `now`: a claim that ran out is none.
pub fn item(item: &QueueItem, now: time::OffsetDateTime) -> Item {
    if item.state == State::Withdrawn {
        // What its sender took back is theirs alone: that it is gone is all there is to tell.
        let QueueItem { id, kind, came_at, version, state, lang, .. } = item;
        return Item {
            id: id.to_string(),
            kind: *kind,
            came_at: rfc3339(*came_at),
            waits_since: None,
            holder: None,
            version: *version,
            state: *state,
            lang: *lang,
            excerpt: String::new(),
            sides: Vec::new(),
            shop: None,
            moments: Vec::new(),
            marks: Vec::new(),
        };
    }
    let shop = item.shop.as_ref().and_then(|shop| match shop {
        ShopGiven::Named(text) | ShopGiven::Described(text) => Some(text.clone()),
        ShopGiven::Unnamed => None,
    });
    Item {
        id: item.id.to_string(),
        kind: item.kind,
        came_at: rfc3339(item.came_at),
        waits_since: item.waits_since.map(rfc3339),
        holder: item.holder.as_ref().filter(|holder| holder.until > now).map(holder),
        version: item.version,
        state: item.state,
        lang: item.lang,
        excerpt: weerklank_markdown::summary(&item.start, EXCERPT),
        sides: item.sides.clone(),
        shop,
        moments: item.moments.clone(),
        marks: item.marks.clone(),
    }
}

fn holder(holder: &store::Holder) -> Holder {
    Holder { id: holder.editor.to_string(), name: holder.name.clone(), until: rfc3339(holder.until) }
}

/// `render` makes HTML of Markdown.
pub fn decision(decision: &store::PastDecision, render: impl Fn(&str) -> String) -> PastDecision {
    PastDecision {
        id: decision.id.to_string(),
        by: decision.by.clone(),
        verdict: decision.verdict,
        ground: decision.ground,
        statement_html: decision.statement.as_deref().map(render),
        automated: decision.automated,
        decided_at: rfc3339(decision.decided_at),
        final_at: rfc3339(decision.final_at),
    }
}

/// `render` makes HTML of Markdown.
pub fn answer(answer: &store::Answer, render: impl Fn(&str) -> String) -> Answer {
    Answer {
        to: answer.decision.map(|decision| decision.to_string()),
        html: render(&answer.text),
        written_at: rfc3339(answer.written_at),
    }
}

/// What is no id names nothing.
pub fn id(text: &str) -> Result<Uuid, Problem> {
    text.parse().map_err(|_| Problem::not_found())
}
