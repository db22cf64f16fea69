//! Mails leave: through a real mail server on loopback, which fails when it is told to.

use std::path::Path;

use mail_parser::MessageParser;
use time::Duration;
use weerklank_store::MailCounts;
use weerklank_test_support::{
    app::{ORIGIN, TestApp},
    database::TestDatabase,
    mail_sink::{Failure, MailSink, SunkMail},
    on_every_database,
};

use crate::{process::Desk, wire};

on_every_database!(
    a_mail_says_what_was_kept,
    what_was_not_taken_is_tried_again_under_the_same_name,
    what_is_refused_for_good_is_given_up_at_once,
    what_nobody_takes_is_given_up_in_the_end,
    without_a_server_mails_are_kept_and_counted,
    a_write_wakes_the_job,
);

/// Sends in a story with an address; the path of the sender's page.
pub async fn send_in(app: &TestApp, story: &str, email: &str) -> String {
    let draft = serde_json::json!({"negative": {"story": story}, "email": email, "lang": "nl"});
    let json = [("content-type", "application/json")];
    let answer = app.send_body("POST", "/api/v1/experiences", &json, draft.to_string()).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    answer.json()["secret_url"].as_str().unwrap().strip_prefix(ORIGIN).unwrap().to_owned()
}

/// The path of the one link in a mail.
pub fn link(mail: &SunkMail) -> String {
    let parsed = MessageParser::default().parse(&mail.message).unwrap();
    let text = parsed.body_text(0).unwrap().into_owned();
    let url = text.lines().find_map(|line| line.trim().strip_prefix(ORIGIN)).unwrap().to_owned();
    let html = parsed.body_html(0).unwrap().into_owned();
    let links: Vec<&str> = html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(links.iter().all(|link| *link == format!("{ORIGIN}{url}")), "{links:?}");
    url
}

async fn counts(app: &TestApp) -> (u64, u64) {
    let MailCounts { waiting, dead, .. } = app.app.store.mail_counts().await.unwrap();
    (waiting, dead)
}

async fn a_mail_says_what_was_kept(db: TestDatabase) {
    let sink = MailSink::start().await;
    let app = TestApp::with_mail(db, &sink).await;
    send_in(&app, "Verteld.", "kwal@voorbeeld.example").await;
    app.send_mails().await;
    let mails = sink.mails();
    let [mail] = &*mails else { panic!("{mails:?}") };
    assert_eq!((&*mail.from, &*mail.to[0]), ("redactie@board.example", "kwal@voorbeeld.example"));
    let parsed = MessageParser::default().parse(&mail.message).unwrap();
    assert_eq!(parsed.subject(), Some("Is dit je e-mailadres?"));
    assert!(parsed.message_id().unwrap().ends_with("@board.example"));
    assert_eq!(parsed.date().unwrap().to_rfc3339(), "2026-11-21T12:00:00Z");
    for (name, value) in [
        ("From", "\"Het bord\" <redactie@board.example>"),
        ("To", "kwal@voorbeeld.example"),
        ("Auto-Submitted", "auto-generated"),
        ("Content-Language", "nl"),
    ] {
        assert_eq!(mail.header(name).as_deref(), Some(value));
    }
    assert!(!String::from_utf8_lossy(&mail.message).contains("Verteld"), "its reader may be a stranger");
    assert_eq!(counts(&app).await, (0, 0));
    app.send_mails().await;
    assert_eq!(sink.mails().len(), 1);
}

async fn what_was_not_taken_is_tried_again_under_the_same_name(db: TestDatabase) {
    let sink = MailSink::start().await;
    let app = TestApp::with_mail(db, &sink).await;
    let failures = [
        Failure::Recipient("450 4.2.0 come back later"),
        Failure::Data("451 4.3.0 no room"),
        Failure::Gone,
        Failure::KeptWithoutAnswer,
    ];
    for failure in failures {
        sink.fail_next(failure);
    }
    send_in(&app, "Verteld.", "kwal@voorbeeld.example").await;
    for attempt in 0..4 {
        assert_eq!(sink.mails().len(), 0, "{attempt}");
        app.send_mails().await;
        // Too soon is no attempt.
        app.send_mails().await;
        assert_eq!(counts(&app).await, (1, 0), "{attempt}");
        app.advance(Duration::minutes(11));
    }
    app.send_mails().await;
    let mails = sink.mails();
    // The server kept one whose answer got lost: that is the only way to a second one.
    let [first, second] = &*mails else { panic!("{mails:?}") };
    assert_eq!(first, second);
    assert_eq!(counts(&app).await, (0, 0));
}

async fn what_is_refused_for_good_is_given_up_at_once(db: TestDatabase) {
    let sink = MailSink::start().await;
    let app = TestApp::with_mail(db, &sink).await;
    sink.fail_next(Failure::Recipient("550 5.1.1 nobody of that name"));
    send_in(&app, "Verteld.", "kwal@voorbeeld.example").await;
    app.send_mails().await;
    assert_eq!(counts(&app).await, (0, 1));
    let dead = app.app.store.dead_mails(10).await.unwrap().remove(0);
    assert!(dead.last_error.contains("nobody of that name"), "{}", dead.last_error);
    app.advance(Duration::days(9));
    app.send_mails().await;
    assert_eq!(sink.mails(), []);
    // An editor may try again.
    assert!(app.app.store.retry_mail(dead.id, app.app.clock.now()).await.unwrap());
    app.send_mails().await;
    assert_eq!(sink.mails().len(), 1);
    let metrics = app.get("/metrics").await.text();
    for line in ["weerklank_mails_total{outcome=\"dead\"} 1", "weerklank_mails_total{outcome=\"sent\"} 1"] {
        assert!(metrics.contains(line), "{metrics}");
    }
}

async fn what_nobody_takes_is_given_up_in_the_end(db: TestDatabase) {
    let sink = MailSink::start().await;
    let app = TestApp::with_mail(db, &sink).await;
    send_in(&app, "Verteld.", "kwal@voorbeeld.example").await;
    let mut attempts = 0;
    while counts(&app).await == (1, 0) {
        sink.fail_next(Failure::Recipient("450 4.2.0 come back later"));
        app.send_mails().await;
        app.advance(Duration::hours(5));
        attempts += 1;
    }
    assert_eq!(counts(&app).await, (0, 1));
    // Five days of five hours each.
    assert!((23..=25).contains(&attempts), "{attempts}");
    assert_eq!(sink.mails(), []);
}

async fn without_a_server_mails_are_kept_and_counted(db: TestDatabase) {
    let app = TestApp::new(db).await;
    send_in(&app, "Verteld.", "kwal@voorbeeld.example").await;
    app.send_mails().await;
    app.advance(Duration::days(30));
    app.send_mails().await;
    assert_eq!(counts(&app).await, (1, 0));
    let _listening = app.listen().await;
    let waiting = "weerklank_mails_waiting 1";
    tokio::time::timeout(wire::PATIENCE, async {
        while !app.get("/metrics").await.text().contains(waiting) {
            tokio::task::yield_now().await;
        }
    })
    .await
    .unwrap();
}

async fn a_write_wakes_the_job(db: TestDatabase) {
    let sink = MailSink::start().await;
    let app = TestApp::with_mail(db, &sink).await;
    let _listening = app.listen().await;
    for count in 1..=3 {
        send_in(&app, "Verteld.", "kwal@voorbeeld.example").await;
        tokio::time::timeout(wire::PATIENCE, sink.wait_for(count)).await.unwrap();
    }
}

/// Nothing goes over an open line by mistake.
#[tokio::test]
async fn who_asks_for_tls_sends_nothing_without() {
    let sink = MailSink::start().await;
    let desk = Desk::new();
    let place = sink.url().replace("smtp+plain://", "");
    for scheme in ["smtp", "smtps"] {
        let url = format!("{scheme}://jo:geheim@{place}");
        let words = ["doctor", "--smtp", &url, "--mail-from", "redactie@board.example"];
        let told = tokio::task::spawn_blocking({
            let command = desk.command(&words);
            move || { command }.output().unwrap()
        });
        let told = String::from_utf8(told.await.unwrap().stdout).unwrap();
        assert!(told.contains("BAD  mail: ") && !told.contains("geheim"), "{told}");
    }
}

/// Told to stop while a server takes its time with a mail, it waits for the answer: the mail is sent
/// once. The doctor then says how things stand.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_under_way_is_finished_before_the_end() {
    let sink = MailSink::start().await;
    let desk = Desk::new();
    let mail = ["--smtp", &sink.url(), "--mail-from", "Het bord <redactie@board.example>"];
    let serving = desk.serve(&[&["--take-experiences"], &mail[..]].concat());
    sink.fail_next(Failure::Held);
    let draft = r#"{"suggestion": "Bel terug.", "email": "kwal@voorbeeld.example"}"#;
    assert_eq!(wire::post_json(serving.address, "/api/v1/experiences", draft).await.status, 201);
    sink.wait_for(1).await;
    let ending = tokio::task::spawn_blocking(move || serving.terminate());
    sink.release();
    assert_eq!(ending.await.unwrap(), Some(0));
    let doctor = |words: &[&str]| doctor(&desk, words);
    let well = doctor(&mail);
    assert!(well.contains("ok   mail: smtp+plain://") && well.contains("0 wait, 0 were given up"), "{well}");
    let none = doctor(&[]);
    assert!(none.contains("note mail: no SMTP server is set") && none.contains("0 wait"), "{none}");
    assert_eq!(sink.mails().len(), 1);
    assert!(doctor(&["--smtp", &sink.url()]).contains("BAD  mail: --smtp asks for --mail-from"));
    assert!(Path::new(&desk.path("weerklank.db")).exists());
}

fn doctor(desk: &Desk, words: &[&str]) -> String {
    desk.run(&[&["doctor"], words].concat()).out
}
