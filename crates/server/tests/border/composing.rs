//! Columns while they are written, as the desk's browser asks for them.

use axum::http::StatusCode;
use mail_parser::MessageParser;
use serde_json::{Value, json};
use time::Duration;
use weerklank_domain::desk::Role;
use weerklank_test_support::{
    app::{ORIGIN, TestApp, TestResponse},
    database::TestDatabase,
    mail_sink::{MailSink, SunkMail},
    on_every_database,
};

use crate::desk::{JSON, OWN, code, get, send, signed_in};
use crate::mailing;

on_every_database!(
    a_column_is_written_published_and_taken_off,
    two_who_write_at_once_lose_nothing,
    an_older_version_is_looked_at_and_put_back,
    a_sender_reads_along_and_approves,
    a_column_appears_on_the_minute,
    a_column_of_the_board_is_edited,
    a_preview_is_the_page,
    what_cannot_be_kept_is_refused_in_words,
);

pub(crate) fn draft(path: &str) -> String {
    format!("drafts/{path}")
}

pub(crate) async fn begin(app: &TestApp, cookie: &str, what: Value) -> String {
    let begun = send(app, "POST", "drafts", cookie, what).await;
    assert_eq!(begun.status, StatusCode::CREATED, "{}", begun.text());
    begun.json()["id"].as_str().unwrap().to_owned()
}

/// Saves on a version.
pub(crate) async fn save(app: &TestApp, cookie: &str, id: &str, version: i64, sheet: &Value) -> TestResponse {
    let tag = format!("\"{version}\"");
    let headers = [JSON, OWN, ("cookie", cookie), ("if-match", tag.as_str())];
    let path = format!("/api/v1/desk/drafts/{id}");
    app.send_body("PUT", &path, &headers, json!({"sheet": sheet}).to_string()).await
}

/// Throws away a version.
pub(crate) async fn discard(app: &TestApp, cookie: &str, id: &str, version: i64) -> TestResponse {
    let tag = format!("\"{version}\"");
    let headers = [JSON, OWN, ("cookie", cookie), ("if-match", tag.as_str())];
    app.send("DELETE", &format!("/api/v1/desk/drafts/{id}"), &headers).await
}

pub(crate) async fn publish(app: &TestApp, cookie: &str, id: &str, version: i64) -> TestResponse {
    send(app, "POST", &draft(&format!("{id}/publication")), cookie, json!({"version": version})).await
}

pub(crate) fn sheet(title: &str, body: &str) -> Value {
    json!({"front": {"title": title, "lang": "nl", "sentiment": "mixed"}, "body": body})
}

fn fields(response: &TestResponse) -> Vec<String> {
    let errors = response.json()["errors"].as_array().cloned().unwrap_or_default();
    errors.iter().map(|error| error["field"].as_str().unwrap().to_owned()).collect()
}

async fn a_column_is_written_published_and_taken_off(db: TestDatabase) {
    let app = TestApp::new(db).await;
    let anna = signed_in(&app, "anna@voorbeeld.example", Role::Chief).await;
    let id = begin(&app, &anna, json!({"lang": "en"})).await;
    app.advance(Duration::seconds(1));
    let whole = get(&app, &draft(&id), &anna).await;
    assert_eq!((whole.header("etag"), whole.header("cache-control")), ("\"1\"", "private, no-store"));
    assert_eq!(whole.json()["sheet"]["front"]["authors"], "anna");
    assert_eq!(whole.json()["place"], "draft");

    let no_version = send(&app, "PUT", &draft(&id), &anna, json!({"sheet": sheet("", "")})).await;
    assert_eq!(code(&no_version), (428, "version-needed".to_owned()));
    let saved = save(&app, &anna, &id, 1, &sheet("", "")).await;
    assert_eq!((saved.status, saved.header("etag")), (StatusCode::OK, "\"2\""));
    assert_eq!(code(&save(&app, &anna, &id, 1, &sheet("x", "")).await), (412, "draft-changed".to_owned()));

    // What has to be mended is said field by field, and nothing appears.
    let refused = publish(&app, &anna, &id, 2).await;
    assert_eq!(code(&refused), (422, "invalid-draft".to_owned()));
    assert_eq!(fields(&refused), ["slug", "body", "title"]);
    save(&app, &anna, &id, 2, &sheet("Een lamp", "Hij kwam *te laat*.\n")).await;
    assert_eq!(code(&publish(&app, &anna, &id, 2).await), (412, "draft-changed".to_owned()));
    let published = publish(&app, &anna, &id, 3).await;
    assert_eq!(published.status, StatusCode::OK, "{}", published.text());
    assert_eq!(
        (&published.json()["place"], &published.json()["slug"]),
        (&json!("published"), &json!("een-lamp"))
    );
    let page = app.get("/nl/columns/een-lamp").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text().contains("Hij kwam <em>te laat</em>."), "{}", page.text());
    assert_eq!(
        app.get("/api/v1/columns/een-lamp").await.json()["date"],
        "2026-11-21",
        "the day of publication"
    );

    save(&app, &anna, &id, 3, &sheet("Een lamp", "Hij kwam nooit.\n")).await;
    assert_eq!(get(&app, &draft(&id), &anna).await.json()["place"], "changed");
    assert!(app.get("/nl/columns/een-lamp").await.text().contains("te laat"), "not before it is published");
    assert_eq!(code(&discard(&app, &anna, &id, 4).await), (409, "on-the-board".to_owned()));

    let off = draft(&format!("{id}/taken-off"));
    assert_eq!(
        code(&send(&app, "POST", &off, &anna, json!({"reason": " "})).await),
        (400, "invalid-body".to_owned())
    );
    app.advance(Duration::seconds(1));
    let taken = send(&app, "POST", &off, &anna, json!({"reason": "Het klopt niet."})).await;
    assert_eq!(taken.json()["place"], "withdrawn", "{}", taken.text());
    assert_eq!(app.get("/nl/columns/een-lamp").await.status, StatusCode::GONE);
    assert_eq!(
        code(&send(&app, "POST", &off, &anna, json!({"reason": "x"})).await),
        (409, "not-on-the-board".to_owned())
    );
    app.advance(Duration::seconds(1));
    assert_eq!(publish(&app, &anna, &id, 4).await.status, StatusCode::OK);
    assert!(app.get("/nl/columns/een-lamp").await.text().contains("Hij kwam nooit."));
    let log = get(&app, "audit", &anna).await.json();
    let actions: Vec<&str> =
        log["lines"].as_array().unwrap().iter().map(|line| line["action"].as_str().unwrap()).collect();
    assert_eq!(actions[..3], ["published", "taken-off", "published"]);
}

async fn two_who_write_at_once_lose_nothing(db: TestDatabase) {
    let app = TestApp::new(db).await;
    let anna = signed_in(&app, "anna@voorbeeld.example", Role::Editor).await;
    let bram = signed_in(&app, "bram@voorbeeld.example", Role::Editor).await;
    let id = begin(&app, &anna, json!({})).await;
    save(&app, &anna, &id, 1, &sheet("Lamp", "De lamp kwam te laat.\n\nPunt.\n")).await;
    save(&app, &anna, &id, 2, &sheet("Lamp", "De lamp kwam veel te laat.\n\nPunt.\n")).await;
    let mine = sheet("Lampen", "De lamp kwam te laat.\n\nUitroepteken!\n");
    assert_eq!(code(&save(&app, &bram, &id, 2, &mine).await), (412, "draft-changed".to_owned()));
    let merge = draft(&format!("{id}/merge"));
    let merged = send(&app, "POST", &merge, &bram, json!({"base": 2, "sheet": mine})).await.json();
    assert_eq!(
        (&merged["version"], &merged["saved_by"], &merged["conflicts"]),
        (&json!(3), &json!("anna"), &json!([]))
    );
    assert_eq!(merged["front"]["title"], "Lampen");
    assert_eq!(merged["body"], json!([{"text": "De lamp kwam veel te laat.\n\nUitroepteken!\n"}]));
    assert_eq!(
        save(&app, &bram, &id, 3, &sheet("Lampen", "De lamp kwam veel te laat.\n\nUitroepteken!\n"))
            .await
            .status,
        StatusCode::OK
    );

    let mine = sheet("Peren", "De lamp kwam vroeg.\n\nUitroepteken!\n");
    let merged = send(&app, "POST", &merge, &anna, json!({"base": 3, "sheet": mine})).await.json();
    assert_eq!(merged["conflicts"], json!([{"key": "title", "mine": "Peren", "theirs": "Lampen"}]));
    let nobody = send(
        &app,
        "POST",
        &draft("00000000-0000-0000-0000-000000000000/merge"),
        &anna,
        json!({"base": 1, "sheet": {}}),
    )
    .await;
    assert_eq!(code(&nobody), (404, "not-found".to_owned()));
}

async fn an_older_version_is_looked_at_and_put_back(db: TestDatabase) {
    let app = TestApp::new(db).await;
    let anna = signed_in(&app, "anna@voorbeeld.example", Role::Editor).await;
    let id = begin(&app, &anna, json!({})).await;
    save(&app, &anna, &id, 1, &sheet("Lamp", "De <b>lamp</b> kwam te laat.\n")).await;
    app.advance(Duration::minutes(20));
    save(&app, &anna, &id, 2, &sheet("Lamp", "De <i>lamp</i> kwam te laat.\n")).await;
    let revisions = draft(&format!("{id}/revisions"));
    let listed = get(&app, &revisions, &anna).await.json();
    let versions: Vec<_> =
        listed["revisions"].as_array().unwrap().iter().map(|one| one["version"].clone()).collect();
    assert_eq!(versions, [3, 2, 1]);
    let compared = get(&app, &format!("{revisions}/3"), &anna).await.json();
    let body = compared["body"].as_str().unwrap();
    assert!(body.contains("&lt;b&gt;lamp&lt;/b&gt; </del>") && body.contains("&lt;i&gt;lamp"), "{body}");
    assert!(!body.contains("<b>"), "{body}");
    let restore = format!("{revisions}/2");
    let on = |version: &str| {
        [JSON, OWN, ("cookie", anna.as_str()), ("if-match", version)]
            .map(|(a, b)| (a.to_owned(), b.to_owned()))
    };
    for (version, wanted) in [("\"2\"", 412), ("\"3\"", 200)] {
        let headers = on(version);
        let headers: Vec<(&str, &str)> = headers.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        let answer = app.send_body("POST", &format!("/api/v1/desk/{restore}"), &headers, "{}").await;
        assert_eq!(answer.status.as_u16(), wanted, "{}", answer.text());
    }
    let whole = get(&app, &draft(&id), &anna).await.json();
    assert_eq!(
        (&whole["version"], &whole["sheet"]["body"]),
        (&json!(4), &json!("De <b>lamp</b> kwam te laat.\n"))
    );
    assert_eq!(code(&get(&app, &format!("{revisions}/99"), &anna).await), (404, "not-found".to_owned()));
}

/// Sends in a negative experience with consent and a confirmed address, and accepts it: its id and its page's path.
pub(crate) async fn accepted(app: &TestApp, cookie: &str, sink: &MailSink) -> (String, String) {
    accepted_as(app, cookie, sink, "negative").await
}

/// The same of either side.
pub(crate) async fn accepted_as(
    app: &TestApp,
    cookie: &str,
    sink: &MailSink,
    side: &str,
) -> (String, String) {
    let body = json!({side: {"story": "Drie weken gewacht."}, "lang": "nl", "name": "J. Kwal",
        "email": "lezer@voorbeeld.example", "consents": {"publish": true}});
    let sent = app.send_in(&body).await;
    app.send_mails().await;
    let asks = |mail: &&SunkMail| mailing::link(mail).contains("/confirm");
    let path = mailing::link(sink.mails().iter().rfind(asks).unwrap());

    let form = [("content-type", "application/x-www-form-urlencoded")];
    assert_eq!(app.send_body("POST", &path, &form, "go=confirm").await.status, StatusCode::SEE_OTHER);
    let id = sent["id"].as_str().unwrap().to_owned();
    send(app, "POST", &format!("queue/{id}/claim"), cookie, json!({})).await;
    let decided = json!({"version": 1, "verdict": "accept"});
    let done = send(app, "POST", &format!("queue/{id}/decisions"), cookie, decided).await;
    assert_eq!(done.status, StatusCode::CREATED, "{}", done.text());
    app.make_decisions_final();
    let url = sent["secret_url"].as_str().unwrap();
    (id, url.strip_prefix(ORIGIN).unwrap().to_owned())
}

fn subjects(sink: &MailSink) -> Vec<String> {
    let subject = |mail: &SunkMail| {
        let parsed = MessageParser::default().parse(&mail.message).unwrap();
        parsed.subject().unwrap().to_owned()
    };
    sink.mails().iter().map(subject).collect()
}

async fn a_sender_reads_along_and_approves(db: TestDatabase) {
    let sink = MailSink::start().await;
    let app = TestApp::with_mail(db, &sink).await;
    let anna = signed_in(&app, "anna@voorbeeld.example", Role::Editor).await;
    let (experience, mine) = accepted(&app, &anna, &sink).await;
    let id = begin(&app, &anna, json!({"experiences": [experience]})).await;
    let again = send(&app, "POST", "drafts", &anna, json!({"experiences": [experience]})).await;
    assert_eq!((again.status, &again.json()["id"]), (StatusCode::OK, &json!(id)));
    let whole = get(&app, &draft(&id), &anna).await.json();
    assert_eq!(whole["sheet"]["body"], "Drie weken gewacht.\n");
    assert_eq!(
        (&whole["made_of"][0]["approval"], &whole["made_of"][0]["name"]),
        (&json!("not-asked"), &json!("J. Kwal"))
    );
    save(&app, &anna, &id, 1, &sheet("Wachten <script>", "Drie *lange* weken gewacht.\n")).await;
    assert_eq!(code(&publish(&app, &anna, &id, 2).await), (409, "not-approved".to_owned()));
    let ask = draft(&format!("{id}/approval"));
    assert_eq!(
        code(&send(&app, "POST", &ask, &anna, json!({"version": 1})).await),
        (412, "draft-changed".to_owned())
    );
    let asked = send(&app, "POST", &ask, &anna, json!({"version": 2})).await.json();
    assert_eq!(asked["made_of"][0]["approval"], "asked");

    app.send_mails().await;
    assert!(subjects(&sink).contains(&"Mogen we je verhaal zo plaatsen?".to_owned()));
    let page = app.get(&mine).await.text();
    assert!(page.contains("*lange* </ins>weken gewacht."), "{page}");
    assert!(page.contains("Wachten &lt;script&gt;") && !page.contains("Wachten <script>"));
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let say = async |go: &str, version: i64, remark: &str| {
        let body = format!("go={go}&draft={id}&version={version}&remark={remark}");
        app.send_body("POST", &mine, &form, body).await
    };
    assert!(say("approve", 1, "").await.header("location").ends_with("?outdated"));
    let outdated = say("refuse", 1, "Dit+klopt+niet.").await;
    assert_eq!(outdated.status, StatusCode::CONFLICT);
    assert!(outdated.text().contains("Dit klopt niet.</textarea>"), "{}", outdated.text());
    // Of a text that is gone altogether as well.
    let gone = "go=refuse&draft=00000000-0000-0000-0000-000000000000&version=1&remark=Dit+ook+niet.";
    let gone = app.send_body("POST", &mine, &form, gone).await;
    assert_eq!(gone.status, StatusCode::CONFLICT);
    assert!(gone.text().contains("Dit ook niet.</textarea>"), "{}", gone.text());
    let long = say("refuse", 2, &"x".repeat(2_001)).await;
    assert_eq!(long.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(long.text().contains(&"x".repeat(2_001)), "nothing typed is lost");
    assert!(say("refuse", 2, "Het+waren+er+vier.").await.header("location").ends_with("?said"));
    let part = get(&app, &draft(&id), &anna).await.json()["made_of"][0].clone();
    assert_eq!((&part["approval"], &part["remark"]), (&json!("refused"), &json!("Het waren er vier.")));
    assert!(say("approve", 2, "").await.header("location").ends_with("?said"));
    assert_eq!(publish(&app, &anna, &id, 2).await.status, StatusCode::OK);
    app.send_mails().await;
    assert_eq!(subjects(&sink).last().unwrap(), "Je verhaal staat op het bord");
    assert!(app.get(&mine).await.text().contains("/columns/wachten-script"));

    // Taken back, it leaves the board at once.
    app.send_body("POST", &mine, &form, "go=withdraw").await;
    app.refresh().await;
    assert_eq!(app.get("/nl/columns/wachten-script").await.status, StatusCode::GONE);
    assert_eq!(code(&publish(&app, &anna, &id, 2).await), (409, "not-accepted".to_owned()));
    app.send_body("POST", &mine, &form, "go=erase&sure=yes").await;
    assert_eq!(code(&get(&app, &draft(&id), &anna).await), (404, "not-found".to_owned()));
    app.refresh().await;
    let gone = app.get("/nl/columns/wachten-script").await;
    assert_eq!(gone.status, StatusCode::GONE);
    assert!(!gone.text().contains("Wachten"), "{}", gone.text());
}

async fn a_column_appears_on_the_minute(db: TestDatabase) {
    let app = TestApp::new(db).await;
    let anna = signed_in(&app, "anna@voorbeeld.example", Role::Editor).await;
    let id = begin(&app, &anna, json!({})).await;
    save(&app, &anna, &id, 1, &sheet("Lamp", "Tekst.\n")).await;
    let publication = draft(&format!("{id}/publication"));
    let at = async |moment: &str| {
        send(&app, "POST", &publication, &anna, json!({"version": 2, "at": moment})).await
    };
    // It is a little past 13:00 in Amsterdam.
    for wrong in ["morgen", "2026-11-21T13:00", "2026-11-21T12:00Z"] {
        let refused = at(wrong).await;
        assert_eq!(
            (code(&refused), fields(&refused)),
            ((422, "invalid-draft".to_owned()), vec!["at".to_owned()]),
            "{wrong}"
        );
    }
    let set = at("2026-11-22T00:05").await.json();
    assert_eq!(set["scheduled"]["at"], "22 november 2026, 00:05 uur");
    assert_eq!(set["place"], "scheduled");
    app.publish_due().await;
    assert_eq!(app.get("/nl/columns/lamp").await.status, StatusCode::NOT_FOUND);
    save(&app, &anna, &id, 2, &sheet("Lamp", "Wat later kwam.\n")).await;
    app.advance(Duration::minutes(11 * 60 + 30));
    app.publish_due().await;
    let page = app.get("/nl/columns/lamp").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text().contains("Tekst.") && !page.text().contains("Wat later kwam."));
    assert_eq!(app.get("/api/v1/columns/lamp").await.json()["date"], "2026-11-22");

    // What is known to stand in the way is said at once.
    let other = begin(&app, &anna, json!({})).await;
    save(&app, &anna, &other, 1, &sheet("Lamp", "Nog een.\n")).await;
    let publication = draft(&format!("{other}/publication"));
    let taken =
        send(&app, "POST", &publication, &anna, json!({"version": 2, "at": "2026-11-23T10:00"})).await;
    assert_eq!((code(&taken).0, fields(&taken)), (422, vec!["slug".to_owned()]));

    // What cannot be published when its moment comes says why.
    save(&app, &anna, &other, 2, &sheet("Peer", "Nog een.\n")).await;
    let body = json!({"version": 3, "at": "2026-11-23T10:00"});
    assert_eq!(send(&app, "POST", &publication, &anna, body.clone()).await.status, StatusCode::OK);
    let off = send(&app, "DELETE", &publication, &anna, json!({})).await.json();
    assert_eq!((&off["scheduled"], &off["place"]), (&Value::Null, &json!("draft")));
    send(&app, "POST", &publication, &anna, body).await;
    let file = "---\ntitle: Peer\ndate: 2026-05-01\nlang: nl\nsentiment: mixed\n---\nVan elders.\n";
    app.store_file("peer.md", file).await;
    app.advance(Duration::days(2));
    app.publish_due().await;
    let anna = signed_in(&app, "dirk@voorbeeld.example", Role::Editor).await;
    let failed = get(&app, &draft(&other), &anna).await.json();
    assert_eq!((&failed["publish_failed"], &failed["scheduled"]), (&json!("invalid-draft"), &Value::Null));
}

async fn a_column_of_the_board_is_edited(db: TestDatabase) {
    let app = TestApp::new(db).await;
    let file = "---\ntitle: Lamp\ndate: 2026-05-01\nlang: nl\nsentiment: mixed\n---\nVan een bestand.\n";
    app.store_file("lamp.md", file).await;
    let anna = signed_in(&app, "anna@voorbeeld.example", Role::Editor).await;
    let id = begin(&app, &anna, json!({"column": "lamp"})).await;
    let whole = get(&app, &draft(&id), &anna).await.json();
    assert_eq!(
        (&whole["place"], &whole["sheet"]["front"]["date"]),
        (&json!("published"), &json!("2026-05-01"))
    );
    assert_eq!(
        code(&send(&app, "POST", "drafts", &anna, json!({"column": "nergens"})).await),
        (404, "not-found".to_owned())
    );

    // An import in between is never overwritten unseen.
    app.store_file("lamp.md", &file.replace("Van een", "Van een ander")).await;
    let mut mine = whole["sheet"].clone();
    mine["front"]["title"] = json!("De lamp");
    save(&app, &anna, &id, 1, &mine).await;
    assert_eq!(code(&publish(&app, &anna, &id, 2).await), (409, "column-changed".to_owned()));
    assert_eq!(get(&app, &draft(&id), &anna).await.json()["column_changed"], true);
    let merged =
        send(&app, "POST", &draft(&format!("{id}/merge")), &anna, json!({"sheet": mine})).await.json();
    assert_eq!(
        (&merged["front"]["title"], &merged["body"]),
        (&json!("De lamp"), &json!([{"text": "Van een ander bestand.\n"}]))
    );
    mine["body"] = json!("Van een ander bestand.\n");
    let headers = [JSON, OWN, ("cookie", anna.as_str()), ("if-match", "\"2\"")];
    let body = json!({"sheet": mine, "seen_column": merged["column"]}).to_string();
    assert_eq!(
        app.send_body("PUT", &format!("/api/v1/desk/drafts/{id}"), &headers, body).await.status,
        StatusCode::OK
    );
    assert_eq!(publish(&app, &anna, &id, 3).await.status, StatusCode::OK);
    assert!(app.get("/nl/columns/lamp").await.text().contains("De lamp"));
    let mut moved = mine.clone();
    moved["front"]["slug"] = json!("elders");
    save(&app, &anna, &id, 3, &moved).await;
    let refused = publish(&app, &anna, &id, 4).await;
    assert_eq!(
        (code(&refused), fields(&refused)),
        ((422, "invalid-draft".to_owned()), vec!["slug".to_owned()])
    );
}

async fn a_preview_is_the_page(db: TestDatabase) {
    let app = TestApp::new(db).await;
    let anna = signed_in(&app, "anna@voorbeeld.example", Role::Editor).await;
    let body = "\r\n## Wat misging {.negative}\r\n\r\nTekst <script>alert(1)</script> [a](javascript:alert(1)) ![b](/images/b.svg)\r\n\r\n> [!LAW] BW 7:18, checked 2026-11-01\r\n> Recht.\r\n\r\n\r\n";
    let drawn = send(&app, "POST", "preview", &anna, json!({"lang": "nl", "body": body})).await.json();
    let html = drawn["html"].as_str().unwrap();
    assert!(!html.contains("<script") && !html.contains("javascript:"), "{html}");
    let id = begin(&app, &anna, json!({})).await;
    save(&app, &anna, &id, 1, &sheet("Lamp", body)).await;
    assert_eq!(publish(&app, &anna, &id, 2).await.status, StatusCode::OK);
    let stored = app.get("/api/v1/columns/lamp").await.json();
    assert!(app.get("/nl/columns/lamp").await.text().contains(html), "{html}\n{stored}");
}

async fn what_cannot_be_kept_is_refused_in_words(db: TestDatabase) {
    let app = TestApp::new(db).await;
    let anna = signed_in(&app, "anna@voorbeeld.example", Role::Editor).await;
    let id = begin(&app, &anna, json!({})).await;
    let at = |body: &str| json!({"front": {}, "body": body});
    for (sheet, wanted, words) in [
        (json!({"front": {"kleur": "rood"}}), 400, "unknown variant"),
        (json!({"front": {"title": "x".repeat(5_001)}}), 400, "`title`: at most 5000 characters"),
        (at("a\0b"), 400, "NUL"),
        (at(&"a".repeat(1_000_001)), 400, "`body`: at most 1000000 bytes"),
        (at(&"a".repeat(2_300_000)), 413, "bytes at most"),
    ] {
        let refused = save(&app, &anna, &id, 1, &sheet).await;
        assert_eq!(refused.status.as_u16(), wanted, "{words}: {}", refused.text());
        assert!(refused.text().contains(words), "{words}: {}", refused.text());
    }
    for (what, wanted) in [
        (json!({"experiences": ["00000000-0000-0000-0000-000000000000"]}), 409),
        (json!({"experiences": ["a"]}), 404),
        (json!({"experiences": ["0", "0"]}), 404),
        (json!({"column": "../etc"}), 404),
        (json!({"kleur": 1}), 400),
    ] {
        assert_eq!(send(&app, "POST", "drafts", &anna, what.clone()).await.status.as_u16(), wanted, "{what}");
    }
    let one = "0190aaaa-0000-7000-8000-000000000000";
    let twice = json!({"experiences": [one, one]});
    assert_eq!(send(&app, "POST", "drafts", &anna, twice).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(get(&app, &draft(&id), &anna).await.json()["version"], 1);
    assert_eq!(discard(&app, &anna, &id, 1).await.status, StatusCode::NO_CONTENT);
    assert_eq!(code(&discard(&app, &anna, &id, 1).await), (404, "not-found".to_owned()));
}
