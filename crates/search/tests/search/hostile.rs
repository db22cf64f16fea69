//! Anything may be typed.

use weerklank_domain::Lang::{En, Nl};

use crate::support::{ask, document, found, index, public};

#[test]
fn whatever_is_typed_is_answered() {
    let index = index([
        document("nl", public(Nl, "Titel over retour", "De retour en de and or not title foo.")),
        document("en", public(En, "Title", "The return and or not.")),
    ]);
    let mut queries: Vec<String> = [
        "",
        " ",
        "\"",
        "\"\"",
        "\"\"\"",
        "\"a",
        "a\"",
        "title:retour",
        "title:",
        "retour*",
        "*",
        "?",
        "AND",
        "OR NOT",
        "retour AND",
        "(retour",
        "retour)",
        "[a TO z]",
        "{",
        "}",
        "+retour",
        "-retour",
        "retour^2",
        "retour~2",
        "\\",
        "re\\:tour",
        "\0",
        "\u{7}\u{1b}[31m",
        "\u{202e}ruoter\u{202c}",
        "\u{200b}",
        "\u{feff}",
        "😀",
        "👨‍👩‍👧‍👦 retour",
        "e\u{301}\u{301}\u{301}",
        "'",
        "''''",
        "a'b'c's's",
        "ﷺ",
        "İ",
        "ß",
        "日本語",
        "٣",
        "½",
        "' OR 1=1 --",
        "<script>",
        "%00",
        "../../etc/passwd",
    ]
    .map(str::to_owned)
    .to_vec();
    queries.push("a".repeat(65_536));
    queries.push("é".repeat(65_536));
    queries.push("\"".repeat(65_536));
    queries.push("retour ".repeat(10_000));
    queries.push((0..10_000).map(|i| format!("woord{i}")).collect::<Vec<_>>().join(" "));
    queries.push("\"op de\" ".repeat(10_000));
    for text in queries {
        let answer = ask(&index, &text);
        assert!(answer.total <= 2, "{}", text.chars().take(40).collect::<String>());
        assert_eq!(answer.hits.len() as u64, answer.total);
    }
}

#[test]
fn operators_are_words_or_nothing() {
    let index = index([document("nl", public(Nl, "Retour", "Garantie."))]);
    for text in [
        "retour AND garantie",
        "+retour -garantie",
        "\"retour garantie",
        "retour*",
        "(retour)",
        "title retour",
    ] {
        assert_eq!(found(&index, text), ["nl"], "{text}");
    }
}

#[test]
fn hostile_columns_are_indexed_too() {
    let endless = "a".repeat(100_000);
    let marks = "\u{301}".repeat(1000);
    let columns = ["", &endless, &marks, "\0\u{202e}\u{feff}", "zo👍🏽zo retour"];
    let columns =
        columns.iter().enumerate().map(|(i, body)| document(&format!("nr-{i}"), public(Nl, body, body)));
    let index = index(columns);
    assert_eq!(found(&index, "retour"), ["nr-4"]);
    let hit = ask(&index, &endless).hits.remove(0);
    assert_eq!(hit.slug.as_str(), "nr-1");
    assert!(hit.snippet.iter().map(|(piece, _)| piece.chars().count()).sum::<usize>() <= 190);
}
