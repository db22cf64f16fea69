//! Selections of the queue that an editor gave a name.

use axum::http::StatusCode;
use serde_json::{Value, json};
use time::Duration;
use weerklank_domain::desk::{Role, limits};
use weerklank_test_support::{app::TestApp, database::TestDatabase, on_every_database};

use crate::desk::{code, get, send, signed_in};

on_every_database!(a_view_is_kept_and_replaced_and_nobody_elses, what_is_no_view_is_refused_in_words,);

/// Names and queries of one's views, in order.
async fn views(app: &TestApp, cookie: &str) -> Vec<(String, String)> {
    let answer = get(app, "views", cookie).await;
    assert_eq!(answer.header("cache-control"), "private, no-store");
    let all = answer.json();
    let text = |view: &Value, key: &str| view[key].as_str().unwrap().to_owned();
    all["views"].as_array().unwrap().iter().map(|view| (text(view, "name"), text(view, "query"))).collect()
}

fn pair(name: &str, query: &str) -> (String, String) {
    (name.to_owned(), query.to_owned())
}

async fn a_view_is_kept_and_replaced_and_nobody_elses(db: TestDatabase) {
    let app = TestApp::new(db).await;
    let anna = signed_in(&app, "anna@voorbeeld.example", Role::Editor).await;
    let admin = signed_in(&app, "chef@voorbeeld.example", Role::Admin).await;
    assert!(views(&app, &anna).await.is_empty());
    let keep = async |name: &str, query: &str| {
        // In another second than the one before it, so that they have one order.
        app.advance(Duration::SECOND);
        send(&app, "POST", "views", &anna, json!({"name": name, "query": query})).await
    };
    // In one order, without the page of the list and what nobody knows.
    let query = "view=free&cursor=%00&limit=7&moment=contact&kind=comment&side=&meer=%22%3E%3Cscript%3E";
    let kept = keep(" Reacties\n<script>\u{202e} ", query).await;
    assert_eq!(kept.status, StatusCode::OK, "{}", kept.text());
    let mine = pair("Reacties <script>", "kind=comment&moment=contact&view=free");
    assert_eq!(views(&app, &anna).await, std::slice::from_ref(&mine));
    let id = kept.json()["views"][0]["id"].as_str().unwrap().to_owned();
    let mut taken = format!("queue?{}", mine.1);
    assert_eq!(get(&app, &taken, &anna).await.status, StatusCode::OK, "the queue understands it");
    taken.push_str("&limit=1");
    assert_eq!(get(&app, &taken, &anna).await.status, StatusCode::OK);

    assert!(views(&app, &admin).await.is_empty(), "also who governs sees their own alone");
    for forged in [id.as_str(), "00000000-0000-0000-0000-000000000000", "1", "%27%20OR%201%3D1"] {
        let refused = send(&app, "DELETE", &format!("views/{forged}"), &admin, json!({})).await;
        assert_eq!(code(&refused), (404, "not-found".to_owned()), "{forged}");
    }
    assert_eq!(keep("Reacties <script>", "kind=comment&lang=nl").await.status, StatusCode::OK);
    keep("Mijn werk", "view=mine").await;
    let wanted = [pair("Reacties <script>", "kind=comment&lang=nl"), pair("Mijn werk", "view=mine")];
    assert_eq!(views(&app, &anna).await, wanted);
    let path = format!("views/{id}");
    assert_eq!(send(&app, "DELETE", &path, &anna, json!({})).await.status, StatusCode::NO_CONTENT);
    assert_eq!(code(&send(&app, "DELETE", &path, &anna, json!({})).await).0, 404);
    assert_eq!(views(&app, &anna).await, wanted[1..]);
}

async fn what_is_no_view_is_refused_in_words(db: TestDatabase) {
    let app = TestApp::new(db).await;
    let anna = signed_in(&app, "anna@voorbeeld.example", Role::Editor).await;
    let keep = async |body: Value| send(&app, "POST", "views", &anna, body).await;
    let long = "é".repeat(limits::VIEW_NAME + 1);
    for (name, query, why) in [
        ("", "view=mine", "1 to 40"),
        (" \u{200b}\u{0}\t", "view=mine", "1 to 40"),
        (&long, "view=mine", "1 to 40"),
        ("Alles", "", "restricts nothing"),
        ("Alles", "cursor=x&limit=3", "restricts nothing"),
        ("Fout", "kind=niets", "does not know"),
        ("Fout", "view=mine'--", "does not know"),
    ] {
        let refused = keep(json!({"name": name, "query": query})).await;
        assert_eq!(code(&refused), (422, "invalid-view".to_owned()), "{name} {query}");
        let detail = refused.json()["detail"].as_str().unwrap().to_owned();
        assert!(detail.contains(why), "{name} {query}: {detail}");
    }
    for wrong in [json!({"name": "X"}), json!({"name": "X", "query": "view=mine", "editor": "ander"})] {
        assert_eq!(code(&keep(wrong).await), (400, "invalid-body".to_owned()));
    }
    let last = "é".repeat(limits::VIEW_NAME);
    for number in 1..limits::VIEWS {
        let kept = keep(json!({"name": format!("Keuze {number}"), "query": "lang=nl"})).await;
        assert_eq!(kept.status, StatusCode::OK);
    }
    assert_eq!(keep(json!({"name": last, "query": "lang=en"})).await.status, StatusCode::OK);
    let refused = keep(json!({"name": "Nog een", "query": "lang=nl"})).await;
    assert_eq!(code(&refused), (409, "too-many-views".to_owned()));
    assert_eq!(keep(json!({"name": last, "query": "lang=nl"})).await.status, StatusCode::OK, "none more");
    assert_eq!(views(&app, &anna).await.len(), limits::VIEWS);
}
