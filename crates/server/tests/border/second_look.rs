//! Columns that go by a decision, and whoever shares one with somebody who leaves.

use axum::http::StatusCode;
use mail_parser::MessageParser;
use serde_json::json;
use weerklank_domain::desk::Role;
use weerklank_test_support::{
    app::TestApp,
    database::TestDatabase,
    mail_sink::{MailSink, SunkMail},
    on_every_database,
};

use crate::composing::{accepted, accepted_as, begin, publish, save, sheet};
use crate::desk::{get, signed_in};
use crate::voice::{FORM, decide};
use crate::voice_decided::report;

on_every_database!(
    a_column_goes_by_a_report_and_everyone_is_told,
    who_shares_a_column_is_told_when_the_other_leaves,
);

/// Subject and text of the last mail.
pub(crate) fn last_mail(sink: &MailSink) -> (String, String) {
    read(&sink.mails().pop().unwrap())
}

/// Subject and text.
pub(crate) fn read(mail: &SunkMail) -> (String, String) {
    let mail = MessageParser::default().parse(&mail.message).unwrap();
    (mail.subject().unwrap().to_owned(), mail.body_text(0).unwrap().into_owned())
}

async fn a_column_goes_by_a_report_and_everyone_is_told(db: TestDatabase) {
    let sink = MailSink::start().await;
    let app = TestApp::with_mail(db, &sink).await;
    let (anna, bram) = (
        signed_in(&app, "anna@voorbeeld.example", Role::Chief).await,
        signed_in(&app, "bram@voorbeeld.example", Role::Editor).await,
    );
    let (experience, mine) = accepted(&app, &anna, &sink).await;
    let id = begin(&app, &anna, json!({"experiences": [experience]})).await;
    save(&app, &anna, &id, 1, &sheet("Wachten", "Drie weken gewacht.\n")).await;
    assert_eq!(publish(&app, &anna, &id, 2).await.status, StatusCode::OK);
    app.send_mails().await;

    let reporter = report(&app, "/columns/wachten", "").await;
    let remove = json!({"verdict": "remove", "ground": "privacy", "statement": "Er staat een adres in."});
    decide(&app, &bram, remove).await;
    assert_eq!(app.get("/nl/columns/wachten").await.status, StatusCode::GONE);
    app.send_mails().await;
    let (subject, text) = last_mail(&sink);
    assert_eq!(subject, "De column is van het bord gehaald");
    for part in ["Wachten", "Regel 1", "Er staat een adres in.", "bezwaar maken"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let page = app.get(&mine).await.text();
    assert!(page.contains("Er staat een adres in.") && page.contains("Bezwaar maken"), "{page}");
    let log = get(&app, "audit?action=taken-off", &anna).await.json();
    let line = &log["lines"][0];
    assert_eq!(
        (&line["about"], &line["ground"], &line["editor"]),
        (&json!("wachten: Er staat een adres in."), &json!("privacy"), &json!("bram"))
    );

    app.send_body("POST", &mine, &[FORM], "go=appeal&text=Dat+is+mijn+eigen+adres.").await;
    decide(&app, &anna, json!({"verdict": "overturn", "statement": "Het is haar eigen adres."})).await;
    assert_eq!(app.get("/nl/columns/wachten").await.status, StatusCode::OK);
    let page = app.get(&reporter).await.text();
    assert!(page.contains("Het is haar eigen adres.") && page.contains("Bezwaar maken"), "{page}");
    assert!(!app.get(&mine).await.text().contains("Bezwaar maken"));
}

async fn who_shares_a_column_is_told_when_the_other_leaves(db: TestDatabase) {
    let sink = MailSink::start().await;
    let app = TestApp::with_mail(db, &sink).await;
    let anna = signed_in(&app, "anna@voorbeeld.example", Role::Chief).await;
    let (one, mine) = accepted(&app, &anna, &sink).await;
    let (other, theirs) = accepted_as(&app, &anna, &sink, "positive").await;
    let id = begin(&app, &anna, json!({"experiences": [one, other]})).await;
    save(&app, &anna, &id, 1, &sheet("Samen <i>", "Twee kanten.\n")).await;
    assert_eq!(publish(&app, &anna, &id, 2).await.status, StatusCode::OK);
    app.send_mails().await;
    let before = sink.mails().len();

    app.send_body("POST", &mine, &[FORM], "go=withdraw").await;
    app.refresh().await;
    assert_eq!(app.get("/nl/columns/samen-i").await.status, StatusCode::GONE);
    app.send_mails().await;
    assert_eq!(sink.mails().len(), before + 1, "one mail, to the one who is left");
    let (subject, text) = last_mail(&sink);
    assert_eq!(subject, "De column is van het bord gehaald");
    assert!(text.contains("Samen <i>") && text.contains(&theirs), "{text}");
    let page = app.get(&theirs).await.text();
    assert!(page.contains("heeft iemand anders het eigen deel van jullie column teruggetrokken"), "{page}");
    assert!(!app.get(&mine).await.text().contains("iemand anders het eigen deel"));
}
