//! Passkeys at the desk's door, answered by a device in software.

use axum::http::StatusCode;
use serde_json::{Value, json};
use time::Duration;
use weerklank_domain::desk::{Role, limits};
use weerklank_store::AuditFilter;
use weerklank_test_support::{
    app::{TestApp, TestResponse},
    database::TestDatabase,
    on_every_database,
};

use crate::desk::{PASSWORD, code, cookie, get, send, signed_in};
use crate::device::{Device, PRESENT, VERIFIED, encoded};

on_every_database!(
    a_passkey_is_added_opens_the_desk_and_is_removed,
    what_is_forged_opens_nothing,
    an_answer_counts_once_for_the_browser_that_was_asked,
    what_is_forged_is_not_added,
    a_copy_of_a_passkey_is_found_out,
    who_is_disabled_stays_out,
    guessing_comes_to_an_end,
);

const ANNA: &str = "anna@voorbeeld.example";

/// What is wrong, and what makes it so of a device and somebody else's.
type Forgery = (&'static str, fn(&mut Device, &Device));

/// What a device is asked, and the cookie of the browser that asked.
type Asked = (Value, String);

async fn propose(app: &TestApp, session: &str) -> Asked {
    let proposed = send(app, "POST", "passkeys/proposal", session, json!({"password": PASSWORD})).await;
    assert_eq!(proposed.status, StatusCode::OK, "{}", proposed.text());
    (proposed.json()["options"].clone(), cookie(&proposed))
}

async fn add(app: &TestApp, session: &str, asked: &str, made: &Value) -> TestResponse {
    let body = json!({"name": "Telefoon", "credential": made});
    send(app, "POST", "passkeys", &format!("{session}; {asked}"), body).await
}

/// An editor with a passkey: their session, and the device.
async fn with_passkey(app: &TestApp, email: &str, seed: u8) -> (String, Device) {
    let session = signed_in(app, email, Role::Editor).await;
    let (options, asked) = propose(app, &session).await;
    let mut device = Device::new(seed);
    let made = device.make(&options);
    let added = add(app, &session, &asked, &made).await;
    assert_eq!(added.status, StatusCode::CREATED, "{}", added.text());
    (session, device)
}

async fn challenge(app: &TestApp) -> Asked {
    let asked = send(app, "POST", "session/challenge", "", json!({})).await;
    assert_eq!(asked.status, StatusCode::OK, "{}", asked.text());
    (asked.json()["options"].clone(), cookie(&asked))
}

async fn enter(app: &TestApp, asked: &str, signed: &Value) -> TestResponse {
    send(app, "POST", "session/passkey", asked, json!({"credential": signed})).await
}

/// Asks and answers.
async fn comes_in(app: &TestApp, device: &Device) -> TestResponse {
    let (options, asked) = challenge(app).await;
    enter(app, &asked, &device.sign(&options)).await
}

fn refused() -> (u16, String) {
    (401, "wrong-passkey".to_owned())
}

async fn log(app: &TestApp) -> Vec<String> {
    let lines = app.app.store.audit(&AuditFilter::default(), 100).await.unwrap();
    lines.into_iter().rev().map(|line| line.action.to_string()).collect()
}

async fn a_passkey_is_added_opens_the_desk_and_is_removed(db: TestDatabase) {
    let app = TestApp::new(db).await;
    let session = signed_in(&app, ANNA, Role::Editor).await;
    let wrong =
        send(&app, "POST", "passkeys/proposal", &session, json!({"password": "fout wachtwoord"})).await;
    assert_eq!(code(&wrong), (401, "wrong-credentials".to_owned()));
    assert!(wrong.headers.get("set-cookie").is_none());
    let proposed = send(&app, "POST", "passkeys/proposal", &session, json!({"password": PASSWORD})).await;
    let set = proposed.header("set-cookie");
    for part in [
        "__Host-weerklank-passkey=",
        "; Path=/;",
        "; HttpOnly",
        "; SameSite=Strict",
        "; Secure",
        "; Max-Age=300",
    ] {
        assert!(set.contains(part), "{set}");
    }
    let (options, asked) = (proposed.json()["options"].clone(), cookie(&proposed));
    assert_eq!(options["rp"], json!({"id": "board.example", "name": "Weerklank"}));
    assert_eq!((&options["user"]["name"], &options["user"]["displayName"]), (&json!(ANNA), &json!("anna")));
    let selection = &options["authenticatorSelection"];
    assert_eq!(
        (&selection["userVerification"], &selection["residentKey"]),
        (&json!("required"), &json!("required"))
    );
    assert_eq!(options["attestation"], "none");

    let mut device = Device::new(1);
    let made = device.make(&options);
    let body = json!({"name": "  Mijn\u{202e}\n telefoon ", "credential": made});
    let added = send(&app, "POST", "passkeys", &format!("{session}; {asked}"), body).await;
    assert_eq!((added.status, &added.json()["name"]), (StatusCode::CREATED, &json!("Mijn telefoon")));
    let again = propose(&app, &session).await.0;
    assert_eq!(
        again["excludeCredentials"][0]["id"],
        json!(encoded(&device.id)),
        "the device knows it has one"
    );

    // From a browser that was never here, without password or code.
    let (options, asked) = challenge(&app).await;
    assert_eq!(
        (&options["rpId"], &options["userVerification"]),
        (&json!("board.example"), &json!("required"))
    );
    assert_eq!(options["allowCredentials"], json!([]));
    let planted = format!("__Host-weerklank-desk=geplant; {asked}");
    let come = enter(&app, &planted, &device.sign(&options)).await;
    assert_eq!((come.status, &come.json()["email"]), (StatusCode::OK, &json!(ANNA)));
    let set: Vec<_> = come.headers.get_all("set-cookie").iter().map(|set| set.to_str().unwrap()).collect();
    assert!(set[1].starts_with("__Host-weerklank-passkey=;") && set[1].contains("Max-Age=0"), "{set:?}");
    let other = cookie(&come);
    assert!(other != session && !other.contains("geplant"));
    assert_eq!(get(&app, "session", &other).await.status, StatusCode::OK);

    let list = get(&app, "passkeys", &other).await.json();
    let one = &list["passkeys"][0];
    assert!(one["used_at"].is_string() && one["made_at"].is_string(), "{list}");
    let path = format!("passkeys/{}", one["id"].as_str().unwrap());
    let stranger = signed_in(&app, "bram@voorbeeld.example", Role::Admin).await;
    assert_eq!(get(&app, "passkeys", &stranger).await.json()["passkeys"], json!([]));
    let password = json!({"password": PASSWORD});
    assert_eq!(send(&app, "DELETE", &path, &stranger, password.clone()).await.status, StatusCode::NOT_FOUND);
    let wrong = send(&app, "DELETE", &path, &other, json!({"password": "fout wachtwoord"})).await;
    assert_eq!(code(&wrong), (401, "wrong-credentials".to_owned()));
    assert_eq!(comes_in(&app, &device).await.status, StatusCode::OK, "still there");
    assert_eq!(send(&app, "DELETE", &path, &other, password).await.status, StatusCode::NO_CONTENT);
    assert_eq!(code(&comes_in(&app, &device).await), refused());
    let told: Vec<_> = log(&app).await.into_iter().filter(|action| action.starts_with("passkey")).collect();
    assert_eq!(told, ["passkey-added", "passkey-removed"]);
}

/// Everything that can be wrong with what a device signs, all else being right.
async fn what_is_forged_opens_nothing(db: TestDatabase) {
    let app = TestApp::new(db).await;
    let (_, device) = with_passkey(&app, ANNA, 1).await;
    let (_, other) = with_passkey(&app, "bram@voorbeeld.example", 2).await;
    let forgeries: [Forgery; 14] = [
        ("another origin", |device, _| device.origin = "https://evil.example"),
        ("below ours", |device, _| device.origin = "https://x.board.example"),
        ("another port", |device, _| device.origin = "https://board.example:8443"),
        ("without TLS", |device, _| device.origin = "http://board.example"),
        ("in a frame elsewhere", |device, _| device.cross_origin = true),
        ("another party", |device, _| device.party = "evil.example"),
        ("nobody looked who is there", |device, _| device.flags = PRESENT),
        ("nobody is there", |device, _| device.flags = VERIFIED),
        ("a key that was made", |device, _| device.kind = Some("webauthn.create")),
        ("another challenge", |device, _| device.challenge = Some(encoded(&[7; 32]))),
        ("another key", |device, other| device.key = other.key.clone()),
        ("an unknown key", |device, _| device.id = vec![9; 20]),
        ("somebody else's", |device, other| device.owner.clone_from(&other.owner)),
        ("nobody's", |device, _| device.owner = None),
    ];
    for (what, forge) in forgeries {
        let mut forged = device.clone();
        forge(&mut forged, &other);
        let answer = comes_in(&app, &forged).await;
        assert_eq!(code(&answer), refused(), "{what}");
        assert!(answer.headers.get("set-cookie").is_none(), "{what}");
        // Tries are counted.
        app.advance(Duration::minutes(15));
    }
    let (options, asked) = challenge(&app).await;
    let mut flipped = device.sign(&options);
    flipped["response"]["signature"] = other.sign(&options)["response"]["signature"].clone();
    assert_eq!(code(&enter(&app, &asked, &flipped).await), refused());
    for odd in [json!(null), json!("x"), json!({}), json!({"id": 1}), json!([[[]]])] {
        let (_, asked) = challenge(&app).await;
        assert_eq!(code(&enter(&app, &asked, &odd).await), refused(), "{odd}");
    }
    assert_eq!(comes_in(&app, &device).await.json()["email"], ANNA, "all else was right");
    assert_eq!(comes_in(&app, &other).await.json()["email"], "bram@voorbeeld.example");
}

async fn an_answer_counts_once_for_the_browser_that_was_asked(db: TestDatabase) {
    let app = TestApp::new(db).await;
    let (session, device) = with_passkey(&app, ANNA, 1).await;
    let (options, asked) = challenge(&app).await;
    let signed = device.sign(&options);
    let (_, elsewhere) = challenge(&app).await;
    assert_eq!(code(&enter(&app, "", &signed).await), refused(), "by nobody who was asked");
    assert_eq!(code(&enter(&app, "__Host-weerklank-passkey=geraden", &signed).await), refused());
    assert_eq!(code(&enter(&app, &elsewhere, &signed).await), refused(), "another browser");
    assert_eq!(enter(&app, &asked, &signed).await.status, StatusCode::OK);
    assert_eq!(code(&enter(&app, &asked, &signed).await), refused(), "again");

    let (options, asked) = challenge(&app).await;
    assert_eq!(code(&enter(&app, &asked, &json!({})).await), refused());
    assert_eq!(
        code(&enter(&app, &asked, &device.sign(&options)).await),
        refused(),
        "it was answered wrongly"
    );

    let (options, asked) = challenge(&app).await;
    app.advance(Duration::minutes(limits::PASSKEY_MINUTES));
    assert_eq!(code(&enter(&app, &asked, &device.sign(&options)).await), refused(), "too late");

    // What is asked to add one opens nothing, and the other way round.
    let (options, asked) = propose(&app, &session).await;
    assert_eq!(code(&enter(&app, &asked, &device.sign(&options)).await), refused());
    let (_, asked) = challenge(&app).await;
    let made = Device::new(3).make(&options);
    assert_eq!(code(&add(&app, &session, &asked, &made).await), (422, "unusable-passkey".to_owned()));
    assert_eq!(comes_in(&app, &device).await.status, StatusCode::OK);
}

async fn what_is_forged_is_not_added(db: TestDatabase) {
    let app = TestApp::new(db).await;
    let (anna, known) = with_passkey(&app, ANNA, 1).await;
    let bram = signed_in(&app, "bram@voorbeeld.example", Role::Editor).await;
    let unusable = (422, "unusable-passkey".to_owned());
    let forgeries: [fn(&mut Device); 7] = [
        |device| device.origin = "https://evil.example",
        |device| device.party = "evil.example",
        |device| device.cross_origin = true,
        |device| device.flags = PRESENT,
        |device| device.flags = VERIFIED,
        |device| device.kind = Some("webauthn.get"),
        |device| device.challenge = Some(encoded(&[7; 32])),
    ];
    for (number, forge) in forgeries.into_iter().enumerate() {
        let (options, asked) = propose(&app, &bram).await;
        let mut device = Device::new(3);
        forge(&mut device);
        let made = device.make(&options);
        assert_eq!(code(&add(&app, &bram, &asked, &made).await), unusable, "{number}");
        app.advance(Duration::minutes(15));
    }
    // What was proposed to one is not added by another, nor twice, nor by who has no cookie of it.
    let (options, asked) = propose(&app, &anna).await;
    let made = Device::new(3).make(&options);
    assert_eq!(code(&add(&app, &bram, &asked, &made).await), unusable);
    assert_eq!(code(&add(&app, &anna, &asked, &made).await), unusable, "it was answered");
    let (options, asked) = propose(&app, &bram).await;
    let made = Device::new(3).make(&options);
    assert_eq!(code(&add(&app, &bram, "", &made).await), unusable);
    assert_eq!(add(&app, &bram, &asked, &made).await.status, StatusCode::CREATED);

    for name in ["", " \u{200b} ", &"é".repeat(61)] {
        let (options, asked) = propose(&app, &bram).await;
        let body = json!({"name": name, "credential": Device::new(4).make(&options)});
        let answer = send(&app, "POST", "passkeys", &format!("{bram}; {asked}"), body).await;
        assert_eq!(code(&answer), unusable, "{name}");
    }
    app.advance(Duration::minutes(15));
    // A key that somebody has is nobody else's, whatever a device says.
    let (options, asked) = propose(&app, &bram).await;
    let made = known.clone().make(&options);
    assert_eq!(code(&add(&app, &bram, &asked, &made).await), (409, "passkey-there".to_owned()));
    for seed in 11.. {
        app.advance(Duration::minutes(15));
        let (options, asked) = propose(&app, &bram).await;
        let added = add(&app, &bram, &asked, &Device::new(seed).make(&options)).await;
        if usize::from(seed) - 10 == limits::PASSKEYS {
            assert_eq!(code(&added), (409, "too-many-passkeys".to_owned()));
            break;
        }
        assert_eq!(added.status, StatusCode::CREATED, "{seed}");
    }
}

async fn a_copy_of_a_passkey_is_found_out(db: TestDatabase) {
    let app = TestApp::new(db).await;
    let (_, mut device) = with_passkey(&app, ANNA, 1).await;
    device.counter = 5;
    assert_eq!(comes_in(&app, &device).await.status, StatusCode::OK);
    let mut copy = device.clone();
    device.counter = 6;
    assert_eq!(comes_in(&app, &device).await.status, StatusCode::OK);
    for counter in [6, 5, 0] {
        copy.counter = counter;
        assert_eq!(code(&comes_in(&app, &copy).await), refused(), "{counter}");
    }
    let told = log(&app).await;
    assert_eq!(told.iter().filter(|action| *action == "passkey-suspected").count(), 3);
    // Only who can sign is suspected: nobody fills the log by telling numbers.
    copy.key = Device::new(8).key;
    assert_eq!(code(&comes_in(&app, &copy).await), refused());
    assert_eq!(log(&app).await.len(), told.len());
    device.counter = 7;
    assert_eq!(comes_in(&app, &device).await.status, StatusCode::OK);
}

async fn who_is_disabled_stays_out(db: TestDatabase) {
    let app = TestApp::new(db).await;
    let (session, device) = with_passkey(&app, ANNA, 1).await;
    let id = get(&app, "session", &session).await.json()["id"].as_str().unwrap().to_owned();
    let admin = signed_in(&app, "chef@voorbeeld.example", Role::Admin).await;
    let change = async |disabled: bool| {
        let path = format!("people/{id}");
        send(&app, "PATCH", &path, &admin, json!({"disabled": disabled})).await.status
    };
    assert_eq!(change(true).await, StatusCode::OK);
    assert_eq!(code(&comes_in(&app, &device).await), refused());
    assert_eq!(change(false).await, StatusCode::OK);
    assert_eq!(comes_in(&app, &device).await.status, StatusCode::OK, "as with her password");
    // Who lost a device asks for a link: what was on it opens nothing any more.
    let link = app.invite(ANNA, Role::Editor).await;
    let done = send(&app, "POST", &format!("set-up/{link}"), "", json!({"password": PASSWORD})).await;
    assert_eq!(done.status, StatusCode::OK);
    assert_eq!(code(&comes_in(&app, &device).await), refused());
    assert_eq!(get(&app, "passkeys", &cookie(&done)).await.json()["passkeys"], json!([]));
}

async fn guessing_comes_to_an_end(db: TestDatabase) {
    let mut app = TestApp::new(db).await;
    let (_, device) = with_passkey(&app, ANNA, 1).await;
    app.advance(Duration::minutes(15));
    for id in [device.id.clone(), vec![9; 20]] {
        let mut guess = Device { id, ..device.clone() };
        guess.key = Device::new(8).key;
        let mut looked_at = 0;
        for _ in 0..14 {
            match code(&comes_in(&app, &guess).await) {
                (401, _) => looked_at += 1,
                (status, code) => assert_eq!((status, code.as_str()), (429, "too-many-tries")),
            }
        }
        assert_eq!(looked_at, 10, "the same for a key that is there and one that is not");
    }
    assert_eq!(comes_in(&app, &device).await.status, StatusCode::TOO_MANY_REQUESTS, "the right one as well");
    // Nor does anybody fill the table of what was asked.
    let mut asked = 29;
    let refused = loop {
        let answer = send(&app, "POST", "session/challenge", "", json!({})).await;
        if answer.status != StatusCode::OK {
            break answer;
        }
        asked += 1;
    };
    assert_eq!((code(&refused), asked), ((429, "too-many-tries".to_owned()), 50));
    assert!((1..=15 * 60).contains(&refused.header("retry-after").parse::<i64>().unwrap()));
    app.come_from("192.0.2.7");
    assert_eq!(comes_in(&app, &device).await.status, StatusCode::OK, "from elsewhere she gets in");
}
