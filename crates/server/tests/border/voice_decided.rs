//! What is decided on comments and reports, whom it is told, and what they can do about it.

use axum::http::StatusCode;
use mail_parser::MessageParser;
use serde_json::{Value, json};
use weerklank_domain::desk::Role;
use weerklank_server::export::export;
use weerklank_test_support::{
    app::TestApp,
    build::column,
    database::TestDatabase,
    mail_sink::{MailSink, SunkMail},
    on_every_database,
};

use crate::desk::{code, get, send, signed_in};
use crate::mailing::link;
use crate::sharing::Form;
use crate::voice::{FORM, decide, first, looked_at, page, say, sent_to};

on_every_database!(
    a_report_is_received_decided_and_appealed,
    a_report_that_is_not_followed_says_why,
    a_rejection_can_be_appealed_by_who_wrote_it,
    who_sent_in_an_experience_appeals_as_well,
    the_mirror_shows_comments_and_no_forms,
);

const REMOVE: &str = "Er staat een adres in.";

fn remove() -> Value {
    json!({"verdict": "remove", "ground": "privacy", "statement": REMOVE})
}

/// Reports something; the address of its sender's page.
pub(crate) async fn report(app: &TestApp, about: &str, email: &str) -> String {
    let form = app.get(&format!("/report?where={}", about.replace('#', "%23"))).await;
    let form = Form::of(&form)
        .set("ground", "privacy")
        .set("text", "Daar woont iemand.")
        .set("email", email)
        .set("good_faith", "yes");
    sent_to(&form.press(app, "send").await)
}

/// The subjects of the mails that left, and to whom.
pub(crate) async fn subjects(app: &TestApp, sink: &MailSink) -> Vec<(String, String)> {
    app.send_mails().await;
    let mails = sink.mails();
    let subject =
        |message: &[u8]| MessageParser::default().parse(message).unwrap().subject().unwrap().to_owned();
    mails.iter().map(|mail| (mail.to[0].clone(), subject(&mail.message))).collect()
}

pub(crate) async fn confirm_last(app: &TestApp, sink: &MailSink) {
    app.send_mails().await;
    let asks = |mail: &&SunkMail| String::from_utf8_lossy(&mail.message).contains("/confirm");
    let mails = sink.mails();
    let path = link(mails.iter().rfind(asks).unwrap());
    assert!(path.contains("/confirm"), "{path}");
    app.send_body("POST", &path, &[FORM], "go=confirm").await;
}

async fn a_report_is_received_decided_and_appealed(db: TestDatabase) {
    let sink = MailSink::start().await;
    let app = TestApp::with_mail(db, &sink).await;
    app.store(&[column("een")]).await;
    let (anna, bram) = (
        signed_in(&app, "anna@voorbeeld.example", Role::Editor).await,
        signed_in(&app, "bram@voorbeeld.example", Role::Editor).await,
    );
    let form = looked_at(&app, "Dorpsweg 1.").await.set("email", "schrijver@voorbeeld.example");
    let writer = sent_to(&form.press(&app, "send").await);
    confirm_last(&app, &sink).await;
    let comment = decide(&app, &anna, json!({"verdict": "accept"})).await;
    let reporter = report(&app, &format!("/columns/een#comment-{comment}"), "melder@voorbeeld.example").await;
    confirm_last(&app, &sink).await;
    let to_reporter = |mail: &&SunkMail| mail.to[0].starts_with("melder");
    let receipt = sink.mails().iter().find(to_reporter).unwrap().message.clone();
    let receipt = MessageParser::default().parse(&receipt).unwrap().body_text(0).unwrap().into_owned();
    assert!(receipt.contains("De reactie van Anoniem onder"), "{receipt}");

    let (id, _) = first(&app, &anna).await;
    let whole = get(&app, &format!("queue/{id}"), &anna).await.json();
    let html = whole["html"].as_str().unwrap();
    assert!(html.contains("Dorpsweg 1.") && html.contains("Daar woont iemand."), "{html}");
    let undone = {
        send(&app, "POST", &format!("queue/{id}/claim"), &bram, json!({})).await;
        let mut decision = remove();
        decision["version"] = json!(1);
        let made = send(&app, "POST", &format!("queue/{id}/decisions"), &bram, decision).await.json();
        made["id"].as_str().unwrap().to_owned()
    };
    send(&app, "DELETE", &format!("decisions/{undone}"), &bram, json!({})).await;
    app.make_decisions_final();
    assert_eq!(subjects(&app, &sink).await.len(), 3, "what was undone is mailed to nobody");
    decide(&app, &bram, remove()).await;
    let shown = page(&app).await;
    assert!(shown.contains("Een redacteur heeft deze reactie verwijderd.") && !shown.contains("Dorpsweg"));
    let told = subjects(&app, &sink).await;
    let of = |to: &str, subject: &str| (format!("{to}@voorbeeld.example"), subject.to_owned());
    assert!(told[..3].contains(&of("schrijver", "Je reactie is geplaatst")), "{told:?}");
    let mut last = told[3..].to_vec();
    last.sort();
    assert!(last.contains(&of("melder", "Je melding: het is verwijderd")), "{last:?}");
    assert!(last.contains(&of("schrijver", "Je reactie is verwijderd")), "{last:?}");
    for path in [&writer, &reporter] {
        let text = app.get(path).await.text();
        assert!(text.contains(REMOVE) && text.contains("Regel 1"), "{text}");
    }
    assert!(!app.get(&reporter).await.text().contains("Bezwaar maken"));

    let empty = app.send_body("POST", &writer, &[FORM], "go=appeal&text=+").await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let appealed = app.send_body("POST", &writer, &[FORM], "go=appeal&text=Dat+is+mijn+adres.").await;
    assert!(appealed.header("location").ends_with("?appealed"));
    let again = app.send_body("POST", &writer, &[FORM], "go=appeal&text=Nog+eens.").await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert!(again.text().contains("Nog eens."), "what was typed is lost: {}", again.text());
    let (appeal, _) = first(&app, &anna).await;
    let barred = send(&app, "POST", &format!("queue/{appeal}/claim"), &bram, json!({})).await;
    assert_eq!(code(&barred), (409, "own-decision".to_owned()));
    let whole = get(&app, &format!("queue/{appeal}"), &anna).await.json();
    let html = whole["html"].as_str().unwrap();
    for part in ["Dat is mijn adres.", REMOVE, "Dorpsweg 1.", "bram"] {
        assert!(html.contains(part), "{part}: {html}");
    }
    decide(&app, &anna, json!({"verdict": "overturn", "statement": "Het is zijn eigen adres."})).await;
    assert!(page(&app).await.contains("Dorpsweg 1."));
    let mut told = subjects(&app, &sink).await.split_off(5);
    told.sort();
    assert_eq!(
        told,
        [
            of("melder", "Je melding: het staat er weer"),
            of("schrijver", "Je bezwaar: het besluit is omgedraaid")
        ]
    );
    assert!(app.get(&writer).await.text().contains("Het is zijn eigen adres."));

    // As their mails say, both have their address taken away on their own page.
    for (own, email) in [(&writer, "schrijver@voorbeeld.example"), (&reporter, "melder@voorbeeld.example")] {
        assert!(app.get(own).await.text().contains(email), "{own}");
        let forgotten = app.send_body("POST", own, &[FORM], "go=forget").await;
        assert!(forgotten.header("location").ends_with("?forgotten"), "{}", forgotten.text());
        let shown = app.get(own).await;
        assert!(shown.status == StatusCode::OK && !shown.text().contains(email), "{}", shown.text());
    }
    let nobody = app.send_body("POST", "/said/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", &[FORM], "go=forget").await;
    assert_eq!(nobody.status, StatusCode::NOT_FOUND);
}

async fn a_report_that_is_not_followed_says_why(db: TestDatabase) {
    let app = TestApp::new(db).await;
    app.store(&[column("een")]).await;
    let (anna, bram) = (
        signed_in(&app, "anna@voorbeeld.example", Role::Editor).await,
        signed_in(&app, "bram@voorbeeld.example", Role::Editor).await,
    );
    let own = report(&app, "/columns/een", "").await;
    decide(&app, &anna, json!({"verdict": "keep", "statement": "Dit is een mening."})).await;
    let text = app.get(&own).await.text();
    assert!(
        text.contains("Blijft staan")
            && text.contains("Dit is een mening.")
            && text.contains("Bezwaar maken")
    );
    app.send_body("POST", &own, &[FORM], "go=appeal&text=Kijk+nog+eens.").await;
    decide(&app, &bram, json!({"verdict": "uphold", "statement": "Het blijft een mening."})).await;
    let text = app.get(&own).await.text();
    assert!(text.contains("Het besluit blijft") && text.contains("Het blijft een mening."), "{text}");
    assert_eq!(app.get("/columns/een").await.status, StatusCode::OK);
    let log = get(&app, "queue?view=decided&kind=appeal", &anna).await.json();
    assert_eq!((&log["count"], &log["items"][0]["state"]), (&json!(1), &json!("rejected")));
}

async fn a_rejection_can_be_appealed_by_who_wrote_it(db: TestDatabase) {
    let app = TestApp::new(db).await;
    app.store(&[column("een")]).await;
    let (anna, bram) = (
        signed_in(&app, "anna@voorbeeld.example", Role::Editor).await,
        signed_in(&app, "bram@voorbeeld.example", Role::Editor).await,
    );
    let own = say(&app, "Reclame?").await;
    let reject = json!({"verdict": "reject", "ground": "advertising", "statement": "Dit is reclame."});
    decide(&app, &anna, reject).await;
    let text = app.get(&own).await.text();
    assert!(text.contains("Niet geplaatst") && text.contains("Dit is reclame.") && text.contains("Regel 5"));
    assert!(!page(&app).await.contains("Reclame?"));
    app.send_body("POST", &own, &[FORM], "go=appeal&text=Helemaal+niet.").await;
    decide(&app, &bram, json!({"verdict": "overturn", "statement": "Je hebt gelijk."})).await;
    assert!(page(&app).await.contains("Reclame?"));
}

async fn who_sent_in_an_experience_appeals_as_well(db: TestDatabase) {
    let app = TestApp::new(db).await;
    let (anna, bram) = (
        signed_in(&app, "anna@voorbeeld.example", Role::Editor).await,
        signed_in(&app, "bram@voorbeeld.example", Role::Editor).await,
    );
    let sent = app.send_in_story("Een verhaal.").await;
    let url = sent["secret_url"].as_str().unwrap();
    let mine = url[url.find("/mine/").unwrap()..].replace("/mine/", "/nl/mine/");
    let reject = json!({"verdict": "reject", "ground": "unusable", "statement": "Te kort."});
    decide(&app, &anna, reject).await;
    assert!(app.get(&mine).await.text().contains("Bezwaar maken"));
    let empty = app.send_body("POST", &mine, &[FORM], "go=appeal&text=").await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let done = app.send_body("POST", &mine, &[FORM], "go=appeal&text=Kort+mag.").await;
    assert!(done.header("location").ends_with("?appealed"), "{}", done.text());
    decide(&app, &bram, json!({"verdict": "overturn", "statement": "Kort mag."})).await;
    let text = app.get(&mine).await.text();
    assert!(text.contains("Je bezwaar") && text.contains("Het besluit is omgedraaid"), "{text}");
}

async fn the_mirror_shows_comments_and_no_forms(db: TestDatabase) {
    let app = TestApp::new(db).await;
    app.store(&[column("een")]).await;
    let anna = signed_in(&app, "anna@voorbeeld.example", Role::Editor).await;
    say(&app, "Herken ik.").await;
    decide(&app, &anna, json!({"verdict": "accept"})).await;
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("mirror");
    export(&app.app, &dir).await.unwrap();
    let html = std::fs::read_to_string(dir.join("site/columns/een/index.html")).unwrap();
    assert!(html.contains("Herken ik."), "{html}");
    for part in ["method=\"post\"", "/report", "/columns/een/comment", "Antwoorden"] {
        assert!(!html.contains(part), "{part}");
    }
}
