//! Whole files, as an operator has them.

use std::fs;
use std::path::{Path, PathBuf};

use weerklank_domain::Status;
use weerklank_import::{Entry, Import, Options, Outcome, Report, Stored, discover};
use weerklank_markdown::{parse_file, to_file};

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

fn import(path: &Path, options: Options) -> Vec<Entry> {
    let mut import = Import::new(options);
    discover(&[path.to_owned()]).iter().flat_map(|found| import.read(found)).collect()
}

/// The report and the files of the columns, with the path of the fixture taken out.
fn told(path: &Path, options: Options) -> String {
    let mut report = Report::new(false);
    let mut out = String::new();
    for entry in import(path, options) {
        out.push_str(&report.entry(&entry, &Stored::Made));
        if let Outcome::Column { column, .. } = &entry.outcome {
            for line in to_file(column).lines() {
                out.push_str(format!("    | {line}").trim_end());
                out.push('\n');
            }
        }
    }
    out.push_str(&report.totals());
    out.replace(&format!("{}/", path.parent().expect("a fixture stands in a folder").display()), "")
}

/// A file in a folder of its own, imported alone.
fn import_text(name: &str, content: &[u8]) -> Vec<Entry> {
    let dir = tempfile::tempdir().expect("a folder to write to");
    let path = dir.path().join(name);
    fs::write(&path, content).expect("a file to write to");
    import(&path, Options::default())
}

fn problem(entry: &Entry) -> String {
    let Outcome::Refused { problems } = &entry.outcome else { panic!("{entry:?}") };
    let problem = &problems[0];
    format!("{}: {}", problem.line.unwrap_or(0), problem.message)
}

#[test]
fn a_folder_of_markdown() {
    insta::assert_snapshot!(told(&fixture("markdown"), Options::default()));
}

#[test]
fn a_wordpress_export() {
    insta::assert_snapshot!(told(&fixture("wordpress.xml"), Options::default()));
}

#[test]
fn a_ghost_export() {
    insta::assert_snapshot!(told(&fixture("ghost.json"), Options::default()));
}

#[test]
fn one_odd_row_of_a_ghost_export_stops_none_of_the_others() {
    let post = |id: &str, title: &str| {
        format!(
            r#"{{"id":{id},"title":{title},"slug":"a-{}","html":"<p>Tekst.</p>","status":"published","published_at":"2025-01-01"}}"#,
            title.len()
        )
    };
    let posts = [
        post("1", "\"Een\""),
        post("{\"oid\":1}", "\"Twee is stuk\""),
        post("1.5", "[]"),
        post("4", "2024"),
        "7".to_owned(),
        post("null", "\"Zonder nummer\""),
    ];
    let text = format!(
        r#"{{"db":[{{"data":{{"posts":[{}],"users":[{{"id":1,"name":"Jo"}},{{"id":[],"name":"Kim"}}],
           "posts_authors":[{{"post_id":1,"author_id":1,"sort_order":null}}]}}}}]}}"#,
        posts.join(",")
    );
    let entries = import_text("a.json", text.as_bytes());
    let told: Vec<_> = entries
        .iter()
        .map(|entry| {
            let said = match &entry.outcome {
                Outcome::Column { column, .. } => format!("{} {:?}", column.title, column.authors),
                Outcome::Skipped { reason } => format!("skipped: {reason}"),
                Outcome::Comments(_) => "comments".to_owned(),
                Outcome::Refused { problems } => format!("refused: {}", problems[0].message),
            };
            format!("{}: {said}", entry.item.as_deref().unwrap_or_default())
        })
        .collect();
    assert_eq!(
        told,
        [
            "users, row 2: skipped: it cannot be read: `id`: neither a text nor a whole number; the posts do without it",
            "Een: Een [\"Jo\"]",
            "Twee is stuk: refused: it cannot be read: `id`: neither a text nor a whole number",
            "a-2: refused: it cannot be read: `id`: neither a text nor a whole number",
            "2024: 2024 []",
            "post 5: refused: it cannot be read: `7` is no row of a table",
            "Zonder nummer: Zonder nummer []",
        ]
    );
}

#[test]
fn as_is_changes_no_character() {
    let path = fixture("markdown/gewoon.md");
    let entries = import(&path, Options { as_is: true, ..Options::default() });
    let Outcome::Column { column, changes, .. } = &entries[0].outcome else { panic!("{entries:?}") };
    assert!(changes.is_empty());
    let text = fs::read_to_string(path).unwrap();
    assert!(text.ends_with(&column.body), "{:?}", column.body);
}

#[test]
fn the_same_files_give_the_same_columns_which_are_files_themselves() {
    for name in ["markdown", "wordpress.xml", "ghost.json"] {
        let entries = import(&fixture(name), Options::default());
        assert_eq!(entries, import(&fixture(name), Options::default()), "{name}");
        for entry in &entries {
            if let Outcome::Column { column, .. } = &entry.outcome {
                assert_eq!(parse_file("other.md", &to_file(column)).as_ref(), Ok(&**column));
            }
        }
    }
}

#[test]
fn a_chosen_language_is_not_guessed() {
    let options = Options { lang: Some(weerklank_domain::Lang::En), ..Options::default() };
    for entry in import(&fixture("ghost.json"), options) {
        if let Outcome::Column { column, .. } = entry.outcome {
            assert_eq!(column.lang, weerklank_domain::Lang::En);
        }
    }
}

#[test]
fn what_is_no_export_is_skipped_and_what_is_broken_refused() {
    for (name, content, reason) in [
        ("a.xml", "<opml></opml>", "XML, but no WordPress or Disqus export: it is a `opml` document"),
        ("a.xml", "<rss version=\"2.0\"><channel/></rss>", "an RSS feed, not a WordPress export"),
        ("a.json", "{\"name\": \"x\"}", "JSON, but no Ghost export: it has no `db` with `posts`"),
        ("a.json", "[1]", "JSON, but no Ghost export: it has no `db` with `posts`"),
    ] {
        let entries = import_text(name, content.as_bytes());
        assert_eq!(entries[0].outcome, Outcome::Skipped { reason: reason.to_owned() });
        assert_eq!(entries.len(), 1);
    }
    let rss = "<rss xmlns:wp=\"http://wordpress.org/export/1.2/\">";
    for (name, content, start) in [
        ("a.xml", format!("{rss}\n</rss>"), "0: a WordPress export has a `<channel>`"),
        ("a.xml", format!("{rss}\n<channel>\n<item>\n</chanel>"), "4: not well-formed XML"),
        ("a.xml", format!("{rss}\n<channel>\n<title>"), "3: the file ends inside `<title>`"),
        ("a.xml", format!("{rss}{}", "\n<channel>".repeat(100)), "65: elements nest deeper than 64"),
        ("a.json", "{\"db\": [\n{]}".to_owned(), "2: not a Ghost export that can be read"),
        (
            "a.json",
            "{\"db\": [{\"data\": {\"posts\": 3}}]}".to_owned(),
            "1: not a Ghost export that can be read",
        ),
    ] {
        let entries = import_text(name, content.as_bytes());
        assert_eq!(entries.len(), 1);
        assert!(problem(&entries[0]).starts_with(start), "{}", problem(&entries[0]));
    }
    let latin = format!("{rss}\n<channel>\n<title>caf\u{e9}</title>").into_bytes();
    let latin: Vec<u8> =
        String::from_utf8(latin).unwrap().chars().map(|c| u8::try_from(c).unwrap()).collect();
    assert!(problem(&import_text("a.xml", &latin)[0]).contains("not UTF-8"));
    assert!(problem(&import_text("a.xml", b"\xff\xfe<\0r\0")[0]).starts_with("1: the file is UTF-16"));
    assert!(problem(&import_text("a.json", b"\xfe\xff\0{")[0]).starts_with("1: the file is UTF-16"));
}

#[test]
fn what_stands_before_the_break_is_read() {
    let text = fs::read_to_string(fixture("wordpress.xml")).unwrap();
    let cut = text.find("<title>Ooit weer").unwrap();
    let entries = import_text("a.xml", &text.as_bytes()[..cut]);
    assert_eq!(entries.len(), 3);
    assert!(matches!(entries[1].outcome, Outcome::Column { .. }));
    assert!(problem(&entries[2]).ends_with("the 2 items before it were read"), "{}", problem(&entries[2]));
}

/// A post with this text, in the classic editor.
fn wordpress_post(text: &str) -> Vec<Entry> {
    let file = format!(
        "<rss xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel><item><title>T</title>\
         <content:encoded><![CDATA[{text}]]></content:encoded><wp:post_date>2020-01-01 00:00:00</wp:post_date>\
         <wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item></channel></rss>"
    );
    import_text("a.xml", file.as_bytes())
}

#[test]
fn hostile_html_takes_no_stack_and_loses_no_word() {
    let many = |text: &str, n: usize| text.repeat(n);
    for (name, html) in [
        ("div", many("<div>", 10_000) + "woord"),
        ("blockquote", many("<blockquote>", 10_000) + "woord"),
        ("lists", many("<ul><li>", 10_000) + "woord"),
        ("tables", many("<table><tr><td>", 10_000) + "woord"),
        ("strong", many("<b>", 10_000) + "woord"),
        ("links", many("<a href=/x>", 10_000) + "woord"),
        ("unmatched ends", many("</div>", 10_000) + "woord"),
        ("open tags", many("<a ", 10_000) + "> woord"),
        (
            "attributes",
            format!("<p {}>woord", (0..10_000).map(|n| n.to_string()).collect::<Vec<_>>().join(" a")),
        ),
        ("comments", many("<!--", 10_000) + "-->woord"),
        ("shortcodes", many("[caption ", 10_000) + &many("[caption]", 10_000) + "woord"),
        ("marks", many("<b>a</b>!<i>b", 5_000) + "woord"),
        ("numbers", many("1. ", 20_000) + "woord"),
        ("underscores", many("_ ", 20_000) + "woord"),
    ] {
        let entries = wordpress_post(&html);
        let Outcome::Column { column, .. } = &entries[0].outcome else { panic!("{name}: {entries:?}") };
        assert!(column.body.contains("woord"), "{name}");
    }
}

#[test]
fn a_text_that_is_too_long_is_one_problem() {
    let entries = wordpress_post(&"woord ".repeat(200_000));
    assert!(problem(&entries[0]).contains("bytes; a column has at most 1000000"), "{}", problem(&entries[0]));
}

#[test]
fn names_in_an_export_are_never_paths() {
    for name in ["../../../etc/passwd", "/etc/passwd", "..\\..\\x", "a\0b", "%2e%2e%2fx", "con", "."] {
        let file = fs::read_to_string(fixture("wordpress.xml")).unwrap();
        let file = file.replace("<![CDATA[de-lamp]]>", &format!("<![CDATA[{name}]]>"));
        let entries = import_text("a.xml", file.as_bytes());
        let Outcome::Column { column, .. } = &entries[0].outcome else { panic!("{name}: {:?}", entries[0]) };
        assert_eq!(column.status, Status::Published);
        let slug = column.slug.as_str();
        assert!(slug.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'), "{slug}");
    }
}
