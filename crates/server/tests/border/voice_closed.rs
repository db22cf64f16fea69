//! A board that takes nothing in, where what is public can be reported all the same.

use axum::http::StatusCode;
use serde_json::json;
use weerklank_domain::desk::Role;
use weerklank_test_support::{app::TestApp, build::column, database::TestDatabase, on_every_database};

use crate::desk::{JSON, get, signed_in};
use crate::sharing::Form;
use crate::voice::{page, sent_to};

on_every_database!(reports_alone_are_taken_where_nothing_is_open,);

async fn reports_alone_are_taken_where_nothing_is_open(db: TestDatabase) {
    let mut sending = weerklank_test_support::app::sending();
    sending.is_open = false;
    let app = TestApp::with_sending(db, sending).await;
    app.store(&[column("een")]).await;
    let shown = page(&app).await;
    assert!(!shown.contains("<form method=\"post\"") && !shown.contains("Herkenbaar"), "{shown}");
    for path in ["/columns/een/comment", "/columns/een/reaction"] {
        assert_eq!(app.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    for path in ["/api/v1/columns/een/comments", "/api/v1/columns/een/reactions"] {
        let refused = app.send_body("POST", path, &[JSON], "{}").await;
        assert_eq!(refused.status, StatusCode::NOT_FOUND, "{path}");
    }
    // What is public can be reported all the same, by people and by programs.
    assert!(shown.contains("/report?where=%2Fcolumns%2Feen"), "{shown}");
    let form = Form::of(&app.get("/report?where=/columns/een").await)
        .set("ground", "law")
        .set("text", "Dit mag niet.")
        .set("good_faith", "yes");
    let reporter = sent_to(&form.press(&app, "send").await);
    assert!(app.get(&reporter).await.text().contains("Dit mag niet."));
    let report = json!({"where": "/columns/een", "ground": "law", "text": "Nog een.", "lang": "nl", "good_faith": true});
    let taken = app.send_body("POST", "/api/v1/reports", &[JSON], report.to_string()).await;
    assert_eq!(taken.status, StatusCode::CREATED, "{}", taken.text());
    let anna = signed_in(&app, "anna@voorbeeld.example", Role::Editor).await;
    assert_eq!(get(&app, "queue", &anna).await.json()["count"], 2);
}
