use time::Duration;
use weerklank::routes::{Route, localised};
use weerklank_domain::{Column, Image, Lang};
use weerklank_server::assets::Assets;
use weerklank_test_support::{
    app::{ORIGIN, TestApp},
    build::column,
    database::TestDatabase,
    on_every_database,
};

use crate::{
    FORMS, data_of,
    html::{elements, embedded},
    one_of_each_status, sample_routes,
};

on_every_database!(
    every_page_is_whole_and_its_data_the_same,
    a_picture_keeps_its_room,
    the_language_is_the_readers_unless_the_address_says,
    only_what_is_public_is_shown,
    a_scheduled_column_appears_with_its_day,
    what_only_drafts_name_is_no_page,
    a_change_shows_at_once,
);

async fn every_page_is_whole_and_its_data_the_same(db: TestDatabase) {
    let app = TestApp::with_samples(db).await;
    for (route, form) in sample_routes().iter().flat_map(|route| FORMS.map(|form| (route, form))) {
        let url = localised(&route.url(), form);
        let answer = app.get(&url).await;
        assert_eq!(answer.status, 200, "{url}");
        assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
        let html = answer.text();
        assert!(html.starts_with("<!doctype html>") && html.ends_with("</body></html>\n"), "{url}");
        let elements = elements(&html);
        let count = |name: &str| elements.iter().filter(|element| element.name == name).count();
        assert_eq!((count("h1"), count("main"), count("title")), (1, 1, 1), "{url}");
        let href = |rel: &str, key: &str, value: &str| {
            let link =
                elements.iter().find(|link| link.is("link", "rel", rel) && link.get(key) == Some(value));
            link.and_then(|link| link.get("href"))
                .unwrap_or_else(|| panic!("{url}: no {rel} {value}"))
                .to_owned()
        };
        let of_column = matches!(route, Route::Column(_));
        let canonical = if of_column { route.url() } else { url.clone() };
        assert_eq!(href("canonical", "rel", "canonical"), format!("{ORIGIN}{canonical}"));
        let versions = [("nl", Some(Lang::Nl)), ("en", Some(Lang::En)), ("x-default", None)];
        for (lang, form) in versions.into_iter().filter(|_| !of_column) {
            let address = format!("{ORIGIN}{}", localised(&route.url(), form));
            assert_eq!(href("alternate", "hreflang", lang), address);
        }
        assert!(elements.iter().any(|element| element.is("html", "lang", form.unwrap_or(Lang::Nl).as_str())));

        let found = embedded(&html);
        assert_eq!((found.ui_in_path, &*found.url, &*found.origin), (form.is_some(), &*route.url(), ORIGIN));
        assert_eq!(found, data_of(&app, &url).await, "{url}");
    }
}

/// What is known of a picture's size is said before the picture arrives, so that no text jumps.
async fn a_picture_keeps_its_room(db: TestDatabase) {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in [
        ("index.html", "<html><head></head></html>"),
        ("images/doos.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"300\" height=\"200\"/>"),
    ] {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }
    let assets = Assets::load(Some(folder.path())).unwrap();
    let app = TestApp::with_assets(db, assets, ORIGIN).await;
    let (known, unknown) = ("/images/doos.svg", "/content/foto.jpg");
    let body = format!("![Een]({known})\n\nMet ![twee]({ORIGIN}{known}?v=2) en ![drie]({unknown}).\n");
    for (name, src) in [("bekend", known), ("onbekend", unknown)] {
        let image = Some(Image { src: src.to_owned(), alt: "Doos".to_owned(), credit: None });
        app.store(&[Column { image, body: body.clone(), ..column(name) }]).await;
    }
    for (name, above) in [("bekend", Some(("300", "200"))), ("onbekend", None)] {
        let html = app.get(&format!("/columns/{name}")).await.text();
        let images = elements(&html).into_iter().filter(|element| element.name == "img");
        let sizes: Vec<_> = images
            .map(|image| {
                image.get("width").map(ToOwned::to_owned).zip(image.get("height").map(ToOwned::to_owned))
            })
            .collect();
        let said = |size: (&str, &str)| Some((size.0.to_owned(), size.1.to_owned()));
        // A likely size for the one above; in the text none.
        let above_all = said(above.unwrap_or(("640", "400")));
        let in_text = said(("300", "200"));
        assert_eq!(sizes[..4], [above_all, in_text.clone(), in_text, None], "{name}");

        let told = app.get(&format!("/api/v1/columns/{name}")).await.json();
        let number = |value: &str| value.parse::<u32>().unwrap();
        let size = above.map(|(width, height)| (number(width), number(height)));
        assert_eq!(told["image"]["width"], serde_json::json!(size.map(|size| size.0)), "{name}");
        assert_eq!(told["image"]["height"], serde_json::json!(size.map(|size| size.1)), "{name}");
        assert!(told["html"].as_str().unwrap().contains("width=\"300\" height=\"200\""), "{name}");
    }
}

async fn the_language_is_the_readers_unless_the_address_says(db: TestDatabase) {
    let app = TestApp::with_samples(db).await;
    let column = "/columns/retour-in-elf-stappen";
    for (url, accept, lang) in [
        ("/", "en-GB,en;q=0.9,nl;q=0.8", "en"),
        ("/", "nl-BE", "nl"),
        ("/", "fr", "nl"),
        (column, "en", "en"),
        (&format!("/nl{column}"), "en", "nl"),
        (&format!("/en{column}"), "nl", "en"),
    ] {
        let answer = app.get_with(url, &[("accept-language", accept)]).await;
        let html = answer.text();
        assert!(elements(&html)[0].is("html", "lang", lang), "{url} {accept}");
        assert_eq!(answer.header("content-language"), lang);
        assert_eq!(answer.header("vary").contains("accept-language"), !url.starts_with(&format!("/{lang}")));
        // A column keeps the language it is written in.
        let title = elements(&html).into_iter().find(|element| element.name == "h1").unwrap();
        let foreign = url.contains("retour") && lang == "en";
        assert_eq!(title.get("lang"), foreign.then_some("nl"), "{url} {accept}");
    }
}

async fn only_what_is_public_is_shown(db: TestDatabase) {
    let app = TestApp::new(db).await;
    app.store(&one_of_each_status()).await;
    for (status, code) in [("draft", 404), ("scheduled", 404), ("published", 200), ("withdrawn", 410)] {
        for url in [format!("/columns/een-{status}"), format!("/en/columns/een-{status}/page.json")] {
            let answer = app.get(&url).await;
            assert_eq!(answer.status, code, "{url}");
            assert_eq!(answer.text().contains(&format!("Geheim{status}")), code == 200, "{url}");
            assert_eq!(
                answer.text().contains("canonical"),
                code == 200 && !url.contains("page.json"),
                "{url}"
            );
        }
    }
    // A tombstone names what stood there, so that whoever followed a link knows.
    assert!(app.get("/columns/een-withdrawn").await.text().contains("Titel die withdrawn is"));
    for url in
        ["/", "/shops", "/search?q=woord", "/feed.atom", "/feed.json", "/sitemap.xml", "/api/v1/columns"]
    {
        let text = app.get(url).await.text();
        assert!(text.contains("een-published") || url == "/shops", "{url}");
        for status in ["draft", "scheduled", "withdrawn"] {
            assert!(!text.contains(&format!("een-{status}")), "{url} shows the {status} one");
            assert!(!text.contains(&format!("Geheim{status}")), "{url} shows the {status} one");
            assert!(!text.contains(&format!("winkel-{status}")), "{url} shows its shop");
        }
    }
}

async fn a_scheduled_column_appears_with_its_day(db: TestDatabase) {
    let app = TestApp::new(db).await;
    app.store(&one_of_each_status()).await;
    let (page, search) = ("/columns/een-scheduled", "/search?q=geheimscheduled");
    // It is noon on 21 November; a day begins in Amsterdam an hour before it does in UTC.
    app.advance(Duration::days(9) + Duration::hours(11) - Duration::seconds(1));
    app.refresh().await;
    assert_eq!(app.get(page).await.status, 404);
    assert!(!app.get(search).await.text().contains(page));

    app.advance(Duration::seconds(1));
    app.refresh().await;
    assert_eq!(app.get(page).await.status, 200);
    for url in [search, "/", "/shops/winkel-scheduled", "/sitemap.xml", "/feed.atom"] {
        assert!(app.get(url).await.text().contains(page), "{url}");
    }
}

async fn what_only_drafts_name_is_no_page(db: TestDatabase) {
    let app = TestApp::new(db).await;
    app.store(&one_of_each_status()).await;
    for status in ["draft", "scheduled", "withdrawn"] {
        for url in [
            format!("/shops/winkel-{status}"),
            format!("/shops/winkel-{status}?sentiment=negative"),
            format!("/authors/auteur-{status}"),
            format!("/authors/auteur-{status}?lang=en"),
            format!("/feed.atom?shop=winkel-{status}"),
            format!("/feed.json?author=auteur-{status}"),
        ] {
            let answer = app.get(&url).await;
            assert_eq!(answer.status, 404, "{url}");
            assert!(!answer.text().contains(&format!("Winkel {status}")), "{url}");
        }
    }
    for url in ["/?shop=winkel-draft", "/?author=auteur-draft", "/search?q=woord&shop=winkel-draft"] {
        let text = app.get(url).await.text();
        assert!(!text.contains("Winkel draft") && !text.contains("Auteur draft"), "{url}");
    }
    // Where something public is there, a filter that leaves nothing is a page all the same.
    assert_eq!(app.get("/shops/winkel-published?sentiment=negative").await.status, 200);
}

async fn a_change_shows_at_once(db: TestDatabase) {
    let app = TestApp::new(db).await;
    app.store(&[Column { body: "Een zeppelin.\n".to_owned(), ..column("een") }]).await;
    let (page, before) = ("/columns/een", app.get("/columns/een").await);
    assert!(before.text().contains("zeppelin"));
    assert_eq!(app.get(page).await.header("etag"), before.header("etag"));
    assert_eq!(app.get(page).await.body, before.body);

    app.store(&[Column { body: "Een ballon.\n".to_owned(), ..column("een") }]).await;
    let after = app.get_with(page, &[("if-none-match", before.header("etag"))]).await;
    assert_eq!(after.status, 200);
    assert_ne!(after.header("etag"), before.header("etag"));
    assert!(after.text().contains("ballon") && !after.text().contains("zeppelin"));
    assert!(app.get("/search?q=ballon").await.text().contains(page));
    assert!(!app.get("/search?q=zeppelin").await.text().contains(page));
    for url in ["/feed.atom", "/feed.json"] {
        assert!(app.get(url).await.text().contains("ballon"), "{url}");
    }
}
