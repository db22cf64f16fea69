use super::*;

fn cleaned(body: &str) -> String {
    let (once, _) = clean(body);
    let (twice, _) = clean(&once);
    assert_eq!(once, twice, "a second cleaning changed more");
    once
}

fn kinds(body: &str) -> Vec<(usize, ChangeKind)> {
    clean(body).1.into_iter().map(|change| (change.line, change.kind)).collect()
}

#[test]
fn a_clean_text_stays_as_it_is() {
    let text = "Een *zin* met ‘quotes’ – en een dash.\n\n- punt\n  - onder\n\n1. een\r\n\n> citaat\n\ngezin 👨\u{200d}👩\u{200d}👧\n";
    assert_eq!(clean(text), (text.to_owned(), Vec::new()));
}

#[test]
fn invisible_characters_go() {
    assert_eq!(cleaned("a\u{a0}b\u{200b}c\u{ad}d\u{feff}"), "a bcd");
    assert_eq!(cleaned("&nbsp;a&nbsp;b&shy;c"), "a bc");
    assert_eq!(cleaned("code `&nbsp;` a&nbsp;b"), "code `&nbsp;` a&nbsp;b");
    assert_eq!(cleaned("\u{a0}\u{a0}\u{a0}\u{a0}ingesprongen\u{a0}\u{a0}\nvolgt"), "ingesprongen\nvolgt");
    assert_eq!(cleaned("a\u{200d}b می\u{200c}خواهم"), "ab می\u{200c}خواهم");
    assert_eq!(cleaned("1.\u{a0}een"), "1. een");
}

#[test]
fn a_change_says_where_and_what() {
    let (_, changes) = clean("goed\n\nniet\u{a0}zo goed\u{a0}hier dus\n");
    let change = Change {
        line: 3,
        kind: ChangeKind::NoBreakSpace,
        before: "niet\u{a0}zo goed\u{a0}hier".to_owned(),
        after: "niet zo goed hier".to_owned(),
    };
    assert_eq!(changes, [change]);
}

#[test]
fn bullets_become_items() {
    for line in
        ["• punt", "•punt", "·\tpunt", "– punt", "▪  punt", "o\tpunt", "\u{f0b7}\tpunt", "•\u{a0}punt"]
    {
        assert_eq!(cleaned(line), "- punt", "{line}");
    }
    assert_eq!(cleaned("• een\n  ◦ twee\n> • drie"), "- een\n  - twee\n> - drie");
    for line in ["o ja", "–5 graden", "•", "a • b"] {
        assert_eq!(cleaned(line), line);
    }
}

#[test]
fn hidden_addresses_leave_a_marker() {
    for line in [
        "Mail [email protected] nu",
        "Mail [email\u{a0}protected] nu",
        "Mail [[email protected]](/cdn-cgi/l/email-protection#a1b2) nu",
        "Mail [\\[email protected\\]](https://a.example/cdn-cgi/l/email-protection) nu",
        "Mail <a href=\"/cdn-cgi/l/email-protection\" class=\"__cf_email__\" data-cfemail=\"ab\">[email protected]</a> nu",
        "Mail <a href=\"/cdn-cgi/l/email-protection#a\"><span class=\"__cf_email__\" data-cfemail=\"a\">[email protected]</span></a> nu",
        "Mail <span class=\"__cf_email__\" data-cfemail=\"ab\">[email protected]</span> nu",
    ] {
        assert_eq!(cleaned(line), "Mail […@…] nu", "{line}");
        assert!(kinds(line).contains(&(1, ChangeKind::MaskedAddress)), "{line}");
    }
    assert_eq!(cleaned("[mail ons](/cdn-cgi/l/email-protection#a), graag"), "mail ons […@…], graag");
}

#[test]
fn what_comment_systems_and_share_bars_left_goes() {
    for line in [
        "blog comments powered by Disqus",
        "<noscript>Please enable JavaScript to view the <a href=\"https://disqus.com/?ref_noscript\">comments powered by Disqus.</a></noscript>",
        "Please enable JavaScript to view the [comments powered by Disqus.](http://disqus.com/?ref_noscript)",
        "[Tweet](https://a.example/share) | [Facebook](https://b.example) | [LinkedIn](https://c.example)",
        "Facebook Twitter WhatsApp",
        "Share this: Twitter Facebook",
    ] {
        assert_eq!(clean(line).0, "", "{line}");
        assert_eq!(kinds(line), [(1, ChangeKind::CommentSystem)]);
    }
    for line in [
        "Print",
        "Wie Facebook, Twitter en LinkedIn leest",
        "## Share Tweet",
        "Er stond: blog comments powered by Disqus.",
    ] {
        assert_eq!(cleaned(line), line);
    }
}

#[test]
fn stray_names_of_pictures_go() {
    for line in ["image001.png", "  DSC_0123.JPG", "spacer.gif", "Untitled-1.jpg"] {
        assert_eq!(clean(line).0, "", "{line}");
        assert_eq!(kinds(line), [(1, ChangeKind::AssetName)]);
    }
    for line in ["zie image001.png", "![](/image001.png)", ".png", "/a/b.png"] {
        assert_eq!(cleaned(line), line);
    }
}

#[test]
fn wrong_encodings_are_found_and_left() {
    let text = "goed\neen cafÃ© en â€˜dat\u{2122} is";
    let (same, changes) = clean(text);
    assert_eq!(same, text);
    assert_eq!(changes.len(), 1);
    assert_eq!((changes[0].line, changes[0].before.as_str()), (2, "cafÃ©"));
    assert_eq!(kinds("zï¿½n \u{fffd}"), [(1, ChangeKind::Mojibake)]);
    assert_eq!(kinds("SÃO PAULO, Âge, château"), []);
}

#[test]
fn code_is_left_alone() {
    for text in [
        "```\n• a\u{a0}b\nimage001.png\n```\n",
        "~~~ txt\n[email protected]\n```\n• a\n~~~\n",
        "tekst\n\n    • a\u{a0}b\n\n    image001.png\n",
        "    • a\n",
        "- item\n\n      • a\n",
        "- ```\n  • a\n  ```\n",
        "> ```\n> • a\n> ```\n",
    ] {
        assert_eq!(clean(text), (text.to_owned(), Vec::new()), "{text}");
    }
    assert_eq!(cleaned("> ```\n> • a\n• b\n"), "> ```\n> • a\n- b\n");
    assert_eq!(cleaned("```\n• a\n```\n• b\n"), "```\n• a\n```\n- b\n");
    assert_eq!(cleaned("- item\n\n    • a\n"), "- item\n\n    - a\n");
}
