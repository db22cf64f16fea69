//! Customers answer, as programs and pages do it.

use axum::http::StatusCode;
use time::Duration;
use uuid::Uuid;
use weerklank_domain::feedback::{
    OptionDraft, OwnDraft,
    site::{KeyId, SiteDraft, SiteKey},
    token::{Claims, Expiry, Round},
};
use weerklank_server::{invitations, secrets};
use weerklank_store::{NewSigningKey, StoredSite};
use weerklank_test_support::{
    app::{ORIGIN, TestApp, TestResponse},
    database::TestDatabase,
    on_every_database,
};

on_every_database!(
    an_answer_is_given_and_added_to,
    a_retry_changes_nothing,
    only_pages_of_the_site_may_ask,
    what_is_wrong_is_said,
    a_token_proves_its_ticket_and_nothing_else,
    an_answer_can_be_changed_for_a_week,
);

pub const JSON: (&str, &str) = ("content-type", "application/json");
const PAGE: (&str, &str) = ("origin", "https://winkel1.example");
/// 2026-11-21 12:00 UTC, as the app's clock stands.
const NOW: i64 = 1_795_262_400;

/// A shop with a site and keys, all told by a number.
pub struct Shop {
    pub site: StoredSite,
    pub id: Uuid,
    pub api_key: String,
    key_id: KeyId,
    secret: String,
}

pub async fn shop(app: &TestApp, number: u8) -> Shop {
    let now = app.app.clock.now();
    let store = &app.app.store;
    let (shop, _) = store.add_shop(&format!("Winkel {number}"), now).await.unwrap();
    let words = |text: &str| [("nl".to_owned(), text.to_owned())].into();
    let option = |name: &str| OptionDraft { name: name.to_owned(), words: words(name) };
    let draft = SiteDraft {
        origins: vec![format!("https://winkel{number}.example")],
        question: "csat".to_owned(),
        lang: "nl".to_owned(),
        own: vec![OwnDraft {
            name: "kanaal".to_owned(),
            shape: "choice".to_owned(),
            words: words("Hoe?"),
            options: vec![option("bellen"), option("mailen")],
            ..OwnDraft::default()
        }],
        ..SiteDraft::default()
    };
    let (key, key_id) = (SiteKey::new([number; 10]), KeyId::new([number; 5]));
    let (secret, api_key) = (format!("geheim van {number}"), format!("sleutel-van-winkel-{number}"));
    let signing = NewSigningKey { id: &key_id, secret: secret.as_bytes() };
    let site = draft.check().unwrap();
    store.add_site(shop.id, (&key, "Klantenservice", &site), &signing, now).await.unwrap();
    store.add_api_key(shop.id, &secrets::hash(&api_key), now).await.unwrap();
    let site = store.site_by_key(&key).await.unwrap().unwrap();
    Shop { site, id: shop.id, api_key, key_id, secret }
}

impl Shop {
    pub fn path(&self) -> String {
        format!("/api/v1/sites/{}/feedback", self.site.key)
    }

    fn claims(&self, ticket: &str) -> Claims {
        Claims {
            key: self.key_id.clone(),
            expires: Expiry::new(NOW + 3_600).unwrap(),
            ticket: ticket.parse().unwrap(),
            round: Round::FIRST,
            score: None,
        }
    }

    fn token(&self, ticket: &str) -> String {
        invitations::sign(self.secret.as_bytes(), &self.claims(ticket))
    }
}

pub async fn post(app: &TestApp, shop: &Shop, headers: &[(&str, &str)], body: &str) -> TestResponse {
    let headers = [&[JSON], headers].concat();
    app.send_body("POST", &shop.path(), &headers, body.to_owned()).await
}

async fn patch(app: &TestApp, token: &str, headers: &[(&str, &str)], body: &str) -> TestResponse {
    let headers = [&[JSON], headers].concat();
    app.send_body("PATCH", &format!("/api/v1/feedback/{token}"), &headers, body.to_owned()).await
}

/// What the shop reads.
pub async fn read(app: &TestApp, shop: &Shop, query: &str) -> TestResponse {
    let bearer = format!("Bearer {}", shop.api_key);
    app.get_with(&format!("/api/v1/{query}"), &[("authorization", &bearer)]).await
}

async fn items(app: &TestApp, shop: &Shop) -> Vec<serde_json::Value> {
    read(app, shop, "feedback").await.json()["items"].as_array().unwrap().clone()
}

pub fn assert_problem(answer: &TestResponse, status: u16, code: &str) {
    assert_eq!((answer.status.as_u16(), &answer.json()["code"]), (status, &code.into()), "{}", answer.text());
    assert_eq!(answer.header("content-type"), "application/problem+json");
    assert!(!answer.json()["request_id"].as_str().unwrap().is_empty());
}

fn edit_token(answer: &TestResponse) -> String {
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
    answer.json()["edit_token"].as_str().unwrap().to_owned()
}

async fn an_answer_is_given_and_added_to(db: TestDatabase) {
    let app = TestApp::new(db).await;
    let shop = shop(&app, 1).await;
    // A score alone is a whole answer.
    let first =
        post(&app, &shop, &[], r#"{"score": "4", "ticket": "T-1", "agent": "Noor", "tags": ["spoed"]}"#);
    let first = first.await;
    let token = edit_token(&first);
    assert_eq!(first.header("cache-control"), "private, no-store");
    assert_eq!(first.header("location"), format!("/api/v1/feedback/{token}"));
    let more = r#"{"ratings": {"contact": "5"}, "answers": {"kanaal": "bellen"}, "comment": "Fijn.", "story": true}"#;
    let added = patch(&app, &token, &[], more).await;
    assert_eq!((added.status, &added.json()["id"]), (StatusCode::OK, &first.json()["id"]));
    let other = patch(&app, &token, &[], r#"{"score": "2", "ratings": {"contact": ""}}"#).await;
    assert_eq!(other.status, StatusCode::OK, "{}", other.text());
    let all = items(&app, &shop).await;
    let [item] = all.as_slice() else { panic!("{all:?}") };
    let expected = serde_json::json!({
        "id": first.json()["id"], "site": shop.site.key, "ticket": "T-1", "round": 1, "verified": false,
        "question": "csat", "score": 2, "lang": "nl", "moment": null, "agent": "Noor", "team": null,
        "tags": ["spoed"], "ratings": {}, "answers": {"kanaal": {"choice": "bellen"}}, "comment": "Fijn.",
        "story": true, "day": "2026-11-21", "first_at": "2026-11-21T12:00:00Z", "changed_at": "2026-11-21T12:00:00Z",
    });
    assert_eq!(*item, expected);
    // All of it at once; and for the same ticket it is the same answer.
    let whole = r#"{"score": "5", "lang": "de", "ticket": "T-1", "comment": "Toch fijn.", "answers": {"kanaal": "mailen"}}"#;
    let joined = post(&app, &shop, &[], whole).await;
    assert_ne!(edit_token(&joined), token);
    assert_eq!(joined.json()["id"], first.json()["id"]);
    let all = items(&app, &shop).await;
    assert_eq!((all.len(), &all[0]["score"], &all[0]["lang"]), (1, &5.into(), &"nl".into()));
    // Nothing is written by looking.
    for method in ["GET", "HEAD", "DELETE"] {
        for path in [shop.path(), format!("/api/v1/feedback/{token}")] {
            let answer = app.send(method, &path, &[]).await;
            assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{method} {path}");
        }
    }
    assert_eq!(items(&app, &shop).await, all);
}

async fn a_retry_changes_nothing(db: TestDatabase) {
    let app = TestApp::new(db).await;
    let (one, two) = (shop(&app, 1).await, shop(&app, 2).await);
    let key = ("idempotency-key", "een-sleutel-van-genoeg-tekens");
    let first = post(&app, &one, &[key], r#"{"score": "4"}"#).await;
    edit_token(&first);
    for _ in 0..3 {
        let again = post(&app, &one, &[key], r#"{"score": "4"}"#).await;
        assert_eq!((again.status, again.json()), (StatusCode::CREATED, first.json()));
    }
    assert_problem(&post(&app, &one, &[key], r#"{"score": "5"}"#).await, 422, "idempotency-key-reused");
    assert_problem(&post(&app, &two, &[key], r#"{"score": "4"}"#).await, 422, "idempotency-key-reused");
    let short = ("idempotency-key", "kort");
    assert_problem(&post(&app, &one, &[short], r#"{"score": "4"}"#).await, 400, "invalid-idempotency-key");
    let headers = [key];
    let at_once = (0..20).map(|_| post(&app, &one, &headers, r#"{"score": "4"}"#));
    for answer in futures_util::future::join_all(at_once).await {
        assert_eq!(answer.json(), first.json());
    }
    assert_eq!((items(&app, &one).await.len(), items(&app, &two).await.len()), (1, 0));
}

async fn only_pages_of_the_site_may_ask(db: TestDatabase) {
    let app = TestApp::new(db).await;
    let shop = shop(&app, 1).await;
    let asks =
        [("access-control-request-method", "POST"), ("access-control-request-headers", "content-type")];
    let preflight = app.send("OPTIONS", &shop.path(), &[&[PAGE][..], &asks].concat()).await;
    assert_eq!(preflight.status, StatusCode::NO_CONTENT);
    assert_eq!(preflight.header("access-control-allow-origin"), PAGE.1);
    assert_eq!(preflight.header("access-control-allow-methods"), "POST");
    assert_eq!(preflight.header("access-control-allow-headers"), "Content-Type, Idempotency-Key");
    let given = post(&app, &shop, &[PAGE], r#"{"score": "4"}"#).await;
    let token = edit_token(&given);
    assert_eq!(given.header("access-control-allow-origin"), PAGE.1);
    assert!(given.headers.get_all("vary").iter().any(|vary| vary == "Origin"));
    // A script has to be able to read what is wrong.
    let wrong = post(&app, &shop, &[PAGE], r#"{"score": "9"}"#).await;
    assert_problem(&wrong, 422, "invalid-feedback");
    assert_eq!(wrong.header("access-control-allow-origin"), PAGE.1);
    let own = patch(&app, &token, &[PAGE], r#"{"comment": "x"}"#).await;
    assert_eq!((own.status, own.header("access-control-allow-origin")), (StatusCode::OK, PAGE.1));
    // The form itself stands on the board.
    edit_token(&post(&app, &shop, &[("origin", ORIGIN)], r#"{"score": "4"}"#).await);
    // And a server has none.
    edit_token(&post(&app, &shop, &[], r#"{"score": "4"}"#).await);

    let before = items(&app, &shop).await;
    for origin in [
        "null",
        "https://winkel2.example",
        "http://winkel1.example",
        "https://winkel1.example.evil.example",
        "https://winkel1.example:8443",
        "https://winkel1.example/",
        "https://sub.winkel1.example",
        "*",
        "",
    ] {
        let headers = [("origin", origin)];
        for answer in [
            post(&app, &shop, &headers, r#"{"score": "4"}"#).await,
            patch(&app, &token, &headers, r#"{"comment": "y"}"#).await,
            app.send("OPTIONS", &shop.path(), &[&headers[..], &asks].concat()).await,
        ] {
            assert_problem(&answer, 403, "origin-not-allowed");
            assert_eq!(answer.headers.get("access-control-allow-origin"), None, "{origin}");
            let detail = answer.json()["detail"].as_str().unwrap().to_owned();
            let mend = if origin == "null" { "allow-same-origin" } else { "add it" };
            assert!(detail.contains(mend), "{origin}: {detail}");
        }
    }
    assert_eq!(items(&app, &shop).await, before);
    // What a shop reads is for no page.
    let read = read(&app, &shop, "feedback").await;
    assert_eq!(read.headers.get("access-control-allow-origin"), None);
}

async fn what_is_wrong_is_said(db: TestDatabase) {
    let app = TestApp::new(db).await;
    let shop = shop(&app, 1).await;
    let long = format!(r#"{{"score": "4", "comment": "{}"}}"#, "a".repeat(70_000));
    let deep = format!("{}1{}", "[".repeat(2_000), "]".repeat(2_000));
    for (body, status, code) in [
        ("{", 400, "invalid-body"),
        ("", 400, "invalid-body"),
        ("4", 400, "invalid-body"),
        (r#"{"score": 4}"#, 400, "invalid-body"),
        (r#"{"score": "4", "score": "5"}"#, 400, "invalid-body"),
        (r#"{"score": "4", "ratings": {"contact": "1", "contact": "2"}}"#, 400, "invalid-body"),
        (r#"{"score": "4", "sterren": "4"}"#, 400, "invalid-body"),
        ("{\"score\": \"4\", \"comment\": \"\u{0}\"}", 400, "invalid-body"),
        (&deep, 400, "invalid-body"),
        (&long, 413, "too-large"),
        ("{}", 422, "invalid-feedback"),
    ] {
        let start: String = body.chars().take(30).collect();
        let answer = post(&app, &shop, &[], body).await;
        assert_eq!((answer.status.as_u16(), &answer.json()["code"]), (status, &code.into()), "{start}");
    }
    let wrong = r#"{"score": "6", "lang": "xx", "moment": "nooit", "ratings": {"contact": "9"}, "answers": {"ander": "x"}}"#;
    let answer = post(&app, &shop, &[], wrong).await;
    assert_problem(&answer, 422, "invalid-feedback");
    let errors = answer.json()["errors"].as_array().unwrap().clone();
    let fields: Vec<_> = errors.iter().map(|error| error["field"].as_str().unwrap()).collect();
    assert_eq!(fields, ["score", "lang", "moment", "ratings.contact", "answers"]);
    let plain = app.send_body("POST", &shop.path(), &[("content-type", "text/plain")], "4").await;
    assert_problem(&plain, 415, "unsupported-media-type");
    for key in ["0000000000000000", "x", "%00", "..%2F..", &"0".repeat(5_000)] {
        let path = format!("/api/v1/sites/{key}/feedback");
        assert_problem(&app.send_body("POST", &path, &[JSON], r#"{"score": "4"}"#).await, 404, "not-found");
    }
    assert_problem(&patch(&app, "nergens", &[], "{}").await, 404, "not-found");
    // Odd characters come back as they are, or are taken for what they are.
    let odd =
        "{\"score\": \"1\", \"agent\": \"No\u{202e}or\u{200b}\", \"comment\": \"<b>\u{1f9e1}\u{202e}=1+1\"}";
    edit_token(&post(&app, &shop, &[], odd).await);
    let all = items(&app, &shop).await;
    assert_eq!((all.len(), &all[0]["agent"]), (1, &"Noor".into()));
    let site = (shop.id, &shop.site.key);
    assert!(app.app.store.disable_site(site.0, site.1, Some(app.app.clock.now())).await.unwrap());
    assert_problem(&post(&app, &shop, &[], r#"{"score": "4"}"#).await, 409, "site-disabled");
}

async fn a_token_proves_its_ticket_and_nothing_else(db: TestDatabase) {
    let app = TestApp::new(db).await;
    let (one, two) = (shop(&app, 1).await, shop(&app, 2).await);
    let with = |token: &str| format!(r#"{{"score": "4", "token": "{token}"}}"#);
    let token = one.token("T-1001");
    edit_token(&post(&app, &one, &[], &with(&token)).await);
    // What the page says of it is another answer, and the same token changes the one that is there.
    edit_token(&post(&app, &one, &[], r#"{"score": "1", "ticket": "T-1001"}"#).await);
    edit_token(&post(&app, &one, &[], &with(&token).replace("\"4\"", "\"5\"")).await);
    let all = items(&app, &one).await;
    let seen: Vec<_> = all.iter().map(|item| (item["verified"].clone(), item["score"].clone())).collect();
    assert_eq!(seen.len(), 2);
    assert!(seen.contains(&(true.into(), 5.into())) && seen.contains(&(false.into(), 1.into())), "{seen:?}");

    let own = one.secret.as_bytes();
    let over = Claims { expires: Expiry::new(NOW - 301).unwrap(), ..one.claims("T-2") };
    let expired = post(&app, &one, &[], &with(&invitations::sign(own, &over))).await;
    assert_problem(&expired, 422, "expired-token");
    let mut forged = vec![
        // Another shop's, here and there.
        two.token("T-1001"),
        invitations::sign(two.secret.as_bytes(), &one.claims("T-3")),
        invitations::sign(own, &two.claims("T-3")),
        "x".to_owned(),
        token[..token.len() - 1].to_owned(),
        format!("{token}A"),
        token.replace(".1..", ".2.."),
    ];
    forged.extend((0..token.len()).map(|at| {
        let other = if &token[at..=at] == "1" { "2" } else { "1" };
        format!("{}{other}{}", &token[..at], &token[at + 1..])
    }));
    for token in &forged {
        assert_problem(&post(&app, &one, &[], &with(token)).await, 422, "invalid-token");
    }
    let swapped = format!(r#"{{"score": "4", "ticket": "T-9", "token": "{token}"}}"#);
    assert_problem(&post(&app, &one, &[], &swapped).await, 422, "invalid-token");
    assert_eq!(items(&app, &one).await, all);
    assert_eq!(items(&app, &two).await.len(), 0);
    // A key that is turned takes its tokens along.
    let now = app.app.clock.now();
    assert!(app.app.store.revoke_signing_key(one.site.id, &one.key_id, now).await.unwrap());
    assert_problem(&post(&app, &one, &[], &with(&token)).await, 422, "invalid-token");
}

async fn an_answer_can_be_changed_for_a_week(db: TestDatabase) {
    let app = TestApp::new(db).await;
    let shop = shop(&app, 1).await;
    let token = edit_token(&post(&app, &shop, &[], r#"{"score": "4", "ticket": "T-1"}"#).await);
    app.advance(Duration::days(7) - Duration::SECOND);
    assert_eq!(patch(&app, &token, &[], r#"{"score": "5"}"#).await.status, StatusCode::OK);
    app.advance(Duration::SECOND);
    assert_problem(&patch(&app, &token, &[], r#"{"score": "1"}"#).await, 409, "too-late");
    let again = post(&app, &shop, &[], r#"{"score": "1", "ticket": "T-1"}"#).await;
    assert_problem(&again, 409, "too-late");
    assert_eq!(items(&app, &shop).await[0]["score"], 5);
}
