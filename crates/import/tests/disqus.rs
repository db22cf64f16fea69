//! Disqus exports: whole, broken and hostile.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use weerklank_import::{Discussion, DisqusMap, Entry, Import, Options, Outcome, Report, Stored, discover};

fn fixture() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/disqus.xml")
}

fn read(path: &Path, map: &str) -> Vec<Entry> {
    let map = DisqusMap::parse(map).expect("a map");
    let mut import = Import::new(Options::default()).with_disqus_map(map);
    discover(&[path.to_owned()]).iter().flat_map(|found| import.read(found)).collect()
}

fn read_text(content: impl AsRef<[u8]>) -> Vec<Entry> {
    let dir = tempfile::tempdir().expect("a folder to write to");
    let path = dir.path().join("disqus.xml");
    fs::write(&path, content).expect("a file to write to");
    read(&path, "")
}

fn discussions(entries: &[Entry]) -> Vec<&Discussion> {
    let of = |entry: &'_ Entry| matches!(entry.outcome, Outcome::Comments(_));
    let all = entries.iter().filter(|entry| of(entry));
    all.map(|entry| match &entry.outcome {
        Outcome::Comments(discussion) => &**discussion,
        other => panic!("{other:?}"),
    })
    .collect()
}

fn refusal(entries: &[Entry]) -> String {
    let [Entry { outcome: Outcome::Refused { problems }, .. }] = entries else { panic!("{entries:?}") };
    problems[0].message.clone()
}

/// An export of one discussion with these posts.
fn export(posts: &str) -> String {
    format!(
        "<disqus xmlns:dsq=\"x\"><thread dsq:id=\"1\"><link>https://a.example/een</link></thread>{posts}</disqus>"
    )
}

fn post(number: usize, name: &str, message: &str) -> String {
    format!(
        "<post dsq:id=\"{number}\"><message>{message}</message><createdAt>2020-01-01T00:00:00Z</createdAt>\
         <author><name>{name}</name></author><thread dsq:id=\"1\"/></post>"
    )
}

#[test]
fn an_export_is_told_of_discussion_by_discussion() {
    let mut report = Report::new(false);
    let mut out = String::new();
    for entry in read(&fixture(), "") {
        let stored = match &entry.outcome {
            Outcome::Comments(discussion) if discussion.columns.is_empty() => Stored::NoColumn,
            Outcome::Comments(discussion) => Stored::Comments {
                column: discussion.columns[0].clone(),
                made: discussion.comments.len() as u64,
                waiting: discussion.comments.iter().filter(|said| said.waits).count() as u64,
                unchanged: 0,
            },
            _ => Stored::Made,
        };
        out.push_str(&report.entry(&entry, &stored));
        if let Outcome::Comments(discussion) = &entry.outcome {
            for said in &discussion.comments {
                let to =
                    said.answers.as_ref().map(|place| format!(" → {}", place.number)).unwrap_or_default();
                let name = said.name.as_deref().unwrap_or("-");
                let of = said.answers_name.as_deref().map(|name| format!(" ({name})")).unwrap_or_default();
                writeln!(out, "    | {} {name}{to}{of}: {:?}", said.place.number, said.text).expect("a text");
            }
        }
    }
    out.push_str(&report.totals());
    let folder = format!("{}/", fixture().parent().expect("a folder").display());
    insta::assert_snapshot!(out.replace(&folder, ""));
}

#[test]
fn no_address_of_mail_or_network_comes_along() {
    let told = format!("{:?}", read(&fixture(), ""));
    assert!(told.contains("Bank vol boeken"));
    for kept in ["lezers.example", "redactie@", "192.0.2"] {
        assert!(!told.contains(kept), "{kept}");
    }
}

#[test]
fn the_map_says_where_a_discussion_belongs() {
    let entries = read(&fixture(), "https://kastenpraat.example/?p=12 een-kast\n2015/een-bank,de-bank");
    let columns: Vec<_> = discussions(&entries).iter().map(|one| one.columns[0].to_string()).collect();
    assert_eq!(columns, ["de-bank", "een-kast"]);
}

#[test]
fn what_is_broken_is_refused_whole() {
    let whole = export(&post(1, "Kim", "Ja."));
    for at in [whole.len() - 3, whole.len() / 2, 30] {
        let said = refusal(&read_text(&whole[..at]));
        assert!(said.ends_with("; nothing of it was stored"), "{at}: {said}");
    }
    let latin = export(&post(1, "Caf\u{e9}", "Ja."));
    let latin: Vec<u8> = latin.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect();
    assert!(refusal(&read_text(latin)).contains("not UTF-8"));
    let wide: Vec<u8> = "<disqus>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(refusal(&read_text(wide)).contains("UTF-16LE"));
    let deep = format!("<disqus>{}", "<post>".repeat(100));
    assert!(refusal(&read_text(deep)).contains("nest deeper than 64"));
    let crossed = "<disqus><post></disqus></post>";
    assert!(refusal(&read_text(crossed)).contains("not well-formed XML"));
    let none = read_text("<disqus></disqus>");
    assert!(
        matches!(&none[0].outcome, Outcome::Skipped { reason } if reason == "a Disqus export without discussions")
    );
}

#[test]
fn entities_do_not_grow() {
    let mut laughs = String::from("<!DOCTYPE disqus [<!ENTITY l0 \"lol\">");
    for level in 1..=9 {
        let ten = format!("&l{};", level - 1).repeat(10);
        write!(laughs, "<!ENTITY l{level} \"{ten}\">").expect("a text");
    }
    laughs.push_str("<!ENTITY x SYSTEM \"file:///etc/passwd\">]>");
    laughs.push_str(&export(&post(1, "&l9;", "&l9; &x; ja")));
    let entries = read_text(laughs);
    let said = &discussions(&entries)[0].comments[0];
    assert!(said.text.len() < 40 && said.text.contains("ja"), "{}", said.text);
    assert_eq!(said.name.as_deref(), Some("&l9;"));
}

#[test]
fn names_and_words_are_shown_for_what_they_are() {
    let hostile = [
        ("&lt;script&gt;alert(1)&lt;/script&gt;", "&lt;script&gt;alert(1)&lt;/script&gt;weg"),
        ("\u{202e}neertS\u{2066}", "&lt;p&gt;a\u{202e}b&lt;/p&gt;"),
        ("a&#10;b&#0;", "&lt;a href=\"java&#10;script:alert(1)\"&gt;klik&lt;/a&gt;"),
        ("K\u{200b}im", "&lt;div onclick=alert(1)&gt;ja&lt;/div&gt;"),
    ];
    let posts: String =
        hostile.iter().enumerate().map(|(at, (name, message))| post(at + 1, name, message)).collect();
    let entries = read_text(export(&posts));
    let comments = &discussions(&entries)[0].comments;
    let names: Vec<_> = comments.iter().map(|said| said.name.as_deref().unwrap_or("-")).collect();
    assert_eq!(names, ["<script>alert(1)</script>", "neertS", "a b&#0;", "Kim"]);
    for said in comments {
        assert!(!said.text.contains("alert") && !said.text.contains('\u{202e}'), "{}", said.text);
    }
}

#[test]
fn a_number_counts_once_and_a_comment_has_an_end() {
    let long = "é".repeat(30_000);
    let posts = [post(1, "Kim", "Ja."), post(1, "Kim", "Nee."), post(2, "Bo", &long), post(3, "Jo", " ")];
    let entries = read_text(export(&posts.concat()));
    let discussion = discussions(&entries)[0];
    assert_eq!(discussion.comments.len(), 1);
    assert_eq!(discussion.comments[0].text, "Ja.");
    let left: Vec<_> = discussion.left_out.iter().map(|(why, count)| (*why, *count)).collect();
    assert_eq!(left, [("of a number that came before", 1), ("too long", 1), ("without words", 1)]);
    assert_eq!(discussion.notes.len(), 3, "{:?}", discussion.notes);
}
