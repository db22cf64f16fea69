//! The desk, as its browser asks it.

use axum::http::StatusCode;
use serde_json::{Value, json};
use time::Duration;
use weerklank_domain::desk::{Role, limits};
use weerklank_test_support::{
    app::{ORIGIN, TestApp, TestResponse},
    database::TestDatabase,
    mail_sink::MailSink,
    on_every_database,
};

use crate::mailing;

on_every_database!(
    an_item_is_read_claimed_and_decided,
    a_statement_of_reasons_reaches_its_sender,
    a_decision_is_mailed_when_it_is_final,
    the_audit_log_is_a_list_and_a_file,
);

pub(crate) const JSON: (&str, &str) = ("content-type", "application/json");
pub(crate) const OWN: (&str, &str) = ("sec-fetch-site", "same-origin");
pub(crate) const PASSWORD: &str = "juiste paard batterij";

pub(crate) async fn send(app: &TestApp, method: &str, path: &str, cookie: &str, body: Value) -> TestResponse {
    let path = format!("/api/v1/desk/{path}");
    app.send_body(method, &path, &[JSON, OWN, ("cookie", cookie)], body.to_string()).await
}

pub(crate) async fn get(app: &TestApp, path: &str, cookie: &str) -> TestResponse {
    app.get_with(&format!("/api/v1/desk/{path}"), &[("cookie", cookie)]).await
}

/// What a browser would send back.
pub(crate) fn cookie(response: &TestResponse) -> String {
    response.header("set-cookie").split(';').next().unwrap().to_owned()
}

/// Somebody who has set their password, by the cookie of their session.
pub(crate) async fn signed_in(app: &TestApp, email: &str, role: Role) -> String {
    let token = app.invite(email, role).await;
    // In another moment, so that the log has one order.
    app.advance(Duration::seconds(1));
    let done = send(app, "POST", &format!("set-up/{token}"), "", json!({"password": PASSWORD})).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.text());
    cookie(&done)
}

/// An experience with that story: its id, and its own address in the API.
async fn story(app: &TestApp, text: &str) -> (String, String) {
    let draft = json!({"negative": {"story": text, "ratings": {"delivery": "1"}}, "email": "lezer@voorbeeld.example", "lang": "nl"});
    let sent = app.send_in(&draft).await;
    let (id, url) = (sent["id"].as_str().unwrap(), sent["secret_url"].as_str().unwrap());
    (id.to_owned(), url.replace(&format!("{ORIGIN}/mine/"), "/api/v1/experiences/"))
}

pub(crate) fn code(response: &TestResponse) -> (u16, String) {
    let code = response.json()["code"].as_str().unwrap_or_default().to_owned();
    (response.status.as_u16(), code)
}

async fn an_item_is_read_claimed_and_decided(db: TestDatabase) {
    let app = TestApp::new(db).await;
    let (anna, bram) = (
        signed_in(&app, "anna@voorbeeld.example", Role::Editor).await,
        signed_in(&app, "bram@voorbeeld.example", Role::Editor).await,
    );
    let (id, _) = story(&app, "Bel mij op 06-12345678 of mail a@voorbeeld.example.").await;
    story(&app, "Nog een.").await;
    let queue = get(&app, "queue?limit=1", &anna).await.json();
    assert_eq!((&queue["count"], &queue["items"][0]["id"]), (&json!(2), &json!(id)));
    assert_eq!(queue["items"][0]["marks"], json!(["no-proof"]));
    let next = queue["next"].as_str().unwrap();
    let rest = get(&app, &format!("queue?limit=1&cursor={next}"), &anna).await.json();
    assert_eq!((&rest["items"][0]["excerpt"], &rest["next"]), (&json!("Nog een."), &Value::Null));
    for wrong in
        ["queue?limit=0", "queue?limit=201", "queue?cursor=x", "queue?kind=niets", "queue?view=alles"]
    {
        assert_eq!(code(&get(&app, wrong, &anna).await), (400, "invalid-parameter".to_owned()), "{wrong}");
    }

    let item = format!("queue/{id}");
    let whole = get(&app, &item, &anna).await;
    assert!(!whole.text().contains("lezer@"), "editors need no address");
    let whole = whole.json();
    assert_eq!((&whole["has_address"], &whole["item"]["version"]), (&json!(true), &json!(1)));
    let kinds: Vec<_> = whole["findings"].as_array().unwrap().iter().map(|found| &found["kind"]).collect();
    assert_eq!(kinds, ["phone", "email"]);

    let (claim, decisions) = (format!("{item}/claim"), format!("{item}/decisions"));
    let accept = json!({"version": 1, "verdict": "accept"});
    assert_eq!(
        code(&send(&app, "POST", &decisions, &anna, accept.clone()).await),
        (409, "not-held".to_owned())
    );
    let claimed = send(&app, "POST", &claim, &anna, json!({})).await.json();
    assert_eq!(claimed["holder"]["name"], "anna");
    let held = send(&app, "POST", &claim, &bram, json!({})).await;
    assert_eq!((code(&held), &held.json()["detail"]), ((409, "held".to_owned()), &json!("anna")));
    assert_eq!(code(&send(&app, "POST", &decisions, &bram, accept.clone()).await), (409, "held".to_owned()));
    assert_eq!(send(&app, "DELETE", &claim, &bram, json!({})).await.status, StatusCode::NO_CONTENT);
    let mine = get(&app, "queue?view=mine", &anna).await.json();
    assert_eq!(mine["count"], 1, "who does not hold it lets go of nothing");
    assert_eq!(get(&app, "queue?view=free", &bram).await.json()["count"], 1);

    for wrong in [
        json!({"version": 1, "verdict": "reject", "statement": "Feiten."}),
        json!({"version": 1, "verdict": "ask"}),
        json!({"version": 1, "verdict": "ask", "statement": "é".repeat(limits::STATEMENT + 1)}),
    ] {
        assert_eq!(
            code(&send(&app, "POST", &decisions, &anna, wrong).await),
            (422, "invalid-decision".to_owned())
        );
    }
    for wrong in
        [json!({"version": 1}), json!({"version": 1, "verdict": "weg"}), json!({"verdict": "accept", "x": 1})]
    {
        assert_eq!(
            code(&send(&app, "POST", &decisions, &anna, wrong).await),
            (400, "invalid-body".to_owned())
        );
    }
    let decided = send(&app, "POST", &decisions, &anna, accept.clone()).await;
    assert_eq!((decided.status, &decided.json()["state"]), (StatusCode::CREATED, &json!("accepted")));
    assert_eq!(code(&send(&app, "POST", &decisions, &anna, accept).await), (409, "not-waiting".to_owned()));
    let undo = format!("decisions/{}", decided.json()["id"].as_str().unwrap());
    assert_eq!(send(&app, "DELETE", &undo, &bram, json!({})).await.status, StatusCode::NOT_FOUND);
    assert_eq!(send(&app, "DELETE", &undo, &anna, json!({})).await.status, StatusCode::NO_CONTENT);
    let again = get(&app, &item, &anna).await.json();
    assert_eq!(
        (&again["item"]["state"], &again["item"]["holder"]["name"]),
        (&json!("received"), &json!("anna"))
    );
}

async fn a_statement_of_reasons_reaches_its_sender(db: TestDatabase) {
    let app = TestApp::new(db).await;
    let anna = signed_in(&app, "anna@voorbeeld.example", Role::Editor).await;
    let (id, own) = story(&app, "Een verhaal.").await;
    let mine = own.replace("/api/v1/experiences/", "/nl/mine/");
    let decide = async |body: Value| {
        send(&app, "POST", &format!("queue/{id}/claim"), &anna, json!({})).await;
        let version = get(&app, &format!("queue/{id}"), &anna).await.json()["item"]["version"].clone();
        let mut body = body;
        body["version"] = version;
        let done = send(&app, "POST", &format!("queue/{id}/decisions"), &anna, body).await;
        assert_eq!(done.status, StatusCode::CREATED, "{}", done.text());
    };
    decide(json!({"verdict": "ask", "statement": "Wanneer was dat <b>?"})).await;
    assert!(!app.get(&mine).await.text().contains("Wanneer was dat"), "it can still be undone");
    app.advance(Duration::seconds(limits::UNDO_SECONDS));
    let page = app.get(&mine).await.text();
    assert!(page.contains("Wanneer was dat &lt;b") && page.contains("Je antwoord"), "{page}");
    assert_eq!(app.get(&own).await.json()["decisions"][0]["verdict"], "ask");

    let form = ("content-type", "application/x-www-form-urlencoded");
    for (typed, fault) in
        [("++", "Schrijf eerst iets"), (&*"a".repeat(limits::STATEMENT + 1), "hooguit 4.000 tekens")]
    {
        let refused = app.send_body("POST", &mine, &[form], format!("go=answer&answer={typed}")).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            refused.text().contains(fault) && refused.text().contains(&typed.replace('+', " ")),
            "{fault}"
        );
    }
    let answered = app.send_body("POST", &mine, &[form], "go=answer&answer=In+maart.").await;
    assert_eq!(answered.status, StatusCode::SEE_OTHER);
    assert!(app.get(&mine).await.text().contains("In maart."));

    decide(json!({"verdict": "reject", "ground": "privacy", "statement": "Er staat een *adres* in.", "automated": true})).await;
    app.advance(Duration::seconds(limits::UNDO_SECONDS));
    let page = app.get(&mine).await.text();
    for part in
        ["Regel 1: persoonlijke gegevens", "een <em>adres</em> in", "met automatische hulp", "Bezwaar maken"]
    {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(!page.contains("Wijzigen") && !page.contains("Terugtrekken") && page.contains("Alles wissen"));
    let late = app.send_body("POST", &mine, &[form], "go=withdraw").await;
    assert!(late.header("location").ends_with("?late"));
    let patch = app.send_body("PATCH", &own, &[JSON], json!({"answer": "Nog iets."}).to_string()).await;
    assert_eq!(code(&patch), (409, "not-now".to_owned()));
    let forged = app.send_body("PATCH", &own, &[JSON], json!({"state": "accepted"}).to_string()).await;
    assert_eq!(code(&forged), (400, "invalid-body".to_owned()));
}

async fn a_decision_is_mailed_when_it_is_final(db: TestDatabase) {
    let sink = MailSink::start().await;
    let app = TestApp::with_mail(db, &sink).await;
    let anna = signed_in(&app, "anna@voorbeeld.example", Role::Editor).await;
    let (id, _) = story(&app, "Een verhaal.").await;
    app.send_mails().await;
    let confirm = mailing::link(&sink.mails()[0]);
    let decide = async |body: Value| {
        send(&app, "POST", &format!("queue/{id}/claim"), &anna, json!({})).await;
        let mut body = body;
        body["version"] = get(&app, &format!("queue/{id}"), &anna).await.json()["item"]["version"].clone();
        let made = send(&app, "POST", &format!("queue/{id}/decisions"), &anna, body).await;
        made.json()["id"].as_str().unwrap().to_owned()
    };
    let undone = decide(json!({"verdict": "accept"})).await;
    send(&app, "DELETE", &format!("decisions/{undone}"), &anna, json!({})).await;
    let facts = "Er staat een *nummer* in.\r\nBcc: iedereen@voorbeeld.example";
    decide(json!({"verdict": "reject", "ground": "privacy", "statement": facts})).await;
    app.make_decisions_final();
    app.send_mails().await;
    assert_eq!(sink.mails().len(), 1, "nobody has confirmed the address");
    let chief = signed_in(&app, "bram@voorbeeld.example", Role::Chief).await;
    let waiting = get(&app, "mails", &chief).await.json();
    assert_eq!(
        (&waiting["has_server"], &waiting["waiting"], &waiting["unconfirmed"]),
        (&json!(true), &json!(1), &json!(1))
    );
    assert_eq!(waiting["queued"][0]["subject"], "Je inzending is afgewezen");
    assert_eq!(waiting["queued"].as_array().map(Vec::len), Some(1));
    assert!(!waiting.to_string().contains("lezer@"), "to whom it goes, nobody at the desk needs to know");
    let form = ("content-type", "application/x-www-form-urlencoded");
    app.send_body("POST", &confirm, &[form], "go=confirm").await;
    app.send_mails().await;
    app.send_mails().await;
    let mails = sink.mails();
    let [_, mail] = &*mails else { panic!("one for the decision that stands: {mails:?}") };
    assert_eq!(mail.to, ["lezer@voorbeeld.example"]);
    let parsed = mail_parser::MessageParser::default().parse(&mail.message).unwrap();
    assert_eq!(parsed.subject(), Some("Je inzending is afgewezen"));
    let text = parsed.body_text(0).unwrap();
    for said in ["Regel 1: persoonlijke gegevens", "> Er staat een *nummer* in.", "zonder automatische hulp"]
    {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(app.get(&mailing::link(mail)).await.text().contains("Afgewezen"));
}

async fn the_audit_log_is_a_list_and_a_file(db: TestDatabase) {
    let app = TestApp::new(db).await;
    let chief = signed_in(&app, "bram@voorbeeld.example", Role::Chief).await;
    app.advance(Duration::seconds(1));
    app.invite("kwal@voorbeeld.example", Role::Editor).await;
    let all = get(&app, "audit", &chief).await.json();
    let actions: Vec<_> =
        all["lines"].as_array().unwrap().iter().map(|line| line["action"].clone()).collect();
    assert_eq!(actions, ["invited", "set-up", "invited"]);
    let page = get(&app, "audit?limit=2", &chief).await.json();
    let cursor = page["next"].as_str().unwrap();
    let rest = get(&app, &format!("audit?limit=2&cursor={cursor}"), &chief).await.json();
    assert_eq!((rest["lines"].as_array().unwrap().len(), &rest["next"]), (1, &Value::Null));
    assert_eq!(get(&app, "audit?action=set-up", &chief).await.json()["lines"][0]["editor"], "bram");
    assert!(get(&app, "audit?from=2026-11-22", &chief).await.json()["lines"].as_array().unwrap().is_empty());
    assert_eq!(
        get(&app, "audit?until=2026-11-21", &chief).await.json()["lines"].as_array().unwrap().len(),
        3
    );
    for wrong in
        ["audit?from=gisteren", "audit?editor=x", "audit?format=xls", "audit?limit=0", "audit?action=x"]
    {
        assert_eq!(code(&get(&app, wrong, &chief).await), (400, "invalid-parameter".to_owned()), "{wrong}");
    }
    let file = get(&app, "audit?format=csv", &chief).await;
    assert!(file.header("content-type").starts_with("text/csv"));
    assert_eq!(file.text().lines().count(), 4);
    assert!(file.text().contains("\"kwal@voorbeeld.example (editor)\""), "{}", file.text());
}
