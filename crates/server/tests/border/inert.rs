use weerklank::routes::Route;
use weerklank_api::pages::Page;
use weerklank_domain::{Column, FirstPublished, Guest, Image, SeriesPart};
use weerklank_test_support::{app::TestApp, build::column, database::TestDatabase};

use crate::{
    data_of,
    feeds::texts,
    html::{Element, elements, shape},
};

/// Texts that would run where a place forgot to escape; each has letters, so that it can be a name.
const SCRIPTS: &[&str] = &[
    "<script>xss()</script>",
    "</script><script>xss()</script>",
    "</ScRiPt ><img src=x onerror=xss()>",
    "</title></style></textarea><svg onload=xss()>",
    "\" onmouseover=\"xss()\" x=\"",
    "' onfocus='xss()' autofocus='",
    "`${xss()}`",
    "<!--<script>xss--><!><![CDATA[xss]]>",
    "]]><script>xss()</script>",
    "&lt;script&gt;xss()&lt;/script&gt;",
    "{{xss}}{%xss%}<%= xss %>",
    "javascript:xss()",
    "\\\"}};xss();//",
    "\u{2028}xss()\u{2029}</script>",
    "<a href=\"javascript:xss()\">x</a><iframe srcdoc='<script>xss()'>",
];

/// A column with the same text in every place that takes one.
fn everywhere(text: &str) -> Column {
    Column {
        title: format!("Titel {text}"),
        authors: vec![format!("Auteur {text}")],
        shops: vec![format!("Winkel {text}")],
        series: Some(SeriesPart { name: format!("Reeks {text}"), number: 1 }),
        guest: Some(Guest {
            name: text.to_owned(),
            role: Some(text.to_owned()),
            organisation: Some(text.to_owned()),
        }),
        first_published: Some(FirstPublished {
            medium: text.to_owned(),
            issue: Some(text.to_owned()),
            date: None,
            url: Some("https://vakblad.example/".to_owned()),
        }),
        summary: Some(format!("Samenvatting {text}")),
        tags: vec![text.to_owned()],
        image: Some(Image {
            src: "/images/x.svg".to_owned(),
            alt: text.to_owned(),
            credit: Some(text.to_owned()),
        }),
        moments: vec![weerklank_domain::Moment::Contact],
        ..column("een")
    }
}

/// Whether nothing in a page runs but what the build put there.
fn assert_inert(html: &str, what: &str) {
    for Element { name, attributes, text } in elements(html) {
        let get =
            |key: &str| attributes.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str());
        match name.as_str() {
            "script" => {
                assert!(matches!(get("type"), Some("application/json" | "application/ld+json")), "{what}");
                assert!(!text.contains(['<', '>', '&', '\u{2028}']), "{what}: {text}");
                serde_json::from_str::<serde_json::Value>(&text).unwrap();
            }
            "iframe" | "object" | "embed" | "base" | "applet" => panic!("{what}: <{name}>"),
            _ => {}
        }
        for (key, value) in &attributes {
            assert!(!key.starts_with("on") && key != "style" && key != "srcdoc", "{what}: {name} {key}");
            if ["href", "src", "action", "formaction", "xlink:href"].contains(&key.as_str()) {
                let here = value.starts_with(['/', '#', '?']) || value.starts_with("https://");
                assert!(here, "{what}: {name} {key}={value}");
            }
        }
    }
}

#[tokio::test]
async fn a_text_stays_a_text_wherever_it_stands() {
    let tell = async |text: &str| {
        let app = TestApp::new(TestDatabase::sqlite().await).await;
        app.store(&[everywhere(text)]).await;
        let Page::Home(home) = data_of(&app, "/").await.page else { panic!("no home page") };
        let card = &home.listing.cards[0];
        let urls = [
            "/".to_owned(),
            "/columns/een".to_owned(),
            "/shops".to_owned(),
            "/moments/contact".to_owned(),
            Route::shop(card.shops[0].slug.clone()).url(),
            Route::author(card.authors[0].slug.clone()).url(),
            Route::Series(card.series.as_ref().unwrap().series.slug.clone()).url(),
            "/search?q=titel".to_owned(),
        ];
        (app, urls)
    };
    let (harmless, addresses) = tell("onschuldig").await;
    let mut shapes = Vec::new();
    for url in &addresses {
        shapes.push(shape(&harmless.get(url).await.text()));
    }
    for text in SCRIPTS {
        let (app, urls) = tell(text).await;
        for (url, expected) in urls.iter().zip(&shapes) {
            let html = app.get(url).await.text();
            assert_eq!(shape(&html), *expected, "{text} changes {url}");
            assert_inert(&html, &format!("{text} on {url}"));
            let data = app.get(&weerklank::routes::data_url(url)).await;
            assert_eq!(data.header("content-type"), "application/json");
            data.json();
        }
        let (atom, json) = (app.get("/feed.atom").await.text(), app.get("/feed.json").await.json());
        assert_eq!(texts(&atom, "title")[1], format!("Titel {text}"));
        assert_eq!(json["items"][0]["title"], format!("Titel {text}"));
        assert!(texts(&atom, "script").is_empty());
        texts(&app.get("/sitemap.xml").await.text(), "loc");
        assert_inert(&app.get(&format!("/search?q={}", urlencoded(text))).await.text(), text);
    }
}

#[tokio::test]
async fn a_body_runs_nothing_on_the_page_or_in_a_feed() {
    let links = [
        "javascript:xss()",
        "JaVaScRiPt:xss()",
        " javascript:xss()",
        "java\tscript:xss()",
        "&#106;avascript:xss()",
        "data:text/html,<script>xss()</script>",
        "vbscript:xss()",
        "//evil.example/x",
        "\u{1}javascript:xss()",
        "file:///etc/passwd",
    ];
    let markdown =
        |target: &str| format!("[x]({target}) ![x]({target}) <{target}> [y][1]\n\n[1]: {target}\n\n");
    let bodies = SCRIPTS.iter().map(|text| format!("# {text}\n\n{text}\n\n> [!QUOTE] {text}\n> {text}\n\n```{text}\n{text}\n```\n\n| {text} |\n|---|\n| {text} |\n\n[^1]\n\n[^1]: {text}\n"));
    for body in bodies.chain(links.iter().map(|target| markdown(target))) {
        let app = TestApp::new(TestDatabase::sqlite().await).await;
        app.store(&[Column { body: body.clone(), ..column("een") }]).await;
        for url in ["/columns/een", "/", "/search?q=regel"] {
            assert_inert(&app.get(url).await.text(), &body);
        }
        for html in texts(&app.get("/feed.atom").await.text(), "content") {
            assert_inert(&html, &body);
        }
        let item = app.get("/api/v1/columns/een").await.json();
        assert_inert(item["html"].as_str().unwrap(), &body);
    }
}

#[tokio::test]
async fn names_that_turn_the_line_around_are_isolated() {
    for name in ["Vonk \u{202e}nooZ", "\u{2066}Vonk", "\u{5d0}\u{5d1} Vonk", "Vоnk (met een Cyrillische о)"]
    {
        let app = TestApp::new(TestDatabase::sqlite().await).await;
        app.store(&[Column {
            shops: vec![name.to_owned()],
            authors: vec![name.to_owned()],
            ..column("een")
        }])
        .await;
        for url in ["/", "/columns/een", "/shops"] {
            let html = app.get(url).await.text();
            let isolated = elements(&html).into_iter().filter(|element| element.name == "bdi");
            assert!(isolated.map(|bdi| bdi.text).any(|text| text == name), "{name} on {url}");
        }
        // What an address is made of is plain ASCII, and one name has one.
        let Page::Shops(page) = data_of(&app, "/shops").await.page else { panic!("no shops") };
        let url = Route::shop(page.shops[0].shop.slug.clone()).url();
        assert!(url.is_ascii() && app.get(&url).await.status == 200, "{url}");
    }
}

fn urlencoded(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}
