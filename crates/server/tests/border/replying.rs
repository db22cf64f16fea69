//! A shop is asked for its side, answers by its link, and readers see it.

use axum::http::StatusCode;
use mail_parser::MessageParser;
use serde_json::{Value, json};
use time::Duration;
use weerklank_domain::desk::Role;
use weerklank_test_support::{
    app::{TestApp, TestResponse},
    database::TestDatabase,
    mail_sink::{MailSink, SunkMail},
    on_every_database,
};

use crate::composing::{accepted, begin, draft, publish, save, sheet};
use crate::desk::{code, get, send, signed_in};
use crate::mailing::link;
use crate::sharing::Form;
use crate::voice::{decide, first};

on_every_database!(
    a_shop_answers_and_the_sender_says_what_came_of_it,
    a_reply_is_refused_with_reasons_and_appealed,
    what_a_shop_types_is_kept_and_is_no_markup,
    a_shop_that_may_not_read_it_is_not_asked,
);

fn asking() -> Value {
    json!({
        "shop": "De <i>Gele</i> Kwast", "email": "winkel@voorbeeld.example", "lang": "nl",
        "question": "Hoe <b>kwam</b> dit?", "days": "14",
    })
}

async fn ask(app: &TestApp, cookie: &str, id: &str, what: Value) -> TestResponse {
    send(app, "POST", &draft(&format!("{id}/replies")), cookie, what).await
}

/// A column that an editor wrote from nothing and whose shop was asked; its id and the shop's address.
pub(crate) async fn asked(app: &TestApp, cookie: &str) -> (String, String) {
    let id = begin(app, cookie, json!({})).await;
    save(app, cookie, &id, 1, &sheet("Een lamp", "Hij kwam *te laat*.\n")).await;
    let told = ask(app, cookie, &id, asking()).await;
    assert_eq!(told.status, StatusCode::CREATED, "{}", told.text());
    let link = told.json()["replies"][0]["link"].as_str().unwrap().to_owned();
    (id, link[link.find("/nl/reply/").unwrap()..].to_owned())
}

fn texts(sink: &MailSink, to: &str) -> Vec<String> {
    let of = |mail: &SunkMail| {
        let parsed = MessageParser::default().parse(&mail.message).unwrap();
        format!("{}\n{}", parsed.subject().unwrap(), parsed.body_text(0).unwrap())
    };
    sink.mails().iter().filter(|mail| mail.to[0].starts_with(to)).map(of).collect()
}

/// Whether a mail with that subject is among them.
fn is_told(mails: &[String], subject: &str) -> bool {
    mails.iter().any(|mail| mail.starts_with(subject))
}

pub(crate) async fn reply(app: &TestApp, link: &str, text: &str) -> TestResponse {
    Form::of(&app.get(link).await).set("text", text).set("name", "Noor").press(app, "reply").await
}

async fn a_shop_answers_and_the_sender_says_what_came_of_it(db: TestDatabase) {
    let sink = MailSink::start().await;
    let app = TestApp::with_mail(db, &sink).await;
    let anna = signed_in(&app, "anna@voorbeeld.example", Role::Chief).await;
    let (experience, mine) = accepted(&app, &anna, &sink).await;
    let id = begin(&app, &anna, json!({"experiences": [experience]})).await;
    save(&app, &anna, &id, 1, &sheet("Een lamp", "Drie weken gewacht.\n")).await;
    assert_eq!(publish(&app, &anna, &id, 2).await.status, StatusCode::OK);
    let told = ask(&app, &anna, &id, asking()).await.json();
    assert_eq!(told["replies"][0]["state"], Value::Null, "{told}");
    assert_eq!(told["replies"][0]["until"], "5 december 2026");
    app.send_mails().await;
    let mails = texts(&sink, "winkel");
    assert!(
        mails[0].contains("tot en met 5 december 2026") && mails[0].contains("Hoe <b>kwam</b> dit?"),
        "{mails:?}"
    );
    let page = link(sink.mails().iter().rfind(|mail| mail.to[0].starts_with("winkel")).unwrap());
    let shown = app.get(&page).await;
    assert_eq!((shown.status, shown.header("cache-control")), (StatusCode::OK, "private, no-store"));
    assert!(
        shown.text().contains("/columns/een-lamp") && shown.text().contains("De &lt;i&gt;Gele"),
        "{}",
        shown.text()
    );
    assert!(shown.header("x-robots-tag").contains("noindex"));

    let sent = reply(&app, &page, "Dat spijt ons **zeer**.").await;
    assert!(sent.header("location").ends_with("?sent"), "{}", sent.text());
    assert!(app.get(&page).await.text().contains("Een redacteur moet dit nog lezen."));
    let (item, _) = first(&app, &anna).await;
    let whole = get(&app, &format!("queue/{item}"), &anna).await.json();
    assert_eq!(whole["item"]["kind"], "reply");
    let html = whole["html"].as_str().unwrap();
    assert!(html.contains("<strong>zeer</strong>") && html.contains("Noor"), "{html}");
    let before = app.get("/nl/columns/een-lamp").await.text();
    assert!(!before.contains("spijt"), "not before an editor read it");
    decide(&app, &anna, json!({"verdict": "accept"})).await;
    let after = app.get("/nl/columns/een-lamp").await.text();
    for part in [
        "Antwoord van de winkel",
        "De &lt;i&gt;Gele&lt;/i&gt; Kwast",
        "<strong>zeer</strong>",
        "21 november 2026",
    ] {
        assert!(after.contains(part), "{part}: {after}");
    }
    app.send_mails().await;
    assert!(is_told(&texts(&sink, "winkel"), "Jullie antwoord wordt geplaatst"));
    let to_sender = texts(&sink, "lezer");
    assert!(is_told(&to_sender, "De <i>Gele</i> Kwast heeft geantwoord"), "{to_sender:?}");
    assert!(app.get(&page).await.text().contains("Jullie antwoord wordt geplaatst"));

    let own = app.get(&mine).await.text();
    assert!(own.contains("Is het hiermee opgelost?") && own.contains("<strong>zeer</strong>"), "{own}");
    let say = async |reply: &str, solved: &str| {
        let form = [("content-type", "application/x-www-form-urlencoded")];
        let body = format!("go=outcome&reply={reply}&solved={solved}");
        app.send_body("POST", &mine, &form, body).await
    };
    assert!(say(&item, "partly").await.header("location").ends_with("?outcome"));
    app.refresh().await;
    assert!(app.get("/nl/columns/een-lamp").await.text().contains("het is deels opgelost."));
    // What is no word, or nobody's, changes nothing.
    assert_eq!(say(&item, "misschien").await.status, StatusCode::SEE_OTHER);
    assert_eq!(say(&experience, "yes").await.status, StatusCode::NOT_FOUND);
    assert!(app.get(&mine).await.text().contains("aria-pressed=\"true\""));
    erased_by_the_shop(&app, &page).await;
    assert!(!app.get(&mine).await.text().contains("zeer"));
    // It is in the log, without the words.
    let log = get(&app, "audit", &anna).await.json();
    let actions: Vec<&str> =
        log["lines"].as_array().unwrap().iter().map(|line| line["action"].as_str().unwrap()).collect();
    for action in ["reply-asked", "replied", "outcome-said", "erased"] {
        assert!(actions.contains(&action), "{actions:?}");
    }
}

/// Sure of it, a shop takes its reply from the board and everywhere.
async fn erased_by_the_shop(app: &TestApp, page: &str) {
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let unsure = app.send_body("POST", page, &form, "go=erase").await;
    assert!(unsure.header("location").ends_with("?unsure"));
    assert_eq!(app.get(page).await.status, StatusCode::OK);
    let erased = app.send_body("POST", page, &form, "go=erase&sure=yes").await;
    assert!(erased.text().contains("Jullie antwoord is gewist"), "{}", erased.text());
    assert_eq!(app.get(page).await.status, StatusCode::NOT_FOUND);
    app.refresh().await;
    assert!(!app.get("/nl/columns/een-lamp").await.text().contains("zeer"));
}

async fn a_reply_is_refused_with_reasons_and_appealed(db: TestDatabase) {
    let sink = MailSink::start().await;
    let app = TestApp::with_mail(db, &sink).await;
    let anna = signed_in(&app, "anna@voorbeeld.example", Role::Editor).await;
    let bram = signed_in(&app, "bram@voorbeeld.example", Role::Editor).await;
    let (id, page) = asked(&app, &anna).await;
    // Before publication it reads the text itself.
    let shown = app.get(&page).await.text();
    assert!(
        shown.contains("Hij kwam <em>te laat</em>.") && shown.contains("nog niet op het bord"),
        "{shown}"
    );
    assert_eq!(code(&ask(&app, &bram, &id, asking()).await), (409, "asked-already".to_owned()));

    reply(&app, &page, "Koop nu met korting!").await;
    let called_off =
        send(&app, "DELETE", &format!("replies/{}", first(&app, &anna).await.0), &anna, json!({})).await;
    assert_eq!(code(&called_off), (409, "answered-already".to_owned()));
    decide(&app, &anna, json!({"verdict": "return", "statement": "Zonder reclame graag."})).await;
    let returned = app.get(&page).await.text();
    assert!(
        returned.contains("Zonder reclame graag.") && returned.contains("Koop nu met korting!"),
        "{returned}"
    );
    reply(&app, &page, "Koop toch maar.").await;
    let refusal = json!({"verdict": "reject", "ground": "advertising", "statement": "Het is reclame."});
    decide(&app, &anna, refusal).await;
    let refused = app.get(&page).await;
    assert!(
        refused.text().contains("Het is reclame.") && refused.text().contains("Regel 5"),
        "{}",
        refused.text()
    );
    app.send_mails().await;
    let mails = texts(&sink, "winkel");
    assert!(is_told(&mails, "Jullie antwoord wordt niet geplaatst"), "{mails:?}");
    // Too late to write another one: what was typed is still there.
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let late = app.send_body("POST", &page, &form, "go=reply&text=Nog+%C3%A9%C3%A9n+keer").await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.text().contains("Nog één keer"), "{}", late.text());

    let appealed = Form::of(&refused).set("text", "Het is geen reclame.").press(&app, "appeal").await;
    assert!(appealed.header("location").ends_with("?appealed"), "{}", appealed.text());
    let own =
        send(&app, "POST", &format!("queue/{}/claim", first(&app, &anna).await.0), &anna, json!({})).await;
    assert_eq!(code(&own), (409, "own-decision".to_owned()));
    decide(&app, &bram, json!({"verdict": "overturn", "statement": "Het kan zo."})).await;
    assert_eq!(publish(&app, &anna, &id, 2).await.status, StatusCode::OK);
    assert!(app.get("/nl/columns/een-lamp").await.text().contains("Koop toch maar."));
    assert!(app.get(&page).await.text().contains("Het kan zo."));
    app.send_mails().await;
    let mails = texts(&sink, "winkel");
    let own = mails.iter().find(|mail| mail.starts_with("Je bezwaar: het besluit is omgedraaid"));
    let own = own.unwrap();
    assert!(own.contains(&page), "to the shop's own page: {own}");
    assert!(own.contains("hebben geantwoord") && !own.contains("kun je het weghalen"), "{own}");
}

async fn what_a_shop_types_is_kept_and_is_no_markup(db: TestDatabase) {
    let app = TestApp::new(db).await;
    let anna = signed_in(&app, "anna@voorbeeld.example", Role::Editor).await;
    let (_, page) = asked(&app, &anna).await;
    let hostile = "</textarea><script>alert(1)</script>";
    let form = Form::of(&app.get(&page).await);
    let nothing = form.clone().set("text", " ").set("name", hostile).press(&app, "reply").await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nothing.text().contains("Schrijf eerst iets.") && !nothing.text().contains("<script>alert"));
    let long =
        form.clone().set("text", &format!("{hostile}{}", "x".repeat(4_000))).press(&app, "reply").await;
    assert_eq!(long.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(long.text().contains(&"x".repeat(4_000)) && !long.text().contains("<script>alert"));
    form.set("text", hostile).set("name", "a\u{202e}b").press(&app, "reply").await;
    let kept = app.get(&page).await.text();
    assert!(
        !kept.contains("<script>alert") && kept.contains("&lt;script") && !kept.contains('\u{202e}'),
        "{kept}"
    );

    // No link, no page; GET changes nothing; nor does what is no form of ours.
    for path in ["/nl/reply/x", "/nl/reply/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"] {
        assert_eq!(app.get(path).await.status, StatusCode::NOT_FOUND);
        let form = [("content-type", "application/x-www-form-urlencoded")];
        assert_eq!(app.send_body("POST", path, &form, "go=reply&text=x").await.status, StatusCode::NOT_FOUND);
    }
    let huge = app.send_body("POST", &page, &[], "x".repeat(2 << 20)).await;
    assert_eq!(huge.status, StatusCode::PAYLOAD_TOO_LARGE);
}

async fn a_shop_that_may_not_read_it_is_not_asked(db: TestDatabase) {
    let sink = MailSink::start().await;
    let app = TestApp::with_mail(db, &sink).await;
    let anna = signed_in(&app, "anna@voorbeeld.example", Role::Editor).await;
    let (experience, _) = accepted(&app, &anna, &sink).await;
    let id = begin(&app, &anna, json!({"experiences": [experience]})).await;
    save(&app, &anna, &id, 1, &sheet("Een lamp", "Drie weken gewacht.\n")).await;
    assert_eq!(code(&ask(&app, &anna, &id, asking()).await), (409, "not-for-shop".to_owned()));
    let own = begin(&app, &anna, json!({})).await;
    assert_eq!(code(&ask(&app, &anna, &own, asking()).await), (409, "empty-draft".to_owned()));
    let wrong = ask(&app, &anna, &own, json!({"shop": "", "lang": "nl", "days": "90"})).await;
    assert_eq!(code(&wrong), (422, "invalid-reply".to_owned()));
    let fields: Vec<String> = wrong.json()["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| error["field"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(fields, ["shop", "days"]);
    let nowhere = "00000000-0000-0000-0000-000000000000";
    assert_eq!(
        code(&get(&app, &draft(&format!("{nowhere}/replies")), &anna).await),
        (404, "not-found".to_owned())
    );

    // Handed over by hand, closed in time, called off.
    save(&app, &anna, &own, 1, &sheet("Een lamp", "Tekst.\n")).await;
    let by_hand = json!({"shop": "De Gele Kwast", "lang": "en", "days": "1"});
    let told = ask(&app, &anna, &own, by_hand).await.json();
    let (link, request) =
        (told["replies"][0]["link"].as_str().unwrap(), told["replies"][0]["id"].as_str().unwrap());
    let page = &link[link.find("/en/reply/").unwrap()..];
    assert!(app.get(page).await.text().contains("You can reply up to and including 22 November 2026"));
    app.advance(Duration::DAY);
    let late = app.get(page).await.text();
    assert!(late.contains("You could reply up to") && !late.contains("<textarea"), "{late}");
    let bram = signed_in(&app, "bram@voorbeeld.example", Role::Editor).await;
    let gone = send(&app, "DELETE", &format!("replies/{request}"), &bram, json!({})).await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT);
    assert_eq!(app.get(page).await.status, StatusCode::NOT_FOUND);
    app.send_mails().await;
    assert!(texts(&sink, "winkel").is_empty(), "no address, no mail");
}
