//! An address is its reader's to confirm, not that of who typed it.

use axum::http::StatusCode;
use weerklank_test_support::{
    app::{TestApp, TestResponse},
    database::TestDatabase,
    mail_sink::MailSink,
    on_every_database,
};

use crate::html::elements;
use crate::mailing::{link, send_in};

on_every_database!(
    whoever_reads_the_mail_confirms,
    whoever_reads_the_mail_may_refuse,
    a_sender_sees_asks_again_and_takes_the_address_away,
    another_address_is_asked_anew,
    looking_changes_nothing,
);

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");
const DUTCH: (&str, &str) = ("accept-language", "nl");

async fn post(app: &TestApp, path: &str, body: &str) -> TestResponse {
    app.send_body("POST", path, &[FORM, DUTCH], body.to_owned()).await
}

async fn page(app: &TestApp, path: &str) -> String {
    app.get_with(path, &[DUTCH]).await.text()
}

/// Sends in with an address; the paths of the sender's page and of the page that the mail leads to.
async fn asked(app: &TestApp, sink: &MailSink) -> (String, String) {
    let mine = send_in(app, "Kwallen in de gang.", "kwal@voorbeeld.example").await;
    app.send_mails().await;
    (mine, link(sink.mails().last().unwrap()))
}

async fn whoever_reads_the_mail_confirms(db: TestDatabase) {
    let sink = MailSink::start().await;
    let app = TestApp::with_mail(db, &sink).await;
    let (mine, confirm) = asked(&app, &sink).await;
    let secret = mine.rsplit('/').next().unwrap();
    assert!(confirm.starts_with("/nl/mine/") && !confirm.contains(secret), "{confirm}");

    let html = page(&app, &confirm).await;
    assert!(html.contains("Is dit je e-mailadres?") && html.contains("kwal@voorbeeld.example"), "{html}");
    assert!(!html.contains("Kwallen") && !html.contains(secret), "a stranger may be reading");
    assert!(elements(&html).iter().any(|e| e.is("form", "action", &confirm)));
    assert!(page(&app, &mine).await.contains("is nog niet bevestigd"));

    let answer = post(&app, &confirm, "go=confirm").await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, &*confirm));
    let html = page(&app, &confirm).await;
    assert!(html.contains("Je adres is bevestigd") && !html.contains("value=\"confirm\""), "{html}");
    let html = page(&app, &mine).await;
    assert!(html.contains("is bevestigd op 21 november 2026"), "{html}");
    let own = app.get(&mine.replace("/mine/", "/api/v1/experiences/")).await;
    assert_eq!(own.json()["email_confirmed"], true);
    // English where the address says so, and the same page.
    let english = page(&app, &confirm.replacen("/nl/", "/en/", 1)).await;
    assert!(english.contains("Your address is confirmed"), "{english}");
}

async fn whoever_reads_the_mail_may_refuse(db: TestDatabase) {
    let sink = MailSink::start().await;
    let app = TestApp::with_mail(db, &sink).await;
    let (mine, confirm) = asked(&app, &sink).await;
    // Also after a yes: one may think again.
    post(&app, &confirm, "go=confirm").await;
    let answer = post(&app, &confirm, "go=refuse").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.text().contains("Het adres is weggehaald"));
    let html = page(&app, &mine).await;
    assert!(html.contains("Kwallen") && !html.contains("kwal@voorbeeld.example"), "what was sent in stays");
    for body in ["go=confirm", "go=refuse"] {
        assert_eq!(post(&app, &confirm, body).await.status, StatusCode::NOT_FOUND);
    }
    assert_eq!(app.get(&confirm).await.status, StatusCode::NOT_FOUND);
}

async fn a_sender_sees_asks_again_and_takes_the_address_away(db: TestDatabase) {
    let sink = MailSink::start().await;
    let app = TestApp::with_mail(db, &sink).await;
    let (mine, first) = asked(&app, &sink).await;
    let to = async |go: &str| {
        let answer = post(&app, &mine, &format!("go={go}")).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{go}");
        answer.header("location").to_owned()
    };
    assert_eq!(to("ask").await, format!("{mine}?too-soon"));
    assert!(page(&app, &format!("{mine}?too-soon")).await.contains("nog maar net een mail"));
    app.advance(time::Duration::minutes(3));
    assert_eq!(to("ask").await, format!("{mine}?asked"));
    app.send_mails().await;
    let mails = sink.mails();
    assert_eq!(mails.len(), 2);
    assert_eq!(link(&mails[1]), first, "what the first mail says still holds");
    assert_ne!(mails[0].header("message-id"), mails[1].header("message-id"), "it is another mail");
    post(&app, &first, "go=confirm").await;
    assert_eq!(to("ask").await, mine, "there is nothing to ask");

    assert_eq!(to("forget").await, format!("{mine}?forgotten"));
    let html = page(&app, &format!("{mine}?forgotten")).await;
    assert!(html.contains("Je adres is weggehaald.") && !html.contains("kwal@"), "{html}");
    assert_eq!(app.get(&first).await.status, StatusCode::NOT_FOUND);
    for go in ["ask", "forget"] {
        let answer = post(&app, "/mine/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", &format!("go={go}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{go}");
    }
}

async fn another_address_is_asked_anew(db: TestDatabase) {
    let sink = MailSink::start().await;
    let app = TestApp::with_mail(db, &sink).await;
    let (mine, first) = asked(&app, &sink).await;
    post(&app, &first, "go=confirm").await;
    let own = mine.replace("/mine/", "/api/v1/experiences/");
    let change = r#"{"experience": {"suggestion": "Bel.", "email": "ander@voorbeeld.example"}}"#;
    let answer = app.send_body("PATCH", &own, &[("content-type", "application/json")], change).await;
    assert_eq!(answer.json()["email_confirmed"], false);
    app.send_mails().await;
    let mails = sink.mails();
    assert_eq!((mails.len(), &mails[1].to), (2, &vec!["ander@voorbeeld.example".to_owned()]));
    let second = link(&mails[1]);
    assert_ne!(second, first);
    assert_eq!(app.get(&first).await.status, StatusCode::NOT_FOUND, "it asked another address");
    post(&app, &second, "go=confirm").await;
    assert_eq!(app.get(&own).await.json()["email_confirmed"], true);
}

/// Programs that look after mailboxes open every link in a mail.
async fn looking_changes_nothing(db: TestDatabase) {
    let sink = MailSink::start().await;
    let app = TestApp::with_mail(db, &sink).await;
    let (mine, confirm) = asked(&app, &sink).await;
    for path in [confirm.clone(), format!("{confirm}?go=confirm"), format!("{confirm}?go=refuse")] {
        for method in ["GET", "HEAD"] {
            assert_eq!(app.send(method, &path, &[]).await.status, StatusCode::OK);
        }
        assert_eq!(app.send("OPTIONS", &path, &[]).await.status, StatusCode::METHOD_NOT_ALLOWED);
    }
    for body in ["", "go=", "go=alles", "x=confirm"] {
        assert_eq!(post(&app, &confirm, body).await.status, StatusCode::SEE_OTHER, "{body}");
    }
    let answer = app.get(&confirm).await;
    for (name, value) in [
        ("cache-control", "private, no-store"),
        ("x-robots-tag", "noindex"),
        ("referrer-policy", "same-origin"),
    ] {
        assert_eq!(answer.header(name), value);
    }
    assert!(page(&app, &mine).await.contains("is nog niet bevestigd"));
}
