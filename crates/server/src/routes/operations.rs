//! What an operator's tools ask: alive, ready, how much.

use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};

use super::answer::ApiResult;
use crate::{app::App, problem::Problem};

const UNCACHED: [(header::HeaderName, &str); 2] =
    [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "no-store")];

/// The process answers.
pub async fn health() -> Response {
    (UNCACHED, "ok\n").into_response()
}

/// The database answers and has every migration, and pages show its present state.
pub async fn ready(State(app): State<App>) -> ApiResult<Response> {
    match app.store.ready().await {
        Ok(()) => Ok((UNCACHED, "ready\n").into_response()),
        Err(error) => Err(Problem::not_ready(&error).into()),
    }
}

/// Prometheus' text format. It holds no personal data, but is best kept inside (docs/self-hosting.md).
pub async fn metrics(State(app): State<App>) -> Response {
    let content_type = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    ([(header::CONTENT_TYPE, content_type), (header::CACHE_CONTROL, "no-store")], app.metrics.encode())
        .into_response()
}
