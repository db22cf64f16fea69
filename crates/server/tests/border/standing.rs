//! Of several decisions about the same, and several appeals against one: who is told what, and once.

use axum::http::StatusCode;
use serde_json::json;
use weerklank_domain::desk::Role;
use weerklank_test_support::{app::TestApp, database::TestDatabase, mail_sink::MailSink, on_every_database};

use crate::composing::{accepted, accepted_as, begin, publish, save, sheet};
use crate::desk::{get, send, signed_in};
use crate::second_look::read;
use crate::voice::{FORM, decide, first};
use crate::voice_decided::{report, subjects};

on_every_database!(
    of_two_senders_each_is_told_how_it_ended,
    a_column_that_stays_away_says_why,
    what_two_decisions_remove_is_mailed_once,
);

/// A column `samen` of two senders, and where they find what they sent in.
async fn made_of_two(app: &TestApp, anna: &str, sink: &MailSink) -> (String, String) {
    let (one, mine) = accepted(app, anna, sink).await;
    let (other, theirs) = accepted_as(app, anna, sink, "positive").await;
    let id = begin(app, anna, json!({"experiences": [one, other]})).await;
    save(app, anna, &id, 1, &sheet("Samen", "Twee kanten.\n")).await;
    assert_eq!(publish(app, anna, &id, 2).await.status, StatusCode::OK);
    app.send_mails().await;
    (mine, theirs)
}

async fn of_two_senders_each_is_told_how_it_ended(db: TestDatabase) {
    let sink = MailSink::start().await;
    let app = TestApp::with_mail(db, &sink).await;
    let (anna, bram) = (
        signed_in(&app, "anna@voorbeeld.example", Role::Chief).await,
        signed_in(&app, "bram@voorbeeld.example", Role::Editor).await,
    );
    let (mine, theirs) = made_of_two(&app, &anna, &sink).await;
    report(&app, "/columns/samen", "").await;
    decide(&app, &bram, json!({"verdict": "remove", "ground": "privacy", "statement": "Een adres."})).await;
    for path in [&mine, &theirs] {
        app.send_body("POST", path, &[FORM], "go=appeal&text=Dat+klopt+niet.").await;
        // In another moment, so that the queue has one order.
        app.advance(time::Duration::seconds(1));
    }
    app.send_mails().await;
    let before = sink.mails().len();
    decide(&app, &anna, json!({"verdict": "overturn", "statement": "Het is geen adres."})).await;
    assert_eq!(app.get("/nl/columns/samen").await.status, StatusCode::OK);
    assert_eq!(get(&app, "queue", &anna).await.json()["count"], 0, "nobody has to decide on the other");
    app.send_mails().await;
    let told: Vec<_> = sink.mails()[before..].iter().map(read).collect();
    assert_eq!(told.len(), 2, "one mail for each: {told:?}");
    let back = |(subject, _): &&(String, String)| subject == "De column staat weer op het bord";
    let (_, text) = told.iter().find(back).unwrap();
    for part in ["Samen", "hiermee afgehandeld", theirs.as_str()] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let page = app.get(&mine).await.text();
    assert!(page.contains("Het is geen adres.") && !page.contains("Je bezwaar is afgehandeld"), "{page}");
    let page = app.get(&theirs).await.text();
    assert!(page.contains("Je bezwaar is afgehandeld") && !page.contains("Het is geen adres."), "{page}");
    assert!(!page.contains("toch niet terug"), "{page}");
}

async fn a_column_that_stays_away_says_why(db: TestDatabase) {
    let sink = MailSink::start().await;
    let app = TestApp::with_mail(db, &sink).await;
    let (anna, bram) = (
        signed_in(&app, "anna@voorbeeld.example", Role::Chief).await,
        signed_in(&app, "bram@voorbeeld.example", Role::Editor).await,
    );
    let (mine, theirs) = made_of_two(&app, &anna, &sink).await;
    let reporter = report(&app, "/columns/samen", "").await;
    decide(&app, &bram, json!({"verdict": "remove", "ground": "privacy", "statement": "Een adres."})).await;
    app.send_body("POST", &mine, &[FORM], "go=appeal&text=Dat+klopt+niet.").await;
    app.send_body("POST", &theirs, &[FORM], "go=withdraw").await;
    app.send_mails().await;

    let why = "iemand van wie een deel is, heeft dat teruggetrokken";
    let (item, _) = first(&app, &anna).await;
    let shown = get(&app, &format!("queue/{item}"), &anna).await.json();
    let html = shown["html"].as_str().unwrap();
    assert!(html.contains("Als je dit omdraait:") && html.contains(why), "{html}");
    assert!(html.contains("Tegen het weghalen van") && html.contains("/columns/samen"), "{html}");
    let before = sink.mails().len();
    decide(&app, &anna, json!({"verdict": "overturn", "statement": "Het is geen adres."})).await;
    assert_eq!(app.get("/nl/columns/samen").await.status, StatusCode::GONE);
    app.send_mails().await;
    let mails = sink.mails();
    assert_eq!(mails.len(), before + 2);
    for (subject, text) in mails[before..].iter().map(read) {
        assert!(text.replace('\n', " ").contains("komt toch niet terug"), "{subject}: {text}");
        assert!(subject.contains("omgedraaid"), "{subject}");
    }
    let page = app.get(&mine).await.text();
    assert!(page.contains("Het is geen adres.") && page.contains(why), "{page}");
    let html = get(&app, &format!("queue/{item}"), &anna).await.json()["html"].clone();
    assert!(html.as_str().unwrap().contains(why) && !html.as_str().unwrap().contains("Als je dit"), "{html}");
    assert!(app.get(&reporter).await.text().contains("Het is geen adres."));
}

async fn what_two_decisions_remove_is_mailed_once(db: TestDatabase) {
    let sink = MailSink::start().await;
    let app = TestApp::with_mail(db, &sink).await;
    let (anna, bram) = (
        signed_in(&app, "anna@voorbeeld.example", Role::Chief).await,
        signed_in(&app, "bram@voorbeeld.example", Role::Editor).await,
    );
    made_of_two(&app, &anna, &sink).await;
    let before = subjects(&app, &sink).await.len();
    report(&app, "/columns/samen", "").await;
    report(&app, "/columns/samen", "").await;
    // Within the time for undoing, each by somebody else.
    let remove = async |cookie: &str, why: &str| {
        let (id, version) = first(&app, cookie).await;
        send(&app, "POST", &format!("queue/{id}/claim"), cookie, json!({})).await;
        let decision =
            json!({"version": version, "verdict": "remove", "ground": "privacy", "statement": why});
        let made = send(&app, "POST", &format!("queue/{id}/decisions"), cookie, decision).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
        made.json()["id"].as_str().unwrap().to_owned()
    };
    let one = remove(&anna, "Een adres.").await;
    remove(&bram, "Een naam.").await;
    let undone = send(&app, "DELETE", &format!("decisions/{one}"), &anna, json!({})).await;
    assert_eq!(undone.status, StatusCode::NO_CONTENT);
    // Decided again, it finds the other one there.
    remove(&anna, "Toch een adres.").await;
    app.make_decisions_final();
    app.refresh().await;
    assert_eq!(app.get("/nl/columns/samen").await.status, StatusCode::GONE);
    let told = subjects(&app, &sink).await.split_off(before);
    assert_eq!(told.len(), 2, "one for each sender: {told:?}");
    for (subject, text) in sink.mails()[before..].iter().map(read) {
        assert_eq!(subject, "De column is van het bord gehaald");
        assert!(text.contains("Een naam.") && !text.contains("adres."), "{text}");
    }
}
