//! What surrounds every request: its id, its line in the log, its place in the metrics, the safety
//! headers, and the form that an error takes.

use std::{
    borrow::Cow,
    sync::atomic::{AtomicU64, Ordering},
    time::Instant,
};

use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderName, HeaderValue},
    middleware::Next,
    response::Response,
};

use crate::app::App;

/// Names a request in the log, on the error page and in the problem document: 16 hex digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RequestId(u64);

impl RequestId {
    /// Unique within a process, and by the seed most likely over all of them; it is no secret.
    fn next(seed: u64) -> Self {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        // SplitMix64's finaliser: consecutive ids that do not look alike are easier to tell apart.
        let mut id = seed ^ count.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        id = (id ^ (id >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        id = (id ^ (id >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        Self(id ^ (id >> 31))
    }
}

impl std::fmt::Display for RequestId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// What a response counts as in the metrics, where the router has no pattern for it.
#[derive(Debug, Clone, Copy)]
pub struct RouteName(pub &'static str);

/// Wraps a request.
pub async fn wrap(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let id = RequestId::next(app.id_seed);
    let started = Instant::now();
    request.extensions_mut().insert(id);
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let path = tracing::enabled!(tracing::Level::DEBUG).then(|| shown(request.uri().path()).to_owned());

    let mut response = next.run(request).await;

    let status = response.status();
    let route = match (response.extensions().get::<RouteName>(), route) {
        (Some(name), _) => Cow::Borrowed(name.0),
        (None, Some(route)) => Cow::Owned(route.as_str().to_owned()),
        (None, None) => Cow::Borrowed("none"),
    };
    if let Some(path) = path {
        tracing::debug!(%id, %method, path, status = status.as_u16(), micros = micros(started), "request");
    }
    if status.is_server_error() {
        tracing::error!(%id, %method, %route, status = status.as_u16(), micros = micros(started), "request failed");
    }
    app.metrics.request(route, status, started.elapsed());
    let headers = response.headers_mut();
    app.security.apply(headers);
    if let Ok(value) = HeaderValue::from_str(&id.to_string()) {
        headers.insert(HeaderName::from_static("x-request-id"), value);
    }
    response
}

/// A path as the log may show it: what comes after these opens what somebody sent.
fn shown(path: &str) -> &str {
    let before = ["/mine/", "/experiences/", "/set-up/", "/said/", "/reply/", "/feedback/", "/i/"];
    let secret = before.iter().find_map(|before| path.find(before).map(|at| at + before.len()));
    secret.map_or(path, |end| &path[..end])
}

fn micros(started: Instant) -> u64 {
    u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_log_opens_what_somebody_sent() {
        for (path, expected) in [
            ("/mine/geheim", "/mine/"),
            ("/en/mine/geheim/change", "/en/mine/"),
            ("/mine/geheim/", "/mine/"),
            ("/api/v1/experiences/geheim", "/api/v1/experiences/"),
            ("/desk/set-up/geheim", "/desk/set-up/"),
            ("/api/v1/desk/set-up/geheim", "/api/v1/desk/set-up/"),
            ("/en/said/geheim", "/en/said/"),
            ("/reply/geheim", "/reply/"),
            ("/api/v1/feedback/geheim", "/api/v1/feedback/"),
            ("/api/v1/sites/openbaar/feedback", "/api/v1/sites/openbaar/feedback"),
            ("/i/geheim", "/i/"),
            ("/columns/mine", "/columns/mine"),
        ] {
            assert_eq!(shown(path), expected);
        }
    }

    #[test]
    fn ids_do_not_repeat() {
        let ids: std::collections::HashSet<String> =
            (0..1000).map(|_| RequestId::next(7).to_string()).collect();
        assert_eq!(ids.len(), 1000);
        assert!(ids.iter().all(|id| id.len() == 16));
    }
}
