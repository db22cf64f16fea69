use weerklank_test_support::{
    app::{ORIGIN, TestApp},
    build::column,
    database::TestDatabase,
};

use crate::wire;

/// What someone tries who wants a file, another host or a fault; sent as it is.
const TRICKS: &[&str] = &[
    "/../etc/passwd",
    "/../../../../etc/passwd",
    "/..%2f..%2fetc/passwd",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "/..%252f..%252fetc/passwd",
    "/%c0%ae%c0%ae/etc/passwd",
    "/%c0%ae%c0%ae%c0%af",
    "/..%c0%afetc",
    "/..%5c..%5cwindows",
    "/..\\..\\windows",
    "/....//....//etc/passwd",
    "/.%00./etc/passwd",
    "/..;/etc/passwd",
    "/columns/../../Cargo.toml",
    "/columns/..%2f..%2fCargo.toml",
    "/columns/%2e%2e",
    "/columns/.",
    "/columns/..",
    "/columns/%00",
    "/columns/een%00.md",
    "/columns/een%2f..",
    "/columns/een/..",
    "/columns/een/../..",
    "/columns//een",
    "/columns/een%20",
    "/columns/Een",
    "/columns/%C3%A9",
    "/columns/%E2%80%AEeen",
    "/columns/een.md",
    "/columns/een/page.json/..",
    "/columns/een/../page.json",
    "/%2e/page.json",
    "/./page.json",
    "/fonts/../index.html",
    "/fonts/%2e%2e/index.html",
    "/index.html",
    "/.env",
    "/.git/config",
    "/weerklank.db",
    "/weerklank.toml",
    "/etc/passwd",
    "//etc/passwd",
    "///",
    "/%2f",
    "/%2F%2Fevil.example",
    "/%5c%5cevil.example",
    "/\\evil.example",
    "/;/x",
    "/%",
    "/%2",
    "/%zz",
    "/%%32%65",
    "/%ff",
    "/%ff/page.json",
    "/nl/../en",
    "/nl/%2e%2e/en",
    "/nl//evil.example/",
    "/en%2f..%2f",
    "/about/../x",
    "/about/%2e%2e",
    "/shops/%27%20OR%201=1--",
    "/search?q=%00",
    "/search?q=%ff%fe",
    "/search?q=%F0%9F",
    "/search?q=%22%27%5C%28",
    "/search?q=%2B%2B%2D%2D",
    "/search?q=*&page=1",
    "/search?q=a%3Ab+AND+OR+NOT",
    "/search?q=%5B*+TO+*%5D",
    "/search?q=%22",
    "/?moment=%00",
    "/?page=%00",
    "/?page=99999999999999999999",
    "/?shop=..%2f..",
    "/?=&&==&",
    "/?%",
    "/?%ff=%ff",
    "/feed.atom?shop=%00",
    "/feed.atom?limit=%ff",
    "/sitemap.xml?part=-1",
    "/api/v1/columns/..%2f..",
    "/api/v1/columns/%00",
    "/api/v1/columns?cursor=%00",
    "/api/v1/search?q=%00",
    "/api/../metrics",
    "/metrics%2f",
    "*",
    "http://evil.example/",
    "http://evil.example//x/",
];

async fn one_column() -> TestApp {
    let app = TestApp::new(TestDatabase::sqlite().await).await;
    app.store(&[column("een")]).await;
    app
}

#[tokio::test]
async fn tricks_with_paths_lead_nowhere() {
    let app = one_column().await;
    let server = app.listen().await;
    for trick in TRICKS {
        let answer = wire::get(server.address, trick.as_bytes()).await;
        let found = matches!(answer.status, 200 | 308);
        assert!(found || (400..500).contains(&answer.status), "{trick}: {}", answer.status);
        let body = String::from_utf8_lossy(&answer.body);
        for secret in ["root:", "[package]", "[core]", "SQLite format", "Host: board"] {
            assert!(!body.contains(secret), "{trick} shows {secret}");
        }
        // Whatever is found is a page of ours.
        assert!(
            answer.status != 200
                || body.contains("Weerklank")
                || body.contains(ORIGIN)
                || trick.starts_with("/api"),
            "{trick}: {body}"
        );
    }
}

#[tokio::test]
async fn a_redirect_stays_here() {
    let app = one_column().await;
    let server = app.listen().await;
    let mut redirected = 0;
    for host in ["evil.example", "evil.example/shops", "shops", "shops/een", "about", "@evil.example", ""] {
        for before in [
            "/",
            "//",
            "///",
            "/\\",
            "/%2f",
            "/%2f%2f",
            "/%5c",
            "/%09/",
            "/%0d%0a/",
            "/nl/",
            "/nl//",
            "/en/%2f",
            "/./",
            "/../",
            "/nl/../",
            "http://evil.example/",
            "http:/",
        ] {
            for after in [
                "/",
                "//",
                "/?x=//evil.example",
                "/%2f",
                "/%2e%2e/",
                "/?next=https://evil.example",
                "/page.json/",
            ] {
                let target = format!("{before}{host}{after}");
                let answer = wire::get(server.address, target.as_bytes()).await;
                assert!(answer.status < 500, "{target}: {}", answer.status);
                let Some(location) = answer.header("location") else { continue };
                redirected += 1;
                let address: axum::http::Uri = location.parse().unwrap();
                let second = location.as_bytes().get(1).copied();
                assert!(
                    location.starts_with('/')
                        && !matches!(second, Some(b'/' | b'\\'))
                        && address.host().is_none(),
                    "{target} leads to {location}"
                );
                assert!(wire::get(server.address, location.as_bytes()).await.status < 500);
            }
        }
    }
    assert!(redirected > 5, "some of these are pages with a slash too many");
}

#[tokio::test]
async fn line_ends_never_reach_the_head() {
    let app = one_column().await;
    let server = app.listen().await;
    let split = "%0d%0aset-cookie:%20a=b%0d%0a%0d%0a<script>";
    for target in [
        format!("/{split}"),
        format!("/shops/{split}/"),
        format!("/about/?{split}"),
        format!("/columns/een{split}"),
        format!("/?moment={split}"),
        format!("/search?q={split}"),
        format!("/feed.atom?shop={split}"),
        format!("/api/v1/columns?cursor={split}"),
        format!("/api/v1/columns/{split}"),
        "/about/%E5%98%8A%E5%98%8Dset-cookie:a=b/".to_owned(),
    ] {
        let answer = wire::get(server.address, target.as_bytes()).await;
        assert!(answer.status >= 200 && answer.status < 500, "{target}: {}", answer.status);
        let names: Vec<&str> =
            answer.head.lines().skip(1).filter_map(|line| Some(line.split_once(':')?.0)).collect();
        assert!(!names.iter().any(|name| name.eq_ignore_ascii_case("set-cookie")), "{target}: {names:?}");
    }
    let raw = b"/about/\r\nset-cookie: a=b\r\n";
    assert_eq!(wire::get(server.address, raw).await.header("set-cookie"), None);
}

#[tokio::test]
async fn a_page_is_a_function_of_its_address_alone() {
    let app = TestApp::with_samples(TestDatabase::sqlite().await).await;
    for url in [
        "/",
        "/columns/retour-in-elf-stappen",
        "/page.json",
        "/feed.atom",
        "/sitemap.xml",
        "/robots.txt",
        "/api/v1/columns",
        "/shops/",
    ] {
        let lies = [
            ("host", "evil.example"),
            ("x-forwarded-host", "evil.example"),
            ("x-forwarded-proto", "gopher"),
            ("x-forwarded-for", "127.0.0.1"),
            ("x-forwarded-prefix", "//evil.example"),
            ("x-original-url", "/metrics"),
            ("x-rewrite-url", "/metrics"),
            ("x-http-method-override", "DELETE"),
            ("forwarded", "host=evil.example;proto=http"),
            ("x-host", "evil.example"),
            ("origin", "https://evil.example"),
            ("referer", "https://evil.example"),
            ("cookie", "lang=en; session=1"),
            ("user-agent", "<script>"),
            ("range", "bytes=0-1"),
            ("accept", "application/json"),
        ];
        // With the lies first, so that a kept page would hold them; then without; then turned around.
        let told = app.get_with(url, &lies).await;
        let plain = app.get(url).await;
        let turned: Vec<_> = lies.iter().rev().copied().collect();
        let query = if url.contains('?') { "&" } else { "?" };
        let unkeyed = app.get(&format!("{url}{query}utm_source=evil.example&cb=1&__proto__=1")).await;
        for (other, what) in
            [(&told, "lies"), (&app.get_with(url, &turned).await, "turned"), (&unkeyed, "unkeyed")]
        {
            assert_eq!((other.status, &other.body), (plain.status, &plain.body), "{url}: {what}");
            for name in ["etag", "content-type", "content-language", "cache-control", "vary"] {
                assert_eq!(other.headers.get(name), plain.headers.get(name), "{url}: {what}: {name}");
            }
            assert!(!other.text().contains("evil.example"), "{url}");
        }
    }
}

#[tokio::test]
async fn too_much_is_refused_and_too_many_are_passed_over() {
    let app = one_column().await;
    let server = app.listen().await;
    let many: Vec<String> = (0..5_000).map(|number| format!("k{number}=v")).collect();
    for (target, statuses) in [
        (format!("/?{}", many.join("&")), &[200][..]),
        (format!("/search?q={}", "a".repeat(60_000)), &[200]),
        (format!("/search?q={}", "%F0%9F%8D%AB".repeat(4_000)), &[200]),
        (format!("/?{}", "a=b&".repeat(10_000)), &[200]),
        (format!("/?q={}", "a".repeat(70_000)), &[414, 431, 400]),
        (format!("/{}", "a/".repeat(20_000)), &[404]),
        (format!("/columns/{}", "a".repeat(10_000)), &[404]),
        (format!("/{}", "%2e%2e/".repeat(5_000)), &[404]),
    ] {
        let answer = wire::get(server.address, target.as_bytes()).await;
        assert!(statuses.contains(&answer.status), "{}…: {}", &target[..20], answer.status);
    }
    let headers: Vec<String> = (0..200).map(|number| format!("x-{number}: y")).collect();
    let request =
        format!("GET / HTTP/1.1\r\nHost: a\r\n{}\r\nConnection: close\r\n\r\n", headers.join("\r\n"));
    assert_eq!(wire::exchange(server.address, request.as_bytes()).await.status, 431);
    let long = format!("GET / HTTP/1.1\r\nHost: a\r\nx: {}\r\n\r\n", "y".repeat(1_000_000));
    assert_eq!(wire::exchange(server.address, long.as_bytes()).await.status, 431);
    for odd in [
        &b"GET / HTTP/9.9\r\n\r\n"[..],
        b"\xff\xfe\r\n\r\n",
        b"GET  /\r\n\r\n",
        b"GET / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\nConnection: close\r\n\r\n",
    ] {
        let status = wire::exchange(server.address, odd).await.status;
        assert!(status == 0 || (400..500).contains(&status), "{odd:?}: {status}");
    }
    assert_eq!(wire::get(server.address, b"/").await.status, 200, "and on it goes");
}
