use std::time::Duration;

use weerklank_test_support::{app::TestApp, database::TestDatabase};

use crate::{
    process::{Desk, files},
    wire,
};

#[test]
fn words_that_are_off_end_with_two() {
    let desk = Desk::new();
    for words in [
        &[][..],
        &["serv"],
        &["import"],
        &["serve", "--nonsense"],
        &["serve", "--cache-mb", "0"],
        &["transfer"],
    ] {
        let ended = desk.run(words);
        assert_eq!(ended.code, Some(2), "{words:?}: {ended:?}");
        assert!(
            ended.err.contains("Usage") || ended.err.contains("try '--help'"),
            "{words:?}: {}",
            ended.err
        );
    }
    assert!(desk.run(&["--version"]).done().starts_with("weerklank "));
    let help = desk.run(&["help"]).done();
    for command in ["serve", "demo", "import", "export", "backup", "restore", "transfer", "openapi", "doctor"]
    {
        assert!(help.contains(&format!("\n  {command} ")), "{help}");
    }
}

#[test]
fn one_bad_file_stops_none_of_the_others() {
    let desk = Desk::new();
    desk.column("texts/goed.md", "Een regel.");
    desk.column("texts/map/ook-goed.md", "Een regel.");
    desk.write(
        "texts/fout.md",
        "---\ntitle: Fout\ndate: 2026-05-01\nlang: nl\nsentiment: boos\n---\nTekst.\n",
    );
    let ended = desk.run(&["import", "texts"]);
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert!(ended.out.contains("texts/fout.md:5: sentiment: "), "{}", ended.out);
    assert!(
        ended.out.contains("2 columns: 2 made, 0 changed, 0 unchanged; 0 skipped, 1 refused"),
        "{}",
        ended.out
    );

    std::fs::remove_file(desk.path("texts/fout.md")).unwrap();
    let again = desk.run(&["import", "texts"]).done();
    assert!(again.contains("0 made, 0 changed, 2 unchanged"), "{again}");
    desk.column("texts/goed.md", "Een andere regel.");
    let changed = desk.run(&["import", "texts"]).done();
    assert!(changed.contains("0 made, 1 changed, 1 unchanged"), "{changed}");
}

#[test]
fn what_was_named_and_gave_nothing_is_a_failure() {
    let desk = Desk::new();
    desk.column("texts/een.md", "Een regel.");
    desk.write("texts/foto.jpg", "foto");
    desk.write("texts/kaal.json", "{}");
    desk.write("photos/foto.jpg", "foto");
    std::fs::create_dir(desk.path("empty")).unwrap();
    for (words, useless) in [
        (&["empty"][..], "empty"),
        (&["photos"], "photos"),
        (&["texts/kaal.json"], "texts/kaal.json"),
        (&["--dry-run", "texts", "empty", "photos"], "empty, photos"),
    ] {
        let said = desk.run(&[&["import"], words].concat()).failed();
        assert!(said.contains(&format!("no column came from {useless};")), "{words:?}: {said}");
    }
    // In a folder that was named, such files are passed over; a file named twice is read once.
    for words in [&["texts"][..], &["texts/een.md", "./texts/een.md", "texts"]] {
        let said = desk.run(&[&["import"], words].concat()).done();
        assert!(said.contains("skipped"), "{said}");
    }
}

#[test]
fn a_dry_run_makes_nothing() {
    let desk = Desk::new();
    desk.column("een.md", "Een\u{a0}regel.");
    let before = files(&desk.path("."));
    let dry = desk.run(&["import", "--dry-run", "een.md"]).done();
    assert!(dry.contains("Nothing was written") && dry.contains("1 made") && dry.contains("U+00A0"), "{dry}");
    assert_eq!(files(&desk.path(".")), before, "no database either");

    desk.run(&["import", "een.md"]).done();
    desk.column("een.md", "Een andere regel.");
    let dry = desk.run(&["import", "--dry-run", "een.md"]).done();
    assert!(dry.contains("1 changed"), "{dry}");
    assert!(desk.run(&["import", "een.md"]).done().contains("1 changed"), "it was not stored before");
}

#[test]
fn cleaning_is_said_and_can_be_refused() {
    let desk = Desk::new();
    desk.column("een.md", "Een\u{a0}regel.");
    let cleaned = desk.run(&["import", "een.md"]).done();
    assert!(cleaned.contains("cleaned    line 7: ") && cleaned.contains("1 place cleaned"), "{cleaned}");
    let kept = desk.run(&["import", "--as-is", "een.md"]).done();
    assert!(kept.contains("1 changed") && kept.contains("0 places cleaned"), "{kept}");
    desk.run(&["export", "out"]).done();
    let file = std::fs::read_to_string(desk.path("out/columns/een.md")).unwrap();
    assert!(file.ends_with("Een\u{a0}regel.\n"), "{file}");
}

#[test]
fn ten_megabytes_give_one_clear_message() {
    let desk = Desk::new();
    desk.column("groot.md", &"woord ".repeat(1_700_000));
    desk.write("leeg.md", "");
    desk.write("bytes.md", [0xff, 0xfe, 0x00]);
    for (file, said) in [
        ("groot.md", "1.0 MB"),
        ("leeg.md", "front matter"),
        ("bytes.md", "UTF-8"),
        ("nergens.md", "nergens.md"),
    ] {
        let ended = desk.run(&["import", file]);
        let lines = ended.out.lines().filter(|line| line.contains("refused    ")).count();
        assert_eq!(
            (ended.code, lines),
            (Some(1), 1),
            "{file}: {}",
            ended.out.get(..2000).unwrap_or(&ended.out)
        );
        assert!(ended.out.contains(said), "{file}: {}", ended.out);
        assert!(ended.out.len() < 2_000 && ended.err.is_empty(), "{file}");
    }
}

#[test]
fn the_samples_fill_only_what_is_empty() {
    let desk = Desk::new();
    let filled = desk.run(&["demo"]).done();
    assert!(filled.contains("22 sample columns"), "{filled}");
    let said = desk.run(&["demo"]).failed();
    assert!(said.contains("not empty") && said.contains("--database"), "{said}");
    assert!(desk.run(&["demo", "--if-empty"]).done().contains("left as it is"));
}

#[test]
fn a_database_that_nobody_uses_is_one_file() {
    let desk = Desk::new();
    desk.column("een.md", "Een zeppelin.");
    let is_one_file = |name: &str| {
        let beside = ["-wal", "-shm"].map(|ending| desk.path(&format!("{name}{ending}")).exists());
        assert_eq!((desk.path(name).exists(), beside), (true, [false, false]), "{name}");
    };
    desk.run(&["import", "een.md"]).done();
    is_one_file("weerklank.db");
    std::fs::write(desk.path("stuk.md"), "---\n").unwrap();
    assert_eq!(desk.run(&["import", "stuk.md"]).code, Some(1));
    is_one_file("weerklank.db");
    desk.run(&["demo"]).failed();
    is_one_file("weerklank.db");
    desk.run(&["import", "een.md", "--dry-run"]).done();
    desk.run(&["doctor"]);
    desk.run(&["export", "out"]).done();
    is_one_file("weerklank.db");
    desk.run(&["backup", "copy.db"]).done();
    is_one_file("copy.db");
    desk.run(&["restore", "copy.db", "--database", "sqlite://new.db"]).done();
    is_one_file("new.db");
    desk.run(&["transfer", "--to", "sqlite://other.db"]).done();
    is_one_file("other.db");
    is_one_file("weerklank.db");
}

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
fn the_doctor_says_what_is_wrong() {
    let desk = Desk::new();
    let new = desk.run(&["doctor"]).done();
    assert!(new.contains("note database: ") && new.contains("note public address: "), "{new}");
    desk.run(&["demo"]).done();
    assert!(new.contains("note contact: ") && new.contains("--contact"), "{new}");
    let settings = ["--public-url", "https://board.example", "--contact", "redactie@board.example"];
    let well = desk.run(&[&["doctor"], &settings[..]].concat()).done();
    assert!(well.contains("ok   contact: redactie@board.example"), "{well}");
    assert!(well.contains("ok   public address: https://board.example"), "{well}");
    assert!(well.contains("ok   database: ") && well.contains("ok   clock: "), "{well}");
    desk.write("letter.db", "brief ".repeat(500));
    let ill = desk.run(&["doctor", "--database", "sqlite://letter.db", "--assets", "nergens"]);
    assert_eq!(ill.code, Some(1));
    assert!(ill.out.contains("BAD  database: ") && ill.out.contains("BAD  built files: "), "{}", ill.out);
    assert!(!desk.run(&["doctor", "--database", "postgres://u:geheim@localhost:1/x"]).out.contains("geheim"));
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
    let printed: serde_json::Value = serde_json::from_str(&printed).unwrap();
    assert_eq!(app.get("/api/openapi.json").await.json(), printed);
    for path in printed["paths"].as_object().unwrap().keys() {
        let status = app.get(&path.replace("{slug}", "niemand")).await.status;
        assert!(status == 200 || status == 400 || path.contains('{'), "{path}: {status}");
    }
}

/// Filters, words and limits of the OpenAPI document are those of the answers.
#[tokio::test]
async fn what_is_described_is_what_is_taken() {
    let app = TestApp::new(TestDatabase::sqlite().await).await;
    let document = app.get("/api/openapi.json").await.json();
    let mut tried = 0;
    for (path, item) in document["paths"].as_object().unwrap() {
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

#[tokio::test]
async fn told_to_stop_it_stops() {
    let desk = Desk::new();
    let serving = desk.serve(&[]);
    assert_eq!(wire::get(serving.address, b"/healthz").await.status, 200);
    // Someone who holds the door does not hold up the end.
    let _silent = tokio::net::TcpStream::connect(serving.address).await.unwrap();
    let began = tokio::time::Instant::now();
    assert_eq!(serving.terminate(), Some(0));
    assert!(began.elapsed() < Duration::from_secs(12));
    assert!(!desk.path("weerklank.db-wal").exists(), "the database was closed");
}
