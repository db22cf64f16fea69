use serde_json::Value;
use weerklank_api::{column, columns, search};
use weerklank_test_support::{
    app::{ORIGIN, TestApp},
    database::TestDatabase,
    on_every_database,
};

use crate::{one_of_each_status, process::Desk, public_samples, slugs};

on_every_database!(
    a_walk_by_cursor_meets_every_column_once,
    a_column_is_told_whole,
    all_that_a_file_says_is_told,
    search_walks_on_as_well,
    refusals_are_problems,
);

async fn a_walk_by_cursor_meets_every_column_once(db: TestDatabase) {
    let app = TestApp::with_samples(db).await;
    let (mut seen, mut cursor) = (Vec::new(), String::new());
    loop {
        let page: columns::Response = serde_json::from_value(
            app.get(&format!("{}?limit=5&cursor={cursor}", columns::PATH)).await.json(),
        )
        .unwrap();
        assert!(page.items.len() <= 5);
        seen.extend(page.items);
        let Some(next) = page.next else { break };
        cursor = next;
    }
    let samples = public_samples();
    assert_eq!(seen.len(), samples.len());
    assert_eq!(slugs(seen.iter().map(|item| &item.slug)), slugs(samples.iter().map(|column| &column.slug)));
    assert!(seen.windows(2).all(|pair| pair[0].date >= pair[1].date), "newest first");
    let negative = app.get(&format!("{}?sentiment=negative&lang=en&utm=1", columns::PATH)).await.json();
    for item in negative["items"].as_array().unwrap() {
        assert_eq!((item["sentiment"].as_str(), item["lang"].as_str()), (Some("negative"), Some("en")));
    }
}

async fn a_column_is_told_whole(db: TestDatabase) {
    let app = TestApp::with_samples(db).await;
    let sample = public_samples().into_iter().find(|column| column.slug.as_str() == "retour-in-elf-stappen");
    let sample = sample.unwrap();
    let answer = app.get(&column::PATH.replace("{slug}", sample.slug.as_str())).await;
    assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, "application/json"));
    let item: column::Response = serde_json::from_slice(&answer.body).unwrap();
    assert_eq!(item.url, format!("{ORIGIN}/columns/{}", sample.slug));
    assert_eq!((item.title, item.markdown, item.tags), (sample.title, sample.body, sample.tags));
    assert!(item.html.contains("<h2") && !item.html.contains("href=\"/"), "{}", item.html);
    let again = app
        .get_with(
            &column::PATH.replace("{slug}", sample.slug.as_str()),
            &[("if-none-match", answer.header("etag"))],
        )
        .await;
    assert_eq!((again.status.as_u16(), again.body.len()), (304, 0));
}

async fn all_that_a_file_says_is_told(db: TestDatabase) {
    let app = TestApp::new(db).await;
    let file = "---\ntitle: Een titel\nslug: een-titel\ndate: 2026-05-01\nupdated: 2026-05-03\n\
        authors: [Redactie, Jo Ander]\nlang: nl\nsentiment: mixed\nmoments: [delivery, contact]\n\
        shops: [Voorbeeldwinkel]\nseries: { name: Twee kanten, number: 3 }\n\
        guest: { name: Gast, role: Chef, organisation: Huis }\n\
        first_published: { in: Vakblad, issue: 11/12-2015, date: 2015-12-16, url: 'https://vakblad.example/1' }\n\
        summary: Kort.\ntags: [warmte]\nimage: { src: /images/a.svg, alt: Een doos, credit: Maker }\n\
        source: second-hand\ncomments: closed\nincomplete: true\n---\nEen regel.\n";
    app.store_file("een-titel.md", file).await;
    let one = app.get("/api/v1/columns/een-titel").await.json();
    assert_eq!(
        one,
        serde_json::json!({
            "slug": "een-titel",
            "url": format!("{ORIGIN}/columns/een-titel"),
            "title": "Een titel",
            "date": "2026-05-01",
            "updated": "2026-05-03",
            "authors": [{"slug": "redactie", "name": "Redactie"}, {"slug": "jo-ander", "name": "Jo Ander"}],
            "lang": "nl",
            "sentiment": "mixed",
            "moments": ["delivery", "contact"],
            "shops": [{"slug": "voorbeeldwinkel", "name": "Voorbeeldwinkel"}],
            "series": {"slug": "twee-kanten", "name": "Twee kanten", "number": 3},
            "guest": {"name": "Gast", "role": "Chef", "organisation": "Huis"},
            "first_published": {
                "medium": "Vakblad", "issue": "11/12-2015", "date": "2015-12-16", "url": "https://vakblad.example/1"
            },
            "summary": "Kort.",
            "tags": ["warmte"],
            "image": {"src": format!("{ORIGIN}/images/a.svg"), "alt": "Een doos", "credit": "Maker", "width": null, "height": null},
            "source": "second-hand",
            "comments": "closed",
            "incomplete": true,
            "reading_minutes": 1,
            "markdown": "Een regel.\n",
            "html": "<p>Een regel.</p>\n",
        })
    );
    let list = app.get("/api/v1/columns").await.json();
    assert_eq!(list["items"][0], one, "the same in a list");
}

async fn search_walks_on_as_well(db: TestDatabase) {
    let app = TestApp::with_samples(db).await;
    let (mut seen, mut cursor) = (Vec::new(), String::new());
    let total = loop {
        let page: search::Response = serde_json::from_value(
            app.get(&format!("{}?q=de&limit=3&cursor={cursor}", search::PATH)).await.json(),
        )
        .unwrap();
        seen.extend(page.items);
        match page.next {
            Some(next) => cursor = next,
            None => break page.total,
        }
    };
    assert_eq!(seen.len() as u64, total);
    assert_eq!(slugs(seen.iter().map(|hit| &hit.slug)).len(), seen.len(), "each once");
}

async fn refusals_are_problems(db: TestDatabase) {
    let app = TestApp::new(db).await;
    app.store(&one_of_each_status()).await;
    let long = format!("/api/v1/search?q={}", "a".repeat(201));
    for (url, status, code, names) in [
        ("/api/v1/columns/een-draft", 404, "not-found", ""),
        ("/api/v1/columns/een-scheduled", 404, "not-found", ""),
        ("/api/v1/columns/een-withdrawn", 410, "withdrawn", ""),
        ("/api/v1/columns/niemand", 404, "not-found", ""),
        ("/api/v1/columns/..%2f..%2fetc", 404, "not-found", ""),
        ("/api/v1/columns/%ff", 404, "not-found", ""),
        ("/api/v1/columns/een/twee", 404, "not-found", ""),
        ("/api/v1/onbekend", 404, "not-found", ""),
        ("/api/v1/", 404, "not-found", ""),
        ("/api/v1", 404, "not-found", ""),
        ("/api/v2/columns", 404, "not-found", ""),
        ("/api/v1/columns?sentiment=angry", 400, "invalid-parameter", "`sentiment`"),
        ("/api/v1/columns?limit=0", 400, "invalid-parameter", "`limit`"),
        ("/api/v1/columns?limit=101", 400, "invalid-parameter", "`limit`"),
        ("/api/v1/columns?limit=veel", 400, "invalid-parameter", "`limit`"),
        ("/api/v1/columns?cursor=..", 400, "invalid-parameter", "`cursor`"),
        ("/api/v1/search", 400, "invalid-parameter", "`q`"),
        ("/api/v1/search?q=a&cursor=10001", 400, "invalid-parameter", "`cursor`"),
        (&long, 400, "invalid-parameter", "`q`"),
    ] {
        let answer = app.get(url).await;
        assert_eq!(answer.status, status, "{url}");
        assert_eq!(answer.header("content-type"), "application/problem+json", "{url}");
        assert_eq!(answer.header("cache-control"), "no-store");
        // A script on another page can tell what was wrong.
        assert_eq!(answer.header("access-control-allow-origin"), "*", "{url}");
        assert!(answer.header("access-control-expose-headers").contains("X-Request-Id"), "{url}");
        let problem = answer.json();
        assert_eq!(
            (&problem["code"], &problem["status"]),
            (&Value::from(code), &Value::from(status)),
            "{url}"
        );
        assert_eq!(problem["type"], format!("tag:weerklank,2026:{code}"));
        assert_eq!(problem["request_id"], answer.header("x-request-id"), "{url}");
        assert!(problem["detail"].as_str().unwrap_or_default().contains(names), "{url}: {problem}");
    }
    let posted = app.send("POST", "/api/v1/onbekend", &[]).await;
    assert_eq!((posted.status.as_u16(), &posted.json()["code"]), (404, &Value::from("not-found")));
    let asked = [("origin", "https://shop.example"), ("access-control-request-method", "GET")];
    let asked = app.send("OPTIONS", "/api/v1/onbekend", &asked).await;
    assert_eq!((asked.status.as_u16(), asked.header("access-control-allow-origin")), (204, "*"));
    assert_eq!(app.get("/api/v1/columns?limit=&sentiment=&cursor=").await.status, 200, "empty is absent");
}

/// `UPDATE_SNAPSHOTS=1 cargo test …` writes the file anew; what changed is then read in review.
#[tokio::test]
async fn the_api_is_as_it_was_described() {
    let printed = Desk::new().run(&["openapi"]).done();
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/border/openapi.json");
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        std::fs::write(file, &printed).unwrap();
    }
    assert_eq!(printed, std::fs::read_to_string(file).unwrap(), "what programs rely on has changed");
    let app = TestApp::new(TestDatabase::sqlite().await).await;
    let printed: Value = serde_json::from_str(&printed).unwrap();
    assert_eq!(app.get("/api/openapi.json").await.json(), printed);
    let paths = printed["paths"].as_object().unwrap();
    for (path, item) in paths.iter().filter(|(_, item)| item["get"].is_object()) {
        let status = app.get(&path.replace("{slug}", "niemand")).await.status;
        let needs_key = item["get"]["security"].is_array();
        assert_eq!(status == 401, needs_key, "{path}: {status}");
        assert!(status == 200 || status == 400 || needs_key || path.contains('{'), "{path}: {status}");
    }
}

/// Filters, words and limits of the OpenAPI document are those of the answers.
#[tokio::test]
async fn what_is_described_is_what_is_taken() {
    let app = TestApp::new(TestDatabase::sqlite().await).await;
    let document = app.get("/api/openapi.json").await.json();
    let mut tried = 0;
    // What belongs to one person, or to one shop, is tried in `sharing`, `guarding`, `voice`, `feedback` and `scores`.
    let own = ["/experiences", "/challenge", "/comments", "/reactions", "/reports", "/feedback", "/scores"];
    let is_public = |path: &str| !own.iter().any(|own| path.contains(own));
    let public = document["paths"].as_object().unwrap().iter().filter(|(path, _)| is_public(path));
    for (path, item) in public {
        let operation = &item["get"];
        let base = if path.ends_with("/search") { format!("{path}?q=a") } else { format!("{path}?") };
        for parameter in operation["parameters"].as_array().unwrap() {
            let (name, schema) = (parameter["name"].as_str().unwrap(), &parameter["schema"]);
            let in_path = path.contains(&format!("{{{name}}}"));
            assert_eq!(parameter["in"], if in_path { "path" } else { "query" }, "{path} {name}");
            assert!(!parameter["description"].as_str().unwrap_or_default().is_empty(), "{path} {name}");
            assert_eq!(parameter["required"] == true, in_path || name == "q", "{path} {name}");
            let words = schema["enum"].as_array().map(Vec::as_slice).unwrap_or_default();
            let mut taken: Vec<_> = words.iter().map(|word| word.as_str().unwrap().to_owned()).collect();
            let mut refused = if words.is_empty() { Vec::new() } else { vec!["zzz".to_owned()] };
            if let (Some(least), Some(most)) = (schema["minimum"].as_u64(), schema["maximum"].as_u64()) {
                taken.extend([least.to_string(), most.to_string()]);
                refused.extend([(least - 1).to_string(), (most + 1).to_string()]);
            }
            if let Some(most) = schema["maxLength"].as_u64() {
                taken.push("a".repeat(usize::try_from(most).unwrap()));
                refused.push("a".repeat(usize::try_from(most + 1).unwrap()));
            }
            for (values, status) in [(taken, 200), (refused, 400)] {
                for value in values {
                    tried += 1;
                    let url = format!("{base}&{name}={value}");
                    assert_eq!(app.get(&url).await.status, status, "{url}");
                }
            }
        }
        let answers = operation["responses"].as_object().unwrap();
        for (status, answer) in answers {
            let is_problem = answer["content"]["application/problem+json"].is_object();
            assert_eq!(is_problem, status.as_str() >= "400", "{path} {status}");
        }
        assert!(["200", "304", "500", "503"].iter().all(|status| answers.contains_key(*status)), "{path}");
    }
    assert!(tried > 40, "{tried} values were described");
}
