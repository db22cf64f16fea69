use crate::process::{Desk, files};

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
fn a_corrected_name_is_a_change_everywhere() {
    let desk = Desk::new();
    let column = |name: &str, author: &str| {
        let head = "title: Een titel\ndate: 2026-05-01\nlang: nl\nsentiment: mixed";
        desk.write(name, format!("---\n{head}\nauthors: [{author}]\n---\nTekst.\n"));
    };
    column("een.md", "jan jansen");
    column("twee.md", "jan jansen");
    desk.run(&["import", "een.md", "twee.md"]).done();
    column("een.md", "Jan Jansen");
    for words in [&["import", "--dry-run", "een.md", "twee.md"][..], &["import", "een.md", "twee.md"]] {
        let said = desk.run(words).done();
        assert!(said.contains("0 made, 1 changed, 1 unchanged"), "{said}");
    }
    assert!(desk.run(&["import", "een.md", "twee.md"]).done().contains("0 changed, 2 unchanged"));
    desk.run(&["export", "mirror"]).done();
    for name in ["een", "twee"] {
        let exported = std::fs::read_to_string(desk.path(&format!("mirror/columns/{name}.md"))).unwrap();
        assert!(exported.contains("authors: [Jan Jansen]"), "{exported}");
    }
}

#[test]
fn a_name_that_looks_like_one_of_the_board_is_noted() {
    let desk = Desk::new();
    let column = |name: &str, shop: &str| {
        let head = "title: Een titel\ndate: 2026-05-01\nlang: nl\nsentiment: mixed";
        desk.write(name, format!("---\n{head}\nshops: [\"{shop}\"]\n---\nTekst.\n"));
    };
    column("een.md", "Winkel");
    assert!(!desk.run(&["import", "een.md"]).done().contains("note"));
    // Full-width letters are the same shop; a Cyrillic one makes another.
    column("twee.md", "Ｗinkel");
    assert!(!desk.run(&["import", "--dry-run", "twee.md"]).done().contains("note"));
    column("twee.md", "W\u{456}nkel");
    for words in [&["import", "--dry-run", "twee.md"][..], &["import", "twee.md"]] {
        let said = desk.run(words).done();
        assert!(
            said.contains("note       line 6: shops: “Wіnkel” mixes scripts in a word: is “і” (U+0456)"),
            "{said}"
        );
        assert!(said.contains("line 6: shops: “Wіnkel” (`w-nkel`) looks like “Winkel” (`winkel`)"), "{said}");
    }
    column("drie.md", "Wi\u{200b}nkel");
    let ended = desk.run(&["import", "drie.md"]);
    assert!(ended.out.contains("drie.md:6: shops: holds the invisible character U+200B"), "{ended:?}");
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
fn a_picture_that_is_not_there_is_said_with_its_line() {
    let desk = Desk::new();
    let front =
        "title: Titel\ndate: 2026-05-01\nlang: nl\nsentiment: mixed\nimage:\n  alt: Een doos\n  src: ";
    let text = "Een regel.\n\n![Er](/images/er.svg)\n![Weg](/images/weg.png)\n";
    desk.write("een.md", format!("---\n{front}/images/weg.jpg\n---\n{text}"));
    for place in ["dist", "other"] {
        desk.write(&format!("{place}/index.html"), "<html><head></head></html>");
    }
    desk.write("dist/images/er.svg", "<svg/>");
    desk.write("other/images/weg.jpg", "");
    let notes = |words: &[&str]| {
        let said = desk.run(&[&["import", "een.md"], words].concat()).done();
        let notes = said.lines().filter_map(|line| line.trim_start().strip_prefix("note "));
        let places = notes.map(|note| {
            let (place, _) = note.trim().split_once(" is not among the board's own files").unwrap();
            place.to_owned()
        });
        places.collect::<Vec<_>>()
    };
    let above = "line 8: the picture `/images/weg.jpg` above the text";
    let within = "line 13: the picture `/images/weg.png`";
    assert_eq!(notes(&["--dry-run"]), [above, within]);
    assert_eq!(notes(&[]), [above, within], "and it is imported all the same");
    assert_eq!(notes(&["--assets", "other"]), ["line 12: the picture `/images/er.svg`", within]);
    assert!(desk.run(&["import", "een.md", "--assets", "nowhere"]).failed().contains("nowhere"));
    // A program that stands nowhere near a board does not know.
    std::fs::remove_file(desk.path("dist/index.html")).unwrap();
    assert_eq!(notes(&[]), [""; 0]);
}

#[test]
fn updates_that_are_out_of_order_are_said_with_their_line() {
    let desk = Desk::new();
    let updates = |days: [&str; 2]| days.map(|day| format!("> [!UPDATE] {day}\n> Een regel.\n\n")).concat();
    desk.column("goed.md", &updates(["2018-02-01", "2021-09-13"]));
    desk.column("om.md", &updates(["2021-09-13", "2018-02-01"]));
    let said = desk.run(&["import", "goed.md", "om.md"]).done();
    let notes: Vec<_> = said.lines().filter(|line| line.contains("  note  ")).collect();
    assert_eq!(notes.len(), 1, "{said}");
    let place = "note       line 10: the update of 2018-02-01 stands below the one of 2021-09-13: ";
    assert!(notes[0].contains(place), "{said}");
    desk.run(&["export", "out"]).done();
    let kept = std::fs::read_to_string(desk.path("out/columns/om.md")).unwrap();
    assert!(kept.find("2021-09-13") < kept.find("2018-02-01"), "no word is moved: {kept}");
}

#[test]
fn comments_come_from_disqus_with_or_after_their_columns() {
    let desk = Desk::new();
    desk.column("een-bank.md", "Een regel.");
    let fixture = concat!(env!("CARGO_MANIFEST_DIR"), "/../import/tests/fixtures/disqus.xml");
    std::fs::copy(fixture, desk.path("a-oud.xml")).unwrap();

    // The columns that come with it count, wherever they stand.
    let dry = desk.run(&["import", "--dry-run", "a-oud.xml", "een-bank.md"]);
    assert!(dry.out.contains("comments   een-bank: 7 made (2 of them for the review queue)"), "{}", dry.out);
    assert!(!desk.path("weerklank.db").exists());
    let ended = desk.run(&["import", "a-oud.xml", "een-bank.md"]);
    assert_eq!(ended.code, Some(1), "a discussion without a column is a failure: {ended:?}");
    assert!(
        ended.out.contains("comments   een-bank: 7 made (2 of them for the review queue)"),
        "{}",
        ended.out
    );
    assert!(
        ended.out.contains("refused    1 comment on https://kastenpraat.example/?p=12:"),
        "{}",
        ended.out
    );
    assert!(ended.out.contains("--disqus-map"), "{}", ended.out);

    desk.write("map.txt", "https://kastenpraat.example/?p=12 een-bank\n");
    let mapped = desk.run(&["import", "--disqus-map", "map.txt", "a-oud.xml"]);
    assert!(mapped.out.contains("een-bank: 0 made, 7 unchanged"), "{}", mapped.out);
    assert!(mapped.out.contains("een-bank: 1 made, 0 unchanged"), "{}", mapped.out);
    let again = desk.run(&["import", "--disqus-map", "map.txt", "a-oud.xml"]);
    assert!(again.out.contains("8 comments: 0 made"), "{}", again.out);

    desk.write("map.txt", "https://kastenpraat.example/?p=12\n");
    let wrong = desk.run(&["import", "--disqus-map", "map.txt", "a-oud.xml"]).failed();
    assert!(wrong.contains("map.txt: line 1: "), "{wrong}");

    desk.run(&["export", "mirror"]).done();
    let mirror = files(&desk.path("mirror"));
    let page = mirror.iter().find(|(name, _)| name.ends_with("columns/een-bank/index.html")).unwrap().1;
    let page = String::from_utf8_lossy(page);
    assert!(page.contains("Dieper geantwoord.") && page.contains("Bank vol boeken"), "{page}");
    assert!(!page.contains("06-12345678") && !page.contains("lezers.example"), "it waits for an editor");
    assert!(!page.contains("disq.us") && page.contains("overgenomen van een eerdere site"));
}
