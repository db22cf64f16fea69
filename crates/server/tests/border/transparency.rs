//! What is told of decisions, and whether it is true.

use std::collections::{BTreeMap, HashMap};

use axum::http::StatusCode;
use serde_json::{Value, json};
use time::{Duration, OffsetDateTime, format_description::well_known::Rfc3339};
use weerklank_domain::desk::{Role, limits};
use weerklank_server::export::export;
use weerklank_test_support::{app::TestApp, database::TestDatabase, on_every_database};

use crate::{
    desk::{code, get, send, signed_in},
    process::files,
};

on_every_database!(
    figures_follow_from_the_audit_log,
    a_board_that_decided_nothing_says_so,
    the_mirror_tells_the_same
);

/// Decides on the item that waits longest; the decision.
async fn decide(app: &TestApp, cookie: &str, body: Value) -> String {
    let queue = get(app, "queue?view=free&limit=1", cookie).await.json();
    let item = format!("queue/{}", queue["items"][0]["id"].as_str().unwrap());
    send(app, "POST", &format!("{item}/claim"), cookie, json!({})).await;
    let mut body = body;
    body["version"] = get(app, &item, cookie).await.json()["item"]["version"].clone();
    let made = send(app, "POST", &format!("{item}/decisions"), cookie, body).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
    made.json()["id"].as_str().unwrap().to_owned()
}

/// Decisions of two years, one of them undone and made anew; the cookie of a chief.
async fn decided(app: &TestApp) -> String {
    let chief = signed_in(app, "bram@voorbeeld.example", Role::Chief).await;
    for story in ["Een.", "Twee.", "Drie.", "Vier.", "Vijf."] {
        app.send_in_story(story).await;
    }
    app.advance(Duration::minutes(7));
    decide(app, &chief, json!({"verdict": "accept"})).await;
    app.advance(Duration::minutes(20));
    let undone =
        decide(app, &chief, json!({"verdict": "reject", "ground": "law", "statement": "Nee."})).await;
    app.advance(Duration::seconds(3));
    assert_eq!(
        send(app, "DELETE", &format!("decisions/{undone}"), &chief, json!({})).await.status,
        StatusCode::NO_CONTENT
    );
    app.advance(Duration::seconds(3));
    decide(app, &chief, json!({"verdict": "ask", "statement": "Wanneer?"})).await;
    for ground in ["privacy", "privacy"] {
        app.advance(Duration::minutes(11));
        let body = json!({"verdict": "reject", "ground": ground, "statement": "Een naam.", "automated": ground == "privacy"});
        decide(app, &chief, body).await;
    }
    app.advance(Duration::hours(9));
    app.refresh().await;
    chief
}

/// The cells of a table without quotes in them.
fn rows(csv: &str) -> Vec<Vec<String>> {
    csv.lines().map(|line| line.split(',').map(|cell| cell.trim_matches('"').to_owned()).collect()).collect()
}

/// Works everything out again, by the audit log alone and in another way: decisions on a subject that were undone
/// are those that an undoing follows.
fn recomputed(log: &str) -> BTreeMap<String, u64> {
    let mut lines = rows(log);
    let head = lines.remove(0);
    let column = |name: &str| head.iter().position(|cell| cell == name).unwrap();
    let [at, action, kind, subject, verdict, ground, automated, since] =
        ["at", "action", "kind", "subject", "verdict", "ground", "automated", "since"].map(column);
    let moment = |text: &str| OffsetDateTime::parse(text, &Rfc3339).unwrap();
    let mut figures = BTreeMap::new();
    for line in lines.iter().filter(|line| ["reported", "appealed"].contains(&line[action].as_str())) {
        *figures.entry(format!("received,{},,", line[kind])).or_insert(0) += 1;
    }
    lines.retain(|line| ["decided", "undone"].contains(&line[action].as_str()));
    lines.sort_by_key(|line| moment(&line[at]));
    let mut last: HashMap<String, Vec<Vec<String>>> = HashMap::new();
    for line in lines {
        let of_subject = last.entry(line[subject].clone()).or_default();
        if line[action] == "undone" { drop(of_subject.pop()) } else { of_subject.push(line) }
    }
    let mut minutes = Vec::new();
    for line in last.into_values().flatten() {
        let mut count = |what: String| *figures.entry(what).or_insert(0) += 1;
        count(format!("decisions,{},{},", line[kind], line[verdict]));
        if !line[ground].is_empty() {
            count(format!("grounds,{},{},{}", line[kind], line[verdict], line[ground]));
        }
        if line[automated] == "true" {
            count(format!("automated,{},,", line[kind]));
        }
        minutes.push((moment(&line[at]) - moment(&line[since])).whole_minutes().unsigned_abs());
    }
    minutes.sort_unstable();
    let middle = u64::midpoint(minutes[(minutes.len() - 1) / 2], minutes[minutes.len() / 2]);
    figures.insert("median-minutes,experience,,".to_owned(), middle);
    figures
}

async fn figures_follow_from_the_audit_log(db: TestDatabase) {
    let app = TestApp::new(db).await;
    let chief = decided(&app).await;
    let page = app.get("/nl/about/transparency").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text().contains("Er is nog niets beslist"), "of today nothing is told");
    assert_eq!(code(&app.get("/transparency/2026.csv").await), (404, "not-found".to_owned()));
    app.advance(Duration::hours(2));
    app.refresh().await;

    let file = app.get("/transparency/2026.csv").await;
    assert_eq!(
        (file.status, file.header("content-type")),
        (StatusCode::OK, "text/csv; charset=utf-8; header=present")
    );
    assert_eq!(file.header("content-disposition"), "attachment; filename=\"weerklank-2026.csv\"");
    let told: BTreeMap<_, u64> = rows(&file.text())[1..]
        .iter()
        .map(|row| {
            assert_eq!(row[0], "2026");
            (row[1..5].join(","), row[5].parse().unwrap())
        })
        .collect();
    let log = get(&app, "audit?format=csv", &chief).await.text();
    assert_eq!(told, recomputed(&log));
    assert_eq!((told["decisions,experience,reject,"], told["grounds,experience,reject,privacy"]), (2, 2));
    assert!(!told.contains_key("grounds,experience,reject,law"), "it was undone");
    assert_eq!(
        app.get_with("/transparency/2026.csv", &[("if-none-match", file.header("etag"))]).await.status,
        StatusCode::NOT_MODIFIED
    );

    for (page, words) in [
        ("/nl/about/transparency", ["Afgewezen", "Regel 1"]),
        ("/en/about/transparency", ["Rejected", "Rule 1"]),
    ] {
        let html = app.get(page).await.text();
        assert!(words.iter().all(|words| html.contains(words)) && html.contains("2026.csv"), "{html}");
        assert!(!html.contains("bram"), "who decided is nobody's business");
    }
    for nowhere in ["2025.csv", "2026", "+2026.csv", "02026.csv", "x.csv", "2026.csv.csv", "%ff.csv"] {
        assert_eq!(
            app.get(&format!("/transparency/{nowhere}")).await.status,
            StatusCode::NOT_FOUND,
            "{nowhere}"
        );
    }
}

async fn a_board_that_decided_nothing_says_so(db: TestDatabase) {
    let app = TestApp::new(db).await;
    signed_in(&app, "bram@voorbeeld.example", Role::Chief).await;
    app.advance(Duration::days(2));
    app.refresh().await;
    for (page, words) in [
        ("/nl/about/transparency", "nog niets beslist"),
        ("/en/about/transparency", "Nothing was decided yet"),
    ] {
        assert!(app.get(page).await.text().contains(words), "{page}");
    }
    assert!(app.get("/sitemap.xml").await.text().contains("/about/transparency<"));
}

async fn the_mirror_tells_the_same(db: TestDatabase) {
    let app = TestApp::new(db).await;
    decided(&app).await;
    app.advance(Duration::hours(2) + Duration::seconds(limits::UNDO_SECONDS));
    app.refresh().await;
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("mirror");
    export(&app.app, &dir).await.unwrap();
    let site = files(&dir.join("site"));
    assert_eq!(site["transparency/2026.csv"], app.get("/transparency/2026.csv").await.body);
    assert!(
        String::from_utf8_lossy(&site["en/about/transparency/index.html"]).contains("Rule 1: personal data")
    );
}
