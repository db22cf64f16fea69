use std::time::Duration;

use crate::{process::Desk, wire};

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
    // Behind a proxy that nobody named, all senders would count as one.
    let open = [&["doctor"], &settings[..]].concat();
    let alone = desk.run(&open).done();
    assert!(alone.contains("note senders: 60 an hour") && alone.contains("--proxy-header"), "{alone}");
    let known = [&open[..], &["--proxy-header", "X-Forwarded-For", "--refuse-after", "0"]].concat();
    let known = desk.run(&known).done();
    assert!(
        known.contains("ok   senders: any number an hour") && known.contains("x-forwarded-for"),
        "{known}"
    );
    desk.write("letter.db", "brief ".repeat(500));
    let ill = desk.run(&["doctor", "--database", "sqlite://letter.db", "--assets", "nergens"]);
    assert_eq!(ill.code, Some(1));
    assert!(ill.out.contains("BAD  database: ") && ill.out.contains("BAD  built files: "), "{}", ill.out);
    assert!(!desk.run(&["doctor", "--database", "postgres://u:geheim@localhost:1/x"]).out.contains("geheim"));
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
