//! What is made once per change, and how much of it is kept.

use weerklank_test_support::{app::TestApp, build::column, database::TestDatabase};

const ANSWERS: [(&str, &str); 6] = [
    ("/api/v1/columns?lang=nl&limit=3", "/api/v1/columns?utm=1&limit=03&sentiment=&lang=nl"),
    ("/api/v1/columns/retour-in-elf-stappen", "/api/v1/columns/retour-in-elf%2Dstappen?utm=1"),
    ("/api/v1/search?q=lamp&lang=nl", "/api/v1/search?lang=nl&cursor=0&q=+lamp+&limit=20"),
    ("/feed.atom?moment=return&lang=nl", "/feed.atom?lang=nl&utm=1&moment=return"),
    ("/feed.json", "/feed.json?utm=1&lang="),
    ("/sitemap.xml", "/sitemap.xml?utm=1"),
];

#[tokio::test]
async fn an_answer_is_made_once_per_change() {
    let db = TestDatabase::sqlite().await;
    let store = db.store.clone();
    let app = TestApp::with_samples(db).await;
    let mut before = Vec::new();
    for (url, _) in ANSWERS {
        before.push(app.get(url).await);
    }
    let weight = app.app.cache.weight();
    for ((url, alike), answer) in ANSWERS.iter().zip(&before) {
        assert_eq!(answer.status, 200, "{url}");
        assert_eq!(app.get(alike).await.body, answer.body, "{alike} asks for the same");
    }
    assert_eq!(app.app.cache.weight(), weight, "nothing was made anew");

    app.store(&[column("nieuw")]).await;
    assert!(app.get("/sitemap.xml").await.text().contains("/columns/nieuw"));
    assert!(app.get("/feed.json").await.text().contains("/columns/nieuw"));
    assert!(app.get("/api/v1/columns").await.text().contains("/columns/nieuw"));

    // What is kept needs no database.
    store.close().await.unwrap();
    for url in ["/sitemap.xml", "/feed.json", "/api/v1/columns"] {
        assert_eq!(app.get(url).await.status, 200, "{url}");
    }
    assert_eq!(app.get("/api/v1/columns?limit=1").await.status, 503);
}

#[tokio::test]
async fn hostile_queries_fill_no_memory() {
    // What `TestApp` gives its cache.
    const ROOM: u64 = 8 << 20;
    let app = TestApp::with_samples(TestDatabase::sqlite().await).await;
    let mut asked = 0;
    for limit in 1..100 {
        asked += app.get(&format!("/api/v1/columns?limit={limit}")).await.body.len() as u64;
        if asked > ROOM * 5 / 4 {
            break;
        }
    }
    assert!(asked > ROOM, "more than there is room for: {asked}");
    assert!(app.app.cache.weight() <= ROOM, "{}", app.app.cache.weight());
    assert!(app.app.cache.weight() > ROOM / 4, "much of it is kept all the same");
}
