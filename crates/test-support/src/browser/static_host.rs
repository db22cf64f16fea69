//! A folder behind a port, as any host of static files serves it.

use std::net::SocketAddr;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};
use tokio::net::TcpListener;
use tokio::task::AbortHandle;

/// Serves files until it goes: `index.html` of a folder, an address without its closing slash sent on
/// to the one with it, and `404.html` where nothing is. A query means nothing to it.
pub struct StaticHost {
    address: SocketAddr,
    task: AbortHandle,
}

struct Site {
    folder: PathBuf,
    /// A content security policy to add to every answer.
    policy: Option<String>,
}

impl StaticHost {
    pub async fn serve(folder: &Path, policy: Option<String>) -> Self {
        let site = Arc::new(Site { folder: folder.to_owned(), policy });
        let router = Router::new().fallback(answer).with_state(site);
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a free port");
        let address = listener.local_addr().expect("a bound socket has an address");
        let task = tokio::spawn(async move { axum::serve(listener, router).await }).abort_handle();
        Self { address, task }
    }

    /// The address of a path on this host.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }
}

impl Drop for StaticHost {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn answer(State(site): State<Arc<Site>>, uri: Uri) -> Response {
    let mut response = file(&site.folder, &uri);
    if let Some(policy) = &site.policy {
        let policy = policy.parse().expect("a policy is a header");
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

fn file(root: &Path, uri: &Uri) -> Response {
    let path = Path::new(uri.path().trim_start_matches('/'));
    let within = path.components().all(|part| matches!(part, Component::Normal(_)));
    let mut found = root.join(path);
    if within && found.is_dir() {
        if !uri.path().ends_with('/') {
            let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
            return Redirect::permanent(&format!("{}/{query}", uri.path())).into_response();
        }
        found.push("index.html");
    }
    match std::fs::read(&found) {
        Ok(body) if within => ([(header::CONTENT_TYPE, content_type(&found))], body).into_response(),
        _ => {
            let page = std::fs::read(root.join("404.html")).unwrap_or_default();
            (StatusCode::NOT_FOUND, [(header::CONTENT_TYPE, "text/html")], page).into_response()
        }
    }
}

fn content_type(file: &Path) -> &'static str {
    match file.extension().and_then(|ending| ending.to_str()) {
        Some("html") => "text/html",
        Some("js") => "text/javascript",
        Some("json") => "application/json",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}
