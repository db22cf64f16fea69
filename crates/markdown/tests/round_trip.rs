//! Columns with texts made to break YAML come back as they were.
#![cfg(not(target_arch = "wasm32"))]

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use weerklank_domain::{
    Column, Comments, Date, FirstPublished, Guest, Image, Lang, Moment, Sentiment, SeriesPart, Slug, Source,
    Status, is_invisible,
};
use weerklank_markdown::{clean, parse_file, plain_text, summary, tidy_body, to_file};

/// Texts that are something else to a careless YAML reader or writer.
const NASTY: &[&str] = &[
    "yes",
    "no",
    "on",
    "off",
    "y",
    "n",
    "true",
    "False",
    "null",
    "~",
    "NULL",
    "1",
    "007",
    "0x1f",
    "1e3",
    "-1",
    ".5",
    ".inf",
    "2016-03-07",
    "12:30:45",
    "1_000",
    "---",
    "...",
    "- a",
    "-",
    "?",
    "? a",
    ":",
    "a:",
    "a: b",
    ": a",
    "a :b",
    "# a",
    "a # b",
    "a #b",
    "#a",
    "&a",
    "*a",
    "!a",
    "!!str a",
    "|",
    ">",
    "%a",
    "@a",
    "`a",
    "\"a\"",
    "'a'",
    "'",
    "\"",
    "a\"b",
    "a'b",
    "[a]",
    "{a}",
    "a, b",
    "]",
    "}",
    " a",
    "a ",
    "a -",
    "a - b",
    "  a  ",
    "\\",
    "\\n",
    "a\\",
    "é",
    "‘a’",
    "日本語",
    "👨‍👩‍👧",
    "a\u{a0}b",
    "\u{2028}a",
    "a\u{200b}",
    "\u{ad}a",
    "<<",
    "=",
    "a\u{301}",
    "http://a",
    "https://a.example/b?c=d#e",
    "https://a #b",
    "/a",
    "/a#b",
    "a b: c",
    "a\u{e000}",
    "\u{10ffff}",
    "\u{fffe}a",
];

fn line() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        select(NASTY).prop_map(str::to_owned),
        "[ -~à-ÿ‘-…]{0,12}",
        any::<char>().prop_filter("shown", |c| !c.is_control()).prop_map(String::from),
    ];
    vec(piece, 1..4).prop_map(|pieces| pieces.concat()).prop_filter("a text that is kept", |text| {
        let joins = |c: char| matches!(c, '\u{ad}' | '\u{200c}'..='\u{200f}' | '\u{e0020}'..='\u{e007f}');
        let hidden = |c: char| c.is_control() || (is_invisible(c) && !joins(c));
        !text.trim().is_empty() && !text.contains(hidden)
    })
}

fn lines() -> impl Strategy<Value = String> {
    vec(prop_oneof![line(), Just(String::new())], 1..4)
        .prop_map(|lines| lines.join("\n"))
        .prop_filter("a text that is kept", |text| !text.trim().is_empty())
}

fn name() -> impl Strategy<Value = String> {
    seen().prop_filter("makes a slug", |name| Slug::from_name(name).is_ok())
}

/// A name, of which nothing is hidden.
fn seen() -> impl Strategy<Value = String> {
    line().prop_filter("a name that is kept", |name| !name.contains(is_invisible))
}

fn names() -> impl Strategy<Value = Vec<String>> {
    vec(name(), 0..4).prop_map(|mut names| {
        let mut seen = Vec::new();
        names.retain(|name| {
            let slug = Slug::from_name(name).expect("a name makes a slug");
            !seen.contains(&slug) && {
                seen.push(slug);
                true
            }
        });
        names
    })
}

fn tags() -> impl Strategy<Value = Vec<String>> {
    vec(line(), 0..4).prop_map(|mut tags| {
        tags.sort();
        tags.dedup();
        tags
    })
}

fn date() -> impl Strategy<Value = Date> {
    (1900..2200, 1..=12_u8, 1..=28_u8)
        .prop_map(|(year, month, day)| Date::new(year, month, day).expect("every month has 28 days"))
}

fn slug() -> impl Strategy<Value = Slug> {
    "[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,3}".prop_map(|text| text.parse().expect("the pattern is that of a slug"))
}

fn first_published() -> impl Strategy<Value = FirstPublished> {
    let url = "https?://[a-z]{1,8}\\.example/[a-z0-9/?&=#%,:~-]{0,20}";
    (line(), option::of(line()), option::of(date()), option::of(url))
        .prop_map(|(medium, issue, date, url)| FirstPublished { medium, issue, date, url })
}

fn image() -> impl Strategy<Value = Image> {
    let alt = prop_oneof![Just(String::new()), line()];
    ("/[a-z0-9/.#?,-]{1,20}|https://[a-z]{1,8}/[a-z0-9]{0,8}", alt, option::of(line()))
        .prop_filter("no other host", |(src, ..)| !src.starts_with("//"))
        .prop_map(|(src, alt, credit)| Image { src, alt, credit })
}

fn body() -> impl Strategy<Value = String> {
    vec(prop_oneof![lines(), Just("---".to_owned()), Just("    code".to_owned())], 0..6)
        .prop_map(|blocks| tidy_body(&blocks.join("\n\n")))
}

fn column() -> impl Strategy<Value = Column> {
    let heads = (slug(), line(), date(), option::of(date()), names(), names(), tags(), option::of(lines()));
    let words = (
        select(Lang::ALL),
        select(Sentiment::ALL),
        subsequence(Moment::ALL, 0..Moment::ALL.len()),
        select(Source::ALL),
        select(Comments::ALL),
        select(Status::ALL),
        any::<bool>(),
    );
    let series = (name(), 0..=i32::MAX.unsigned_abs()).prop_map(|(name, number)| SeriesPart { name, number });
    let guest = (seen(), option::of(seen()), option::of(seen()))
        .prop_map(|(name, role, organisation)| Guest { name, role, organisation });
    let parts =
        (option::of(series), option::of(guest), option::of(first_published()), option::of(image()), body());
    (heads, words, parts).prop_map(|(heads, words, parts)| {
        let (slug, title, date, updated, authors, shops, tags, summary) = heads;
        let (lang, sentiment, moments, source, comments, status, incomplete) = words;
        let (series, guest, first_published, image, body) = parts;
        Column {
            slug,
            title,
            date,
            updated,
            authors,
            lang,
            sentiment,
            moments,
            shops,
            series,
            guest,
            first_published,
            summary,
            tags,
            image,
            source,
            comments,
            status,
            incomplete,
            body,
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

    #[test]
    fn a_column_comes_back_from_its_file(column in column()) {
        let file = to_file(&column);
        let read = parse_file("elders.md", &file).map_err(|problems| TestCaseError::fail(format!("{problems:?}\nin {file}")))?;
        prop_assert_eq!(&read, &column, "{}", file);
        prop_assert_eq!(to_file(&read), file);
    }

    #[test]
    fn line_ends_and_a_byte_order_mark_make_no_difference(column in column()) {
        let file = to_file(&column);
        let windows = format!("\u{feff}{}", file.replace('\n', "\r\n"));
        prop_assert_eq!(parse_file("elders.md", &windows), Ok(column));
    }

    #[test]
    fn every_file_is_read_or_explained(text in "(---\n)?[a-z:\\[\\]{}\"'&*!|>#, \n-]{0,80}(\n---\n)?[a-z\n]{0,9}") {
        match parse_file("a.md", &text) {
            Ok(column) => prop_assert_eq!(parse_file("b.md", &to_file(&column)), Ok(column)),
            Err(problems) => {
                let lines = text.lines().count().max(1);
                prop_assert!(!problems.is_empty());
                for problem in problems {
                    prop_assert!((1..=lines + 1).contains(&problem.line), "{} of {}", problem, lines);
                }
            }
        }
    }

    #[test]
    fn bodies_are_tidied_once(text in "[ a\\-\t\r\n\u{a0}]{0,20}") {
        let once = tidy_body(&text);
        prop_assert_eq!(tidy_body(&once), once);
    }

    #[test]
    fn cleaning_twice_changes_no_more(text in pasted()) {
        let (once, changes) = clean(&text);
        prop_assert_eq!(&clean(&once).0, &once);
        prop_assert_eq!(text.matches('\n').count(), once.matches('\n').count());
        if changes.iter().all(|change| change.before == change.after) {
            prop_assert_eq!(once, text);
        }
    }

    #[test]
    fn extracts_keep_their_limits(text in "[a-z .!?*_\\[\\]()>#\n‘’-]{0,200}", max in 0_usize..80) {
        prop_assert!(summary(&text, max).chars().count() <= max);
        prop_assert!(plain_text(&text).len() <= text.len() + 16);
    }
}

/// Pieces of what pasting leaves, in any order.
fn pasted() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "\u{a0}",
        "\u{200b}",
        "\u{200d}",
        "\u{ad}",
        "&nbsp;",
        "&shy;",
        "&sh",
        "y;",
        "&nb",
        "sp;",
        "•",
        "• ",
        "–\t",
        "\n– ",
        "\n\n– ",
        "\n• ",
        ":\n",
        "o\t",
        "·",
        "- ",
        "1. ",
        "    ",
        "\t",
        "  ",
        "\n",
        "\n\n",
        "```",
        "~~~",
        "> ",
        ">",
        "[email protected]",
        "[email\u{a0}protected]",
        "[",
        "](/cdn-cgi/l/email-protection#a)",
        "<a href=\"/cdn-cgi/l/email-protection\">",
        "</a>",
        "<span class=\"__cf_email__\">",
        "</span>",
        "\\[email protected\\]",
        "image001.png",
        "\n\nimage001.png\n\n",
        "\nFacebook Twitter\n",
        "\n|---|\n",
        "# ",
        "blog comments powered by disqus",
        "Share",
        "Tweet",
        " | ",
        "Ã©",
        "👨",
        "é",
        "a",
        "woord ",
        "`",
        "\r",
    ];
    vec(select(PIECES), 0..24).prop_map(|pieces| pieces.concat())
}
