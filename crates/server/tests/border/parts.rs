//! What a column is made of: pairs, corrections, what its sender keeps of it, and drafts that are thrown away.

use axum::http::StatusCode;
use serde_json::json;
use time::Duration;
use weerklank_domain::desk::Role;
use weerklank_server::config::SendingConfig;
use weerklank_store::Limit;
use weerklank_test_support::app::{TestApp, sending};
use weerklank_test_support::{database::TestDatabase, mail_sink::MailSink, on_every_database};

use crate::composing::{accepted, accepted_as, begin, draft, publish, save, sheet};
use crate::desk::{JSON, OWN, code, get, send, signed_in};
use crate::second_look::last_mail;
use crate::voice::decide;

on_every_database!(
    a_draft_is_thrown_away_as_it_was_seen,
    a_pair_says_what_stands_in_its_way,
    a_rejected_correction_leaves_the_column_and_says_so,
    a_sender_downloads_all_that_is_kept,
    corrections_are_limited_as_sending_in_is,
);

async fn a_draft_is_thrown_away_as_it_was_seen(db: TestDatabase) {
    let app = TestApp::new(db).await;
    let anna = signed_in(&app, "anna@voorbeeld.example", Role::Editor).await;
    let id = begin(&app, &anna, json!({"lang": "nl"})).await;
    assert_eq!(save(&app, &anna, &id, 1, &sheet("Meer", "Van een ander.\n")).await.status, StatusCode::OK);
    let discard = async |version: Option<&str>| {
        let mut headers = vec![JSON, OWN, ("cookie", anna.as_str())];
        headers.extend(version.map(|version| ("if-match", version)));
        app.send("DELETE", &format!("/api/v1/desk/drafts/{id}"), &headers).await
    };
    assert_eq!(code(&discard(None).await), (428, "version-needed".to_owned()));
    assert_eq!(code(&discard(Some("\"1\"")).await), (412, "draft-changed".to_owned()));
    assert_eq!(discard(Some("\"2\"")).await.status, StatusCode::NO_CONTENT);
    assert_eq!(get(&app, &draft(&id), &anna).await.status, StatusCode::NOT_FOUND);
}

async fn a_pair_says_what_stands_in_its_way(db: TestDatabase) {
    let sink = MailSink::start().await;
    let app = TestApp::with_mail(db, &sink).await;
    let anna = signed_in(&app, "anna@voorbeeld.example", Role::Editor).await;
    let (one, _) = accepted(&app, &anna, &sink).await;
    let (other, _) = accepted_as(&app, &anna, &sink, "positive").await;
    begin(&app, &anna, json!({"experiences": [one]})).await;
    let refused = send(&app, "POST", "drafts", &anna, json!({"experiences": [one, other]})).await;
    assert_eq!(code(&refused), (409, "in-another-draft".to_owned()));
    begin(&app, &anna, json!({"experiences": [other]})).await;
}

async fn a_rejected_correction_leaves_the_column_and_says_so(db: TestDatabase) {
    let sink = MailSink::start().await;
    let app = TestApp::with_mail(db, &sink).await;
    let anna = signed_in(&app, "anna@voorbeeld.example", Role::Chief).await;
    let (experience, mine) = accepted(&app, &anna, &sink).await;
    let id = begin(&app, &anna, json!({"experiences": [experience]})).await;
    save(&app, &anna, &id, 1, &sheet("Wachten", "Drie weken gewacht.\n")).await;
    assert_eq!(publish(&app, &anna, &id, 2).await.status, StatusCode::OK);
    app.send_mails().await;
    let own = format!("/api/v1/experiences/{}", mine.rsplit('/').next().unwrap());
    let changed = json!({"experience": {"negative": {"story": "Koop bij mij!"}, "lang": "nl", "name": "J. Kwal",
        "email": "lezer@voorbeeld.example", "consents": {"publish": true}}});
    let patched = app.send_body("PATCH", &own, &[JSON], changed.to_string()).await;
    assert_eq!(patched.status, StatusCode::OK, "{}", patched.text());
    let reject = json!({"verdict": "reject", "ground": "advertising", "statement": "Dit is reclame."});
    decide(&app, &anna, reject).await;
    assert_eq!(app.get("/nl/columns/wachten").await.status, StatusCode::OK);
    app.send_mails().await;
    let (_, text) = last_mail(&sink);
    assert!(text.replace('\n', " ").contains("blijft staan met de tekst die er stond"), "{text}");
    assert!(app.get(&mine).await.text().contains("blijft staan met de tekst die er stond"));
    // Whoever does not want that takes it off.
    let form = [("content-type", "application/x-www-form-urlencoded")];
    app.send_body("POST", &mine, &form, "go=withdraw").await;
    app.refresh().await;
    assert_eq!(app.get("/nl/columns/wachten").await.status, StatusCode::GONE);
    assert!(!app.get(&mine).await.text().contains("blijft staan met de tekst die er stond"));
}

async fn a_sender_downloads_all_that_is_kept(db: TestDatabase) {
    let sink = MailSink::start().await;
    let app = TestApp::with_mail(db, &sink).await;
    let (anna, bram) = (
        signed_in(&app, "anna@voorbeeld.example", Role::Chief).await,
        signed_in(&app, "bram@voorbeeld.example", Role::Editor).await,
    );
    let (experience, mine) = accepted(&app, &anna, &sink).await;
    let form = [("content-type", "application/x-www-form-urlencoded")];
    app.send_body("POST", &mine, &form, "go=answer&answer=Er+is+nog+iets.").await;
    decide(&app, &anna, json!({"verdict": "ask", "statement": "Wat dan?"})).await;
    app.send_body("POST", &mine, &form, "go=answer&answer=De+bezorger.").await;
    decide(&app, &anna, json!({"verdict": "accept"})).await;
    let id = begin(&app, &anna, json!({"experiences": [experience]})).await;
    save(&app, &anna, &id, 1, &sheet("Wachten", "Drie weken gewacht.\n")).await;
    send(&app, "POST", &draft(&format!("{id}/approval")), &anna, json!({"version": 2})).await;
    let said = format!("go=approve&draft={id}&version=2&remark=Mooi+zo.");
    app.send_body("POST", &mine, &form, said).await;
    assert_eq!(publish(&app, &anna, &id, 2).await.status, StatusCode::OK);
    send(&app, "POST", &draft(&format!("{id}/taken-off")), &anna, json!({"reason": "Even weg."})).await;
    app.send_body("POST", &mine, &form, "go=appeal&text=Waarom+dan?").await;
    decide(&app, &bram, json!({"verdict": "uphold", "statement": "Daarom."})).await;
    let file = app.get(&format!("{mine}/experience.json")).await;
    assert_eq!(file.status, StatusCode::OK, "{}", file.text());
    let kept = file.json();
    assert_eq!(kept["decisions"][1]["statement"], "Wat dan?");
    assert_eq!(kept["answers"][1]["text"], "De bezorger.");
    let text = &kept["texts"][0];
    assert_eq!((&text["title"], &text["body"]), (&json!("Wachten"), &json!("Drie weken gewacht.\n")));
    assert_eq!((&text["approved"], &text["remark"]), (&json!(true), &json!("Mooi zo.")));
    assert_eq!(
        (&text["column_status"], &text["withdrawn_reason"]),
        (&json!("withdrawn"), &json!("Even weg."))
    );
    let appeal = &kept["appeals"][0];
    assert_eq!(
        (&appeal["text"], &appeal["decision"]["statement"]),
        (&json!("Waarom dan?"), &json!("Daarom."))
    );
    assert!(kept["consented"]["publish"].is_string() && kept["consented"]["shop"].is_null());
    assert_eq!(kept["marks"], json!(["no-proof"]));
    assert!(kept["email_confirmed_at"].is_string());
}

async fn corrections_are_limited_as_sending_in_is(db: TestDatabase) {
    let limit = Limit { what: "share", within: Duration::HOUR, soft: None, hard: Some(6) };
    let app = TestApp::with_sending(db, SendingConfig { limit, ..sending() }).await;
    let sent = app.send_in_story("Een verhaal.").await;
    let secret = sent["secret_url"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
    let (own, mine) = (format!("/api/v1/experiences/{secret}"), format!("/nl/mine/{secret}"));
    let patch = async |body: &str| app.send_body("PATCH", &own, &[JSON], body.to_owned()).await;
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let answer = async || app.send_body("POST", &mine, &form, "go=answer&answer=Nog+iets.").await;
    for _ in 0..3 {
        assert_eq!(patch(r#"{"answer": "Later meer."}"#).await.status, StatusCode::OK);
        assert_eq!(answer().await.status, StatusCode::SEE_OTHER);
    }
    let refused = patch(r#"{"experience": {"suggestion": "Bel terug."}}"#).await;
    assert_eq!(code(&refused), (429, "too-many-requests".to_owned()));
    assert!(!refused.header("retry-after").is_empty());
    let refused = answer().await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(refused.text().contains("Nog iets.</textarea>"), "{}", refused.text());
    // What goes is not held up, what comes back is; and by the next hour anything goes.
    assert_eq!(patch(r#"{"state": "withdrawn"}"#).await.status, StatusCode::OK);
    assert_eq!(patch(r#"{"state": "received"}"#).await.status, StatusCode::TOO_MANY_REQUESTS);
    let restore = async || app.send_body("POST", &mine, &form, "go=restore").await;
    let refused = restore().await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(refused.text().contains("veel gewijzigd") && refused.text().contains("Teruggetrokken."));
    app.advance(Duration::HOUR);
    assert_eq!(restore().await.status, StatusCode::SEE_OTHER);
    assert_eq!(answer().await.status, StatusCode::SEE_OTHER);
}
