//! The pages that the server's is measured against, behind a port of their own.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, ensure};
use axum::Router;
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::response::IntoResponse;
use serde_json::json;
use weerklank_test_support::browser::{Browser, Setting};

/// Their addresses.
pub struct Site {
    /// The column's text and nothing else: no picture above it, no style, no script.
    pub bare: String,
    /// The same with the picture, which on the page is the largest thing to be seen.
    pub pictured: String,
    /// The page's own document without its markup: what is to be read comes by script.
    pub shell: String,
}

type Files = HashMap<String, (String, Vec<u8>, bool)>;

impl Site {
    /// Makes them from a page of the server at `origin`, and serves them with the built files of
    /// `dist`, compressed as the server sends them.
    pub async fn beside(origin: &str, path: &str, dist: &Path) -> anyhow::Result<Self> {
        let slug = path.rsplit('/').next().unwrap_or_default();
        let document = fetch(origin, path).await?;
        let column: serde_json::Value =
            serde_json::from_str(&fetch(origin, &format!("/api/v1/columns/{slug}")).await?)?;
        let html = column["html"].as_str().context("the column has its text as HTML")?;
        let title = column["title"].as_str().context("the column has a title")?;

        let picture = document
            .split_once("<img ")
            .and_then(|(_, rest)| rest.split_once('>'))
            .map(|(attributes, _)| format!("<img {attributes}>"))
            .context("the page has a picture")?;

        let mut files = built(dist)?;
        let bare = |picture: &str| {
            format!(
                "<!doctype html><html lang=\"nl\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
                 content=\"width=device-width, initial-scale=1\"><title>{title}</title></head>\
                 <body><h1>{title}</h1>{picture}{html}</body></html>"
            )
        };
        let pages = [("/bare", bare("")), ("/pictured", bare(&picture)), ("/shell", shell(&document)?)];
        for (name, text) in pages {
            files.insert(name.to_owned(), ("text/html; charset=utf-8".to_owned(), brotli(&text)?, true));
        }
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let files = Arc::new(files);
        let app = Router::new().fallback(move |uri: Uri| {
            let files = Arc::clone(&files);
            async move { answer(&files, &uri) }
        });
        tokio::spawn(async move { axum::serve(listener, app).await });
        let page = |name: &str| format!("http://{address}/{name}");
        Ok(Self { bare: page("bare"), pictured: page("pictured"), shell: page("shell") })
    }
}

/// The document with nothing in `<div id="app">`. Style, data and links to the app stay: the shell
/// has all it needs to draw as soon as its code is there.
fn shell(document: &str) -> anyhow::Result<String> {
    const START: &str = "<div id=\"app\" class=\"sent\">";
    const END: &str = "</div><script type=\"application/json\" id=\"page\">";
    let (before, rest) = document.split_once(START).context("the page has a root")?;
    let (markup, after) = rest.split_once(END).context("the page carries its data")?;
    ensure!(markup.len() > 1_000, "the page is drawn by the server");
    Ok(format!("{before}{START}{END}{after}"))
}

fn answer(files: &Files, uri: &Uri) -> impl IntoResponse + use<> {
    let Some((kind, body, is_brotli)) = files.get(uri.path()).cloned() else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let mut response = ([(header::CONTENT_TYPE, kind)], body).into_response();
    if is_brotli {
        response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
    }
    response
}

/// The files that the build made, each in its smallest form.
fn built(dist: &Path) -> anyhow::Result<Files> {
    let mut files = Files::new();
    let mut folders = vec![dist.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).with_context(|| format!("no {}", folder.display()))? {
            let path = entry?.path();
            let kind = match path.extension().and_then(|extension| extension.to_str()) {
                _ if path.is_dir() => {
                    folders.push(path);
                    continue;
                }
                Some("br" | "gz") => continue,
                Some("js") => "text/javascript",
                Some("wasm") => "application/wasm",
                Some("woff2") => "font/woff2",
                Some("svg") => "image/svg+xml",
                Some("png") => "image/png",
                Some("webp") => "image/webp",
                Some("avif") => "image/avif",
                _ => "application/octet-stream",
            };
            let compressed = path.with_added_extension("br");
            let is_brotli = compressed.exists();
            let body = std::fs::read(if is_brotli { &compressed } else { &path })?;
            let name = path.strip_prefix(dist)?.to_str().context("a name in UTF-8")?;
            files.insert(format!("/{name}"), (kind.to_owned(), body, is_brotli));
        }
    }
    Ok(files)
}

/// A text of the server, by the browser that is there anyway.
async fn fetch(origin: &str, path: &str) -> anyhow::Result<String> {
    let browser = Browser::open(Setting::default()).await;
    browser.goto(&format!("{origin}/healthz")).await;
    let text = browser.run_async("return await (await fetch(argument)).text()", json!(path)).await;
    let _ = browser.complaints().await;
    browser.finish().await;
    Ok(text.as_str().context("an answer")?.to_owned())
}

fn brotli(text: &str) -> anyhow::Result<Vec<u8>> {
    let mut compressed = Vec::new();
    brotli::BrotliCompress(
        &mut text.as_bytes(),
        &mut compressed,
        &brotli::enc::BrotliEncoderParams::default(),
    )?;
    Ok(compressed)
}
