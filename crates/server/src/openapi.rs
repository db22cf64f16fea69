//! The OpenAPI document: made from the handlers and types themselves.

use std::sync::OnceLock;

use axum::{http::HeaderMap, response::Response};
use utoipa::{
    Modify, OpenApi,
    openapi::{
        Content, Ref, Response as Described, ResponseBuilder,
        header::Header,
        security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};

use crate::{
    http::{Kept, kept::Effort},
    routes::{
        answer, api_challenge, api_columns, api_experiences, api_feedback, api_scores, api_search, api_voice,
    },
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
    paths(
        api_columns::list,
        api_columns::one,
        api_search::search,
        api_challenge::challenge,
        api_experiences::send,
        api_experiences::show,
        api_experiences::change,
        api_experiences::erase,
        api_voice::comment,
        api_voice::react,
        api_voice::take_back,
        api_voice::report,
        api_feedback::give,
        api_feedback::add,
        api_scores::list,
        api_scores::scores,
    ),
    modifiers(&Everywhere)
)]
struct Document;

/// What every request of the API may be answered with.
struct Everywhere;

impl Modify for Everywhere {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let unchanged = ResponseBuilder::new()
            .description("Nothing changed since the answer whose `ETag` stands in `If-None-Match`")
            .header("ETag", Header::default());
        let mut unavailable = problem("`database-unavailable`: try again after `Retry-After` seconds");
        unavailable.headers.insert("Retry-After".to_owned(), Header::default());
        let answers = [("304", unchanged.build()), ("500", problem("`internal`")), ("503", unavailable)];
        let key = SecurityScheme::Http(
            HttpBuilder::new()
                .scheme(HttpAuthScheme::Bearer)
                .description(Some("Of a shop: `weerklank shop add` prints it once"))
                .build(),
        );
        document.components.get_or_insert_default().add_security_scheme("api_key", key);
        for (address, path) in &mut document.paths.paths {
            // What belongs to one person is kept nowhere, and so never unchanged.
            let is_own = address.starts_with(weerklank_api::experiences::PATH)
                || [
                    weerklank_api::challenge::PATH,
                    weerklank_api::comments::PATH,
                    weerklank_api::reactions::PATH,
                    weerklank_api::reports::PATH,
                    weerklank_api::site_feedback::PATH,
                    weerklank_api::own_feedback::PATH,
                    weerklank_api::feedback::PATH,
                    weerklank_api::scores::PATH,
                ]
                .contains(&address.as_str());
            let operations = [&mut path.get, &mut path.post, &mut path.patch, &mut path.delete];
            for operation in operations.into_iter().filter_map(Option::as_mut) {
                for (status, answer) in answers.iter().filter(|(status, _)| !(is_own && *status == "304")) {
                    operation.responses.responses.insert((*status).to_owned(), answer.clone().into());
                }
            }
        }
    }
}

fn problem(description: &str) -> Described {
    let body = Content::new(Some(Ref::from_schema_name("Problem")));
    ResponseBuilder::new().description(description).content("application/problem+json", body).build()
}

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
