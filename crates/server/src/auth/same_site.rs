//! Nothing is written for a session on the word of another site.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, Method, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::{app::App, problem::Problem, routes::answer::Refusal};

/// Lets a write pass only where the browser says that it comes from a page of this board. The cookie
/// is `SameSite=Strict` besides; either alone would do.
pub async fn same_site(State(app): State<App>, request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if reads || is_own(request.headers(), app.public_url.as_str()) {
        return next.run(request).await;
    }
    Refusal::from(Problem::cross_site()).into_response()
}

/// `Sec-Fetch-Site` is set by the browser alone (Fetch Metadata); where there is none, `Origin` has to be
/// ours: as the operator calls it, or as the request calls this host.
pub fn is_own(headers: &HeaderMap, origin: &str) -> bool {
    let text = |name: header::HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    match text(header::HeaderName::from_static("sec-fetch-site")) {
        Some(site) => site == "same-origin",
        None => match (text(header::ORIGIN), text(header::HOST)) {
            (Some(found), host) => {
                let of_host = |host: &str| {
                    ["https://", "http://"].iter().any(|scheme| found.strip_prefix(scheme) == Some(host))
                };
                found == origin || host.is_some_and(of_host)
            }
            // A browser sends one with every write; a program has no cookie to be misused.
            (None, _) => false,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_page_of_the_board_may_write() {
        let own = |pairs: &[(&'static str, &'static str)]| {
            let headers = pairs.iter().map(|(name, value)| {
                (header::HeaderName::from_static(name), header::HeaderValue::from_static(value))
            });
            is_own(&headers.collect(), "https://board.example")
        };
        assert!(own(&[("sec-fetch-site", "same-origin")]));
        assert!(own(&[("sec-fetch-site", "same-origin"), ("origin", "http://127.0.0.1:8080")]));
        assert!(own(&[("origin", "https://board.example")]));
        assert!(own(&[("origin", "http://localhost:8080"), ("host", "localhost:8080")]));
        for wrong in [
            &[][..],
            &[("sec-fetch-site", "same-site")],
            &[("sec-fetch-site", "cross-site"), ("origin", "https://board.example")],
            &[("sec-fetch-site", "none")],
            &[("origin", "null")],
            &[("origin", "null"), ("host", "null")],
            &[("origin", "https://evil.example"), ("host", "board.example")],
            &[("origin", "https://board.example.evil.example"), ("host", "board.example")],
            &[("origin", "http://board.example")],
            &[("host", "board.example")],
        ] {
            assert!(!own(wrong), "{wrong:?}");
        }
    }
}
