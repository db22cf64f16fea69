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
    assert_eq!(cleaned("a\u{2063}b\u{2064}c\u{206a}d 🏴\u{e0067}\u{e007f}"), "abcd 🏴\u{e0067}\u{e007f}");
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
        ["• punt", "•punt", "·\tpunt", "▪  punt", "o\tpunt", "\u{f0b7}\tpunt", "•\u{a0}punt", "•**punt**"]
    {
        let item = line.trim_start_matches(['•', '·', '▪', 'o', '\u{f0b7}', '\t', ' ', '\u{a0}']);
        assert_eq!(cleaned(line), format!("- {item}"), "{line}");
    }
    assert_eq!(cleaned("• een\n  ◦ twee\n> • drie"), "- een\n  - twee\n> - drie");
    assert_eq!(cleaned("## Kop\n• een\ndie doorloopt\n• twee"), "## Kop\n- een\ndie doorloopt\n- twee");
    assert_eq!(cleaned("Wij vroegen:\n• een kast"), "Wij vroegen:\n- een kast");
    assert_eq!(cleaned("Wij vroegen\n• een kast\n• een stoel"), "Wij vroegen\n- een kast\n- een stoel");
    assert_eq!(cleaned("- een\n• twee"), "- een\n- twee");
}

#[test]
fn dashes_become_items_where_they_make_a_list() {
    for (pasted, list) in [
        ("– een\n– twee", "- een\n- twee"),
        ("– een\ndie doorloopt\n– twee\n\nEn toen.", "- een\ndie doorloopt\n- twee\n\nEn toen."),
        ("– een\n\n–\u{a0}twee\n\n– drie", "- een\n\n- twee\n\n- drie"),
        ("Wij vroegen:\n– een kast\n– een stoel", "Wij vroegen:\n- een kast\n- een stoel"),
        ("> – een\n> – twee", "> - een\n> - twee"),
    ] {
        assert_eq!(cleaned(pasted), list);
    }
    for honest in [
        "> De schroeven lagen nog in de bus.\n>\n> – Kim Verzonnen",
        "> De schroeven lagen nog in de bus.\n> – Kim Verzonnen",
        "De kast kwam\n– zonder schroeven –\nop dinsdag.",
        "De kast kwam\n– zonder schroeven\n– en zonder plank.",
        "- De kast kwam\n  – zonder schroeven –\n  op dinsdag.",
        "- De kast kwam\n  – zonder schroeven\n",
        "– een\n\nEen alinea.\n\n– twee",
        "– een\n```\n– twee\n```",
    ] {
        assert_eq!(clean(honest), (honest.to_owned(), Vec::new()));
    }
}

/// Lines that people write, each of which begins, ends or is built like what a rule looks for.
#[test]
fn honest_lines_stay_as_they_are() {
    for (rule, lines) in [
        ("bullets", include_str!("honest/bullets.txt")),
        ("comment systems", include_str!("honest/comment_systems.txt")),
        ("share bars", include_str!("honest/share_bars.txt")),
        ("asset names", include_str!("honest/asset_names.txt")),
        ("masked addresses", include_str!("honest/masked_addresses.txt")),
        ("characters", include_str!("honest/characters.txt")),
        ("encodings", include_str!("honest/encodings.txt")),
    ] {
        assert!(lines.lines().count() >= 30, "{rule}");
        for line in lines.lines() {
            assert_eq!(clean(line), (line.to_owned(), Vec::new()), "{rule}: alone");
            let wrapped = format!("De winkel schreef\n{line}\nen toen niets meer.\n");
            assert_eq!(clean(&wrapped), (wrapped.clone(), Vec::new()), "{rule}: wrapped");
        }
    }
}

/// Lines that would be leftovers, or items, as paragraphs of their own.
#[test]
fn a_wrapped_line_is_part_of_its_paragraph() {
    for line in include_str!("honest/wrapped.txt").lines() {
        for text in [
            format!("De winkel schreef\n{line}\nen toen niets meer.\n"),
            format!("> De winkel schreef\n> {line}\nen toen niets meer.\n"),
        ] {
            assert_eq!(clean(&text), (text.clone(), Vec::new()));
        }
    }
    for text in [
        "De bijlage heette zo:\n\nstoel.jpg\n\ntafel.jpg\n\nMeer niet.\n",
        "**Onder elk stuk stond:**\n\nDelen Tweeten\n",
        "Facebook Twitter WhatsApp\n---\n",
        "stoel.jpg\nhoorde erbij.\n",
    ] {
        assert_eq!(clean(text), (text.to_owned(), Vec::new()));
    }
}

#[test]
fn tables_keep_their_lines() {
    for table in [
        "| E-mail | WhatsApp | Facebook |\n|---|---|---|\n| x | x | x |\n| Share | Tweet | Print |\n",
        "Facebook | Twitter\n--- | ---\nFacebook | Twitter\n",
        "| Bijlage |\n|:--|\n| stoel.jpg |\nstoel.jpg\n",
        "• ja | • nee\n:-: | :-:\n• x | –\n– a | – b\n",
        "Wat werkt:\n\n> | Mail | X |\n> |--|--|\n> | Mail | X |\n",
    ] {
        assert_eq!(clean(table), (table.to_owned(), Vec::new()));
    }
    assert_eq!(cleaned("| a\u{a0}b |\n|---|\n| c\u{ad}d |\n"), "| a b |\n|---|\n| cd |\n");
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
        "[Facebook](https://www.facebook.com/sharer/sharer.php?u=a) [Mail](mailto:?subject=a)",
        "Facebook Twitter WhatsApp",
        "Facebook | Twitter | LinkedIn",
        "| Print | E-mail |",
        "Share this: Twitter Facebook",
        "Share this:",
        "View the discussion thread.",
        "[Click to share on Twitter (Opens in new window)](https://a.example/?share=twitter)",
        "Click to share on X (Opens in new window) Click to print (Opens in new window)",
        "Klik om te delen op Facebook (Wordt in een nieuw venster geopend)",
        "Deel dit artikel via: Facebook, Twitter",
        "Like this: Like Loading...",
        "**Delen** · Tweeten · Afdrukken",
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
fn a_paragraph_of_leftovers_goes_whole() {
    let text = "Tekst.\n\nShare this:\nFacebook Twitter\nimage001.png\n## Kop\n";
    assert_eq!(cleaned(text), "Tekst.\n\n\n\n\n## Kop\n");
    assert_eq!(cleaned("### Share this:\n\nFacebook Twitter\n"), "### Share this:\n\n\n");
    assert_eq!(cleaned("Delen:\n\nFacebook Twitter\n"), "Delen:\n\n\n");
    assert_eq!(cleaned("> a\n>\n> stoel.jpg\n"), "> a\n>\n\n");
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
