//! What the API's answers have in common.

use std::sync::Arc;

use axum::{
    extract::Request,
    http::{HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use weerklank::routes;
use weerklank_domain::{ColumnFilter, Lang};

use crate::{
    app::App,
    http::{Kept, RequestId, kept::Effort},
    pages::{Form, PageKey},
    problem::Problem,
};

/// A handler's answer. The problem's request id is filled in by [`problems`].
pub type ApiResult<T> = Result<T, Refusal>;

/// A problem on its way out.
#[derive(Debug)]
pub struct Refusal(Problem);

impl Refusal {
    /// Whether it is of the same kind as a problem.
    pub fn is(&self, problem: &Problem) -> bool {
        self.0.code == problem.code
    }
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        Self(problem)
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = self.0.status().into_response();
        response.extensions_mut().insert(Arc::new(self.0));
        response
    }
}

/// Gives every refusal of the API its body, with the id of the request that the log names too.
pub async fn problems(request: Request, next: Next) -> Response {
    let id = request.extensions().get::<RequestId>().map(ToString::to_string).unwrap_or_default();
    let response = next.run(request).await;
    let known = response.extensions().get::<Arc<Problem>>().map(|problem| Problem::clone(problem));
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

/// There is no such endpoint, whatever the method.
pub async fn unknown() -> Refusal {
    Problem::not_found().into()
}

/// Lets scripts of any origin read what is public, headers and problems as well, and answers the
/// question that a browser asks before it sends `If-None-Match` (Fetch, 4.9: CORS-preflight fetch).
pub async fn any_origin(request: Request, next: Next) -> Response {
    let asks_first = request.method() == Method::OPTIONS
        && request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    let mut response =
        if asks_first { StatusCode::NO_CONTENT.into_response() } else { next.run(request).await };
    let told = if asks_first {
        &[
            (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD"),
            (header::ACCESS_CONTROL_ALLOW_HEADERS, "If-None-Match"),
            (header::ACCESS_CONTROL_MAX_AGE, "86400"),
        ][..]
    } else {
        &[(header::ACCESS_CONTROL_EXPOSE_HEADERS, "ETag, Retry-After, X-Request-Id")]
    };
    for (name, value) in [(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*")].iter().chain(told) {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
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

/// Bytes that are the same for everyone until the next edition: taken from the cache, or loaded and
/// then written and compressed beside the threads that answer requests.
///
/// `url` is the one address of the answer: it says everything that the answer depends on.
pub async fn kept<T, L, W>(app: &App, url: String, load: L, write: W) -> ApiResult<Arc<Kept>>
where
    T: Send + 'static,
    // On the heap: queries make long futures.
    L: Future<Output = Result<T, Problem>> + Unpin,
    W: FnOnce(&App, T) -> Kept + Send + 'static,
{
    let key = PageKey { edition: app.edition(), ui: Lang::Nl, ui_in_path: false, form: Form::Data, url };
    let make = async {
        let (loaded, app) = (load.await?, app.clone());
        match tokio::task::spawn_blocking(move || Arc::new(write(&app, loaded))).await {
            Ok(kept) => Ok::<_, Problem>(kept),
            Err(stopped) => std::panic::resume_unwind(stopped.into_panic()),
        }
    };
    Ok(app.cache.get_or_make(&key, make).await?)
}

/// A JSON answer to anyone, kept nowhere without asking again.
pub fn json(body: &impl Serialize, effort: Effort) -> Kept {
    let body = serde_json::to_vec(body).expect("answers are made of texts and numbers");
    Kept::compressed(body, effort)
        .static_header(header::CONTENT_TYPE, "application/json")
        .static_header(header::CACHE_CONTROL, "public, no-cache")
}

/// The one address of a filtered list, with what else it depends on; `None` is left out.
pub fn address(path: &str, filter: &ColumnFilter, more: &[(&str, Option<String>)]) -> String {
    let mut url = routes::feed(path, filter);
    for (key, value) in more {
        let Some(value) = value else { continue };
        url.push(if url.contains('?') { '&' } else { '?' });
        url.push_str(key);
        url.push('=');
        url.extend(form_urlencoded::byte_serialize(value.as_bytes()));
    }
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_all_that_an_answer_depends_on() {
        let filter = ColumnFilter { lang: Some(Lang::En), ..ColumnFilter::default() };
        let more = [("q", Some("a&limit=1".to_owned())), ("cursor", None), ("limit", Some("5".to_owned()))];
        assert_eq!(address("/x", &filter, &more), "/x?lang=en&q=a%26limit%3D1&limit=5");
        assert_eq!(address("/x", &ColumnFilter::default(), &more[1..]), "/x?limit=5");
    }
}
