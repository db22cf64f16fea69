use weerklank_test_support::database::TestDatabase;

use crate::{
    process::{Desk, files},
    wire,
};

#[tokio::test]
async fn a_backup_taken_while_serving_restores() {
    let desk = Desk::new();
    desk.run(&["demo"]).done();
    let serving = desk.serve(&[]);
    desk.column("een.md", "Een zeppelin.");
    desk.run(&["import", "een.md"]).done();
    assert!(desk.run(&["backup", "copy.db"]).done().contains("wrote copy.db (23 columns, "));
    // The running server sees what another process stored.
    let began = tokio::time::Instant::now();
    while wire::get(serving.address, b"/columns/een").await.status != 200 {
        assert!(began.elapsed() < wire::PATIENCE, "the import is never seen");
        tokio::task::yield_now().await;
    }
    assert_eq!(serving.terminate(), Some(0));

    desk.run(&["restore", "copy.db", "--database", "sqlite://new.db"]).done();
    desk.run(&["export", "old"]).done();
    desk.run(&["export", "new", "--database", "sqlite://new.db"]).done();
    assert_eq!(files(&desk.path("old")), files(&desk.path("new")));

    let said = desk.run(&["restore", "copy.db", "--database", "sqlite://new.db"]).failed();
    assert!(said.contains("holds columns already") && said.contains("--replace"), "{said}");
    desk.run(&["restore", "copy.db", "--replace", "--database", "sqlite://new.db"]).done();
    let said = desk.run(&["restore", "een.md", "--database", "sqlite://third.db"]).failed();
    assert!(said.contains("een.md is no SQLite file; name a file that `weerklank backup` wrote"), "{said}");
    let said = desk.run(&["backup", "nowhere/copy.db"]).failed();
    assert!(said.contains("nowhere"), "{said}");
}

#[test]
fn what_only_reads_makes_no_database() {
    let desk = Desk::new();
    desk.column("een.md", "Een regel.");
    desk.run(&["import", "een.md", "--database", "sqlite://there.db"]).done();
    assert!(
        desk.run(&["backup", "copy.db", "--database", "sqlite://there.db"]).done().contains("(1 column, ")
    );
    desk.run(&["export", "mirror", "--database", "sqlite://there.db"]).done();
    desk.write("letter.db", "brief ".repeat(500));
    let before = files(&desk.path("."));
    for words in [
        &["backup", "copy.db"][..],
        &["export", "mirror"],
        &["export", "mirror", "--allow-empty"],
        &["transfer", "--to", "sqlite://target.db"],
    ] {
        let said = desk.run(words).failed();
        assert!(
            said.contains("there is no database at weerklank.db; name it with --database"),
            "{words:?}: {said}"
        );
    }
    for (file, why) in [("absent.db", "see that the path is right"), ("letter.db", "is no SQLite file")] {
        let said = desk.run(&["restore", file, "--database", "sqlite://target.db"]).failed();
        assert!(said.contains(why), "{file}: {said}");
    }
    assert_eq!(files(&desk.path(".")), before, "nothing was made and nothing replaced");
}

#[tokio::test]
async fn search_forgets_what_a_restore_replaced() {
    let desk = Desk::new();
    desk.column("een.md", "Een zeppelin.");
    desk.run(&["import", "een.md"]).done();
    desk.run(&["backup", "copy.db"]).done();
    desk.column("twee.md", "Een luchtballon.");
    desk.run(&["import", "twee.md"]).done();
    let finds = async |address| {
        let mut totals = Vec::new();
        for word in ["zeppelin", "luchtballon"] {
            let found = wire::get(address, format!("/api/v1/search?q={word}").as_bytes()).await.body;
            let found: serde_json::Value = serde_json::from_slice(&found).unwrap();
            totals.push(found["total"].as_u64().unwrap());
        }
        totals
    };
    let serving = desk.serve(&[]);
    assert_eq!(finds(serving.address).await, [1, 1]);
    // While it serves.
    desk.run(&["restore", "copy.db", "--replace"]).done();
    let began = tokio::time::Instant::now();
    while finds(serving.address).await != [1, 0] {
        assert!(began.elapsed() < wire::PATIENCE, "what was replaced is found for ever");
        tokio::task::yield_now().await;
    }
    assert_eq!(serving.terminate(), Some(0));

    // While it does not: the folder of the index outlives the database.
    desk.run(&["import", "twee.md"]).done();
    assert_eq!(desk.serve(&[]).terminate(), Some(0));
    for file in ["weerklank.db", "weerklank.db-wal", "weerklank.db-shm"] {
        let _gone = std::fs::remove_file(desk.path(file));
    }
    desk.run(&["restore", "copy.db"]).done();
    let serving = desk.serve(&[]);
    assert_eq!(finds(serving.address).await, [1, 0]);
}

#[tokio::test]
async fn everything_moves_between_databases_and_back() {
    let desk = Desk::new();
    let postgres = TestDatabase::postgres().await;
    desk.run(&["demo"]).done();
    desk.run(&["transfer", "--to", postgres.address()]).done();
    desk.run(&["transfer", "--database", postgres.address(), "--to", "sqlite://back.db"]).done();
    for (dir, database) in
        [("a", "sqlite://weerklank.db"), ("b", postgres.address()), ("c", "sqlite://back.db")]
    {
        desk.run(&["export", dir, "--database", database]).done();
    }
    let first = files(&desk.path("a"));
    assert!(first == files(&desk.path("b")) && first == files(&desk.path("c")), "the same board");
    let said = desk.run(&["transfer", "--to", postgres.address()]).failed();
    assert!(said.contains("holds columns already") && said.contains("with --to"), "{said}");
    let said = desk.run(&["transfer", "--to", "nonsense"]).failed();
    assert!(said.contains("--to"), "{said}");
}

#[test]
fn a_mirror_is_emptied_only_when_told_so() {
    let desk = Desk::new();
    desk.column("een.md", "Een regel.");
    desk.run(&["import", "een.md"]).done();
    desk.run(&["export", "mirror"]).done();
    // A database that is there and holds nothing.
    assert_eq!(desk.serve(&["--database", "sqlite://empty.db"]).terminate(), Some(0));
    let before = files(&desk.path("mirror"));
    let empty = ["export", "mirror", "--database", "sqlite://empty.db"];
    let said = desk.run(&empty).failed();
    assert!(said.contains("holds no columns") && said.contains("--allow-empty"), "{said}");
    assert_eq!(files(&desk.path("mirror")), before);
    desk.run(&[&empty[..], &["--allow-empty"]].concat()).done();
    assert!(!desk.path("mirror/columns").exists());
    desk.run(&empty).done();
}
