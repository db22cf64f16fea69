//! What keeps programs from flooding the desk, and lets people through.

use axum::http::StatusCode;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use time::Duration;
use weerklank_domain::experience::Mark;
use weerklank_server::config::{ProxyConfig, SendingConfig};
use weerklank_store::Limit;
use weerklank_test_support::app::{TestApp, TestResponse, sending};
use weerklank_test_support::database::TestDatabase;
use weerklank_test_support::on_every_database;

use crate::html::elements;
use crate::sharing::{Form, open, sent, told};

on_every_database!(
    what_looks_wrong_is_stored_and_marked,
    a_proof_of_work_counts_once,
    who_sends_too_much_is_told_how_long_to_wait,
    programs_are_told_as_well,
    a_proxy_tells_senders_apart,
);

const JSON: (&str, &str) = ("content-type", "application/json");

/// One address may send in so many within an hour.
fn limited(soft: u32, hard: u32) -> SendingConfig {
    let limit = Limit { what: "share", within: Duration::HOUR, soft: Some(soft), hard: Some(hard) };
    SendingConfig { limit, ..sending() }
}

/// What an editor is told of what was sent, by the address of its own page.
async fn marks(app: &TestApp, mine: &str) -> Vec<Mark> {
    let mine = mine.split('?').next().unwrap();
    let id =
        app.get(&format!("{mine}/experience.json")).await.json()["id"].as_str().unwrap().parse().unwrap();
    app.app.store.experience_hints(id).await.unwrap().unwrap().marks
}

/// Solves a challenge of the board, as ALTCHA's clients do.
async fn solved(app: &TestApp) -> String {
    let answer = app.get("/api/v1/challenge").await;
    assert_eq!(answer.header("cache-control"), "private, no-store");
    let challenge: altcha::Challenge = serde_json::from_slice(&answer.body).unwrap();
    let solution = altcha::solve_challenge(altcha::SolveChallengeOptions::new(&challenge)).unwrap().unwrap();
    STANDARD.encode(serde_json::to_vec(&altcha::Payload { challenge, solution }).unwrap())
}

async fn what_looks_wrong_is_stored_and_marked(db: TestDatabase) {
    let app = TestApp::new(db).await;
    // As a person does it who runs no script.
    let form = told(&app, "Appels.").await;
    app.advance(Duration::minutes(3));
    assert_eq!(marks(&app, &sent(&app, &form).await).await, [Mark::NoProof]);
    // A week later is not too late, and a clock that was set back makes nobody quick.
    for wait in [Duration::WEEK, -Duration::DAY] {
        let form = told(&app, &format!("Na {wait} pas verstuurd.")).await;
        app.advance(wait);
        assert_eq!(marks(&app, &sent(&app, &form).await).await, [Mark::NoProof], "{wait}");
    }
    // In no time, or with a time that somebody wrote themselves, or that of another form.
    let quick = told(&app, "Peren en pruimen.").await;
    app.advance(Duration::seconds(5));
    assert_eq!(marks(&app, &sent(&app, &quick).await).await, [Mark::Quick, Mark::NoProof]);
    let earlier = open(&app).await;
    app.advance(Duration::HOUR);
    for (number, stamp) in ["", "x", earlier.get("stamp").unwrap()].into_iter().enumerate() {
        let form = told(&app, &format!("Stempel nummer {number} klopt niet.")).await.set("stamp", stamp);
        assert_eq!(marks(&app, &sent(&app, &form).await).await, [Mark::Quick, Mark::NoProof], "{stamp}");
    }
    // Into the trap at the first step, and carried along to the last.
    let form = open(&app).await.set("intent", "negative").set("homepage", "http://pillen.example");
    let form = form.next(&app).await.set("negative.story", "Kersen voor iedereen.").next(&app).await;
    let form = form.next(&app).await;
    app.advance(Duration::HOUR);
    assert_eq!(marks(&app, &sent(&app, &form).await).await, [Mark::Trap, Mark::NoProof]);
}

async fn a_proof_of_work_counts_once(db: TestDatabase) {
    let app = TestApp::new(db).await;
    let proof = solved(&app).await;
    let story = |text: &str| format!(r#"{{"negative": {{"story": "{text}"}}}}"#);
    let post = async |text: &str, proof: &str| {
        let headers = [JSON, ("altcha", proof)];
        let answer = app.send_body("POST", "/api/v1/experiences", &headers, story(text)).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
        let url = answer.json()["secret_url"].as_str().unwrap().to_owned();
        marks(&app, url.strip_prefix("https://board.example").unwrap()).await
    };
    assert_eq!(post("Appels.", &proof).await, []);
    assert_eq!(post("Peren.", &proof).await, [Mark::NoProof], "it was used");
    assert_eq!(post("Pruimen.", "onzin").await, [Mark::NoProof]);
    let late = solved(&app).await;
    app.advance(Duration::days(2));
    assert_eq!(post("Kersen.", &late).await, [Mark::NoProof]);

    // By form it travels through the steps that come after it.
    let proof = solved(&app).await;
    let form = open(&app).await.set("intent", "negative").set("altcha", &proof).next(&app).await;
    let form = form.set("negative.story", "Bramen uit de tuin.").next(&app).await.next(&app).await;
    assert_eq!(form.get("altcha"), Some(&*proof));
    app.advance(Duration::MINUTE);
    assert_eq!(marks(&app, &sent(&app, &form).await).await, []);
}

async fn who_sends_too_much_is_told_how_long_to_wait(db: TestDatabase) {
    let mut app = TestApp::with_sending(db, limited(3, 6)).await;
    let first = told(&app, "Appels.").await;
    app.advance(Duration::minutes(20));
    let address = sent(&app, &first).await;
    assert_eq!(marks(&app, &address).await, [Mark::NoProof]);
    let second = told(&app, "Peren.").await;
    app.advance(Duration::minutes(20));
    assert_eq!(marks(&app, &sent(&app, &second).await).await, [Mark::NoProof, Mark::Often]);

    let third = told(&app, "Bel 06-12345678 of 06-87654321.").await.set("name", "J. Kwal").next(&app).await;
    let kept: Vec<_> = third.fields.iter().filter(|(name, _)| name == "hide").cloned().collect();
    let mut third = third;
    third.fields.retain(|field| *field != kept[0]);
    let refused = third.press(&app, "next").await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    // Twenty to one.
    assert_eq!(refused.header("retry-after"), "1200");
    let html = refused.text();
    assert!(html.contains("Nog niet verstuurd") && html.contains("Over 20 minuten"), "{html}");
    let again = Form::of(&refused);
    let sorted = |form: &Form| {
        let mut fields = form.fields.clone();
        fields.sort();
        fields
    };
    assert_eq!(sorted(&again), sorted(&third), "with all that was typed and chosen");
    // What is in is not refused, however often its browser sends it.
    assert_eq!(sent(&app, &first).await, address);
    let english = app.send_body("POST", "/en/share", &[FORM], again.body("next")).await;
    assert!(english.text().contains("You can send this in 20 minutes."), "{}", english.text());

    app.come_from("192.0.2.2");
    assert!(sent(&app, &told(&app, "Pruimen.").await).await.starts_with("/mine/"), "another address");
    app.come_from("192.0.2.1");
    app.advance(Duration::minutes(21));
    let page = app.get(&sent(&app, &again).await).await.text();
    assert!(page.contains("06-12345678") && !page.contains("06-87654321") && page.contains("J. Kwal"));
}

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

async fn post(app: &TestApp, number: u32, more: &[(&str, &str)]) -> TestResponse {
    let draft = format!(r#"{{"suggestion": "Voorstel {number}: {}"}}"#, "ja ".repeat(number as usize));
    let headers = [&[JSON][..], more].concat();
    app.send_body("POST", "/api/v1/experiences", &headers, draft).await
}

async fn programs_are_told_as_well(db: TestDatabase) {
    let mut app = TestApp::with_sending(db, limited(3, 9)).await;
    for number in 1..=3 {
        assert_eq!(post(&app, number, &[]).await.status, StatusCode::CREATED);
    }
    let refused = post(&app, 4, &[]).await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(refused.header("content-type"), "application/problem+json");
    assert_eq!(refused.json()["code"], "too-many-requests");
    assert_eq!(refused.header("retry-after"), "3600");
    // An hour counts as one, whatever the clock said meanwhile.
    app.advance(Duration::days(365));
    assert_eq!(post(&app, 5, &[]).await.status, StatusCode::CREATED);
    app.advance(-Duration::days(365));
    assert_eq!(post(&app, 6, &[]).await.status, StatusCode::CREATED, "the key of that day is gone");

    // All of one line count as one.
    app.come_from("2001:db8:1:2::a");
    for number in 7..=9 {
        assert_eq!(post(&app, number, &[]).await.status, StatusCode::CREATED);
    }
    app.come_from("2001:db8:1:2:ffff::b");
    assert_eq!(post(&app, 10, &[]).await.status, StatusCode::TOO_MANY_REQUESTS);
    app.come_from("2001:db8:1:3::a");
    assert_eq!(post(&app, 11, &[]).await.status, StatusCode::CREATED);
}

async fn a_proxy_tells_senders_apart(db: TestDatabase) {
    let proxy = ProxyConfig {
        header: "x-forwarded-for".parse().unwrap(),
        trusted: vec!["192.0.2.0/24".parse().unwrap()],
    };
    let config = SendingConfig { proxy: Some(proxy), ..limited(3, 3) };
    let mut app = TestApp::with_sending(db, config).await;
    let from = |line: &'static str| [("x-forwarded-for", line)];
    for (number, line, status) in [
        (1, "203.0.113.1", StatusCode::CREATED),
        (2, "203.0.113.2", StatusCode::CREATED),
        (3, "203.0.113.1", StatusCode::TOO_MANY_REQUESTS),
        // What stands before what the proxy saw is the sender's own invention.
        (4, "198.51.100.4, 203.0.113.1", StatusCode::TOO_MANY_REQUESTS),
    ] {
        assert_eq!(post(&app, number, &from(line)).await.status, status, "{line}");
    }
    // Nobody else is believed.
    app.come_from("198.51.100.9");
    assert_eq!(post(&app, 5, &from("203.0.113.5")).await.status, StatusCode::CREATED);
    assert_eq!(post(&app, 6, &from("203.0.113.6")).await.status, StatusCode::TOO_MANY_REQUESTS);
}

/// No person comes upon the trap: not by sight, by keyboard, by screen reader or by what browsers fill in.
#[tokio::test]
async fn the_trap_is_out_of_reach() {
    let app = TestApp::new(TestDatabase::sqlite().await).await;
    let html = app.get("/share").await.text();
    let elements = elements(&html);
    let trap = elements.iter().find(|element| element.is("input", "name", "homepage")).unwrap();
    assert_eq!((trap.get("tabindex"), trap.get("autocomplete")), (Some("-1"), Some("off")));
    let around = elements.iter().find(|element| element.is("div", "class", "trap")).unwrap();
    assert_eq!(around.get("aria-hidden"), Some("true"));
    assert!(html.contains(".trap{display:none}"), "nor is it shown");
}

/// Somebody's address stands in no file and in no log.
#[tokio::test]
async fn no_address_is_kept() {
    let db = TestDatabase::sqlite().await;
    let file = db.url.path().unwrap().to_owned();
    let mut app = TestApp::with_sending(db, limited(3, 6)).await;
    app.come_from("203.0.113.77");
    for number in 1..=3 {
        post(&app, number, &[]).await;
    }
    for entry in std::fs::read_dir(file.parent().unwrap()).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        for address in [&b"203.0.113.77"[..], &[203, 0, 113, 77]] {
            assert!(!bytes.windows(address.len()).any(|window| window == address));
        }
    }
}
