//! Pictures: from an editor's file to the page.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use axum::{body::Body, http::StatusCode};
use bytes::Bytes;
use serde_json::json;
use weerklank_api::desk::images;
use weerklank_domain::{Column, Image, desk::Role};
use weerklank_server::export::export;
use weerklank_test_support::{
    app::{TestApp, TestResponse},
    build::column,
    database::TestDatabase,
    on_every_database,
};

use crate::{
    desk::{OWN, code, signed_in},
    process::files,
};

on_every_database!(
    a_picture_is_kept_once_and_served_for_good,
    what_cannot_be_kept_is_said_to_be_so,
    a_column_shows_it_in_every_size,
    the_mirror_has_the_pictures_that_public_columns_show,
    pictures_are_part_of_a_backup,
);

/// A PNG of one colour.
fn png(width: u32, height: u32, shade: u8) -> Vec<u8> {
    let mut file = std::io::Cursor::new(Vec::new());
    image::RgbImage::from_pixel(width, height, image::Rgb([shade, 80, 80]))
        .write_to(&mut file, image::ImageFormat::Png)
        .unwrap();
    file.into_inner()
}

async fn bring(app: &TestApp, cookie: &str, file: impl Into<Body>) -> TestResponse {
    app.send_body("POST", images::PATH, &[OWN, ("cookie", cookie)], file).await
}

async fn kept(app: &TestApp, cookie: &str, file: Vec<u8>) -> images::Response {
    serde_json::from_slice(&bring(app, cookie, file).await.body).unwrap()
}

async fn a_picture_is_kept_once_and_served_for_good(db: TestDatabase) {
    let app = TestApp::new(db).await;
    let anna = signed_in(&app, "anna@voorbeeld.example", Role::Editor).await;
    let made = bring(&app, &anna, png(1000, 500, 10)).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
    let told = made.json();
    assert_eq!(
        (&told["width"], &told["height"], &told["widths"]),
        (&json!(1000), &json!(500), &json!([480, 960, 1000]))
    );
    let again = bring(&app, &anna, png(1000, 500, 10)).await;
    assert_eq!((again.status, again.json()), (StatusCode::OK, told.clone()));

    let address = told["address"].as_str().unwrap();
    for size in ["1000x500", "960x480", "480x240"] {
        let answer = app.get(&address.replace("1000x500", size)).await;
        assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, "image/webp"), "{size}");
        assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert!(answer.header("content-security-policy").contains("default-src 'none'"));
        assert!(answer.body.starts_with(b"RIFF"));
        let known = [("if-none-match", answer.header("etag"))];
        let unchanged = app.get_with(&address.replace("1000x500", size), &known).await;
        assert_eq!((unchanged.status, unchanged.body.len()), (StatusCode::NOT_MODIFIED, 0));
    }
    for nothing in ["1000x501", "481x240", "1x1", "1600x800"] {
        let answer = app.get(&address.replace("1000x500", nothing)).await;
        assert_eq!(code(&answer), (404, "not-found".to_owned()), "{nothing}");
    }
    for nowhere in ["/pictures/x.webp", "/pictures/%ff", "/pictures/..%2f..%2fetc%2fpasswd", "/pictures/"] {
        assert_eq!(app.get(nowhere).await.status, StatusCode::NOT_FOUND, "{nowhere}");
    }
}

async fn what_cannot_be_kept_is_said_to_be_so(db: TestDatabase) {
    let app = TestApp::new(db).await;
    let anna = signed_in(&app, "anna@voorbeeld.example", Role::Editor).await;
    for (file, wanted) in [
        (b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>".to_vec(), (415, "no-picture")),
        (Vec::new(), (415, "no-picture")),
        (b"GIF89a\x01\0\x01\0\0\0\0".to_vec(), (422, "moving-picture")),
        (b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec(), (422, "broken-picture")),
        (vec![0; images::MAX + 1], (413, "too-large")),
    ] {
        assert_eq!(code(&bring(&app, &anna, file).await), (wanted.0, wanted.1.to_owned()));
    }
    let read = Arc::new(AtomicBool::new(false));
    let body = || {
        let read = read.clone();
        Body::from_stream(futures_util::stream::once(async move {
            read.store(true, Ordering::Relaxed);
            Ok::<_, std::io::Error>(Bytes::from_static(b"\x89PNG"))
        }))
    };
    let length = (images::MAX + 1).to_string();
    let headers = [OWN, ("cookie", anna.as_str()), ("content-length", length.as_str())];
    let refused = app.send_body("POST", images::PATH, &headers, body()).await;
    assert_eq!(code(&refused), (413, "too-large".to_owned()));
    let stranger = app.send_body("POST", images::PATH, &[OWN], body()).await;
    assert_eq!(code(&stranger), (401, "not-signed-in".to_owned()));
    assert!(!read.load(Ordering::Relaxed), "who is refused anyway is not listened to");
}

/// A column with one picture above its text and one in it.
fn with_pictures(above: &str, within: &str) -> Column {
    let image =
        Image { src: above.to_owned(), alt: "Een <doos>".to_owned(), credit: Some("De redactie".to_owned()) };
    Column { image: Some(image), body: format!("Tekst.\n\n![Een *lamp*]({within})\n"), ..column("een-doos") }
}

async fn a_column_shows_it_in_every_size(db: TestDatabase) {
    let app = TestApp::new(db).await;
    let anna = signed_in(&app, "anna@voorbeeld.example", Role::Editor).await;
    let (above, within) =
        (kept(&app, &anna, png(1600, 800, 1)).await, kept(&app, &anna, png(600, 300, 2)).await);
    app.store(&[with_pictures(&above.address, &within.address)]).await;
    for page in ["/nl/columns/een-doos", "/en/columns/een-doos"] {
        let html = app.get(page).await.text();
        for part in [
            format!("src=\"{}\"", above.address),
            "alt=\"Een &lt;doos&gt;\"".to_owned(),
            "width=\"1600\" height=\"800\"".to_owned(),
            format!("{} 1600w", above.address),
            "width=\"600\" height=\"300\"".to_owned(),
            format!("{} 600w", within.address),
        ] {
            assert!(html.contains(&part), "{page} {part}: {html}");
        }
        assert_eq!(html.contains("alt=\"Een &lt;doos&gt;\" lang=\"nl\""), page.starts_with("/en"), "{html}");
    }
    let list = app.get("/nl/").await.text();
    assert!(list.contains(&above.address.replace("1600x800", "960x480")), "{list}");
    assert!(!list.contains(&above.address), "a list needs no large picture");
    let item = app.get("/api/v1/columns/een-doos").await.json();
    assert_eq!((&item["image"]["width"], &item["image"]["height"]), (&json!(1600), &json!(800)));
    let feed = app.get("/feed.atom").await.text();
    assert!(feed.contains(&within.address) && !feed.contains("srcset"));
}

async fn the_mirror_has_the_pictures_that_public_columns_show(db: TestDatabase) {
    let app = TestApp::new(db).await;
    let anna = signed_in(&app, "anna@voorbeeld.example", Role::Editor).await;
    let (above, within) =
        (kept(&app, &anna, png(1600, 800, 1)).await, kept(&app, &anna, png(600, 300, 2)).await);
    let drafted = kept(&app, &anna, png(300, 300, 3)).await;
    kept(&app, &anna, png(300, 300, 4)).await;
    let draft = Column {
        status: weerklank_domain::Status::Draft,
        body: format!("![x]({})\n", drafted.address),
        ..column("nog-niet")
    };
    app.store(&[with_pictures(&above.address, &within.address), draft]).await;
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("mirror");
    export(&app.app, &dir).await.unwrap();
    let site = files(&dir.join("site"));
    let pictures: Vec<_> = site.keys().filter(|path| path.starts_with("pictures/")).collect();
    assert_eq!(pictures.len(), 5, "{pictures:?}");
    for path in pictures {
        assert_eq!(site[path], app.get(&format!("/{path}")).await.body, "{path}");
    }
    assert!(String::from_utf8_lossy(&site["nl/index.html"]).contains("-960x480.webp"));
    assert!(String::from_utf8_lossy(&site["search-index.json"]).contains("-960x480.webp"));
}

async fn pictures_are_part_of_a_backup(db: TestDatabase) {
    let app = TestApp::new(db).await;
    let anna = signed_in(&app, "anna@voorbeeld.example", Role::Editor).await;
    let told = kept(&app, &anna, png(1600, 800, 1)).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("backup.db");
    app.app.store.backup_to(&file).await.unwrap();
    for target in [TestDatabase::sqlite().await, TestDatabase::postgres().await] {
        for _ in 0..2 {
            target.store.restore_from(&file, true, app.app.clock.now()).await.unwrap();
        }
        let other = TestApp::new(target).await;
        let (one, same) = (app.get(&told.address).await, other.get(&told.address).await);
        assert_eq!((same.status, &same.body), (StatusCode::OK, &one.body));
    }
}
