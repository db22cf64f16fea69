use super::*;

const HEAD: &str = "---\ntitle: Een titel\ndate: 2026-05-01\nlang: nl\nsentiment: mixed\n";

fn parse(more: &str) -> Result<Column, Vec<Problem>> {
    parse_file("map/Een bestand.md", &format!("{HEAD}{more}---\nTekst.\n"))
}

/// `line key message`, one problem a line.
fn problems(text: &str) -> Vec<String> {
    let told = |p: Problem| format!("{} {} {}", p.line, p.key.unwrap_or_default(), p.message);
    parse_file("a.md", text).unwrap_err().into_iter().map(told).collect()
}

fn problems_of(more: &str) -> Vec<String> {
    problems(&format!("{HEAD}{more}---\nTekst.\n"))
}

#[test]
fn the_shortest_column_has_defaults() {
    let column = parse("").unwrap();
    assert_eq!(column.slug.as_str(), "een-bestand");
    assert_eq!((column.title.as_str(), column.body.as_str()), ("Een titel", "Tekst.\n"));
    assert_eq!(column.source, weerklank_domain::Source::Own);
    assert_eq!(column.comments, weerklank_domain::Comments::Open);
    assert_eq!(column.status, weerklank_domain::Status::Published);
    assert!(!column.incomplete && column.authors.is_empty() && column.summary.is_none());
}

#[test]
fn what_editors_write_is_read_kindly() {
    let column = parse(
        "authors: Redactie\nmoments:\n  - delivery\n  - contact\nshops: [Vonk & Zoon, 'De “Hal”']\nseries: {name: Reeks, number: 3}\n\
         summary: >\n  Een lange\n  zin.\ntags: 2016\nincomplete: Yes\nupdated:\nguest: ~\n",
    )
    .unwrap();
    assert_eq!(column.authors, ["Redactie"]);
    assert_eq!(column.shops, ["Vonk & Zoon", "De “Hal”"]);
    assert_eq!(column.moments.len(), 2);
    assert_eq!(column.series.unwrap().number, 3);
    assert_eq!(column.summary.unwrap(), "Een lange zin.\n");
    assert_eq!(column.tags, ["2016"]);
    assert!(column.incomplete && column.updated.is_none() && column.guest.is_none());
}

#[test]
fn every_problem_of_a_file_is_told_with_its_line() {
    let text = "---\ntitle:\nslug: Niet Zo\ndate: 2026-02-30\nlang: fr\nmoments: [delivery, levering]\nkleur: rood\ndate: 2026-05-01\n\
                first_published:\n  in: Blad\n  url: ftp://a\n  jaar: 2015\nseries: Reeks\nimage: { src: images/a.svg }\n\
                incomplete: misschien\nauthors: [Пример, [a]]\n---\na\0b\n";
    assert_eq!(
        problems(text),
        [
            "1 sentiment is required",
            "2 title is required",
            "3 slug a slug has only a-z, 0-9 and single hyphens between them, not `Niet Zo`",
            "4 date `2026-02-30` is not a date such as 2026-05-01",
            "5 lang `fr` is not one of nl, en",
            "6 moments `levering` is not one of orientation, ordering, payment, delivery, assembly, contact, \
             return, refund, warranty, outage, billing, aftercare",
            &format!("7 kleur is not a key that is known here; known are {}", read::KEYS.join(", ")),
            "8 date stands here a second time; the first is on line 4",
            "11 first_published.url `ftp://a` is not an address that starts with https:// or http://",
            "12 first_published.jaar is not a key that is known here; known are in, issue, date, url",
            "13 series consists of name, number: `series: { name: … }`",
            "14 image.src `images/a.svg` is neither a path that starts with / nor an https:// address",
            "14 image.alt is required",
            "15 incomplete `misschien` is neither true nor false",
            "16 authors holds texts only; a text with `: ` goes between double quotes",
            "16 authors `Пример` makes no address: a slug needs at least one letter or digit",
            "18  this line holds a NUL character; remove it",
        ]
    );
}

#[test]
fn what_is_no_front_matter_is_one_problem() {
    assert_eq!(problems(""), ["1  a column starts with a line `---`, then its front matter"]);
    assert_eq!(problems("title: a\n"), ["1  a column starts with a line `---`, then its front matter"]);
    let open = "1  the front matter that opens here is not closed: a line `---` is missing";
    assert_eq!(problems("---\ntitle: a\n"), [open]);
    assert_eq!(problems_of("- a\n").len(), 1);
    let list = problems("---\n- a\n---\n");
    assert_eq!(list, ["2  front matter consists of lines `key: value`"]);
    let colon = problems_of("summary: Een: twee\n");
    assert!(
        colon[0].starts_with("6  this is not YAML (") && colon[0].ends_with("goes between double quotes"),
        "{colon:?}"
    );
}

#[test]
fn nothing_unfolds_or_nests_without_end() {
    for more in ["tags: &a [b]\n", "tags: *a\n", "tags: !!set [a]\n", "summary: &a b\nshops: *a\n"] {
        let told = problems_of(more);
        assert!(told.len() == 1 && told[0].starts_with("6  anchors"), "{told:?}");
    }
    assert_eq!(problems_of(&format!("tags: {}\n", "[".repeat(10_000))).len(), 1);
    assert_eq!(problems_of(&format!("tags: [{}]\n", "a, ".repeat(3_000))).len(), 1);
    assert_eq!(problems_of("guest: { name: { a: { b: { c: { d: e } } } } }\n").len(), 1);
    let big = format!("summary: {}\n", "a".repeat(MAX_FRONT_MATTER));
    assert!(problems_of(&big)[0].contains("at most 65536 are read"));
}

#[test]
fn sizes_are_bounded() {
    assert!(parse(&format!("summary: {}\n", "é".repeat(MAX_SUMMARY))).is_ok());
    let long = "é".repeat(MAX_SUMMARY + 1);
    assert_eq!(
        problems_of(&format!("summary: {long}\n")),
        ["6 summary is 2001 characters long, at most 2000 are kept"]
    );
    let many: Vec<String> = (0..=MAX_ENTRIES).map(|n| format!("a{n}")).collect();
    assert_eq!(
        problems_of(&format!("tags: [{}]\n", many.join(", "))),
        ["6 tags has 51 entries, at most 50 are kept"]
    );
    let text = format!("{HEAD}---\n{}", "a".repeat(MAX_BODY + 1));
    assert_eq!(problems(&text), ["7  the text is 1000001 bytes; a column has at most 1000000"]);
}

#[test]
fn names_that_could_deceive_are_refused() {
    let told = problems_of(
        "shops: [\"Vonk\\u202e\", Vonk & Zoon, \"Vonk - Zoon\"]\nauthors: [\"\"]\nguest: { name: \"a\\nb\" }\n",
    );
    assert_eq!(
        told,
        [
            "6 shops holds the invisible character U+202E; remove it",
            "6 shops `Vonk - Zoon` stands in the list under the same address `vonk-zoon` twice",
            "7 authors is empty",
            "8 guest.name is one line",
        ]
    );
}

#[test]
fn what_nobody_sees_is_in_no_name() {
    for c in [
        '\u{200b}',
        '\u{ad}',
        '\u{200d}',
        '\u{2060}',
        '\u{200f}',
        '\u{2066}',
        '\u{feff}',
        '\u{3164}',
        '\u{e0041}',
    ] {
        let told = problems_of(&format!(
            "shops: [\"Wi{c}nkel\"]\nauthors: [\"Wi{c}nkel\"]\nseries: {{ name: \"Wi{c}nkel\", number: 1 }}\n\
             guest: {{ name: \"Wi{c}nkel\", role: \"a{c}b\", organisation: \"Wi{c}nkel\" }}\n"
        ));
        let hidden = format!("holds the invisible character U+{:04X}; remove it", u32::from(c));
        let keys =
            ["6 shops", "7 authors", "8 series.name", "9 guest.name", "9 guest.role", "9 guest.organisation"];
        assert_eq!(told, keys.map(|key| format!("{key} {hidden}")));
    }
    assert_eq!(
        problems_of("tags: [\"a\u{200b}b\"]\n"),
        ["6 tags holds the invisible character U+200B; remove it"]
    );
    let column = parse(
        "summary: \"gezin 👨\u{200d}👩\u{200d}👧\"\ntags: [\"می\u{200c}خواهم\"]\nshops: [Winkel ❤\u{fe0f}]\n",
    );
    assert_eq!(column.unwrap().shops, ["Winkel ❤\u{fe0f}"]);
}

#[test]
fn a_file_name_gives_the_slug_however_it_is_written() {
    for (file, slug) in [
        ("A.MD", "a"),
        ("a.md", "a"),
        ("map/Een kast.Markdown", "een-kast"),
        ("kast.2.md", "kast-2"),
        ("a.md.md", "a-md"),
        ("Mdmd", "mdmd"),
    ] {
        assert_eq!(parse_file(file, &format!("{HEAD}---\n")).unwrap().slug.as_str(), slug, "{file}");
    }
}

#[test]
fn what_is_out_of_range_says_the_range() {
    assert_eq!(
        problems_of("updated: 9999-12-31\nseries: { name: Reeks, number: 99999999999 }\n"),
        [
            "6 updated `9999-12-31` is not a date between 1900-01-01 and 2199-12-31",
            "7 series.number `99999999999` is not a whole number from 0 to 2147483647",
        ]
    );
    let last = parse("series: { name: Reeks, number: 2147483647 }\n").unwrap();
    assert_eq!(last.series.unwrap().number, 2_147_483_647);
}

#[test]
fn a_character_that_cannot_be_seen_is_no_tab() {
    let told = problems_of("summary: a\ntags: b\0c\n");
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].starts_with("7  this is not YAML"), "{told:?}");
    assert!(told[0].ends_with("; remove the character that cannot be seen on this line"), "{told:?}");
    let told = problems_of("guest:\n\tname: a\n");
    assert!(told.len() == 1 && told[0].ends_with("; indent with spaces"), "{told:?}");
}

#[test]
fn files_are_written_as_people_would() {
    let text = "---\ntitle: Een titel\nslug: een-bestand\ndate: 2026-05-01\nauthors: [Redactie]\nlang: nl\nsentiment: mixed\n\
                summary: Een, twee en [drie].\n---\nTekst.\n";
    assert_eq!(to_file(&parse("authors: Redactie\nsummary: \"Een, twee en [drie].\"\n").unwrap()), text);
}

#[test]
fn a_fence_in_the_text_is_text() {
    let column = parse_file("a.md", &format!("{HEAD}--- \n\n\n  \n    code\n---\nb  \n\n \n")).unwrap();
    assert_eq!(column.body, "    code\n---\nb  \n");
    assert_eq!(parse_file("a.md", &format!("{HEAD}---")).unwrap().body, "");
}

#[test]
fn the_line_of_a_value_is_found() {
    let text = "---\r\ntitle: Een\r\nimage:\r\n  alt: \"src: b\"\r\n  src: /a.svg\r\n---\r\nsrc: c\r\n";
    assert_eq!(line_of(text, &["image", "src"]), Some(5));
    assert_eq!(line_of("---\nimage: { alt: '',\n  src: /a.svg }\n---\n", &["image", "src"]), Some(3));
    assert_eq!(line_of(text, &["title"]), Some(2));
    for path in [&["src"][..], &["image", "credit"], &["title", "src"], &[]] {
        assert_eq!(line_of(text, path), None, "{path:?}");
    }
    assert_eq!(line_of("---\n\ttitle: [\n---\n", &["title"]), None);
}
