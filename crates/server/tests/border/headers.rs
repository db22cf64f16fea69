use std::io::Read;

use axum::http::HeaderMap;
use base64::{Engine as _, prelude::BASE64_STANDARD};
use sha2::{Digest as _, Sha256};
use weerklank::routes::localised;
use weerklank_domain::Lang;
use weerklank_server::assets::Assets;
use weerklank_test_support::{
    app::{ORIGIN, TestApp, TestResponse},
    database::TestDatabase,
};

use crate::{html::elements, one_of_each_status, sample_routes};

/// Everything that answers besides pages.
const OTHERS: [&str; 11] = [
    "/feed.atom",
    "/feed.json",
    "/sitemap.xml",
    "/robots.txt",
    "/healthz",
    "/readyz",
    "/metrics",
    "/api/openapi.json",
    "/api/v1/columns",
    "/api/v1/columns/retour-in-elf-stappen",
    "/api/v1/search?q=lamp",
];

const BOARD: &str = "/board-0123456789abcdef.js";

/// A board with the samples and some built files.
async fn board(origin: &str) -> TestApp {
    let folder = tempfile::tempdir().unwrap();
    let script = "console.log('weerklank');\n".repeat(40);
    for (name, content) in [
        (
            "index.html",
            format!("<html><head><script type=\"module\" src=\"{BOARD}\"></script></head></html>"),
        ),
        (&BOARD[1..], script.clone()),
        ("icon.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>".to_owned()),
    ] {
        std::fs::write(folder.path().join(name), content).unwrap();
    }
    let mut brotli = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams::default();
    brotli::BrotliCompress(&mut script.as_bytes(), &mut brotli, &parameters).unwrap();
    std::fs::write(folder.path().join(format!("{BOARD}.br").trim_start_matches('/')), brotli).unwrap();
    let assets = Assets::load(Some(folder.path())).unwrap();
    let app = TestApp::with_assets(TestDatabase::sqlite().await, assets, origin).await;
    app.store(&weerklank_server::samples::samples().unwrap()).await;
    app.store(&one_of_each_status()).await;
    app
}

/// What a compressed answer holds.
fn plain(answer: &TestResponse) -> Vec<u8> {
    let mut plain = Vec::new();
    let mut decoder: Box<dyn Read> = match answer.header("content-encoding") {
        "br" => Box::new(brotli::Decompressor::new(&answer.body[..], 4096)),
        "gzip" => Box::new(flate2::read::GzDecoder::new(&answer.body[..])),
        other => panic!("nobody asked for {other}"),
    };
    decoder.read_to_end(&mut plain).unwrap();
    plain
}

#[tokio::test]
async fn each_coding_has_its_own_strong_validator() {
    let app = board(ORIGIN).await;
    let column = "/columns/retour-in-elf-stappen";
    for url in [
        "/",
        column,
        &format!("{column}/page.json"),
        "/search?q=lamp",
        "/feed.atom",
        "/feed.json",
        "/sitemap.xml",
        "/api/openapi.json",
        "/api/v1/columns",
        "/api/v1/columns/retour-in-elf-stappen",
        "/api/v1/search?q=lamp",
        BOARD,
    ] {
        let identity = app.get(url).await;
        assert!(!identity.headers.contains_key("content-encoding"), "{url}");
        let mut tags = vec![identity.header("etag").to_owned()];
        for (accept, coding) in [
            ("br", "br"),
            ("gzip, deflate, br, zstd", "br"),
            ("gzip", "gzip"),
            ("br;q=0, gzip;q=0.5", "gzip"),
        ] {
            // The build laid only a brotli form beside this one.
            if url == BOARD && coding == "gzip" {
                continue;
            }
            let answer = app.get_with(url, &[("accept-encoding", accept)]).await;
            assert_eq!(answer.header("content-encoding"), coding, "{url} {accept}");
            assert!(answer.header("vary").contains("accept-encoding"), "{url}");
            assert!(answer.body.len() < identity.body.len());
            assert_eq!(plain(&answer), identity.body, "{url}: compressed once and whole");
            tags.push(answer.header("etag").to_owned());
            let again = app
                .get_with(url, &[("accept-encoding", accept), ("if-none-match", answer.header("etag"))])
                .await;
            assert_eq!((again.status.as_u16(), again.body.len()), (304, 0), "{url} {accept}");
            for name in ["etag", "cache-control", "vary"] {
                assert_eq!(again.header(name), answer.header(name), "{url} {name}");
            }
            assert!(
                !again.headers.contains_key("content-encoding")
                    && !again.headers.contains_key("content-type")
            );
            let other = app.get_with(url, &[("if-none-match", answer.header("etag"))]).await;
            assert_eq!(other.status, 200, "{url}: a tag of another coding");
        }
        assert!(tags.iter().all(|tag| tag.starts_with('"') && tag.ends_with('"')), "{tags:?}");
        tags.dedup();
        assert!(tags.len() >= 2, "{url} {tags:?}");
    }
    for url in ["/columns/niemand", "/columns/een-withdrawn"] {
        let answer = app.get_with(url, &[("if-none-match", "*")]).await;
        assert!(answer.status.is_client_error(), "{url}: an error is never unchanged");
    }
}

#[tokio::test]
async fn each_kind_is_kept_as_long_as_it_holds() {
    let app = board(ORIGIN).await;
    for (url, kept) in [
        ("/", "public, no-cache"),
        ("/columns/retour-in-elf-stappen/page.json", "public, no-cache"),
        ("/columns/een-withdrawn", "public, no-cache"),
        ("/api/v1/columns", "public, no-cache"),
        ("/api/v1/columns/retour-in-elf-stappen", "public, no-cache"),
        ("/api/v1/search?q=lamp", "public, no-cache"),
        ("/api/openapi.json", "public, no-cache"),
        ("/onbekend", "no-store"),
        ("/api/v1/onbekend", "no-store"),
        ("/readyz", "no-store"),
        ("/healthz", "no-store"),
        ("/metrics", "no-store"),
        ("/feed.atom", "public, max-age=300"),
        ("/sitemap.xml", "public, max-age=3600"),
        ("/robots.txt", "public, max-age=3600"),
        ("/icon.svg", "public, max-age=3600"),
        (BOARD, "public, max-age=31536000, immutable"),
    ] {
        assert_eq!(app.get(url).await.header("cache-control"), kept, "{url}");
    }
}

/// Every answer of every kind, errors and redirects among them.
async fn every_kind_of_answer(app: &TestApp) -> Vec<(String, HeaderMap)> {
    let mut answers = Vec::new();
    for url in [
        "/",
        "/columns/retour-in-elf-stappen",
        "/search?q=x",
        "/page.json",
        "/onbekend",
        "/%ff",
        "/shops/",
        "/columns/een-withdrawn",
        "/api/v1/columns/niemand",
        "/api/v1/columns?limit=0",
        BOARD,
    ]
    .iter()
    .chain(&OTHERS)
    {
        for (method, header) in [
            ("GET", ("accept-encoding", "br")),
            ("HEAD", ("accept", "*/*")),
            ("GET", ("if-none-match", "*")),
            ("POST", ("origin", "https://evil.example")),
            ("OPTIONS", ("access-control-request-method", "PUT")),
            ("TRACE", ("accept", "*/*")),
        ] {
            let answer = app.send(method, url, &[header]).await;
            answers.push((format!("{method} {url} {}", answer.status), answer.headers));
        }
    }
    for status in ["200", "304", "308", "400", "404", "405", "410"] {
        assert!(
            answers.iter().any(|(what, _)| what.contains(&format!(" {status} "))),
            "no {status} among them"
        );
    }
    answers
}

#[tokio::test]
async fn every_answer_keeps_to_itself() {
    let app = board(ORIGIN).await;
    let html = app.get("/").await.text();
    let styles: Vec<_> = elements(&html).into_iter().filter(|element| element.name == "style").collect();
    assert_eq!(styles.len(), 1);
    let style = BASE64_STANDARD.encode(Sha256::digest(&styles[0].text));
    let policy = format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'sha256-{style}'; img-src 'self'; \
         font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; \
         frame-ancestors 'none'"
    );
    for (what, headers) in every_kind_of_answer(&app).await {
        for (name, value) in [
            ("content-security-policy", policy.as_str()),
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "strict-origin-when-cross-origin"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            ("strict-transport-security", "max-age=31536000; includeSubDomains"),
        ] {
            assert_eq!(headers.get(name).map(|value| value.to_str().unwrap()), Some(value), "{what}: {name}");
        }
        assert!(headers["permissions-policy"].to_str().unwrap().contains("camera=()"), "{what}");
        assert!(!headers.contains_key("set-cookie"), "{what}");
        assert_eq!(headers["x-request-id"].len(), 16, "{what}");
    }
    let unencrypted = board("http://127.0.0.1:8080").await.get("/").await;
    assert!(!unencrypted.headers.contains_key("strict-transport-security"));
}

#[tokio::test]
async fn head_is_get_without_a_body() {
    let app = board(ORIGIN).await;
    let pages = sample_routes().into_iter().map(|route| localised(&route.url(), Some(Lang::En)));
    let others = OTHERS.iter().chain(&[BOARD, "/onbekend", "/shops/"]).map(ToString::to_string);
    for url in pages.chain(others) {
        let accept = [("accept-encoding", "br")];
        let (get, head) = (app.get_with(&url, &accept).await, app.send("HEAD", &url, &accept).await);
        assert_eq!((head.status, head.body.len()), (get.status, 0), "{url}");
        for name in [
            "content-type",
            "etag",
            "cache-control",
            "vary",
            "content-encoding",
            "location",
            "content-language",
        ] {
            assert_eq!(head.headers.get(name), get.headers.get(name), "{url} {name}");
        }
        // Metrics count the request that asks for them.
        if let Some(length) = head.headers.get("content-length").filter(|_| url != "/metrics") {
            assert_eq!(length.to_str().unwrap(), get.body.len().to_string(), "{url}");
        }
    }
}

#[tokio::test]
async fn scripts_of_any_origin_read_the_api() {
    let app = board(ORIGIN).await;
    let tag = app.get("/api/v1/columns").await.header("etag").to_owned();
    let there = [("origin", "https://elsewhere.example")];
    for (url, extra, status) in [
        ("/api/v1/columns", None, 200),
        ("/api/v1/columns", Some(("if-none-match", tag.as_str())), 304),
        ("/api/openapi.json", None, 200),
        ("/api/v1/columns/niemand", None, 404),
        ("/api/v1/search", None, 400),
    ] {
        let headers: Vec<_> = there.into_iter().chain(extra).collect();
        let answer = app.get_with(url, &headers).await;
        assert_eq!(
            (answer.status.as_u16(), answer.header("access-control-allow-origin")),
            (status, "*"),
            "{url}"
        );
        let exposed = answer.header("access-control-expose-headers");
        assert!(exposed.contains("ETag") && exposed.contains("X-Request-Id"), "{url}: {exposed}");
        let ask = [
            ("origin", "https://elsewhere.example"),
            ("access-control-request-method", "GET"),
            ("access-control-request-headers", "if-none-match"),
        ];
        let may = app.send("OPTIONS", url, &ask).await;
        assert_eq!((may.status.as_u16(), may.body.len()), (204, 0), "{url}");
        for (name, value) in [
            ("access-control-allow-origin", "*"),
            ("access-control-allow-methods", "GET, HEAD"),
            ("access-control-allow-headers", "If-None-Match"),
        ] {
            assert_eq!(may.header(name), value, "{url}");
        }
    }
    for url in ["/", "/metrics"] {
        assert!(
            !app.get_with(url, &there).await.headers.contains_key("access-control-allow-origin"),
            "{url}"
        );
    }
}

#[tokio::test]
async fn nothing_here_takes_another_method() {
    let app = board(ORIGIN).await;
    let pages = sample_routes().into_iter().map(|route| route.url());
    for url in pages.chain(OTHERS.map(str::to_owned)).chain(["/onbekend".to_owned(), BOARD.to_owned()]) {
        for method in ["POST", "PUT", "PATCH", "DELETE", "TRACE", "OPTIONS", "BREW"] {
            let answer = app.send(method, &url, &[]).await;
            assert_eq!(answer.status, 405, "{method} {url}");
            let allowed: Vec<&str> = answer.header("allow").split(',').map(str::trim).collect();
            assert_eq!(allowed, ["GET", "HEAD"], "{method} {url}");
            assert_eq!(answer.header("content-type"), "application/problem+json");
            let problem = answer.json();
            assert_eq!(
                (&problem["code"], &problem["request_id"]),
                (&"method-not-allowed".into(), &answer.header("x-request-id").into())
            );
        }
    }
}
