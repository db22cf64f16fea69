//! Sending in, as a browser without script does: what a form says is sent back with what was filled in.

use axum::http::StatusCode;
use weerklank_domain::desk::limits;
use weerklank_test_support::{
    app::{TestApp, TestResponse},
    database::TestDatabase,
    on_every_database,
};

use crate::{html::elements, process::Desk, wire};

on_every_database!(
    a_pair_is_told_step_by_step,
    what_is_wrong_is_said_beside_its_field_and_nothing_is_lost,
    what_may_lead_to_somebody_is_shown_and_hidden,
    sent_twice_is_sent_once,
    a_sender_changes_takes_back_downloads_and_erases,
    a_stranger_finds_nothing,
);

/// A form as it stands in a page, and what a reader does with it.
#[derive(Clone)]
pub struct Form {
    action: String,
    pub fields: Vec<(String, String)>,
}

impl Form {
    /// The first form that is posted.
    pub fn of(answer: &TestResponse) -> Self {
        let html = answer.text();
        let elements = elements(&html);
        let start = elements.iter().position(|element| element.is("form", "method", "post")).unwrap();
        let action = elements[start].get("action").unwrap().to_owned();
        let mut fields = Vec::new();
        for element in elements[start + 1..].iter().take_while(|element| element.name != "form") {
            let Some(name) = element.get("name") else { continue };
            let value = match (&*element.name, element.get("type")) {
                ("textarea", _) => element.text.strip_prefix('\n').unwrap(),
                ("input", Some("radio" | "checkbox")) if element.get("checked").is_none() => continue,
                ("input", _) => element.get("value").unwrap_or_default(),
                _ => continue,
            };
            fields.push((name.to_owned(), value.to_owned()));
        }
        Self { action, fields }
    }

    pub fn get(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub fn set(mut self, name: &str, value: &str) -> Self {
        self.fields.retain(|(known, _)| known != name);
        self.add(name, value)
    }

    pub fn add(mut self, name: &str, value: &str) -> Self {
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    /// As a browser sends it.
    pub fn body(&self, go: &str) -> String {
        form_urlencoded::Serializer::new(String::new())
            .append_pair("go", go)
            // As browsers send line ends.
            .extend_pairs(self.fields.iter().map(|(name, value)| (name, value.replace('\n', "\r\n"))))
            .finish()
    }

    pub async fn press(&self, app: &TestApp, go: &str) -> TestResponse {
        let form = [("content-type", "application/x-www-form-urlencoded"), ("accept-language", "nl")];
        app.send_body("POST", &self.action, &form, self.body(go)).await
    }

    /// The form of the next step.
    pub async fn next(&self, app: &TestApp) -> Self {
        let answer = self.press(app, "next").await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        Self::of(&answer)
    }
}

pub async fn open(app: &TestApp) -> Form {
    Form::of(&app.get_with("/share", &[("accept-language", "nl")]).await)
}

/// A negative story, up to the last step.
pub async fn told(app: &TestApp, story: &str) -> Form {
    let form = open(app).await.set("intent", "negative").next(app).await;
    form.set("negative.story", story).next(app).await.next(app).await
}

/// Where a form that was sent leads to.
pub async fn sent(app: &TestApp, form: &Form) -> String {
    let answer = form.press(app, "next").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    answer.header("location").to_owned()
}

async fn a_pair_is_told_step_by_step(db: TestDatabase) {
    let app = TestApp::new(db).await;
    let form = open(&app).await.set("intent", "pair").next(&app).await;
    let form =
        form.set("positive.story", "Ze *belden*.\nTwee keer.").set("positive.shop", "Lampenhuis Noord");
    let form = form.set("positive.shop_as", "named").next(&app).await;
    assert_eq!(form.get("step"), Some("details-positive"));
    let form = form.set("positive.ratings.contact", "5").set("positive.channel", "phone").next(&app).await;
    let form = form.set("negative.story", "Niemand kwam.").next(&app).await;
    let form = form.set("negative.promised", "2026-03-01").set("negative.actual", "2026-03-04");
    let form = form.add("negative.gestures", "gift").add("negative.gestures", "apology").next(&app).await;
    assert_eq!(form.get("step"), Some("you"));
    // Back, and on again: nothing is lost.
    let before = Form::of(&form.press(&app, "back").await);
    assert_eq!(before.get("step"), Some("details-negative"));
    let form = before.next(&app).await;
    let form =
        form.set("name", "J. Kwal").set("email", "kwal@voorbeeld.example").set("consents.publish", "yes");
    let address = sent(&app, &form).await;
    assert!(address.starts_with("/mine/") && address.ends_with("?sent"), "{address}");

    let page = app.get(&address).await;
    assert_eq!(page.header("cache-control"), "private, no-store");
    assert_eq!(page.header("x-robots-tag"), "noindex");
    assert_eq!(page.header("referrer-policy"), "same-origin");
    let html = page.text();
    for told in [
        "Ze <em>belden</em>.",
        "Lampenhuis Noord",
        "5 / 5",
        "3 dagen later dan beloofd",
        "Excuses, Een cadeau",
        "J. Kwal",
        "kwal@voorbeeld.example",
    ] {
        assert!(html.contains(told), "{told}");
    }
    assert!(!html.contains("rel=\"canonical\"") && !html.contains("og:url"), "its address is a secret");
    let english = format!("/en{}", address.trim_end_matches("?sent"));
    assert!(
        elements(&html).iter().any(|e| e.is("a", "href", &english)),
        "the other language is the same page"
    );
    assert!(app.get(&english).await.text().contains("3 days later than promised"));
    app.refresh().await;
    for public in ["/", "/search?q=kwal", "/feed.atom", "/sitemap.xml"] {
        let text = app.get(public).await.text();
        assert!(!text.contains("belden") && !text.contains("/mine/"), "{public}");
    }
}

async fn what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(db: TestDatabase) {
    let app = TestApp::new(db).await;
    let answer = open(&app).await.press(&app, "next").await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text().contains("Kies wat je wilt vertellen."));

    let form = open(&app).await.set("intent", "negative").next(&app).await.set("negative.shop", "Winkel");
    let answer = form.press(&app, "next").await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(elements(&answer.text()).iter().any(|e| e.is("a", "href", "#negative.story")));
    let form = Form::of(&answer);
    assert_eq!(form.get("negative.shop"), Some("Winkel"));

    let form = form.set("negative.story", "Verteld.\n\n  Met <b> & \"wit\".").next(&app).await;
    let form = form.set("negative.promised", "morgen").set("negative.when", "2099-01");
    let answer = form.press(&app, "next").await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let html = answer.text();
    let described = elements(&html).into_iter().find(|e| e.is("input", "id", "negative.promised")).unwrap();
    assert_eq!(described.get("aria-describedby"), Some("negative.promised-hint negative.promised-fault"));
    assert_eq!(described.get("value"), Some("morgen"));
    let form = Form::of(&answer);
    assert_eq!(form.get("negative.story"), Some("Verteld.\n\n  Met <b> & \"wit\"."));
    assert_eq!(form.get("negative.when"), Some("2099-01"));

    // Led past a step, one is led back to what is wrong there.
    let form = Form::of(&answer).set("step", "you");
    let answer = form.press(&app, "next").await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(Form::of(&answer).get("step"), Some("details-negative"));

    let long = format!("go=next&step=story-negative&intent=negative&negative.story={}", "a".repeat(70_000));
    let form = [("content-type", "application/x-www-form-urlencoded"), ("accept-language", "nl")];
    let answer = app.send_body("POST", "/share", &form, long).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(answer.text().contains("wat je schreef staat er nog"));
    for odd in
        ["", "&&&", "go=next&step=nergens&intent=alles", "%ff=%00&go=%zz", "negative.ratings.x=1&go=next"]
    {
        let answer = app.send_body("POST", "/share", &form, odd).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{odd}");
    }
}

async fn what_may_lead_to_somebody_is_shown_and_hidden(db: TestDatabase) {
    let app = TestApp::new(db).await;
    let story = "Één bericht.\nIk mailde kwal@voorbeeld.example en belde 06-12345678.";
    let answer = told(&app, story).await.press(&app, "next").await;
    let form = Form::of(&answer);
    assert_eq!((answer.status, form.get("step")), (StatusCode::OK, Some("shield")));
    let offered: Vec<_> = form.fields.iter().filter(|(name, _)| name == "hide").cloned().collect();
    assert_eq!(offered.len(), 2, "{offered:?}");

    // One is hidden, the other left: it is the sender's to decide.
    let mut some = Form { action: form.action.clone(), fields: form.fields.clone() };
    some.fields.retain(|field| *field != offered[1]);
    let html = app.get(&sent(&app, &some).await).await.text();
    assert!(html.contains("[e-mailadres verborgen]") && !html.contains("kwal@"), "{html}");
    assert!(html.contains("06-12345678"));
    // What was not found cannot be hidden by naming it.
    let forged =
        told(&app, "Niets aan de hand.").await.set("step", "shield").add("hide", "negative.story:0-5");
    let html = app.get(&sent(&app, &forged).await).await.text();
    assert!(html.contains("Niets aan de hand."));
}

async fn sent_twice_is_sent_once(db: TestDatabase) {
    let app = TestApp::new(db).await;
    let form = told(&app, "Een keer.").await;
    let address = sent(&app, &form).await;
    assert_eq!(sent(&app, &form).await, address, "an impatient finger");
    // Back in the browser, another word, and sent again: that changes it.
    let changed = form.set("negative.story", "Een ander keer.");
    let again = sent(&app, &changed).await;
    assert_eq!(again, address.replace("?sent", "?saved"));
    let html = app.get(&again).await.text();
    assert!(html.contains("Een ander keer.") && html.contains("Je wijziging is bewaard."));
    assert_ne!(
        sent(&app, &told(&app, "Een keer.").await).await,
        address,
        "who opens the form anew sends anew"
    );
}

async fn a_sender_changes_takes_back_downloads_and_erases(db: TestDatabase) {
    let app = TestApp::new(db).await;
    let form = told(&app, "Een verhaal.").await.set("email", "kwal@voorbeeld.example");
    let address = sent(&app, &form).await;
    let mine = address.split('?').next().unwrap();

    let form = Form::of(&app.get_with(&format!("{mine}/change"), &[("accept-language", "nl")]).await);
    let form = form.next(&app).await;
    assert_eq!(form.get("negative.story"), Some("Een verhaal."));
    let form = form.set("negative.story", "Een beter verhaal.").next(&app).await.next(&app).await;
    assert_eq!(sent(&app, &form).await, format!("{mine}?saved"));

    for (go, said) in [("withdraw", "Teruggetrokken."), ("restore", "Ontvangen op")] {
        let form = Form { action: mine.to_owned(), fields: Vec::new() };
        assert_eq!(sent_to(&app, &form, go).await, mine);
        let html = app.get_with(mine, &[("accept-language", "nl")]).await.text();
        assert!(html.contains(said) && html.contains("Een beter verhaal."), "{go}");
    }

    let file = app.get(&format!("{mine}/experience.json")).await;
    assert!(file.header("content-disposition").starts_with("attachment"));
    assert_eq!(file.json()["experience"]["negative"]["story"], "Een beter verhaal.");
    assert_eq!(file.json()["experience"]["email"], "kwal@voorbeeld.example");

    let erase = Form { action: mine.to_owned(), fields: Vec::new() };
    assert_eq!(sent_to(&app, &erase, "erase").await, format!("{mine}?unsure"), "not without being sure");
    assert_eq!(app.get(mine).await.status, StatusCode::OK);
    let answer = erase.set("sure", "yes").press(&app, "erase").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.text().contains("Alles is gewist"));
    for gone in ["", "/change", "/experience.json"] {
        assert_eq!(app.get(&format!("{mine}{gone}")).await.status, StatusCode::NOT_FOUND, "{gone}");
    }
}

async fn sent_to(app: &TestApp, form: &Form, go: &str) -> String {
    let answer = form.press(app, go).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    answer.header("location").to_owned()
}

async fn a_stranger_finds_nothing(db: TestDatabase) {
    let app = TestApp::new(db).await;
    let address = sent(&app, &told(&app, "Van mij.").await).await;
    let mine = address.split('?').next().unwrap();
    let last = mine.chars().next_back().unwrap();
    let forged = format!("{}{}", &mine[..mine.len() - 1], if last == 'A' { 'B' } else { 'A' });
    for path in [&forged, "/mine/x", "/mine/%00", "/mine/..%2f..", "/mine/"] {
        let answer = app.get_with(path, &[("accept-language", "nl")]).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        for go in ["withdraw", "erase"] {
            let form = Form { action: path.to_owned(), fields: vec![("sure".to_owned(), "yes".to_owned())] };
            let status = form.press(&app, go).await.status;
            assert!(
                status == StatusCode::NOT_FOUND || status == StatusCode::METHOD_NOT_ALLOWED,
                "{path} {go}"
            );
        }
    }
    // GET and HEAD write nothing, whatever they ask.
    for path in [format!("{mine}?go=erase&sure=yes"), format!("{mine}?go=withdraw")] {
        for method in ["GET", "HEAD"] {
            assert_eq!(app.send(method, &path, &[]).await.status, StatusCode::OK);
        }
    }
    assert!(app.get_with(mine, &[("accept-language", "nl")]).await.text().contains("Ontvangen op"));
}

/// A step is shown again as it stood on a device, whatever is in it; what was chosen stays chosen.
#[tokio::test]
async fn a_step_is_shown_again_as_it_was() {
    let app = TestApp::new(TestDatabase::sqlite().await).await;
    let form = told(&app, "Bel 06-12345678 of 06-87654321.").await.next(&app).await;
    let mut chosen = form;
    let hidden = chosen.fields.iter().position(|(name, _)| name == "hide").unwrap();
    chosen.fields.remove(hidden);
    let again = chosen.press(&app, "stay").await;
    assert_eq!(again.status, StatusCode::OK);
    let sorted = |form: &Form| {
        let mut fields = form.fields.clone();
        fields.sort();
        fields
    };
    assert_eq!(sorted(&Form::of(&again)), sorted(&chosen));
    // Half filled in, nothing is said to be wrong; a step that is none is the first.
    let form = open(&app).await.set("intent", "negative").next(&app).await.set("negative.shop", "Winkel");
    let again = form.press(&app, "stay").await;
    assert!(again.status == StatusCode::OK && !again.text().contains("class=\"wrong\""));
    assert_eq!(sorted(&Form::of(&again)), sorted(&form));
    for (name, value, step) in [("step", "shield", "what"), ("intent", "positive", "what")] {
        let form = Form::of(&again).set(name, value);
        assert_eq!(Form::of(&form.press(&app, "stay").await).get("step"), Some(step), "{name}");
    }
}

/// Where it is built, the form has the script that helps, and may do no more than that needs.
#[tokio::test]
async fn the_form_loads_its_help_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let template = "<html><head><script src=\"/boot-0123456789abcdef.js\" type=\"module\"></script>\
        <script src=\"/share_boot-0123456789abcdef.js\" type=\"module\"></script></head></html>";
    std::fs::write(folder.path().join("index.html"), template).unwrap();
    let assets = weerklank_server::assets::Assets::load(Some(folder.path())).unwrap();
    let app = TestApp::with_assets(TestDatabase::sqlite().await, assets, "https://board.example").await;
    let scripts = |answer: &TestResponse| {
        let elements = elements(&answer.text());
        let scripts = elements.iter().filter(|element| element.name == "script");
        scripts.filter_map(|script| Some(script.get("src")?.to_owned())).collect::<Vec<_>>()
    };
    let form = app.get("/share").await;
    assert_eq!(scripts(&form), ["/share_boot-0123456789abcdef.js"]);
    let policy = form.header("content-security-policy");
    assert!(
        policy.starts_with("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; ")
    );
    let address = sent(&app, &told(&app, "Een verhaal.").await).await;
    let mine = app.get(&address).await;
    assert_eq!(scripts(&mine), [""; 0]);
    assert!(!mine.header("content-security-policy").contains("script-src"));
    let change = app.get(&format!("{}/change", address.trim_end_matches("?sent"))).await;
    assert_eq!(scripts(&change), ["/share_boot-0123456789abcdef.js"]);
    assert_eq!(scripts(&app.get("/").await), ["/boot-0123456789abcdef.js"]);
}

/// The form speaks both languages, and the address decides where it says one.
#[tokio::test]
async fn the_form_is_there_in_both_languages() {
    let app = TestApp::new(TestDatabase::sqlite().await).await;
    for (path, accept, title) in [
        ("/share", "nl", "Vertel wat je meemaakte"),
        ("/share", "en", "Tell what happened to you"),
        ("/en/share", "nl", "Tell what happened to you"),
        ("/nl/share", "en", "Vertel wat je meemaakte"),
    ] {
        let answer = app.get_with(path, &[("accept-language", accept)]).await;
        assert!(answer.text().contains(title), "{path} {accept}");
        let form = Form::of(&answer);
        assert_eq!(form.action, path);
        assert_eq!(answer.header("cache-control"), "private, no-store");
    }
    assert_eq!(app.send("PUT", "/share", &[]).await.status, StatusCode::METHOD_NOT_ALLOWED);
}

/// Nothing that a sender types becomes markup.
#[tokio::test]
async fn no_field_becomes_markup() {
    let app = TestApp::new(TestDatabase::sqlite().await).await;
    let evil = "</textarea></form><script>alert(1)</script>\" autofocus onfocus=alert(1) x=\"";
    let plain = told(&app, "Verteld.").await.set("name", "Naam");
    let shape = |html: &str| crate::html::shape(html);
    let expected = shape(&app.get(&sent(&app, &plain).await).await.text());
    let form = told(&app, evil).await.set("name", evil);
    let page = app.get(&sent(&app, &form).await).await.text();
    assert_eq!(shape(&page), expected);

    let form = open(&app).await.set("intent", "negative").next(&app).await;
    let (calm, wild) = (form.set("negative.story", " "), evil.to_owned());
    let calm_answer = calm.press(&app, "next").await.text();
    let form = open(&app).await.set("intent", "negative").next(&app).await;
    // Typed into a field of several lines as well, which ends with its own tag alone.
    let told_again = async |story: &str| {
        let form = open(&app).await.set("intent", "suggestion").next(&app).await;
        let form = form.set("suggestion", story).next(&app).await.set("email", "geen adres");
        let back = form.press(&app, "back").await;
        assert!(back.text().contains("suggestion") && !back.text().contains("<script>alert"));
        shape(&back.text())
    };
    assert_eq!(told_again(evil).await, told_again("Verteld.").await);
    let answered = async |answer: &str| {
        let page = sent(&app, &plain).await;
        let long = format!("{answer}{}", "a".repeat(limits::STATEMENT));
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs([("go", "answer"), ("answer", &long)])
            .finish();
        let form = [("content-type", "application/x-www-form-urlencoded")];
        let refused = app.send_body("POST", &page, &form, body).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        shape(&refused.text())
    };
    assert_eq!(answered(evil).await, answered("Verteld.").await);
    let wild_answer =
        form.set("negative.story", " ").set("negative.shop", &wild).press(&app, "next").await.text();
    assert_eq!(shape(&wild_answer), shape(&calm_answer));
}

/// Nobody is asked for a story that nobody could read; who sent one reaches it all the same.
#[tokio::test]
async fn the_form_is_open_unless_the_operator_closed_it() {
    let desk = Desk::new();
    let closed = desk.serve(&["--take-experiences", "false"]);
    for path in ["/share", "/mine/x"] {
        assert_eq!(wire::get(closed.address, path.as_bytes()).await.status, 404, "{path}");
    }
    drop(closed);
    let open = desk.serve(&[]);
    assert_eq!(wire::get(open.address, b"/share").await.status, 200);
}
