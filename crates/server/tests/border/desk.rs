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
    a_link_leads_to_the_desk,
    nobody_gets_in_with_less_than_they_have_to_show,
    guessing_comes_to_an_end,
    a_session_is_new_at_each_sign_in_and_ends_on_demand,
    each_address_of_the_desk_asks_who_is_there,
    nothing_is_written_on_the_word_of_another_site,
    a_role_may_what_it_may,
    an_item_is_read_claimed_and_decided,
    a_statement_of_reasons_reaches_its_sender,
    a_decision_is_mailed_when_it_is_final,
    the_audit_log_is_a_list_and_a_file,
);

const JSON: (&str, &str) = ("content-type", "application/json");
const OWN: (&str, &str) = ("sec-fetch-site", "same-origin");
const PASSWORD: &str = "juiste paard batterij";

async fn send(app: &TestApp, method: &str, path: &str, cookie: &str, body: Value) -> TestResponse {
    let path = format!("/api/v1/desk/{path}");
    app.send_body(method, &path, &[JSON, OWN, ("cookie", cookie)], body.to_string()).await
}

async fn get(app: &TestApp, path: &str, cookie: &str) -> TestResponse {
    app.get_with(&format!("/api/v1/desk/{path}"), &[("cookie", cookie)]).await
}

/// What a browser would send back.
fn cookie(response: &TestResponse) -> String {
    response.header("set-cookie").split(';').next().unwrap().to_owned()
}

/// Somebody who has set their password, by the cookie of their session.
async fn signed_in(app: &TestApp, email: &str, role: Role) -> String {
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

fn code(response: &TestResponse) -> (u16, String) {
    let code = response.json()["code"].as_str().unwrap_or_default().to_owned();
    (response.status.as_u16(), code)
}

async fn a_link_leads_to_the_desk(db: TestDatabase) {
    let app = TestApp::new(db).await;
    let token = app.invite("Anna@voorbeeld.example", Role::Admin).await;
    let path = format!("set-up/{token}");
    assert_eq!(get(&app, &path, "").await.json()["email"], "anna@voorbeeld.example");
    for (password, why) in [("kort", "at least 12"), ("aaaaaaaaaaaaaa", "over and over")] {
        let refused = send(&app, "POST", &path, "", json!({"password": password})).await;
        assert_eq!(code(&refused), (422, "invalid-password".to_owned()));
        assert!(refused.json()["detail"].as_str().unwrap().contains(why), "{}", refused.text());
    }
    let done = send(&app, "POST", &path, "", json!({"password": PASSWORD})).await;
    let set = done.header("set-cookie");
    assert!(set.starts_with("__Host-weerklank-desk=") && !set.contains("Domain"), "{set}");
    for attribute in ["; Path=/;", "; HttpOnly", "; SameSite=Strict", "; Secure", "; Max-Age=1209600"] {
        assert!(set.contains(attribute), "{set}");
    }
    assert_eq!(done.header("cache-control"), "private, no-store");
    let me = get(&app, "session", &cookie(&done)).await.json();
    assert_eq!((&me["name"], &me["role"]), (&json!("Anna"), &json!("admin")));
    assert_eq!(code(&send(&app, "POST", &path, "", json!({"password": PASSWORD})).await).0, 404, "once");
    let late = app.invite("bram@voorbeeld.example", Role::Editor).await;
    app.advance(Duration::hours(limits::SET_UP_HOURS));
    assert_eq!(get(&app, &format!("set-up/{late}"), "").await.status, StatusCode::NOT_FOUND);
    assert_eq!(get(&app, "set-up/geraden", "").await.status, StatusCode::NOT_FOUND);
}

async fn nobody_gets_in_with_less_than_they_have_to_show(db: TestDatabase) {
    let app = TestApp::new(db).await;
    let session = signed_in(&app, "anna@voorbeeld.example", Role::Editor).await;
    let attempt = async |email: &str, password: &str, code: &str| {
        send(&app, "POST", "session", "", json!({"email": email, "password": password, "code": code})).await
    };
    for (email, password) in [
        ("anna@voorbeeld.example", "juiste paard batteriJ"),
        ("niemand@voorbeeld.example", PASSWORD),
        ("geen adres", PASSWORD),
        ("anna@voorbeeld.example", ""),
        ("", ""),
        ("anna@voorbeeld.example", &"a".repeat(20_000)),
    ] {
        let refused = attempt(email, password, "").await;
        assert_eq!(code(&refused), (401, "wrong-credentials".to_owned()), "{email}");
        assert!(refused.headers.get("set-cookie").is_none());
    }
    assert_eq!(attempt(" ANNA@voorbeeld.example ", PASSWORD, "").await.status, StatusCode::OK);

    // Tries are counted, right ones as well.
    app.advance(Duration::minutes(15));
    let proposed = get(&app, "second-factor", &session).await.json();
    let secret = proposed["secret"].as_str().unwrap();
    assert!(
        proposed["picture"].as_str().unwrap().contains("<svg")
            && !proposed["url"].as_str().unwrap().contains(' ')
    );
    let shown = |secret: &str| {
        let totp = totp_rs::Builder::new().with_secret(totp_rs::Secret::try_from_base32(secret).unwrap());
        totp.build().unwrap().generate(app.app.clock.now().unix_timestamp().unsigned_abs()).to_string()
    };
    let wrong =
        send(&app, "PUT", "second-factor", &session, json!({"secret": secret, "code": "000000"})).await;
    assert_eq!(code(&wrong), (422, "wrong-code".to_owned()));
    let body = json!({"secret": secret, "code": shown(secret)});
    assert_eq!(send(&app, "PUT", "second-factor", &session, body).await.status, StatusCode::NO_CONTENT);
    assert_eq!(code(&attempt("anna@voorbeeld.example", PASSWORD, "").await), (401, "code-needed".to_owned()));
    let stale = shown(secret);
    assert_eq!(
        attempt("anna@voorbeeld.example", PASSWORD, &stale).await.status,
        StatusCode::UNAUTHORIZED,
        "taken"
    );
    app.advance(Duration::seconds(60));
    assert_eq!(
        attempt("anna@voorbeeld.example", "fout wachtwoord", &shown(secret)).await.status,
        StatusCode::UNAUTHORIZED
    );
    app.advance(Duration::minutes(15));
    let fresh = shown(secret);
    assert_eq!(attempt("anna@voorbeeld.example", PASSWORD, &fresh).await.status, StatusCode::OK);
    assert_eq!(
        attempt("anna@voorbeeld.example", PASSWORD, &fresh).await.status,
        StatusCode::UNAUTHORIZED,
        "taken"
    );
    let wrong = send(&app, "DELETE", "second-factor", &session, json!({"password": "fout wachtwoord"})).await;
    assert_eq!(code(&wrong), (401, "wrong-credentials".to_owned()));
    let gone = send(&app, "DELETE", "second-factor", &session, json!({"password": PASSWORD})).await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT);
    assert_eq!(attempt("anna@voorbeeld.example", PASSWORD, "").await.status, StatusCode::OK);
}

async fn guessing_comes_to_an_end(db: TestDatabase) {
    let mut app = TestApp::new(db).await;
    signed_in(&app, "anna@voorbeeld.example", Role::Editor).await;
    let guess = async |app: &TestApp, email: &str, password: &str| {
        let body = json!({"email": email, "password": password});
        code(&send(app, "POST", "session", "", body).await)
    };
    for email in ["anna@voorbeeld.example", "niemand@voorbeeld.example"] {
        let mut looked_at = 0;
        for number in 0..30 {
            match guess(&app, email, &format!("gok nummer {number}")).await {
                (401, _) => looked_at += 1,
                (status, code) => assert_eq!((status, code.as_str()), (429, "too-many-tries")),
            }
        }
        assert_eq!(looked_at, 10, "the same for who is there and who is not");
    }
    let refused = json!({"email": "Anna@voorbeeld.example", "password": PASSWORD});
    let refused = send(&app, "POST", "session", "", refused).await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS, "the right one as well");
    let seconds: i64 = refused.header("retry-after").parse().unwrap();
    assert!((1..=15 * 60).contains(&seconds), "{seconds}");
    app.come_from("192.0.2.7");
    assert_eq!(guess(&app, "anna@voorbeeld.example", PASSWORD).await.0, 200, "from elsewhere she gets in");
    app.come_from("192.0.2.8");
    app.advance(Duration::seconds(seconds));
    assert_eq!(guess(&app, "anna@voorbeeld.example", PASSWORD).await.0, 200);
}

async fn a_session_is_new_at_each_sign_in_and_ends_on_demand(db: TestDatabase) {
    let app = TestApp::new(db).await;
    let first = signed_in(&app, "anna@voorbeeld.example", Role::Editor).await;
    let credentials = json!({"email": "anna@voorbeeld.example", "password": PASSWORD});
    // A session that somebody else put into the browser is not the one that begins.
    let planted = "__Host-weerklank-desk=geplant";
    app.advance(Duration::seconds(1));
    let second = cookie(&send(&app, "POST", "session", planted, credentials.clone()).await);
    assert!(second != first && second != planted);
    assert_eq!(get(&app, "session", planted).await.status, StatusCode::NO_CONTENT);
    let two = format!("{second}; {planted}");
    assert_eq!(get(&app, "session", &two).await.status, StatusCode::NO_CONTENT, "two of one name");
    assert_eq!(get(&app, "session", &format!("andere=1; {second}")).await.status, StatusCode::OK);

    let open = get(&app, "sessions", &second).await.json();
    let open = open["sessions"].as_array().unwrap();
    assert_eq!((open.len(), &open[0]["is_this"], &open[1]["is_this"]), (2, &json!(true), &json!(false)));
    let other = open[1]["id"].as_str().unwrap();
    let stranger = signed_in(&app, "bram@voorbeeld.example", Role::Admin).await;
    let path = format!("sessions/{other}");
    assert_eq!(send(&app, "DELETE", &path, &stranger, json!({})).await.status, StatusCode::NOT_FOUND);
    assert_eq!(send(&app, "DELETE", &path, &second, json!({})).await.status, StatusCode::NO_CONTENT);
    assert_eq!(get(&app, "session", &first).await.status, StatusCode::NO_CONTENT);

    let third = cookie(&send(&app, "POST", "session", "", credentials).await);
    let change = json!({"old": PASSWORD, "new": "heel ander paard nietje"});
    let wrong = json!({"old": "fout wachtwoord", "new": "heel ander paard nietje"});
    assert_eq!(
        code(&send(&app, "POST", "password", &third, wrong).await),
        (401, "wrong-credentials".to_owned())
    );
    assert_eq!(send(&app, "POST", "password", &third, change).await.status, StatusCode::NO_CONTENT);
    assert_eq!(get(&app, "session", &second).await.status, StatusCode::NO_CONTENT, "the others end");
    let out = send(&app, "DELETE", "session", &third, json!({})).await;
    assert!(out.header("set-cookie").contains("Max-Age=0"));
    assert_eq!(get(&app, "session", &third).await.status, StatusCode::NO_CONTENT);
    app.advance(Duration::hours(limits::IDLE_HOURS));
    assert_eq!(get(&app, "session", &stranger).await.status, StatusCode::NO_CONTENT, "unused for too long");
}

/// Every address of the desk, with a method that it takes; what writes is marked.
const ADDRESSES: &[(&str, &str)] = &[
    ("GET", "session"),
    ("DELETE", "session"),
    ("GET", "sessions"),
    ("DELETE", "sessions/00000000-0000-0000-0000-000000000000"),
    ("POST", "password"),
    ("GET", "second-factor"),
    ("PUT", "second-factor"),
    ("DELETE", "second-factor"),
    ("GET", "people"),
    ("POST", "people"),
    ("PATCH", "people/00000000-0000-0000-0000-000000000000"),
    ("POST", "people/00000000-0000-0000-0000-000000000000/link"),
    ("GET", "queue"),
    ("GET", "queue/00000000-0000-0000-0000-000000000000"),
    ("POST", "queue/00000000-0000-0000-0000-000000000000/claim"),
    ("DELETE", "queue/00000000-0000-0000-0000-000000000000/claim"),
    ("POST", "queue/00000000-0000-0000-0000-000000000000/decisions"),
    ("DELETE", "decisions/00000000-0000-0000-0000-000000000000"),
    ("GET", "events"),
    ("GET", "audit"),
    ("GET", "mails"),
    ("POST", "mails/00000000-0000-0000-0000-000000000000/retry"),
];

async fn each_address_of_the_desk_asks_who_is_there(db: TestDatabase) {
    let app = TestApp::new(db).await;
    for (method, path) in ADDRESSES {
        for cookie in ["", "__Host-weerklank-desk=geraden", "weerklank-desk=geraden"] {
            let answer = send(&app, method, path, cookie, json!({})).await;
            if (*method, *path) == ("GET", "session") {
                assert_eq!(answer.status, StatusCode::NO_CONTENT, "nobody is there, as at every beginning");
                continue;
            }
            assert_eq!(code(&answer), (401, "not-signed-in".to_owned()), "{method} {path}");
            assert!(answer.headers.get("access-control-allow-origin").is_none());
        }
    }
    assert_eq!(code(&get(&app, "nergens", "").await), (404, "not-found".to_owned()));
    let page = app.get("/desk/queue").await;
    assert_eq!((page.status, page.header("cache-control")), (StatusCode::OK, "private, no-store"));
    assert!(page.header("content-security-policy").contains("frame-ancestors 'none'"));
}

async fn nothing_is_written_on_the_word_of_another_site(db: TestDatabase) {
    let app = TestApp::new(db).await;
    let session = signed_in(&app, "anna@voorbeeld.example", Role::Admin).await;
    let set_up = app.invite("bram@voorbeeld.example", Role::Editor).await;
    let set_up = format!("set-up/{set_up}");
    let more = [("POST", "session"), ("POST", set_up.as_str())];
    let writes = ADDRESSES.iter().copied().chain(more).filter(|(method, _)| *method != "GET");
    for (method, path) in writes {
        for hostile in [
            &[][..],
            &[("sec-fetch-site", "cross-site")],
            &[("sec-fetch-site", "same-site")],
            &[("sec-fetch-site", "none")],
            &[("sec-fetch-site", "cross-site"), ("origin", "https://board.example")],
            &[("origin", "null")],
            &[("origin", "https://board.example.evil.example")],
            &[("origin", "http://board.example")],
        ] {
            let headers = [&[JSON, ("cookie", session.as_str())], hostile].concat();
            let answer = app.send_body(method, &format!("/api/v1/desk/{path}"), &headers, "{}").await;
            assert_eq!(code(&answer), (403, "cross-site".to_owned()), "{method} {path} {hostile:?}");
        }
    }
    assert_eq!(get(&app, "session", &session).await.status, StatusCode::OK, "still signed in");
}

async fn a_role_may_what_it_may(db: TestDatabase) {
    let app = TestApp::new(db).await;
    let editor = signed_in(&app, "anna@voorbeeld.example", Role::Editor).await;
    let chief = signed_in(&app, "bram@voorbeeld.example", Role::Chief).await;
    let admin = signed_in(&app, "chef@voorbeeld.example", Role::Admin).await;
    let nobody = "00000000-0000-0000-0000-000000000000";
    let person = json!({"email": "dirk@voorbeeld.example", "name": "Dirk", "role": "editor", "lang": "nl"});
    for (method, path, body, may) in [
        ("GET", "queue".to_owned(), json!({}), [200, 200, 200]),
        ("GET", "audit".to_owned(), json!({}), [403, 200, 200]),
        ("POST", format!("queue/{nobody}/claim"), json!({}), [404, 404, 404]),
        ("POST", format!("queue/{nobody}/claim"), json!({"by_force": true}), [403, 404, 404]),
        ("GET", "mails".to_owned(), json!({}), [403, 200, 200]),
        ("POST", format!("mails/{nobody}/retry"), json!({}), [403, 404, 404]),
        ("GET", "people".to_owned(), json!({}), [403, 403, 200]),
        ("PATCH", format!("people/{nobody}"), json!({"role": "admin"}), [403, 403, 404]),
        ("POST", format!("people/{nobody}/link"), json!({}), [403, 403, 404]),
        ("POST", "people".to_owned(), person.clone(), [403, 403, 201]),
    ] {
        for (cookie, status) in [&editor, &chief, &admin].into_iter().zip(may) {
            let answer = send(&app, method, &path, cookie, body.clone()).await;
            assert_eq!(answer.status.as_u16(), status, "{method} {path}: {}", answer.text());
            if status == 403 {
                assert_eq!(answer.json()["code"], "not-allowed");
            }
        }
    }
    assert_eq!(code(&send(&app, "POST", "people", &admin, person).await), (409, "already-there".to_owned()));
    for wrong in [
        json!({"email": "geen adres", "name": "X", "role": "editor", "lang": "nl"}),
        json!({"email": "x@voorbeeld.example", "name": "\u{202e} ", "role": "editor", "lang": "nl"}),
    ] {
        assert_eq!(
            code(&send(&app, "POST", "people", &admin, wrong).await),
            (422, "invalid-person".to_owned())
        );
    }
    let people = get(&app, "people", &admin).await.json();
    let named = |name: &str| {
        let all = people["people"].as_array().unwrap();
        all.iter().find(|person| person["name"] == name).unwrap()["id"].as_str().unwrap().to_owned()
    };
    let path = format!("people/{}", named("chef"));
    assert_eq!(
        code(&send(&app, "PATCH", &path, &admin, json!({"disabled": true})).await),
        (409, "last-admin".to_owned())
    );
    let path = format!("people/{}", named("anna"));
    assert_eq!(send(&app, "PATCH", &path, &admin, json!({"role": "chief"})).await.json()["role"], "chief");
    assert_eq!(get(&app, "audit", &editor).await.status, StatusCode::OK, "at once");
    assert_eq!(send(&app, "PATCH", &path, &admin, json!({"disabled": true})).await.json()["disabled"], true);
    assert_eq!(get(&app, "session", &editor).await.status, StatusCode::NO_CONTENT);
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
        ["Regel 1: persoonlijke gegevens", "een <em>adres</em> in", "met automatische hulp", "bezwaar"]
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
