//! The bytes of a page.

use std::sync::Arc;

use axum::http::{HeaderValue, StatusCode, header};
use weerklank::{document, routes::Route};
use weerklank_api::pages::{Envelope, Page};
use weerklank_domain::Lang;

use super::{Form, LoadError, PageKey, Seen, load};
use crate::{
    app::App,
    http::{Kept, kept::Effort},
};

/// Loads and draws the page of `key`.
pub async fn draw(app: &App, key: &PageKey, route: &Route) -> Result<Arc<Kept>, LoadError> {
    let seen = Seen { ui: key.ui, ui_in_path: key.ui_in_path, mirror: false };
    let page = load(app, key.edition, route, seen).await?;
    // There are more combinations of filters, pages and words than anyone reads twice.
    let effort = if key.url.contains('?') { Effort::Query } else { app.effort };
    let (app, key) = (app.clone(), key.clone());
    app.metrics.pages_drawn.inc();
    let drawn = tokio::task::spawn_blocking(move || Arc::new(keep(&app, &key, page, effort))).await;
    match drawn {
        Ok(kept) => Ok(kept),
        Err(stopped) => std::panic::resume_unwind(stopped.into_panic()),
    }
}

/// Draws a page that has no data, and is not kept: not found, or a failure of ours.
pub fn draw_error(app: &App, ui: Lang, ui_in_path: bool, form: Form, url: &str, page: Page) -> Kept {
    let key = PageKey { edition: app.edition(), ui, ui_in_path, form, url: url.to_owned() };
    let body = body(app, &key, page);
    Kept::with_codings(body.1.into(), None, None)
        .status(body.0)
        .static_header(header::CONTENT_TYPE, content_type(form))
        .static_header(header::CACHE_CONTROL, "no-store")
}

fn keep(app: &App, key: &PageKey, page: Page, effort: Effort) -> Kept {
    let (status, body) = body(app, key, page);
    // Revalidated each time: a strong ETag makes that one short answer, and a change shows at once.
    let cache = "public, no-cache";
    let vary = if key.ui_in_path { "accept-encoding" } else { "accept-encoding, accept-language" };
    Kept::compressed(body, effort)
        .status(status)
        .static_header(header::CONTENT_TYPE, content_type(key.form))
        .static_header(header::CACHE_CONTROL, cache)
        .static_header(header::VARY, vary)
        .header(header::CONTENT_LANGUAGE, HeaderValue::from_static(key.ui.as_str()))
}

fn content_type(form: Form) -> &'static str {
    match form {
        Form::Html => "text/html; charset=utf-8",
        Form::Data => "application/json",
    }
}

fn body(app: &App, key: &PageKey, page: Page) -> (StatusCode, String) {
    let status = match &page {
        Page::NotFound => StatusCode::NOT_FOUND,
        Page::Gone(_) => StatusCode::GONE,
        Page::Failure(failure) if failure.passing => StatusCode::SERVICE_UNAVAILABLE,
        Page::Failure(_) => StatusCode::INTERNAL_SERVER_ERROR,
        _ => StatusCode::OK,
    };
    let envelope = envelope(app, key, page, false);
    let body = match key.form {
        Form::Html => html(app, &envelope),
        Form::Data => serde_json::to_string(&envelope).expect("a page has only strings for keys"),
    };
    (status, body)
}

/// A page with what every page needs.
pub fn envelope(app: &App, key: &PageKey, page: Page, mirror: bool) -> Envelope {
    Envelope {
        ui: key.ui,
        ui_in_path: key.ui_in_path,
        url: key.url.clone(),
        origin: app.public_url.as_str().to_owned(),
        mirror,
        takes: app.guard.config.is_open && !mirror,
        build: app.assets.build.clone(),
        page,
    }
}

/// A whole document.
pub fn html(app: &App, envelope: &Envelope) -> String {
    document::html(envelope, if envelope.mirror { &app.assets.mirror } else { &app.assets.document })
}

/// The canonical address of a path that has no page: only what is safe to show and link.
pub fn shown_url(path: &str) -> String {
    let safe = path.starts_with('/')
        && path.len() <= 200
        && path.bytes().all(|b| b.is_ascii_alphanumeric() || b"/-_.".contains(&b));
    if safe && !path.contains("//") { path.to_owned() } else { Route::home().url() }
}
