//! The first words of statements.

use axum::http::StatusCode;
use serde_json::{Value, json};
use weerklank_domain::desk::{Role, limits};
use weerklank_test_support::{app::TestApp, database::TestDatabase, on_every_database};

use crate::desk::{code, get, send, signed_in};

on_every_database!(
    first_words_are_the_programs_until_somebody_writes_others,
    two_who_write_at_once_lose_nothing
);

/// One of them.
async fn one(app: &TestApp, cookie: &str, lang: &str, verdict: &str, ground: &Value) -> Value {
    let all = get(app, "templates", cookie).await.json();
    let mut all = all["templates"].as_array().unwrap().iter();
    all.find(|one| one["lang"] == lang && one["verdict"] == verdict && one["ground"] == *ground)
        .unwrap()
        .clone()
}

async fn first_words_are_the_programs_until_somebody_writes_others(db: TestDatabase) {
    let app = TestApp::new(db).await;
    let editor = signed_in(&app, "anna@voorbeeld.example", Role::Editor).await;
    let chief = signed_in(&app, "bram@voorbeeld.example", Role::Chief).await;
    let before = one(&app, &editor, "nl", "reject", &json!("privacy")).await;
    assert_eq!((&before["is_own"], &before["version"]), (&json!(false), &json!(0)));
    assert!(before["text"].as_str().unwrap().starts_with("Er staan gegevens in"));

    let mut change = json!({"lang": "nl", "verdict": "reject", "ground": "privacy", "version": 0, "text": "Dit kan <b>niet</b>: "});
    assert_eq!(
        code(&send(&app, "PUT", "templates", &editor, change.clone()).await),
        (403, "not-allowed".to_owned())
    );
    let written = send(&app, "PUT", "templates", &chief, change.clone()).await;
    assert_eq!(written.status, StatusCode::OK, "{}", written.text());
    let now = one(&app, &editor, "nl", "reject", &json!("privacy")).await;
    assert_eq!(
        (&now["text"], &now["is_own"], &now["version"], &now["changed_by"]),
        (&change["text"], &json!(true), &json!(1), &json!("bram"))
    );
    assert_eq!(one(&app, &editor, "en", "reject", &json!("privacy")).await["is_own"], false);

    for (key, value, wanted) in [
        ("text", json!(" \n"), (422, "invalid-template")),
        ("text", json!("é".repeat(limits::STATEMENT + 1)), (422, "invalid-template")),
        ("ground", Value::Null, (422, "invalid-template")),
        ("verdict", json!("accept"), (422, "invalid-template")),
        ("lang", json!("fr"), (400, "invalid-body")),
        ("more", json!(1), (400, "invalid-body")),
    ] {
        let mut wrong = change.clone();
        wrong["version"] = json!(1);
        wrong[key] = value;
        assert_eq!(
            code(&send(&app, "PUT", "templates", &chief, wrong).await),
            (wanted.0, wanted.1.to_owned()),
            "{key}"
        );
    }
    change["version"] = json!(1);
    change["text"] = Value::Null;
    assert_eq!(send(&app, "PUT", "templates", &chief, change).await.status, StatusCode::OK);
    let after = one(&app, &editor, "nl", "reject", &json!("privacy")).await;
    assert_eq!(
        (&after["text"], &after["is_own"], &after["version"]),
        (&before["text"], &json!(false), &json!(2))
    );
    let log = get(&app, "audit?format=csv", &chief).await.text();
    assert!(
        log.contains("template-changed") && log.contains("template-reset") && !log.contains("Dit kan"),
        "{log}"
    );
}

async fn two_who_write_at_once_lose_nothing(db: TestDatabase) {
    let app = TestApp::new(db).await;
    let anna = signed_in(&app, "anna@voorbeeld.example", Role::Chief).await;
    let bram = signed_in(&app, "bram@voorbeeld.example", Role::Admin).await;
    let change =
        |version: i64, text: &str| json!({"lang": "en", "verdict": "ask", "version": version, "text": text});
    assert_eq!(send(&app, "PUT", "templates", &anna, change(0, "Of Anna.")).await.status, StatusCode::OK);
    assert_eq!(
        code(&send(&app, "PUT", "templates", &bram, change(0, "Of Bram.")).await),
        (409, "changed".to_owned())
    );
    let read = one(&app, &bram, "en", "ask", &Value::Null).await;
    assert_eq!(
        (&read["text"], &read["changed_by"], &read["version"]),
        (&json!("Of Anna."), &json!("anna"), &json!(1))
    );
    assert_eq!(send(&app, "PUT", "templates", &bram, change(1, "Of both.")).await.status, StatusCode::OK);
    assert_eq!(one(&app, &anna, "en", "ask", &Value::Null).await["text"], "Of both.");
}
