//! The first words of statements.

use axum::{
    body::Bytes,
    extract::{State, rejection::BytesRejection},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use weerklank::first_words::first_words;
use weerklank_api::desk::templates::{Entry, Request, Response as Templates};
use weerklank_domain::desk::{Act, Template, limits};
use weerklank_store::{StoredTemplate, TemplateWritten};

use super::MAX_BODY;
use crate::{
    app::App,
    auth::SignedIn,
    problem::Problem,
    routes::{
        answer::ApiResult,
        json::{private, read, rfc3339},
    },
};

/// All of them.
pub async fn list(State(app): State<App>, signed: SignedIn) -> ApiResult<Response> {
    signed.may(Act::Curate)?;
    all(&app).await
}

/// Writes one anew, or goes back to the program's.
pub async fn write(
    State(app): State<App>,
    signed: SignedIn,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> ApiResult<Response> {
    let editor = signed.may(Act::Oversee)?.id;
    let (Request { lang, verdict, ground, version, text }, _) = read::<Request>(&headers, body, MAX_BODY)?;
    let template = Template::new(lang, verdict, ground)
        .ok_or_else(|| Problem::invalid_template("nothing is said like that"))?;
    if let Some(text) = &text {
        if text.trim().is_empty() {
            return Err(Problem::invalid_template("it needs words").into());
        }
        if text.chars().count() > limits::STATEMENT {
            return Err(Problem::invalid_template(format!("{} characters at most", limits::STATEMENT)).into());
        }
    }
    let written =
        app.store.write_template((template, version), text.as_deref(), editor, app.clock.now()).await;
    match written.map_err(Problem::from)? {
        TemplateWritten::Done => all(&app).await,
        TemplateWritten::Changed => {
            Err(Problem::conflict("changed", "It changed since you read it; read it again").into())
        }
    }
}

async fn all(app: &App) -> ApiResult<Response> {
    let stored = app.store.templates().await.map_err(Problem::from)?;
    let entries = Template::all().map(|template| {
        let found = stored.iter().find(|stored| stored.template == template);
        entry(template, found)
    });
    Ok(private(StatusCode::OK, &Templates { templates: entries.collect() }))
}

fn entry(template: Template, stored: Option<&StoredTemplate>) -> Entry {
    let own = stored.and_then(|stored| stored.text.clone());
    let Template { lang, verdict, ground } = template;
    Entry {
        lang,
        verdict,
        ground,
        is_own: own.is_some(),
        text: own.unwrap_or_else(|| first_words(template).to_owned()),
        version: stored.map_or(0, |stored| stored.version),
        changed_by: stored.map(|stored| stored.changed_by.clone()),
        changed_at: stored.map(|stored| rfc3339(stored.changed_at)),
    }
}
