//! Sending in, as programs do.

use axum::http::StatusCode;
use weerklank_test_support::{app::TestApp, database::TestDatabase, on_every_database};

on_every_database!(programs_send_in_as_well);

const JSON: (&str, &str) = ("content-type", "application/json");

async fn programs_send_in_as_well(db: TestDatabase) {
    let app = TestApp::new(db).await;
    let draft = r#"{"negative": {"story": "Verteld.", "ratings": {"delivery": "1"}}, "lang": "nl"}"#;
    let key = ("idempotency-key", "een-sleutel-van-genoeg-tekens");
    let post = async |headers: &[(&str, &str)], body: &str| {
        app.send_body("POST", "/api/v1/experiences", headers, body.to_owned()).await
    };
    let first = post(&[JSON, key], draft).await;
    assert_eq!(first.status, StatusCode::CREATED, "{}", first.text());
    let again = post(&[JSON, ("idempotency-key", "\"een-sleutel-van-genoeg-tekens\"")], draft).await;
    assert_eq!((again.status, again.json()), (StatusCode::CREATED, first.json()));
    let other = post(&[JSON, key], r#"{"negative": {"story": "Anders."}}"#).await;
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(other.json()["code"], "idempotency-key-reused");
    let fresh = post(&[JSON], draft).await.json();
    assert_ne!(fresh["id"], first.json()["id"], "without a key, another");

    let address = first.header("location").to_owned();
    let secret_url = first.json()["secret_url"].as_str().unwrap().to_owned();
    assert!(secret_url.ends_with(&address["/api/v1/experiences".len()..]), "{secret_url} {address}");
    let own = app.get(&address).await;
    assert_eq!(own.header("cache-control"), "private, no-store");
    assert_eq!(own.json()["experience"]["negative"]["ratings"]["delivery"], "1");

    let patch = async |body: &str| app.send_body("PATCH", &address, &[JSON], body.to_owned()).await;
    assert_eq!(patch(r#"{"state": "withdrawn"}"#).await.json()["state"], "withdrawn");
    let both = patch(r#"{"state": "received", "experience": {"suggestion": "Bel terug."}}"#).await.json();
    assert_eq!(
        (&both["state"], &both["experience"]["suggestion"]),
        (&"received".into(), &"Bel terug.".into())
    );
    let wrong =
        patch(r#"{"state": "withdrawn", "experience": {"negative": {"story": " "}, "intent": "negative"}}"#);
    let wrong = wrong.await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(wrong.json()["errors"][0]["field"], "negative.story");
    assert_eq!(app.get(&address).await.json(), both, "all or nothing");

    for (headers, body, status, code) in [
        (&[JSON][..], "{", 400, "invalid-body"),
        (&[JSON], r#"{"verhaal": "x"}"#, 400, "invalid-body"),
        (&[JSON], r#"{"negative": {"story": "a", "story": "b"}}"#, 400, "invalid-body"),
        (&[JSON], r#"{"negative": {"ratings": {"contact": "1", "contact": "2"}}}"#, 400, "invalid-body"),
        (&[JSON], "{}", 422, "invalid-experience"),
        (&[JSON, ("idempotency-key", "kort")], draft, 400, "invalid-idempotency-key"),
        (&[], draft, 415, "unsupported-media-type"),
        (&[("content-type", "text/plain")], draft, 415, "unsupported-media-type"),
        (&[JSON], &format!("{{\"suggestion\": \"{}\"}}", "a".repeat(70_000)), 413, "too-large"),
        (&[JSON], &format!("{}1{}", "[".repeat(2000), "]".repeat(2000)), 400, "invalid-body"),
    ] {
        let answer = post(headers, body).await;
        let start: String = body.chars().take(40).collect();
        assert_eq!((answer.status.as_u16(), &answer.json()["code"]), (status, &code.into()), "{start}");
    }

    assert_eq!(app.send("DELETE", &address, &[]).await.status, StatusCode::NO_CONTENT);
    for method in ["GET", "DELETE"] {
        let answer = app.send(method, &address, &[]).await;
        assert_eq!((answer.status.as_u16(), &answer.json()["code"]), (404, &"not-found".into()), "{method}");
    }
    assert_eq!(patch(r#"{"state": "received"}"#).await.status, StatusCode::NOT_FOUND);
}
