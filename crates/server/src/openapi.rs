//! The OpenAPI document: made from the handlers and types themselves.

use std::sync::OnceLock;

use axum::{http::HeaderMap, response::Response};
use utoipa::OpenApi;

use crate::{
    http::{Kept, kept::Effort},
    routes::{answer, api_columns, api_search},
};

pub const PATH: &str = "/api/openapi.json";

/// Served at [`PATH`] and printed by `weerklank openapi`.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Weerklank",
        description = "Columns about customer experiences. Errors are `application/problem+json` (RFC 9457) \
                       with a stable `code`; lists page by cursor.",
        license(name = "EUPL-1.2")
    ),
    paths(api_columns::list, api_columns::one, api_search::search)
)]
struct Document;

/// The document, as people like to read it.
pub fn document() -> String {
    let mut text = Document::openapi().to_pretty_json().expect("the document is made of strings");
    text.push('\n');
    text
}

pub async fn serve(headers: HeaderMap) -> Response {
    static KEPT: OnceLock<Kept> = OnceLock::new();
    KEPT.get_or_init(|| answer::json(&Document::openapi(), Effort::Change)).respond(&headers)
}
