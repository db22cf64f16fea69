//! Comments, reactions and reports, as a browser without script and as a program send them.

use axum::http::StatusCode;
use serde_json::{Value, json};
use time::Duration;
use weerklank_domain::desk::Role;
use weerklank_domain::{Column, Comments};
use weerklank_test_support::{
    app::{ORIGIN, TestApp, TestResponse},
    build::column,
    database::TestDatabase,
    on_every_database,
};

use crate::desk::{JSON, OWN, code, get, send, signed_in};
use crate::html::elements;
use crate::sharing::Form;

on_every_database!(
    a_comment_is_looked_at_sent_and_published,
    an_answer_stands_below_what_it_answers,
    what_is_typed_is_shown_as_it_is,
    what_is_wrong_is_said_and_nothing_is_lost,
    sent_twice_is_sent_once,
    a_writer_changes_and_erases,
    a_reader_recognises_and_takes_it_back,
    programs_speak_as_well,
    who_sends_too_much_is_told_when_again,
);

pub(crate) const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

/// A board with one column that takes comments.
pub(crate) async fn board(db: TestDatabase) -> TestApp {
    let app = TestApp::new(db).await;
    app.store(&[column("een")]).await;
    app
}

/// The form with that comment looked at, ready to be sent.
pub(crate) async fn looked_at(app: &TestApp, text: &str) -> Form {
    let body = form_urlencoded::Serializer::new(String::new()).append_pair("text", text).finish();
    // In another second than what came before, so that the queue has one order.
    app.advance(Duration::SECOND);
    let headers = [FORM, ("accept-language", "nl")];
    let answer = app.send_body("POST", "/columns/een/comment", &headers, body).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    Form::of(&answer)
}

/// Where its writer finds it again.
pub(crate) fn sent_to(answer: &TestResponse) -> String {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let address = answer.header("location").split('?').next().unwrap().to_owned();
    assert!(address.starts_with("/said/") && answer.header("location").ends_with("?sent"), "{address}");
    address
}

/// Sends a comment; the address of its writer's page.
pub(crate) async fn say(app: &TestApp, text: &str) -> String {
    sent_to(&looked_at(app, text).await.press(app, "send").await)
}

/// What waits longest: its id and its version.
pub(crate) async fn first(app: &TestApp, cookie: &str) -> (String, Value) {
    let queue = get(app, "queue", cookie).await.json();
    let item = &queue["items"][0];
    (item["id"].as_str().unwrap_or_else(|| panic!("{queue}")).to_owned(), item["version"].clone())
}

/// Decides on what waits longest, and lets it be final and shown; its id.
pub(crate) async fn decide(app: &TestApp, cookie: &str, decision: Value) -> String {
    let (id, version) = first(app, cookie).await;
    let claimed = send(app, "POST", &format!("queue/{id}/claim"), cookie, json!({})).await;
    assert_eq!(claimed.status, StatusCode::OK, "{}", claimed.text());
    let mut decision = decision;
    decision["version"] = version;
    let made = send(app, "POST", &format!("queue/{id}/decisions"), cookie, decision).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
    app.make_decisions_final();
    app.refresh().await;
    id
}

pub(crate) async fn page(app: &TestApp) -> String {
    app.get("/nl/columns/een").await.text()
}

async fn a_comment_is_looked_at_sent_and_published(db: TestDatabase) {
    let app = board(db).await;
    let anna = signed_in(&app, "anna@voorbeeld.example", Role::Editor).await;
    let before = page(&app).await;
    assert!(before.contains("action=\"/nl/columns/een/comment\"") && before.contains("Schrijf een reactie"));
    let form = looked_at(&app, "Herken ik. Bel **06-12345678**.").await.set("name", "J. Kwal");
    let looked = form.press(&app, "look").await.text();
    assert!(looked.contains("<strong>06-12345678</strong>") && looked.contains("Dit kan naar iemand leiden"));
    assert_eq!(get(&app, "queue", &anna).await.json()["count"], 0, "nothing is stored by looking");
    app.advance(Duration::seconds(5));
    let own = sent_to(&form.press(&app, "send").await);
    assert!(app.get(&format!("{own}?sent")).await.text().contains("Een redacteur moet dit nog lezen"));

    let queue = get(&app, "queue?kind=comment", &anna).await.json();
    let item = &queue["items"][0];
    assert_eq!((&item["kind"], &item["marks"]), (&json!("comment"), &json!(["no-proof"])));
    assert_eq!(get(&app, "queue?kind=report", &anna).await.json()["count"], 0);
    let whole = get(&app, &format!("queue/{}", item["id"].as_str().unwrap()), &anna).await.json();
    let html = whole["html"].as_str().unwrap();
    assert!(
        html.contains("<strong>06-12345678</strong>") && html.contains("href=\"/columns/een\""),
        "{html}"
    );
    assert_eq!((&whole["name"], &whole["findings"][0]["kind"]), (&json!("J. Kwal"), &json!("phone")));
    let id = item["id"].as_str().unwrap();
    send(&app, "POST", &format!("queue/{id}/claim"), &anna, json!({})).await;
    for wrong in ["ask", "return", "keep", "remove", "uphold", "overturn"] {
        let decision = json!({"version": 1, "verdict": wrong, "ground": "law", "statement": "x"});
        let made = send(&app, "POST", &format!("queue/{id}/decisions"), &anna, decision).await;
        assert_eq!(code(&made), (422, "invalid-decision".to_owned()), "{wrong}");
    }
    assert!(!page(&app).await.contains("06-12345678"), "nobody has decided on it");
    decide(&app, &anna, json!({"verdict": "accept"})).await;
    let shown = page(&app).await;
    for part in ["<strong>06-12345678</strong>", "J. Kwal", "21 november 2026", "Antwoorden", "Meld dit"] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    assert!(app.get(&own).await.text().contains("Geplaatst"));
    let data = app.get("/columns/een/page.json").await.json();
    assert!(data["page"].to_string().contains("06-12345678"));
}

async fn an_answer_stands_below_what_it_answers(db: TestDatabase) {
    let app = board(db).await;
    app.store(&[column("twee")]).await;
    let anna = signed_in(&app, "anna@voorbeeld.example", Role::Editor).await;
    let first_page = say(&app, "## Vraag\n\nEen noot[^1].\n\n[^1]: Hier.").await;
    let id = decide(&app, &anna, json!({"verdict": "accept"})).await;
    let form = app.get(&format!("/nl/columns/een/comment?to={id}")).await;
    assert!(form.text().contains("Antwoord op Anoniem"), "{}", form.text());
    let form = Form::of(&form).set("text", "## Vraag\n\nJa[^1].\n\n[^1]: Daar.");
    sent_to(&form.press(&app, "send").await.in_dutch());
    let answer = decide(&app, &anna, json!({"verdict": "accept"})).await;
    let shown = page(&app).await;
    let at = |text: &str| shown.find(text).unwrap_or_else(|| panic!("{text}: {shown}"));
    assert!(at(&format!("comment-{id}")) < at(&format!("comment-{answer}")));
    // No two ids on the page are the same, whatever headings and notes comments have.
    let ids: Vec<String> =
        elements(&shown).iter().filter_map(|element| element.get("id").map(ToOwned::to_owned)).collect();
    let unique: std::collections::BTreeSet<_> = ids.iter().collect();
    assert_eq!(unique.len(), ids.len(), "{ids:?}");

    // Neither an answer, nor what is elsewhere, nor what is nothing, can be answered.
    for wrong in [
        format!("/columns/een/comment?to={answer}"),
        format!("/columns/twee/comment?to={id}"),
        "/columns/een/comment?to=x".to_owned(),
        "/columns/nergens/comment".to_owned(),
    ] {
        assert_eq!(app.get(&wrong).await.status, StatusCode::NOT_FOUND, "{wrong}");
    }
    let forged = looked_at(&app, "Elders.").await.add("to", &answer);
    assert_eq!(forged.press(&app, "send").await.status, StatusCode::CONFLICT);

    // Its writer erases it: the answer stays.
    let erased = app.send_body("POST", &first_page, &[FORM], "go=erase&sure=yes").await;
    assert!(erased.text().contains("erased") || erased.text().contains("gewist"));
    app.refresh().await;
    let shown = page(&app).await;
    assert!(
        shown.contains("door de schrijver weggehaald")
            && shown.contains("Ja<sup")
            && !shown.contains("Hier.")
    );
    assert_eq!(app.get(&first_page).await.status, StatusCode::NOT_FOUND);
}

trait InDutch {
    fn in_dutch(self) -> Self;
}

impl InDutch for TestResponse {
    /// As if the language had not stood in the address.
    fn in_dutch(mut self) -> Self {
        let address = self.header("location").replacen("/nl/", "/", 1);
        self.headers.insert("location", address.parse().unwrap());
        self
    }
}

async fn what_is_typed_is_shown_as_it_is(db: TestDatabase) {
    let app = board(db).await;
    let anna = signed_in(&app, "anna@voorbeeld.example", Role::Editor).await;
    let script = "<script>alert(1)</script>";
    let markup = format!(
        "</textarea>{script}<img src=x onerror=alert(1)> [x](javascript:alert(1)) <!-- </section> -->"
    );
    let form = looked_at(&app, &markup)
        .await
        .set("name", &format!("{script}\u{202e}J.\u{200b} Kwal\u{2066}"))
        .set("email", "lezer@voorbeeld.example");
    let looked = form.press(&app, "look").await;
    let hostile = |html: &str| {
        elements(html).iter().any(|element| {
            element.name == "img" && element.get("src") == Some("x")
                || element
                    .attributes
                    .iter()
                    .any(|(name, value)| name.starts_with("on") || value.starts_with("javascript:"))
                || element.name == "script"
                    && element.text.contains("alert(1)")
                    && element.get("type").is_none()
        })
    };
    assert!(!hostile(&looked.text()));
    let own = sent_to(&form.press(&app, "send").await);
    assert!(!hostile(&app.get(&own).await.text()));
    let (id, _) = first(&app, &anna).await;
    let whole = get(&app, &format!("queue/{id}"), &anna).await.json();
    assert!(!hostile(&format!("<div>{}</div>", whole["html"].as_str().unwrap())));
    assert_eq!(whole["name"], format!("{script}J. Kwal"), "what turns text around is gone");
    decide(&app, &anna, json!({"verdict": "accept"})).await;
    let shown = page(&app).await;
    assert!(
        !hostile(&shown) && shown.contains("<bdi>&lt;script&gt;alert(1)&lt;/script&gt;J. Kwal"),
        "{shown}"
    );
    assert!(!shown.contains("lezer@") && !shown.contains('\u{202e}') && !shown.contains('\u{200b}'));

    let report = format!("/nl/report?where=/columns/een%23comment-{id}");
    let form = app.get(&report).await;
    assert!(!hostile(&form.text()) && form.text().contains("alert(1)"));
    let form = Form::of(&form)
        .set("ground", "law")
        .set("text", &markup)
        .set("name", script)
        .set("good_faith", "yes");
    let own = form.press(&app, "send").await.in_dutch();
    assert!(!hostile(&app.get(&sent_to(&own)).await.text()));
    let (id, _) = first(&app, &anna).await;
    let whole = get(&app, &format!("queue/{id}"), &anna).await.json();
    assert!(!hostile(&format!("<div>{}</div>", whole["html"].as_str().unwrap())));
    let anywhere = app.get("/report?where=%22%3E%3Cscript%3Ealert(1)%3C/script%3E").await.text();
    assert!(!hostile(&anywhere));
}

async fn what_is_wrong_is_said_and_nothing_is_lost(db: TestDatabase) {
    let app = board(db).await;
    let form = looked_at(&app, "Herken ik.").await.set("email", "geen adres").set("name", &"n".repeat(81));
    let refused = form.press(&app, "send").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let text = refused.text();
    for part in ["Herken ik.", "geen adres", "plaats voor 80", "e-mailadres"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let empty = app.send_body("POST", "/nl/columns/een/comment", &[FORM], "text=+&go=look").await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.text().contains("Schrijf eerst iets."));
    let blank = app.send_body("POST", "/nl/columns/een/comment", &[FORM], "text=").await;
    assert!(blank.status == StatusCode::OK && !blank.text().contains("Schrijf eerst iets."));
    let long = format!("go=look&text={}", "a".repeat(70_000));
    let large = app.send_body("POST", "/columns/een/comment", &[FORM], long).await;
    assert_eq!(large.status, StatusCode::PAYLOAD_TOO_LARGE);

    let report = app.get("/nl/report?where=/columns/een").await;
    assert!(report.text().contains("De column ‘"), "{}", report.text());
    let refused = Form::of(&report).set("text", "Mijn uitleg.").press(&app, "send").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for part in ["Mijn uitleg.", "Kies een regel", "Zet hier een vinkje"] {
        assert!(refused.text().contains(part), "{part}");
    }
    let nowhere = Form::of(&app.get("/nl/report").await)
        .set("where", "https://elders.example/columns/een")
        .set("ground", "law")
        .set("text", "x")
        .set("good_faith", "yes");
    let refused = nowhere.press(&app, "send").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("staat geen column of reactie"), "{}", refused.text());

    for (method, path) in [
        ("PUT", "/columns/een/comment"),
        ("DELETE", "/columns/een/reaction"),
        ("PATCH", "/report"),
        ("PUT", "/said/geheim"),
        ("GET", "/api/v1/reports"),
        ("PUT", "/api/v1/columns/een/comments"),
        ("GET", "/api/v1/columns/een/reactions"),
    ] {
        assert_eq!(
            app.send(method, path, &[]).await.status,
            StatusCode::METHOD_NOT_ALLOWED,
            "{method} {path}"
        );
    }
    for secret in ["geheim", "", &"a".repeat(400), "..%2f..", "'%20OR%201=1"] {
        let found = app.get(&format!("/said/{secret}")).await;
        assert_eq!(found.status, StatusCode::NOT_FOUND, "{secret}");
        let done = app.send_body("POST", &format!("/said/{secret}"), &[FORM], "go=erase&sure=1").await;
        assert!([404, 405].contains(&done.status.as_u16()), "{secret}");
    }
}

async fn sent_twice_is_sent_once(db: TestDatabase) {
    let app = board(db).await;
    let anna = signed_in(&app, "anna@voorbeeld.example", Role::Editor).await;
    let form = looked_at(&app, "Eén keer.").await;
    let own = sent_to(&form.press(&app, "send").await);
    assert_eq!(sent_to(&form.press(&app, "send").await), own);
    assert_eq!(get(&app, "queue", &anna).await.json()["count"], 1);
    // Going back and sending other words changes what was sent.
    let other = form.set("text", "Toch anders.").press(&app, "send").await;
    assert_eq!(other.header("location"), format!("{own}?saved"));
    assert_eq!(get(&app, "queue", &anna).await.json()["items"][0]["excerpt"], "Toch anders.");
    // What looks odd is marked, and stored.
    let odd = looked_at(&app, "Toch anders.").await.set("homepage", "https://x.example");
    sent_to(&odd.press(&app, "send").await);
    let queue = get(&app, "queue", &anna).await.json();
    assert_eq!(queue["items"][1]["marks"], json!(["trap", "quick", "no-proof", "duplicate"]));
}

async fn a_writer_changes_and_erases(db: TestDatabase) {
    let app = board(db).await;
    let anna = signed_in(&app, "anna@voorbeeld.example", Role::Editor).await;
    let own = say(&app, "Eerst.").await;
    let change = app.send_body("POST", &own, &[FORM], "go=change&text=Beter.&name=Bo").await;
    assert_eq!(change.header("location"), format!("{own}?saved"));
    let shown = app.get(&own).await.text();
    assert!(shown.contains("Beter.") && shown.contains("Bo") && !shown.contains("Eerst."));
    let empty = app.send_body("POST", &own, &[FORM], "go=change&text=&name=Bo").await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    decide(&app, &anna, json!({"verdict": "accept"})).await;
    let late = app.send_body("POST", &own, &[FORM], "go=change&text=Nog+beter.").await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.text().contains("Nog beter."), "what was typed is lost: {}", late.text());
    let unsure = app.send_body("POST", &own, &[FORM], "go=erase").await;
    assert_eq!(unsure.header("location"), format!("{own}?unsure"));
    assert!(page(&app).await.contains("Beter."));
    app.send_body("POST", &own, &[FORM], "go=erase&sure=yes").await;
    app.refresh().await;
    assert!(!page(&app).await.contains("Beter.") && !page(&app).await.contains("comment-"));
}

fn set_cookie(answer: &TestResponse) -> (String, String) {
    let whole = answer.header("set-cookie").to_owned();
    (whole.split(';').next().unwrap().to_owned(), whole)
}

async fn a_reader_recognises_and_takes_it_back(db: TestDatabase) {
    let app = board(db).await;
    let shown = app.get("/columns/een").await;
    assert!(shown.headers.get("set-cookie").is_none(), "no cookie before the act");
    let path = "/nl/columns/een/reaction";
    assert!(app.get(path).await.headers.get("set-cookie").is_none());
    let done = app.send_body("POST", path, &[FORM, OWN], "go=react").await;
    assert_eq!((done.status, done.header("location")), (StatusCode::SEE_OTHER, path));
    let (cookie, whole) = set_cookie(&done);
    for part in ["__Host-weerklank-reader=", "; HttpOnly", "; SameSite=Strict", "; Secure", "; Path=/"] {
        assert!(whole.contains(part), "{part}: {whole}");
    }
    let own = [FORM, OWN, ("cookie", &*cookie)];
    let again = app.send_body("POST", path, &own, "go=react").await;
    assert!(again.headers.get("set-cookie").is_none(), "it is there already");
    let page_of = app.get_with(path, &[("cookie", &cookie)]).await.text();
    assert!(page_of.contains("telt mee") && page_of.contains("1 lezer herkent dit."), "{page_of}");
    assert!(app.get(path).await.text().contains("telt niet mee"));
    app.advance(Duration::MINUTE);
    app.refresh().await;
    assert!(page(&app).await.contains("1 lezer herkent dit."));

    // Not on the word of another site, with or without the cookie.
    for hostile in [
        &[("sec-fetch-site", "cross-site")][..],
        &[("sec-fetch-site", "same-site")],
        &[("origin", "https://elders.example")],
        &[("origin", "null")],
        &[],
    ] {
        for go in ["react", "back"] {
            let headers = [&[FORM, ("cookie", &*cookie)][..], hostile].concat();
            let refused = app.send_body("POST", path, &headers, format!("go={go}")).await;
            assert_eq!(code(&refused), (403, "cross-site".to_owned()), "{hostile:?}");
            let headers = [&[("cookie", &*cookie)][..], hostile].concat();
            let refused = app.send("DELETE", "/api/v1/columns/een/reactions", &headers).await;
            assert_eq!(code(&refused), (403, "cross-site".to_owned()), "{hostile:?}");
        }
    }
    let forged = [FORM, OWN, ("cookie", "__Host-weerklank-reader=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")];
    app.send_body("POST", path, &forged, "go=back").await;
    assert!(app.get_with(path, &[("cookie", &cookie)]).await.text().contains("telt mee"));
    app.send_body("POST", path, &own, "go=back").await;
    assert!(app.get_with(path, &[("cookie", &cookie)]).await.text().contains("telt niet mee"));

    for _ in 0..10 {
        app.send_body("POST", path, &[FORM, OWN], "go=react").await;
    }
    let more = app.send_body("POST", path, &[FORM, OWN], "go=react").await;
    assert_eq!(more.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(more.text().contains("te vaak") && more.header("retry-after").parse::<u32>().unwrap() > 0);
}

async fn programs_speak_as_well(db: TestDatabase) {
    let app = board(db).await;
    app.store(&[Column { comments: Comments::Closed, ..column("dicht") }]).await;
    let anna = signed_in(&app, "anna@voorbeeld.example", Role::Editor).await;
    let key = ("idempotency-key", "0123456789abcdefABCDEF");
    let post = async |path: &str, body: Value, more: &[(&str, &str)]| {
        app.send_body("POST", path, &[&[JSON][..], more].concat(), body.to_string()).await
    };
    let comments = "/api/v1/columns/een/comments";
    let comment = json!({"text": "Herken ik.", "name": "Bo", "lang": "nl"});
    let sent = post(comments, comment.clone(), &[key]).await;
    assert_eq!(sent.status, StatusCode::CREATED, "{}", sent.text());
    assert_eq!(post(comments, comment, &[key]).await.json(), sent.json());
    let other = post(comments, json!({"text": "Iets anders.", "lang": "nl"}), &[key]).await;
    assert_eq!(code(&other), (422, "idempotency-key-reused".to_owned()));
    let url = sent.json()["secret_url"].as_str().unwrap().strip_prefix(ORIGIN).unwrap().to_owned();
    assert!(app.get(&url).await.text().contains("Herken ik."));

    for (path, body, wanted) in [
        (comments, json!({"text": "", "lang": "nl"}), (422, "invalid-comment")),
        (comments, json!({"text": "x", "lang": "nl", "onbekend": 1}), (400, "invalid-body")),
        (comments, json!({"text": "x", "lang": "nl", "answers": "x"}), (404, "not-found")),
        ("/api/v1/columns/dicht/comments", json!({"text": "x", "lang": "nl"}), (409, "comments-closed")),
        ("/api/v1/columns/nergens/comments", json!({"text": "x", "lang": "nl"}), (404, "not-found")),
        (
            "/api/v1/reports",
            json!({"where": "/columns/een", "text": "x", "lang": "nl"}),
            (422, "invalid-report"),
        ),
        (
            "/api/v1/reports",
            json!({"where": "/shops/een", "text": "x", "lang": "nl", "ground": "law", "good_faith": true}),
            (404, "not-found"),
        ),
    ] {
        let refused = post(path, body.clone(), &[]).await;
        assert_eq!(code(&refused), (wanted.0, wanted.1.to_owned()), "{path} {body}");
    }
    let fields = post("/api/v1/reports", json!({"where": "/columns/een"}), &[]).await.json();
    let fields: Vec<_> = fields["errors"].as_array().unwrap().iter().map(|error| &error["field"]).collect();
    assert_eq!(fields, ["ground", "text", "lang", "good_faith"]);
    app.advance(Duration::SECOND);
    let report = json!({"where": format!("{ORIGIN}/columns/een"), "ground": "law", "text": "Omdat.", "lang": "en", "good_faith": true});
    assert_eq!(post("/api/v1/reports", report, &[]).await.status, StatusCode::CREATED);
    let kinds = get(&app, "queue", &anna).await.json();
    let kinds: Vec<_> = kinds["items"].as_array().unwrap().iter().map(|item| item["kind"].clone()).collect();
    assert_eq!(kinds, ["comment", "report"]);

    let reactions = "/api/v1/columns/een/reactions";
    let reacted = app.send("POST", reactions, &[]).await;
    assert_eq!(reacted.json(), json!({"count": 1, "own": true}));
    let (cookie, _) = set_cookie(&reacted);
    let own = [OWN, ("cookie", &*cookie)];
    assert_eq!(app.send("POST", reactions, &own).await.json(), json!({"count": 1, "own": true}));
    assert_eq!(app.send("DELETE", reactions, &own).await.json(), json!({"count": 0, "own": false}));
    assert_eq!(code(&app.send("POST", "/api/v1/columns/nergens/reactions", &[]).await).0, 404);
}

async fn who_sends_too_much_is_told_when_again(db: TestDatabase) {
    let mut sending = weerklank_test_support::app::sending();
    sending.limit.hard = Some(3);
    let app = TestApp::with_sending(db, sending).await;
    app.store(&[column("een")]).await;
    let anna = signed_in(&app, "anna@voorbeeld.example", Role::Editor).await;
    // Without proof of work one counts for three.
    say(&app, "Een.").await;
    let form = looked_at(&app, "Twee.").await;
    let refused = form.press(&app, "send").await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(refused.header("retry-after").parse::<u32>().unwrap() > 3_000);
    assert!(refused.text().contains("Twee."), "nothing typed is lost");
    assert_eq!(get(&app, "queue", &anna).await.json()["count"], 1);
    // Comments are counted apart from experiences and reports.
    app.send_in(&json!({"suggestion": "Bel."})).await;
    app.advance(Duration::HOUR);
    sent_to(&form.press(&app, "send").await);
}
