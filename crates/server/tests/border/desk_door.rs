//! The desk's door: who gets in, and who may do what.

use axum::http::StatusCode;
use serde_json::json;
use time::Duration;
use weerklank_domain::desk::{Role, limits};
use weerklank_test_support::{app::TestApp, database::TestDatabase, on_every_database};

use crate::desk::{JSON, PASSWORD, code, cookie, get, send, signed_in};

on_every_database!(
    signing_in_ends_the_session_that_the_browser_showed,
    what_is_erased_leaves_the_queue_of_who_looks_at_it,
    a_link_leads_to_the_desk,
    nobody_gets_in_with_less_than_they_have_to_show,
    guessing_comes_to_an_end,
    a_session_is_new_at_each_sign_in_and_ends_on_demand,
    each_address_of_the_desk_asks_who_is_there,
    nothing_is_written_on_the_word_of_another_site,
    a_role_may_what_it_may,
);

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
    let wrong = send(
        &app,
        "PUT",
        "second-factor",
        &session,
        json!({"secret": secret, "code": "000000", "password": PASSWORD}),
    )
    .await;
    assert_eq!(code(&wrong), (422, "wrong-code".to_owned()));
    let unsure = json!({"secret": secret, "code": shown(secret), "password": "fout wachtwoord"});
    let unsure = send(&app, "PUT", "second-factor", &session, unsure).await;
    assert_eq!(
        code(&unsure),
        (401, "wrong-credentials".to_owned()),
        "who finds a browser open adds no device"
    );
    let body = json!({"secret": secret, "code": shown(secret), "password": PASSWORD});
    assert_eq!(send(&app, "PUT", "second-factor", &session, body).await.status, StatusCode::NO_CONTENT);
    let other = json!({"secret": proposed["secret"], "code": shown(secret), "password": PASSWORD});
    let taken = send(&app, "PUT", "second-factor", &session, other).await;
    assert_eq!(code(&taken), (409, "has-device".to_owned()));
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
    let changed = send(&app, "POST", "password", &third, change).await;
    assert_eq!(changed.status, StatusCode::OK);
    assert_eq!(get(&app, "session", &third).await.status, StatusCode::NO_CONTENT, "another session begins");
    let third = cookie(&changed);
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
    ("GET", "passkeys"),
    ("POST", "passkeys"),
    ("POST", "passkeys/proposal"),
    ("DELETE", "passkeys/00000000-0000-0000-0000-000000000000"),
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
    ("GET", "views"),
    ("POST", "views"),
    ("DELETE", "views/00000000-0000-0000-0000-000000000000"),
    ("GET", "drafts"),
    ("POST", "drafts"),
    ("GET", "drafts/00000000-0000-0000-0000-000000000000"),
    ("PUT", "drafts/00000000-0000-0000-0000-000000000000"),
    ("DELETE", "drafts/00000000-0000-0000-0000-000000000000"),
    ("GET", "drafts/00000000-0000-0000-0000-000000000000/revisions"),
    ("GET", "drafts/00000000-0000-0000-0000-000000000000/revisions/1"),
    ("POST", "drafts/00000000-0000-0000-0000-000000000000/revisions/1"),
    ("POST", "drafts/00000000-0000-0000-0000-000000000000/merge"),
    ("POST", "drafts/00000000-0000-0000-0000-000000000000/approval"),
    ("GET", "drafts/00000000-0000-0000-0000-000000000000/replies"),
    ("POST", "drafts/00000000-0000-0000-0000-000000000000/replies"),
    ("DELETE", "replies/00000000-0000-0000-0000-000000000000"),
    ("POST", "drafts/00000000-0000-0000-0000-000000000000/publication"),
    ("DELETE", "drafts/00000000-0000-0000-0000-000000000000/publication"),
    ("POST", "drafts/00000000-0000-0000-0000-000000000000/taken-off"),
    ("POST", "preview"),
    ("GET", "events"),
    ("POST", "images"),
    ("GET", "audit"),
    ("GET", "templates"),
    ("PUT", "templates"),
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
    let more = [
        ("POST", "session"),
        ("POST", "session/challenge"),
        ("POST", "session/passkey"),
        ("POST", set_up.as_str()),
    ];
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
    let gone = get(&app, "session", &editor).await.status;
    assert_eq!(gone, StatusCode::NO_CONTENT, "another role is another session");
    let again = json!({"email": "anna@voorbeeld.example", "password": PASSWORD, "code": ""});
    let editor = cookie(&send(&app, "POST", "session", "", again).await);
    assert_eq!(get(&app, "audit", &editor).await.status, StatusCode::OK);
    let both = json!({"role": "editor", "disabled": true});
    assert_eq!(code(&send(&app, "PATCH", &path, &admin, both).await), (400, "invalid-body".to_owned()));
    assert_eq!(send(&app, "PATCH", &path, &admin, json!({"disabled": true})).await.json()["disabled"], true);
    assert_eq!(get(&app, "session", &editor).await.status, StatusCode::NO_CONTENT);
}

/// Whoever put a session into a browser before its owner signs in there is left with nothing (session fixation).
async fn signing_in_ends_the_session_that_the_browser_showed(db: TestDatabase) {
    let app = TestApp::new(db).await;
    let first = signed_in(&app, "anna@voorbeeld.example", Role::Editor).await;
    let other = signed_in(&app, "bram@voorbeeld.example", Role::Editor).await;
    let body = json!({"email": "anna@voorbeeld.example", "password": PASSWORD});
    let wrong = json!({"email": "anna@voorbeeld.example", "password": "fout wachtwoord"});
    assert_eq!(send(&app, "POST", "session", &first, wrong).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(get(&app, "session", &first).await.status, StatusCode::OK, "it stays until somebody is in");
    let second = send(&app, "POST", "session", &first, body.clone()).await;
    assert_eq!(second.status, StatusCode::OK);
    assert_eq!(get(&app, "session", &first).await.status, StatusCode::NO_CONTENT);
    let second = cookie(&second);
    assert_eq!(get(&app, "session", &second).await.status, StatusCode::OK);
    // Also that of somebody else; where no cookie is shown, nobody loses one.
    let third = cookie(&send(&app, "POST", "session", &other, body.clone()).await);
    assert_eq!(get(&app, "session", &other).await.status, StatusCode::NO_CONTENT);
    send(&app, "POST", "session", "", body).await;
    for open in [&second, &third] {
        assert_eq!(get(&app, "session", open).await.status, StatusCode::OK);
    }
}

async fn what_is_erased_leaves_the_queue_of_who_looks_at_it(db: TestDatabase) {
    use weerklank_server::jobs::{Happened, tell};
    let app = TestApp::new(db).await;
    let sent = app.send_in_story("Een verhaal.").await;
    let url = sent["secret_url"].as_str().unwrap();
    let own = format!("/api/v1/experiences/{}", url.rsplit('/').next().unwrap());
    let mut told = app.app.live.listen();
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let teller = tokio::spawn(tell(app.app.clone(), stopped));
    // It has looked once, and knows what waits.
    while !matches!(told.recv().await.unwrap(), Happened::Waiting(1)) {}
    assert_eq!(app.send("DELETE", &own, &[]).await.status, StatusCode::NO_CONTENT);
    while !matches!(told.recv().await.unwrap(), Happened::Missed) {}
    while !matches!(told.recv().await.unwrap(), Happened::Waiting(0)) {}
    stop.send(true).unwrap();
    teller.await.unwrap();
}
