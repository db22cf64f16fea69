//! What waits.

use axum::{
    extract::{Path, RawQuery, State},
    http::StatusCode,
    response::Response,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use time::OffsetDateTime;
use weerklank::share::given;
use weerklank_api::desk::{
    item::{Finding, Half, Query as ItemQuery, Related, Response as Whole},
    queue::{LIMIT, Query, Response as Queue, View},
};
use weerklank_domain::{
    Lang,
    desk::Act,
    experience::{Consents, Experience, Side},
    shield,
};
use weerklank_store::{About, Hints, Other, QueueCursor, QueueFilter, QueueWhole};

use super::{shown, told};
use crate::{
    app::App,
    auth::SignedIn,
    pages::render_text,
    problem::Problem,
    routes::{
        answer::{self, ApiResult},
        json::{private, rfc3339},
    },
};

/// A page of what waits.
pub async fn list(
    State(app): State<App>,
    signed: SignedIn,
    RawQuery(query): RawQuery,
) -> ApiResult<Response> {
    let editor = signed.may(Act::Curate)?.id;
    let query: Query = answer::query(query.as_deref())?;
    let limit = query.limit.unwrap_or(LIMIT);
    if !(1..=LIMIT).contains(&limit) {
        return Err(Problem::invalid_parameter("limit", format!("1 to {LIMIT}")).into());
    }
    let now = app.clock.now();
    let filter = QueueFilter {
        kind: query.kind,
        lang: query.lang,
        side: query.side,
        moment: query.moment,
        held_by: (query.view == Some(View::Mine)).then_some(editor),
        free_for: (query.view == Some(View::Free)).then_some((editor, now)),
        decided: query.view == Some(View::Decided),
    };
    let after = query.cursor.as_deref().map(read_cursor).transpose()?;
    let page = Box::pin(app.store.queue(&filter, after, limit.into())).await.map_err(Problem::from)?;
    let queue = Queue {
        items: page.items.iter().map(|item| told::item(item, now)).collect(),
        next: page.next.map(write_cursor),
        count: page.count,
    };
    Ok(private(StatusCode::OK, &queue))
}

/// Everything about one item.
pub async fn show(
    State(app): State<App>,
    signed: SignedIn,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> ApiResult<Response> {
    let own = signed.may(Act::Curate)?.lang;
    let ItemQuery { lang } = answer::query(query.as_deref())?;
    let ui = lang.unwrap_or(own);
    let found = Box::pin(app.store.queue_item(told::id(&id)?)).await.map_err(Problem::from)?;
    let found = found.ok_or_else(Problem::not_found)?;
    // What its sender took back is theirs alone.
    if found.item.state == weerklank_domain::experience::State::Withdrawn {
        return Err(Problem::not_found().into());
    }
    Ok(private(StatusCode::OK, &whole(&app, ui, &found)))
}

fn whole(app: &App, ui: Lang, found: &QueueWhole) -> Whole {
    let lang = found.item.lang;
    let render = |text: &str| render_text(text, lang, app.public_url.as_str(), &app.assets);
    let whole = Whole {
        item: told::item(&found.item, app.clock.now()),
        name: None,
        html: None,
        consents: Consents::default(),
        halves: Vec::new(),
        suggestion_html: None,
        has_address: false,
        findings: Vec::new(),
        alike: Vec::new(),
        same_sender: Vec::new(),
        decisions: found.decisions.iter().map(|made| told::decision(made, render)).collect(),
        answers: found.answers.iter().map(|answer| told::answer(answer, render)).collect(),
    };
    match &found.about {
        About::Experience { stored, hints } => {
            with_experience(whole, ui, (&stored.experience, hints), render)
        }
        other => match shown::shown(app, ui, other) {
            Some(shown) => Whole {
                name: shown.name,
                html: Some(shown.html),
                has_address: shown.has_address,
                findings: shown.findings,
                ..whole
            },
            None => whole,
        },
    }
}

fn with_experience(
    whole: Whole,
    ui: Lang,
    (experience, hints): (&Experience, &Hints),
    render: impl Fn(&str) -> String,
) -> Whole {
    let half = |half: &weerklank_domain::experience::Half| Half {
        side: half.side,
        story_html: render(&half.story),
        given: given(ui, half),
    };
    Whole {
        name: experience.name.clone(),
        consents: experience.consents,
        halves: experience.halves.iter().map(half).collect(),
        suggestion_html: experience.suggestion.as_deref().map(&render),
        // Editors write to a sender without knowing where to.
        has_address: experience.email.is_some(),
        findings: findings(experience),
        alike: hints
            .alike
            .iter()
            .map(|alike| Related { likeness: Some(alike.likeness), ..related(&alike.other) })
            .collect(),
        same_sender: hints
            .same_sender
            .iter()
            .map(|same| Related { same_email: same.by_email, ..related(&same.other) })
            .collect(),
        ..whole
    }
}

fn related(other: &Other) -> Related {
    Related {
        id: other.id.to_string(),
        state: other.state,
        received_at: rfc3339(other.received_at),
        likeness: None,
        same_email: false,
    }
}

fn findings(experience: &Experience) -> Vec<Finding> {
    let stories = experience.halves.iter().map(|half| {
        let field = match half.side {
            Side::Positive => "positive.story",
            Side::Negative => "negative.story",
        };
        (field, half.story.as_str())
    });
    let suggestion = experience.suggestion.as_deref().map(|text| ("suggestion", text));
    stories
        .chain(suggestion)
        .flat_map(|(field, text)| {
            shield::find(text).into_iter().map(move |finding| Finding {
                field: field.to_owned(),
                kind: finding.kind,
                text: text[finding.range].to_owned(),
            })
        })
        .collect()
}

/// Where a page ended: nanoseconds since 1970 and an id, as nobody else has to read it.
fn write_cursor(cursor: QueueCursor) -> String {
    URL_SAFE_NO_PAD.encode(format!("{} {}", cursor.at.unix_timestamp_nanos(), cursor.id))
}

fn read_cursor(text: &str) -> Result<QueueCursor, Problem> {
    let wrong = || Problem::invalid_parameter("cursor", "it is not one that was given out");
    let plain = URL_SAFE_NO_PAD.decode(text).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let plain = plain.ok_or_else(wrong)?;
    let (at, id) = plain.split_once(' ').ok_or_else(wrong)?;
    let at = at.parse().ok().and_then(|nanos| OffsetDateTime::from_unix_timestamp_nanos(nanos).ok());
    Ok(QueueCursor { at: at.ok_or_else(wrong)?, id: id.parse().map_err(|_| wrong())? })
}
