//! Words that come too late or too often: they stay on the page that says why they were not taken.

use axum::http::StatusCode;
use serde_json::json;
use time::Duration;
use weerklank_domain::desk::Role;
use weerklank_domain::{Column, Comments};
use weerklank_test_support::{
    app::{TestApp, TestResponse},
    build::column,
    database::TestDatabase,
    on_every_database,
};

use crate::desk::signed_in;
use crate::html::elements;
use crate::replying;
use crate::sharing::{Form, sent, told};
use crate::voice::{FORM, board, decide, looked_at, say, sent_to};

on_every_database!(
    what_a_sender_types_after_a_rejection_stays,
    a_comment_that_nothing_takes_any_more_stays,
    a_report_that_is_sent_again_with_other_words_says_so,
    changes_of_words_are_limited,
    a_reply_is_limited,
);

/// That it was refused with that status, and that a field of the page holds those words.
fn is_kept(answer: &TestResponse, status: StatusCode, words: &str) {
    let html = answer.text();
    assert_eq!(answer.status, status, "{html}");
    let is_there = |element: &crate::html::Element| {
        element.text.contains(words) || element.get("value").is_some_and(|value| value.contains(words))
    };
    let fields = elements(&html);
    let mut fields = fields.iter().filter(|element| matches!(&*element.name, "textarea" | "input"));
    assert!(fields.any(is_there), "{words}: {html}");
}

async fn what_a_sender_types_after_a_rejection_stays(db: TestDatabase) {
    let app = TestApp::new(db).await;
    let anna = signed_in(&app, "anna@voorbeeld.example", Role::Editor).await;
    let form = told(&app, "Een verhaal.").await;
    let mine = sent(&app, &form).await.split('?').next().unwrap().to_owned();
    let page = app.get_with(&format!("{mine}/change"), &[("accept-language", "nl")]).await;
    let correction = Form::of(&page).next(&app).await.set("negative.story", "Een beter verhaal.");
    let correction = correction.next(&app).await.next(&app).await;
    let again = form.set("negative.story", "Nog een ander verhaal.");
    decide(&app, &anna, json!({"verdict": "reject", "ground": "law", "statement": "Dit mag niet."})).await;

    is_kept(&correction.press(&app, "next").await, StatusCode::CONFLICT, "Een beter verhaal.");
    let late = again.press(&app, "next").await;
    is_kept(&late, StatusCode::CONFLICT, "Nog een ander verhaal.");
    assert!(late.text().contains("Een redacteur heeft er intussen over besloten"), "{}", late.text());
    let post = async |body: &str| app.send_body("POST", &mine, &[FORM], body.to_owned()).await;
    is_kept(&post("go=answer&answer=Het+was+in+maart.").await, StatusCode::CONFLICT, "Het was in maart.");
    let appealed = post("go=appeal&text=Dat+mag+wel.").await;
    assert!(appealed.header("location").ends_with("?appealed"), "{}", appealed.text());
    is_kept(&post("go=appeal&text=Echt+waar.").await, StatusCode::CONFLICT, "Echt waar.");
    let stands = app.get(&mine).await.text();
    assert!(stands.contains("Een verhaal.") && !stands.contains("ander verhaal"), "{stands}");
}

async fn a_comment_that_nothing_takes_any_more_stays(db: TestDatabase) {
    let app = board(db).await;
    let anna = signed_in(&app, "anna@voorbeeld.example", Role::Editor).await;
    let form = looked_at(&app, "Eerst.").await;
    let own = sent_to(&form.press(&app, "send").await);
    decide(&app, &anna, json!({"verdict": "accept"})).await;
    let late = form.set("text", "Toch anders.").press(&app, "send").await;
    is_kept(&late, StatusCode::CONFLICT, "Toch anders.");
    assert!(late.text().contains(&own), "on the page of what was sent");

    let (open, other) = (looked_at(&app, "Nu niet meer.").await, looked_at(&app, "Nog eens kijken.").await);
    app.store(&[Column { comments: Comments::Closed, ..column("een") }]).await;
    is_kept(&open.press(&app, "send").await, StatusCode::CONFLICT, "Nu niet meer.");
    let looked = other.press(&app, "look").await;
    is_kept(&looked, StatusCode::CONFLICT, "Nog eens kijken.");
    assert!(looked.text().contains("de column neemt er geen meer aan"), "{}", looked.text());
    let hostile = open.set("text", "</textarea><script>alert(1)</script>").press(&app, "send").await;
    assert!(!hostile.text().contains("<script>alert"), "{}", hostile.text());
    // Nobody wrote anything: there is nothing to show.
    assert_eq!(app.get("/columns/een/comment").await.status, StatusCode::NOT_FOUND);
}

async fn a_report_that_is_sent_again_with_other_words_says_so(db: TestDatabase) {
    let app = board(db).await;
    let form = Form::of(&app.get("/report?where=/columns/een").await)
        .set("ground", "law")
        .set("text", "Dit mag niet.")
        .set("good_faith", "yes");
    let own = sent_to(&form.press(&app, "send").await);
    assert_eq!(sent_to(&form.press(&app, "send").await), own, "an impatient finger");
    let again = form.set("text", "En dit ook niet.").press(&app, "send").await;
    is_kept(&again, StatusCode::CONFLICT, "En dit ook niet.");
    assert!(again.text().contains(&own) && again.text().contains("met andere woorden"), "{}", again.text());
    let kept = app.get(&own).await.text();
    assert!(kept.contains("Dit mag niet.") && !kept.contains("En dit"), "{kept}");
}

/// A board on which one address changes three times in an hour.
async fn strict(db: TestDatabase) -> TestApp {
    let mut sending = weerklank_test_support::app::sending();
    sending.limit.hard = Some(3);
    TestApp::with_sending(db, sending).await
}

async fn changes_of_words_are_limited(db: TestDatabase) {
    let app = strict(db).await;
    app.store(&[column("een")]).await;
    let own = say(&app, "Eerst.").await;
    let change = async || app.send_body("POST", &own, &[FORM], "go=change&text=Beter.").await;
    for _ in 0..3 {
        assert_eq!(change().await.status, StatusCode::SEE_OTHER);
    }
    let refused = change().await;
    is_kept(&refused, StatusCode::TOO_MANY_REQUESTS, "Beter.");
    assert!(refused.header("retry-after").parse::<u32>().unwrap() > 3_000);
    let erased = app.send_body("POST", &own, &[FORM], "go=erase&sure=yes").await;
    assert_eq!(erased.status, StatusCode::OK, "what goes is not held up");

    // What is sent again with other words is a change as well.
    app.advance(Duration::HOUR);
    let form = told(&app, "Een verhaal.").await;
    sent(&app, &form).await;
    for number in 0..3 {
        let again = form.clone().set("negative.story", &format!("Verhaal {number}."));
        assert!(sent(&app, &again).await.ends_with("?saved"));
    }
    let refused = form.set("negative.story", "Verhaal vier.").press(&app, "next").await;
    is_kept(&refused, StatusCode::TOO_MANY_REQUESTS, "Verhaal vier.");
}

async fn a_reply_is_limited(db: TestDatabase) {
    let app = strict(db).await;
    let anna = signed_in(&app, "anna@voorbeeld.example", Role::Editor).await;
    let (_, page) = replying::asked(&app, &anna).await;
    for _ in 0..3 {
        assert_eq!(replying::reply(&app, &page, "Excuus.").await.status, StatusCode::SEE_OTHER);
    }
    let refused = replying::reply(&app, &page, "Nogmaals excuus.").await;
    is_kept(&refused, StatusCode::TOO_MANY_REQUESTS, "Nogmaals excuus.");
    app.advance(Duration::HOUR);
    assert_eq!(replying::reply(&app, &page, "Nogmaals excuus.").await.status, StatusCode::SEE_OTHER);
}
