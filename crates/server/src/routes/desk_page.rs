//! The page of the desk: one document for all of its addresses, which the browser fills; and the files
//! that it is filled with.

use axum::{
    extract::State,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use weerklank::{document, routes::DeskRoute};

use crate::{app::App, http::language};

/// What is shown here needs a browser that runs scripts, and says so to one that does not.
pub async fn show(State(app): State<App>, uri: Uri, headers: HeaderMap) -> Response {
    if let Some(file) = app.assets.get(uri.path()) {
        return file.respond(&headers);
    }
    // Two programs, so that nobody who decides downloads what writing takes.
    let is_beside = DeskRoute::parse(uri.path(), "").is_some_and(|route| route.is_beside_deciding());
    let assets = if is_beside { &app.assets.columns } else { &app.assets.desk };
    let html = document::desk(language::negotiate(&headers), assets);
    let policy = format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'sha256-{}' 'sha256-{}'; \
         img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; \
         frame-ancestors 'none'",
        document::css_sha256_base64(),
        document::desk_css_sha256_base64()
    );
    let policy = HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static("default-src 'none'"));
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
        // A set-up link must not be told to anyone.
        (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
        (header::VARY, HeaderValue::from_static("accept-language")),
        (header::CONTENT_SECURITY_POLICY, policy),
        (HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex")),
    ];
    (StatusCode::OK, headers, html).into_response()
}
