//! Text survives: whatever is written reads back, by CommonMark's own rules, as the same words with
//! the same links and pictures.

use std::fmt::Write as _;
use std::rc::Rc;

use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::*;

fn parser(markdown: &str) -> Parser<'_> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM;
    Parser::new_ext(markdown, options)
}

/// One letter per event, with the words: `P`aragraph, `H`eading, `Q`uote, `L`ist, `I`tem, and so on.
fn outline(markdown: &str) -> String {
    let mut out = String::new();
    for event in parser(markdown) {
        match event {
            Event::Text(text) | Event::Code(text) => out.push_str(&text),
            Event::SoftBreak => out.push(' '),
            Event::HardBreak => out.push('/'),
            Event::Rule => out.push_str("(rule)"),
            Event::Start(tag) => match tag {
                Tag::Paragraph => out.push_str("P("),
                Tag::Heading { level, .. } => write!(out, "{level:?}(").unwrap(),
                Tag::BlockQuote(_) => out.push_str("Q("),
                Tag::CodeBlock(_) => out.push_str("code("),
                Tag::List(Some(n)) => write!(out, "{n}L(").unwrap(),
                Tag::List(None) => out.push_str("L("),
                Tag::Item => out.push_str("I("),
                Tag::Link { dest_url, .. } => write!(out, "[{dest_url}|").unwrap(),
                Tag::Image { dest_url, .. } => write!(out, "![{dest_url}|").unwrap(),
                Tag::Table(_) => out.push_str("T("),
                Tag::TableHead | Tag::TableRow => out.push_str("row("),
                Tag::TableCell => out.push_str("cell("),
                Tag::Strong => out.push_str("<b>"),
                Tag::Emphasis => out.push_str("<i>"),
                Tag::Strikethrough => out.push_str("<s>"),
                other => panic!("{other:?} in {markdown}"),
            },
            Event::End(TagEnd::Link | TagEnd::Image) => out.push(']'),
            Event::End(TagEnd::Strong) => out.push_str("</b>"),
            Event::End(TagEnd::Emphasis) => out.push_str("</i>"),
            Event::End(TagEnd::Strikethrough) => out.push_str("</s>"),
            Event::End(_) => out.push(')'),
            other => panic!("{other:?} in {markdown}"),
        }
    }
    out
}

/// The words alone, without white.
fn letters(markdown: &str) -> String {
    let mut out = String::new();
    for event in parser(markdown) {
        if let Event::Text(text) | Event::Code(text) = event {
            out.extend(text.chars().filter(|c| !c.is_whitespace()));
        }
    }
    out
}

fn piece(text: &str, style: &str) -> Piece {
    let link = style.contains('a').then(|| Rc::new(Link { href: "/x".to_owned(), title: String::new() }));
    let has = |c| style.contains(c);
    Piece::text(text, Style { strong: has('b'), emphasis: has('i'), strike: has('s'), link })
}

fn paragraph(pieces: &[(&str, &str)]) -> String {
    let pieces = pieces.iter().map(|(text, style)| piece(text, style)).collect();
    markdown(&[Block::Paragraph(pieces)])
}

#[test]
fn marks_stand_where_they_are_seen() {
    for (pieces, expected) in [
        (vec![("Een ", ""), ("bank ", "b"), ("stond", "")], "Een **bank** stond\n"),
        (vec![("ja", ""), ("nee!", "b"), ("ja", "")], "ja**nee**!ja\n"),
        (vec![("(zo)", "i"), ("niet", "")], "_(zo_)niet\n"),
        (vec![("a", "bi"), (" b", "b")], "**_a_ b**\n"),
        (vec![("zie ", "b"), ("hier", "ba")], "**zie** [**hier**](/x)\n"),
    ] {
        assert_eq!(paragraph(&pieces), expected);
    }
}

#[test]
fn signs_in_a_text_stay_signs() {
    for text in [
        "# kop",
        "- punt",
        "1. een",
        "12) twaalf",
        "> citaat",
        "+ plus",
        "* ster * ster",
        "_a_ b_c_d",
        "[a](b)",
        "![a](b)",
        "[^1]: noot",
        "<b>html</b>",
        "&amp; &copy; R&D &#35;",
        "`code`",
        "~~weg~~",
        "a | b",
        "--- ",
        "===",
        "a\\b \\* c",
        "> [!NOTE] geen",
        "[x] taak",
        "| --- |",
        "https://example.org/a_b_c",
        "```",
        "~~~",
        "2026",
        "1986. Een goed jaar",
    ] {
        let written = paragraph(&[(text, "")]);
        assert_eq!(outline(&written), format!("P({})", text.trim()), "{written}");
        let heading =
            markdown(&[Block::Heading { level: 3, text: vec![piece(&format!("{text} {{#x}}"), "")] }]);
        assert_eq!(outline(&heading), format!("H3({} {{#x}})", text.trim()), "{heading}");
    }
}

#[test]
fn blocks_nest() {
    let text = |text: &str| Block::Paragraph(vec![piece(text, "")]);
    let list = |start, items| Block::List { start, items };
    let inner = list(
        None,
        vec![vec![text("x")], vec![Block::Code { language: "sh".into(), text: "a\n\n```b\n".into() }]],
    );
    let blocks = [
        text("a"),
        Block::Quote(vec![text("b"), Block::Quote(vec![text("c")])]),
        list(Some(3), vec![vec![text("d"), inner], vec![], vec![Block::Rule, text("e")]]),
        list(Some(1), vec![vec![text("f")]]),
        list(None, vec![vec![text("g")]]),
        Block::Callout { kind: "QUOTE", label: "wie_dan".into(), blocks: vec![text("h")] },
    ];
    let written = markdown(&blocks);
    insta::assert_snapshot!(written);
    assert!(
        outline(&written).contains("3L(I(P(d)L(I(x)I(code(a\n\n```b\n))))I((rule)P(e)))1L("),
        "{}",
        outline(&written)
    );
}

#[test]
fn tables_keep_their_cells() {
    let cell = |text: &str| vec![piece(text, "")];
    let rows = vec![vec![cell("a|b"), cell("c")], vec![cell("`d|e`")], vec![]];
    let written = markdown(&[Block::Table(rows)]);
    assert_eq!(written, "| a\\|b | c |\n| --- | --- |\n| \\`d\\|e\\` | |\n| | |\n");
    assert_eq!(outline(&written), "T(row(cell(a|b)cell(c))row(cell(`d|e`)cell())row(cell()cell()))");
}

#[test]
fn addresses_survive() {
    for href in ["/a(b)c", "https://e.org/?a=1&copy;=2", "/met spatie", "a_b*c*d", "/x\\y"] {
        let link = Rc::new(Link { href: href.to_owned(), title: "een \"titel\" & *meer*".to_owned() });
        let text = Piece::text("t[e]k", Style { link: Some(link), ..Style::default() });
        let written = markdown(&[Block::Paragraph(vec![text])]);
        let encoded = href.replace(' ', "%20").replace('\\', "%5C");
        assert_eq!(outline(&written), format!("P([{encoded}|t[e]k])"), "{written}");
    }
}

fn any_piece() -> impl Strategy<Value = Piece> {
    let text = prop_oneof![
        4 => "[a-c ]{1,6}",
        2 => "[a*_~`!\\[\\]()<>&#|{}.:;\\\\+=1 -]{1,5}",
        1 => "[é’“”—€\u{a0}\u{301}🎉]{1,3}",
    ];
    (text, any::<[bool; 3]>(), 0..6_u8).prop_map(|(text, [strong, emphasis, strike], other)| {
        let link = (other == 0).then(|| Rc::new(Link { href: "/doel".to_owned(), title: String::new() }));
        let what = match other {
            1 => What::Code(text),
            2 => What::Break,
            _ => What::Text(text),
        };
        Piece { what, style: Style { strong, emphasis, strike, link } }
    })
}

fn any_block() -> impl Strategy<Value = Block> {
    let line = || prop::collection::vec(any_piece(), 0..7);
    let leaf = prop_oneof![
        4 => line().prop_map(Block::Paragraph),
        1 => (1..7_u8, line()).prop_map(|(level, text)| Block::Heading { level, text }),
        1 => "[a`~ \n]{0,9}".prop_map(|text| Block::Code { language: String::new(), text }),
        1 => Just(Block::Rule),
        1 => prop::collection::vec(prop::collection::vec(line(), 0..3), 1..3).prop_map(Block::Table),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        let blocks = || prop::collection::vec(inner.clone(), 0..4);
        prop_oneof![
            blocks().prop_map(Block::Quote),
            (prop::option::of(0..99_u64), prop::collection::vec(blocks(), 1..4))
                .prop_map(|(start, items)| Block::List { start, items }),
        ]
    })
}

/// What must be there afterwards: every letter of every block, in order.
fn expected(blocks: &[Block]) -> String {
    let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    blocks.iter().map(|block| bare(&plain_blocks(std::slice::from_ref(block)))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1_000) })]

    #[test]
    fn every_word_survives(blocks in prop::collection::vec(any_block(), 0..4)) {
        let written = markdown(&blocks);
        prop_assert_eq!(letters(&written), expected(&blocks), "{}", written);
    }
}
