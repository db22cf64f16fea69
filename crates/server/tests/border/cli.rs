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
    for command in [
        "serve", "demo", "import", "export", "backup", "restore", "transfer", "shop", "site", "invite",
        "openapi", "doctor",
    ] {
        assert!(help.contains(&format!("\n  {command} ")), "{help}");
    }
}

#[test]
fn the_samples_fill_only_what_is_empty() {
    let desk = Desk::new();
    let filled = desk.run(&["demo"]).done();
    assert!(filled.contains("22 sample columns") && filled.contains("72 sample answers"), "{filled}");
    let said = desk.run(&["demo"]).failed();
    assert!(said.contains("not empty") && said.contains("--database"), "{said}");
    assert!(desk.run(&["demo", "--if-empty"]).done().contains("left as it is"));
}

/// What stands on a line behind its name.
fn line<'a>(said: &'a str, name: &str) -> &'a str {
    said.lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
        .unwrap_or_else(|| panic!("{name}: {said}"))
}

#[test]
fn a_shop_gets_its_keys_its_tag_and_a_link() {
    let desk = Desk::new();
    let made = desk.run(&["shop", "add", "Lampen & Zo"]).done();
    assert_eq!(line(&made, "slug"), "lampen-zo");
    assert_eq!(line(&made, "API key").len(), 32);
    let again = desk.run(&["shop", "add", "lampen zo"]).done();
    assert!(again.contains("there already") && again.contains("--new-key"), "{again}");
    assert!(!again.contains(line(&made, "API key")), "{again}");
    let id = made.split("Its id is ").nth(1).unwrap().trim_end().lines().next().unwrap();
    let revoke = ["shop", "add", "Lampen & Zo", "--revoke-key", id];
    assert!(desk.run(&revoke).done().contains("revoked"));
    assert!(desk.run(&revoke).failed().contains("no key"));

    let address = ["--public-url", "https://board.example"];
    let add =
        ["site", "add", "--shop", "lampen-zo", "--origin", "https://lampen.example", "--question", "nps"];
    let site = desk.run(&[&add[..], &address].concat()).done();
    let key = line(&site, "site key");
    let tag = format!(r#"<script async src="https://board.example/w/v1.js" data-site="{key}"></script>"#);
    assert!(site.contains(&tag), "{site}");
    assert_eq!(
        (key.len(), line(&site, "signing key").len(), line(&site, "signing secret").len()),
        (16, 8, 32)
    );
    for (words, said) in [
        (["--shop", "nergens", "--origin", "https://a.example"], "shop add"),
        (["--shop", "lampen-zo", "--origin", "null"], "null"),
        (["--shop", "lampen-zo", "--origin", "http://lampen.example"], "https://"),
    ] {
        let failed = desk.run(&[&["site", "add"], &words[..]].concat()).failed();
        assert!(failed.contains(said), "{failed}");
    }

    let invite = ["invite", "--site", key, "--ticket", "T-1001", "--score", "9"];
    let link = desk.run(&[&invite[..], &address].concat()).done();
    let token = link.trim_end().strip_prefix("https://board.example/i/").unwrap();
    assert!(token.starts_with(&format!("1.{}.", line(&site, "signing key"))), "{token}");
    assert!(token.contains(".VC0xMDAx.1.nps9."), "{token}");
    assert!(
        desk.run(&["invite", "--site", key, "--ticket", "T", "--score", "11"]).failed().contains("0 to 10")
    );
    assert_eq!(desk.run(&["invite", "--site", key, "--ticket", " T"]).code, Some(2));
    let turned = desk.run(&["site", "key", "--site", key]).done();
    let link = desk.run(&[&invite[..], &address].concat()).done();
    assert!(link.contains(&format!("/i/1.{}.", line(&turned, "signing key"))), "the newest signs: {link}");
    for signing in [line(&turned, "signing key"), line(&site, "signing key")] {
        desk.run(&["site", "key", "--site", key, "--revoke", signing]).done();
    }
    assert!(desk.run(&invite).failed().contains("site key"));
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
