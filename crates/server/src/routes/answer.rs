//! What the API's answers have in common.

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::{
    http::{RequestId, conditional},
    problem::Problem,
};

/// A handler's answer. The problem's request id is filled in by [`problems`].
pub type ApiResult<T> = Result<T, Refusal>;

/// A problem on its way out.
#[derive(Debug)]
pub struct Refusal(Problem);

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        Self(problem)
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = self.0.status().into_response();
        response.extensions_mut().insert(std::sync::Arc::new(self.0));
        response
    }
}

/// Gives every refusal of the API its body, with the id of the request that the log names too.
pub async fn problems(request: Request, next: Next) -> Response {
    let id = request.extensions().get::<RequestId>().map(ToString::to_string).unwrap_or_default();
    let response = next.run(request).await;
    let known = response.extensions().get::<std::sync::Arc<Problem>>().map(|problem| Problem::clone(problem));
    let mut problem = match known {
        Some(problem) => problem,
        None if response.status() == StatusCode::METHOD_NOT_ALLOWED => Problem::method_not_allowed(),
        None => return response,
    };
    let allow = response.headers().get(header::ALLOW).cloned();
    problem.request_id = id;
    let mut answer = problem.into_response();
    if let Some(allow) = allow {
        answer.headers_mut().insert(header::ALLOW, allow);
    }
    answer
}

/// Parses a query; unknown keys are ignored, an empty value counts as absent, of a doubled key the
/// last counts. All values are texts, but for `limit`.
pub fn query<T: DeserializeOwned>(raw: Option<&str>) -> Result<T, Problem> {
    let mut pairs = serde_json::Map::new();
    for (key, value) in form_urlencoded::parse(raw.unwrap_or_default().as_bytes()).take(32) {
        let value = match (&*key, value.parse::<u32>()) {
            (_, Err(_)) if value.is_empty() => continue,
            ("limit", Ok(number)) => number.into(),
            _ => Value::from(value),
        };
        pairs.insert(key.into_owned(), value);
    }
    let limit = pairs.get("limit").and_then(Value::as_str).map(ToOwned::to_owned);
    serde_json::from_value(pairs.into()).map_err(|error| match limit {
        Some(limit) => Problem::invalid_parameter("limit", format!("`{limit}` is not a number")),
        None => Problem::invalid_parameter("query", error),
    })
}

/// A JSON answer with a strong validator; kept nowhere without asking again.
pub fn answer(body: &impl Serialize, request: &HeaderMap) -> Response {
    let body = match serde_json::to_vec(body) {
        Ok(body) => body,
        Err(error) => {
            tracing::error!(%error, "an answer could not be written");
            return Refusal(Problem::internal()).into_response();
        }
    };
    let etag =
        HeaderValue::from_str(&format!("\"{}\"", conditional::tag_of(&body))).expect("a tag is base64url");
    let headers = [
        (header::ETAG, etag.clone()),
        (header::CACHE_CONTROL, HeaderValue::from_static("public, no-cache")),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")),
    ];
    if conditional::none_match(request, &etag) {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    let content_type = [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))];
    (headers, content_type, body).into_response()
}
