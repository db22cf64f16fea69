use quick_xml::{Reader, events::Event};
use weerklank::routes::Route;
use weerklank_domain::{Column, Lang};
use weerklank_test_support::{
    app::{ORIGIN, TestApp},
    build::column,
    database::TestDatabase,
    on_every_database,
};

use crate::{public_samples, sample_routes};

on_every_database!(
    feeds_carry_whole_columns_newest_first,
    feeds_keep_to_their_filter,
    a_feed_is_well_formed_whatever_is_in_it,
    the_sitemap_leads_to_pages,
);

/// The texts of every element of this name, in order. Panics where the XML is not well formed.
pub fn texts(xml: &str, name: &str) -> Vec<String> {
    // XML 1.0 leaves these out, escaped or not; quick-xml does not look.
    let is_char = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    assert!(xml.chars().all(is_char), "a character that XML does not have");
    let mut reader = Reader::from_str(xml);
    let (mut found, mut open) = (Vec::new(), Vec::new());
    loop {
        match reader.read_event().expect("well-formed XML") {
            Event::Start(start) => {
                open.push(start.name().as_ref().to_owned());
                if open.last().is_some_and(|open| open == name) {
                    found.push(String::new());
                }
            }
            Event::End(_) => drop(open.pop()),
            Event::Text(text) if open.last().is_some_and(|open| open == name) => {
                found.last_mut().unwrap().push_str(&text);
            }
            Event::GeneralRef(reference) if open.last().is_some_and(|open| open == name) => {
                let raw = format!("&{};", &*reference);
                found.last_mut().unwrap().push_str(&quick_xml::escape::unescape(&raw).unwrap());
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(open.is_empty());
    found
}

async fn feeds_carry_whole_columns_newest_first(db: TestDatabase) {
    let app = TestApp::with_samples(db).await;
    let mut samples = public_samples();
    samples.sort_by_key(|column| std::cmp::Reverse(column.date));
    let newest = &samples[0];

    let atom = app.get("/feed.atom").await;
    assert_eq!(atom.header("content-type"), "application/atom+xml; charset=utf-8");
    let xml = atom.text();
    let published = texts(&xml, "published");
    assert_eq!(published.len(), samples.len());
    assert!(published.windows(2).all(|pair| pair[0] >= pair[1]), "{published:?}");
    assert_eq!(published[0], format!("{}T00:00:00Z", newest.date));
    let content = texts(&xml, "content");
    let last_words = |column: &Column| {
        let line =
            column.body.lines().rev().find(|line| line.starts_with(char::is_alphabetic)).unwrap().to_owned();
        line.split(' ').next().unwrap().to_owned()
    };
    assert!(content[0].contains("<p>") && content[0].contains(&last_words(newest)), "{}", content[0]);
    assert!(content.iter().all(|html| !html.contains("=\"/")), "every address is absolute");

    let feed = app.get("/feed.json").await;
    assert_eq!(feed.header("content-type"), "application/feed+json");
    let feed = feed.json();
    assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
    assert_eq!(feed["feed_url"], format!("{ORIGIN}/feed.json"));
    let items = feed["items"].as_array().unwrap();
    assert_eq!(items.len(), samples.len());
    for (item, html) in items.iter().zip(&content) {
        assert_eq!(item["content_html"].as_str(), Some(html.as_str()), "both feeds say the same");
    }
}

async fn feeds_keep_to_their_filter(db: TestDatabase) {
    let app = TestApp::with_samples(db).await;
    let count = |query: &str| {
        let (app, atom, json) = (&app, format!("/feed.atom?{query}"), format!("/feed.json?{query}"));
        async move {
            let entries = texts(&app.get(&atom).await.text(), "published").len();
            assert_eq!(app.get(&json).await.json()["items"].as_array().unwrap().len(), entries);
            entries
        }
    };
    let samples = public_samples();
    let english = samples.iter().filter(|column| column.lang == Lang::En).count();
    assert_eq!(count("lang=en&page=3&limit=x&utm_source=a").await, english);
    assert_eq!(count("series=twee-kanten").await, 4);
    let lumeta =
        samples.iter().filter(|column| column.shops.iter().any(|shop| shop.contains("Lumeta"))).count();
    assert_eq!(count("shop=lampenloods-lumeta").await, lumeta);
    let chosen = "moment=return&sentiment=negative&lang=nl";
    let feed = app.get(&format!("/feed.json?{chosen}")).await.json();
    assert_eq!(feed["title"], "Weerklank: columns over negatief, Retour en Nederlands");
    assert!(feed["description"].as_str().is_some_and(|description| description.contains("service")));
    let items = feed["items"].as_array().unwrap();
    let item = items.iter().find(|item| item["title"] == "Retour in elf stappen").expect("it is negative");
    let source = samples.iter().find(|column| column.title == "Retour in elf stappen").unwrap();
    let tags: Vec<&str> = item["tags"].as_array().unwrap().iter().filter_map(|tag| tag.as_str()).collect();
    assert_eq!(tags.len(), source.moments.len() + source.tags.len());
    assert!(
        tags.contains(&"Retour")
            && tags.ends_with(&source.tags.iter().map(String::as_str).collect::<Vec<_>>())
    );
    assert_eq!(
        item["image"].as_str(),
        source.image.as_ref().map(|image| format!("{ORIGIN}{}", image.src)).as_deref()
    );
    assert!(item["authors"][0]["url"].as_str().unwrap().starts_with(&format!("{ORIGIN}/authors/")));
    let atom = app.get(&format!("/feed.atom?{chosen}")).await.text();
    assert!(source.tags.iter().all(|tag| atom.contains(&format!("<category term=\"{tag}\"/>"))), "{atom}");
    for (query, status) in
        [("shop=niemand", 404), ("author=niemand", 404), ("series=niemand", 404), ("lang=de", 400)]
    {
        let answer = app.get(&format!("/feed.atom?{query}")).await;
        assert_eq!(
            (answer.status.as_u16(), answer.header("content-type")),
            (status, "application/problem+json")
        );
    }
    // A list of nobody is no error, but empty.
    for list in ["/api/v1/columns?shop=niemand", "/api/v1/search?q=kast&author=niemand"] {
        let answer = app.get(list).await;
        assert_eq!(answer.status.as_u16(), 200, "{list}");
        assert!(answer.text().contains("\"items\":[]"), "{list}");
    }
}

async fn a_feed_is_well_formed_whatever_is_in_it(db: TestDatabase) {
    let app = TestApp::new(db).await;
    let odd = "]]> & <b> \u{8}\u{b}\u{fffe}\u{1f}";
    app.store(&[Column {
        title: format!("Titel {odd}"),
        summary: Some(format!("Samenvatting {odd}")),
        shops: vec![format!("Winkel {odd}")],
        body: format!("Tekst {odd}\n\n```\n{odd}\n```\n"),
        ..column("een")
    }])
    .await;
    let xml = app.get("/feed.atom?shop=winkel-b").await.text();
    assert!(texts(&xml, "title")[1].starts_with("Titel ]]> & <b>"), "{xml}");
    // RFC 4287, section 4.1.1: who wrote an entry stands in it or in the feed.
    assert_eq!(texts(&xml, "name"), ["Weerklank"]);
    for url in ["/sitemap.xml", "/feed.atom"] {
        texts(&app.get(url).await.text(), "loc");
    }
    app.get("/feed.json").await.json();
}

async fn the_sitemap_leads_to_pages(db: TestDatabase) {
    let app = TestApp::with_samples(db).await;
    let sitemap = app.get("/sitemap.xml").await;
    assert_eq!(sitemap.header("content-type"), "application/xml; charset=utf-8");
    let addresses = texts(&sitemap.text(), "loc");
    for address in &addresses {
        let path = address.strip_prefix(ORIGIN).unwrap();
        assert_eq!(app.get(path).await.status, 200, "{path}");
    }
    for route in sample_routes() {
        let url = route.url();
        let empty_moment = matches!(&route, Route::Moment(..))
            && !public_samples()
                .iter()
                .any(|column| column.moments.iter().any(|moment| url.ends_with(moment.as_str())));
        let listed = !url.contains('?') && !matches!(route, Route::Search(..)) && !empty_moment;
        assert_eq!(addresses.contains(&format!("{ORIGIN}{url}")), listed, "{url}");
    }
    let days = texts(&sitemap.text(), "lastmod");
    assert!(days.iter().all(|day| day.parse::<weerklank_domain::Date>().is_ok()), "{days:?}");
    assert_eq!(app.get("/sitemap.xml?part=1").await.body, sitemap.body);
    for part in ["0", "2", "18446744073709551615"] {
        assert_eq!(app.get(&format!("/sitemap.xml?part={part}")).await.status, 404, "{part}");
    }
    let robots = app.get("/robots.txt").await.text();
    assert!(
        robots.contains(&format!("Sitemap: {ORIGIN}/sitemap.xml")) && robots.contains("Disallow: /search")
    );
}
