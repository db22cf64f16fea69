//! What a shop's programs read.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use weerklank_domain::feedback::{
    Question, Score,
    scores::{AnyTally, Grouping, Standing},
};
use weerklank_test_support::{app::TestApp, database::TestDatabase, on_every_database};

use crate::feedback::{Shop, assert_problem, post, read, shop};

on_every_database!(
    who_has_no_key_reads_nothing,
    each_shop_reads_its_own,
    scores_follow_from_the_answers_as_csv,
    what_customers_write_is_no_formula,
    a_list_is_read_page_by_page,
);

async fn who_has_no_key_reads_nothing(db: TestDatabase) {
    let app = TestApp::new(db).await;
    let shop = shop(&app, 1).await;
    let lower = format!("bearer {}", shop.api_key);
    for path in ["/api/v1/feedback", "/api/v1/scores", "/api/v1/feedback?format=csv"] {
        let none = app.get(path).await;
        assert_problem(&none, 401, "api-key-needed");
        assert_eq!(none.header("www-authenticate"), r#"Bearer realm="weerklank""#);
        for wrong in ["Bearer", "Basic YTpi", &shop.api_key] {
            assert_problem(&app.get_with(path, &[("authorization", wrong)]).await, 401, "api-key-needed");
        }
        for wrong in ["Bearer x", "Bearer ", &format!("Bearer {}x", shop.api_key), "Bearer 1111111111111111"]
        {
            let wrong = app.get_with(path, &[("authorization", wrong)]).await;
            assert_problem(&wrong, 401, "wrong-api-key");
            assert!(wrong.header("www-authenticate").contains("invalid_token"));
        }
        assert_eq!(app.get_with(path, &[("authorization", &lower)]).await.status, StatusCode::OK);
    }
    // The key of a site is public, and opens nothing.
    let public = format!("Bearer {}", shop.site.key);
    assert_problem(
        &app.get_with("/api/v1/scores", &[("authorization", &public)]).await,
        401,
        "wrong-api-key",
    );
    let [key] = app.app.store.api_keys(shop.id).await.unwrap()[..] else { panic!("one key") };
    assert!(app.app.store.revoke_api_key(shop.id, key.id, app.app.clock.now()).await.unwrap());
    assert_problem(&read(&app, &shop, "scores").await, 401, "wrong-api-key");
}

/// Each route with each key, and with everything of the other that an address can name.
async fn each_shop_reads_its_own(db: TestDatabase) {
    let app = TestApp::new(db).await;
    let shops = [shop(&app, 1).await, shop(&app, 2).await];
    for (shop, marker) in shops.iter().zip(["Anna", "Berend"]) {
        for number in 0..3 {
            let body = format!(r#"{{"score": "4", "agent": "{marker}", "comment": "{marker} {number}"}}"#);
            assert_eq!(post(&app, shop, &[], &body).await.status, StatusCode::CREATED);
        }
    }
    let cursor = read(&app, &shops[1], "feedback?limit=1").await.json()["next"].as_str().unwrap().to_owned();
    for (shop, foreign) in [(&shops[0], "Berend"), (&shops[1], "Anna")] {
        for query in [
            "feedback".to_owned(),
            "feedback?format=csv".to_owned(),
            format!("feedback?agent={foreign}"),
            format!("feedback?cursor={cursor}"),
            "scores?group_by=agent".to_owned(),
            "scores?group_by=agent&format=csv".to_owned(),
            format!("scores?agent={foreign}"),
        ] {
            let answer = read(&app, shop, &query).await;
            assert_eq!(answer.status, StatusCode::OK, "{query}");
            assert!(!answer.text().contains(foreign), "{query}: {}", answer.text());
        }
        assert_eq!(read(&app, shop, "scores").await.json()["scores"][0]["n"], 3);
    }
}

/// Answers of all sorts, so many that some figures are shown and some are not.
async fn fill(app: &TestApp, shop: &Shop) {
    for number in 0..70_u32 {
        let pick = |words: &[&str], by: u32| words[(number / by) as usize % words.len()].to_owned();
        let body = format!(
            r#"{{"score": "{}", "agent": "{}", "moment": "{}", "lang": "{}", "tags": ["{}", "x"]}}"#,
            1 + number % 5,
            pick(&["Noor", "Bas", ""], 9),
            pick(&["contact", "delivery"], 2),
            pick(&["nl", "en", "ar"], 3),
            pick(&["spoed", "x"], 5),
        );
        assert_eq!(post(app, shop, &[], &body).await.status, StatusCode::CREATED);
        if number % 10 == 9 {
            app.advance(time::Duration::days(3));
        }
    }
}

async fn scores_follow_from_the_answers_as_csv(db: TestDatabase) {
    let app = TestApp::new(db).await;
    let shop = shop(&app, 1).await;
    fill(&app, &shop).await;
    let rows = csv(&read(&app, &shop, "feedback?format=csv&limit=1000").await.text());
    assert_eq!(rows.len(), 70);
    for by in std::iter::once(None).chain(Grouping::ALL.iter().copied().map(Some)) {
        let mut tallies: BTreeMap<(Option<String>, String), AnyTally> = BTreeMap::new();
        for row in &rows {
            let question: Question = row["question"].parse().unwrap();
            let score = Score::new(question, row["score"].parse().unwrap()).unwrap();
            let groups: Vec<String> = match by {
                None => vec![String::new()],
                Some(Grouping::Tag) => row["tags"].split("; ").map(str::to_owned).collect(),
                Some(by @ (Grouping::Week | Grouping::Month)) => vec![by.of_day(row["day"].parse().unwrap())],
                Some(by) => vec![row[by.as_str()].clone()],
            };
            for group in groups {
                let place = (Some(group).filter(|group| !group.is_empty()), row["verified"].clone());
                tallies.entry(place).or_insert_with(|| AnyTally::new(question)).add(score, 1).unwrap();
            }
        }
        let query = by.map(|by| format!("?group_by={by}")).unwrap_or_default();
        let answer = read(&app, &shop, &format!("scores{query}")).await.json();
        let scores = answer["scores"].as_array().unwrap();
        assert_eq!(scores.len(), tallies.len(), "{by:?}");
        for line in scores {
            let place = (line["group"].as_str().map(str::to_owned), line["verified"].to_string());
            let tally = tallies[&place];
            assert_eq!((&line["n"], &line["question"]), (&tally.n().into(), &"csat".into()));
            let told: Vec<(u64, u64)> = line["tally"]
                .as_array()
                .unwrap()
                .iter()
                .map(|count| (count["value"].as_u64().unwrap(), count["times"].as_u64().unwrap()))
                .collect();
            let counted: Vec<_> =
                tally.counts().into_iter().map(|(value, times)| (u64::from(value), times)).collect();
            assert_eq!(told, counted);
            let figure = tally.figure().unwrap();
            assert_eq!(line["standing"], figure.standing().as_str());
            if figure.standing() == Standing::TooFew {
                assert!(line["figure"].is_null(), "{line}");
            } else {
                let interval = figure.interval();
                for (name, number) in
                    [("estimate", figure.estimate()), ("low", interval.low), ("high", interval.high)]
                {
                    let told = line["figure"][name].as_f64().unwrap();
                    assert!((told - number).abs() < 1e-12, "{by:?} {name}: {told} {number}");
                }
            }
        }
        // As a table it says the same.
        let sign = if by.is_some() { "&" } else { "?" };
        let table = csv(&read(&app, &shop, &format!("scores{query}{sign}format=csv")).await.text());
        assert_eq!(table.len(), scores.len());
        for (row, line) in table.iter().zip(scores) {
            assert_eq!(
                (&row["n"], row["group"].as_str()),
                (&line["n"].to_string(), line["group"].as_str().unwrap_or_default())
            );
            let estimate = line["figure"]["estimate"].as_f64();
            match (row["estimate"].parse::<f64>().ok(), estimate) {
                (Some(cell), Some(estimate)) => assert!((cell - estimate).abs() < 1e-12, "{cell} {estimate}"),
                (cell, estimate) => assert_eq!(cell, estimate),
            }
        }
    }
}

async fn what_customers_write_is_no_formula(db: TestDatabase) {
    let app = TestApp::new(db).await;
    let shop = shop(&app, 1).await;
    for formula in ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)"] {
        let body = format!(
            r#"{{"score": "1", "ticket": "{formula}", "agent": "{formula}", "team": "{formula}", "tags": ["{formula}"], "comment": "{formula}"}}"#
        );
        assert_eq!(post(&app, &shop, &[], &body).await.status, StatusCode::CREATED, "{formula}");
    }
    let bearer = format!("Bearer {}", shop.api_key);
    let asked = [("authorization", bearer.as_str()), ("accept", "text/csv")];
    for path in ["/api/v1/feedback", "/api/v1/scores?group_by=agent"] {
        let table = app.get_with(path, &asked).await;
        assert_eq!(table.header("content-type"), "text/csv; charset=utf-8");
        for row in csv(&table.text()) {
            for (name, cell) in row {
                assert!(!cell.starts_with(['=', '+', '-', '@']), "{name}: {cell}");
            }
        }
    }
    // Both are as they came where they are no cells.
    assert_eq!(read(&app, &shop, "feedback?agent=%2B1").await.json()["items"][0]["comment"], "+1");
}

async fn a_list_is_read_page_by_page(db: TestDatabase) {
    let app = TestApp::new(db).await;
    let shop = shop(&app, 1).await;
    fill(&app, &shop).await;
    let whole = read(&app, &shop, "feedback").await.json()["items"].as_array().unwrap().clone();
    let (mut listed, mut tabled) = (Vec::new(), Vec::new());
    let mut next = Some("feedback?limit=16".to_owned());
    while let Some(query) = next {
        let page = read(&app, &shop, &query).await;
        listed.extend(page.json()["items"].as_array().unwrap().clone());
        let cursor = page.json()["next"].as_str().map(str::to_owned);
        next = cursor.map(|cursor| format!("feedback?limit=16&cursor={cursor}"));
    }
    assert_eq!(listed, whole);
    // A table names its next page in a header.
    let mut next = Some("feedback?format=csv&limit=16".to_owned());
    while let Some(query) = next {
        let page = read(&app, &shop, &query).await;
        tabled.extend(csv(&page.text()));
        let link = page.headers.get("link").map(|link| link.to_str().unwrap().to_owned());
        next = link.map(|link| link["</api/v1/".len()..].split('>').next().unwrap().to_owned());
    }
    let ids = |items: &[serde_json::Value]| -> Vec<String> {
        items.iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(tabled.iter().map(|row| row["id"].clone()).collect::<Vec<_>>(), ids(&whole));
    let days = "feedback?from=2026-11-24&to=2026-11-27";
    let some = read(&app, &shop, days).await.json()["items"].as_array().unwrap().clone();
    assert_eq!(some.len(), 20);
    for wrong in [
        "feedback?limit=0",
        "feedback?limit=1001",
        "feedback?limit=x",
        "feedback?from=gisteren",
        "feedback?moment=nooit",
        "feedback?verified=ja",
        "feedback?question=csat4",
        "feedback?lang=xx",
        "feedback?cursor=x",
        "feedback?format=xml",
        "scores?group_by=day",
        "scores?agent=%20x",
    ] {
        assert_problem(&read(&app, &shop, wrong).await, 400, "invalid-parameter");
    }
}

/// The rows of a table by the names of its columns; every cell stands between quotation marks.
fn csv(text: &str) -> Vec<BTreeMap<String, String>> {
    let mut rows: Vec<Vec<String>> = vec![Vec::new()];
    let mut rest = text;
    while let Some(quoted) = rest.strip_prefix('"') {
        let (mut cell, mut from) = (String::new(), quoted);
        loop {
            let end = from.find('"').unwrap();
            cell.push_str(&from[..end]);
            from = &from[end + 1..];
            match from.strip_prefix('"') {
                Some(more) => {
                    cell.push('"');
                    from = more;
                }
                None => break,
            }
        }
        rows.last_mut().unwrap().push(cell);
        rest = if let Some(same_row) = from.strip_prefix(',') {
            same_row
        } else {
            rows.push(Vec::new());
            from.strip_prefix("\r\n").unwrap()
        };
    }
    rows.pop();
    let names = rows.remove(0);
    rows.into_iter().map(|row| names.iter().cloned().zip(row).collect()).collect()
}
