//! A strict reader of the renderer's HTML: it knows the tags, attributes and values that may occur,
//! and refuses everything else.

use std::collections::HashSet;

/// Tags that may occur, with the attributes that each may have besides `id`, `class` and `role`.
const TAGS: &[(&str, &[&str])] = &[
    ("a", &["href", "title", "rel", "aria-label"]),
    ("aside", &["aria-labelledby"]),
    ("blockquote", &[]),
    ("br", &[]),
    ("cite", &[]),
    ("code", &[]),
    ("del", &[]),
    ("div", &["tabindex", "aria-label", "aria-labelledby"]),
    ("em", &[]),
    ("figcaption", &[]),
    ("figure", &[]),
    ("h2", &[]),
    ("h3", &[]),
    ("h4", &[]),
    ("h5", &[]),
    ("h6", &[]),
    ("hr", &[]),
    ("img", &["srcset", "sizes", "src", "alt", "title", "width", "height", "loading", "decoding"]),
    ("input", &["type", "disabled", "checked"]),
    ("label", &[]),
    ("li", &[]),
    ("ol", &["start"]),
    ("p", &[]),
    ("pre", &["tabindex"]),
    ("section", &["aria-labelledby"]),
    ("span", &[]),
    ("strong", &[]),
    ("sup", &[]),
    ("table", &[]),
    ("tbody", &[]),
    ("td", &[]),
    ("th", &["scope"]),
    ("thead", &[]),
    ("time", &["datetime"]),
    ("tr", &[]),
    ("ul", &[]),
];

const VOID: &[&str] = &["br", "hr", "img", "input"];

/// What was seen on the way.
#[derive(Debug, Default)]
pub struct Seen {
    /// The most elements that were open at once.
    pub depth: usize,
    pub elements: usize,
    pub ids: HashSet<String>,
    /// What `href="#…"` and `aria-labelledby` lead to.
    pub targets: HashSet<String>,
}

/// Reads all of `html`; says what is wrong with it, and where.
pub fn check(html: &str) -> Result<Seen, String> {
    let mut seen = Seen::default();
    let mut open: Vec<&str> = Vec::new();
    let mut rest = html;
    while let Some(start) = next_tag(rest) {
        check_text(&rest[..start])?;
        rest = &rest[start + 1..];
        if let Some(after) = rest.strip_prefix('/') {
            let end = after.find('>').ok_or("an end tag is not closed")?;
            let name = &after[..end];
            if open.pop() != Some(name) {
                return Err(format!("</{name}> closes another element"));
            }
            rest = &after[end + 1..];
            continue;
        }
        let length = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let name = &rest[..length];
        let Some((name, attributes)) = TAGS.iter().find(|(known, _)| *known == name) else {
            return Err(format!("<{}… may not occur", rest.chars().take(20).collect::<String>()));
        };
        rest = check_attributes(name, attributes, &rest[length..], &mut seen)?;
        seen.elements += 1;
        check_nesting(name, &open)?;
        if !VOID.contains(name) {
            open.push(name);
            seen.depth = seen.depth.max(open.len());
        }
    }
    check_text(rest)?;
    if open.is_empty() { Ok(seen) } else { Err(format!("{open:?} stay open")) }
}

/// Where the next tag or comment starts (HTML, 13.2.5.6: `<` before anything else is text).
fn next_tag(html: &str) -> Option<usize> {
    let opens = |at: usize| {
        matches!(html.as_bytes().get(at + 1), Some(b'a'..=b'z' | b'A'..=b'Z' | b'/' | b'!' | b'?'))
    };
    html.match_indices('<').map(|(at, _)| at).find(|&at| opens(at))
}

/// The parents that the parser of a browser would otherwise make up or close.
fn check_nesting(name: &str, open: &[&str]) -> Result<(), String> {
    let parent = open.last().copied().unwrap_or_default();
    let right = match name {
        "li" => matches!(parent, "ul" | "ol"),
        "tr" => matches!(parent, "thead" | "tbody"),
        "td" | "th" => parent == "tr",
        "thead" | "tbody" => parent == "table",
        "figcaption" => parent == "figure",
        "a" => !open.contains(&"a"),
        "label" => !open.contains(&"label"),
        "p" | "ul" | "ol" | "div" | "pre" | "table" | "blockquote" | "aside" | "section" | "figure"
        | "hr" => !matches!(
            parent,
            "p" | "em" | "strong" | "del" | "a" | "label" | "h2" | "h3" | "h4" | "h5" | "h6"
        ),
        _ => !matches!(parent, "ul" | "ol" | "table" | "thead" | "tbody" | "tr"),
    };
    if right { Ok(()) } else { Err(format!("<{name}> stands in {open:?}")) }
}

/// Reads the attributes and the `>`; gives what follows.
fn check_attributes<'a>(
    tag: &str,
    allowed: &[&str],
    mut rest: &'a str,
    seen: &mut Seen,
) -> Result<&'a str, String> {
    let mut names = HashSet::new();
    loop {
        if let Some(after) = rest.strip_prefix('>') {
            return Ok(after);
        }
        rest = rest.strip_prefix(' ').ok_or_else(|| format!("<{tag}: attributes are parted by one space"))?;
        let length = rest.bytes().take_while(|b| b.is_ascii_lowercase() || *b == b'-').count();
        let name = &rest[..length];
        if !(allowed.contains(&name) || matches!(name, "id" | "class" | "role")) {
            return Err(format!("<{tag} {name}> may not occur"));
        }
        if !names.insert(name) {
            return Err(format!("<{tag} {name}> stands there twice"));
        }
        rest = &rest[length..];
        let value = if let Some(after) = rest.strip_prefix("=\"") {
            let end = after.find('"').ok_or("an attribute is not closed")?;
            rest = &after[end + 1..];
            &after[..end]
        } else if matches!(name, "disabled" | "checked") {
            ""
        } else {
            return Err(format!("<{tag} {name}> has no value"));
        };
        check_value(tag, name, value, seen)?;
    }
}

/// An address and its width: `/pictures/…webp 480w`.
fn is_source(source: &str, seen: &mut Seen) -> bool {
    let Some((address, width)) = source.rsplit_once(' ') else { return false };
    let width = width.strip_suffix('w').is_some_and(|width| width.parse::<u32>().is_ok());
    width && check_address("src", address, seen)
}

fn check_value(tag: &str, name: &str, value: &str, seen: &mut Seen) -> Result<(), String> {
    let simple =
        |extra: &str| value.bytes().all(|b| b.is_ascii_alphanumeric() || extra.as_bytes().contains(&b));
    let right = match name {
        "id" => !value.is_empty() && simple("-_") && seen.ids.insert(value.to_owned()),
        "class" => simple(" -_+"),
        "role" => matches!(value, "region" | "note" | "doc-endnotes" | "doc-noteref" | "doc-backlink"),
        "href" | "src" => check_address(name, value, seen),
        "srcset" => value.split(", ").all(|source| is_source(source, seen)),
        // A length, or lengths by the width of the window (HTML, 4.8.4.2.2).
        "sizes" => !value.is_empty() && simple(" ().,:-%+*/"),
        "rel" => value == "noopener external",
        "aria-labelledby" => seen.targets.insert(value.to_owned()) && simple("_"),
        "tabindex" => value == "0",
        "width" | "height" | "start" => value.bytes().all(|b| b.is_ascii_digit()),
        "loading" => value == "lazy",
        "decoding" => value == "async",
        "type" => value == "checkbox",
        "scope" => value == "col",
        "datetime" => value.parse::<weerklank_domain::Date>().is_ok(),
        _ => true,
    };
    if !right {
        return Err(format!("<{tag} {name}=\"{value}\"> may not occur"));
    }
    if value.contains('<') {
        return Err(format!("<{tag} {name}> holds a `<`"));
    }
    check_text(value)
}

fn check_address(name: &str, value: &str, seen: &mut Seen) -> bool {
    if value.bytes().any(|b| b <= b' ' || b >= 0x7f || b"\"'<>`\\{}|^".contains(&b)) {
        return false;
    }
    if let Some(target) = value.strip_prefix('#') {
        seen.targets.insert(target.to_owned());
    }
    let head = value.split(['/', '?', '#']).next().unwrap_or_default();
    match head.split_once(':') {
        None => true,
        Some((scheme, _)) => {
            let scheme = scheme.to_ascii_lowercase();
            scheme == "https" || (name == "href" && matches!(scheme.as_str(), "http" | "mailto" | "tel"))
        }
    }
}

/// Character references are closed, and what turns the direction of a text is not there.
fn check_text(text: &str) -> Result<(), String> {
    if let Some(c) = text.chars().find(|&c| {
        (c.is_control() && c != '\n' && c != '\t')
            || "\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}".contains(c)
    }) {
        return Err(format!("the character U+{:04X} may not occur", u32::from(c)));
    }
    for (at, _) in text.match_indices('&') {
        let known = ["&amp;", "&lt;", "&quot;", "&#39;"].iter().any(|entity| text[at..].starts_with(entity));
        let harmless = !text[at + 1..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '#');
        if !known && !harmless {
            return Err(format!("`{}` is not escaped", text[at..].chars().take(10).collect::<String>()));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn the_checker_refuses_what_could_run() {
        for html in [
            "<script>a</script>",
            "<p onclick=\"a\">b</p>",
            "<a href=\"javascript:a\">b</a>",
            "<a href=\"JAVASCRIPT:a\">b</a>",
            "<a href=\"java&#10;script:a\">b</a>",
            "<img src=\"data:a\">",
            "<img src=\"http://a\">",
            "<p>a",
            "<em><p>a</p></em>",
            "<p id=\"a\">b</p><p id=\"a\">c</p>",
            "<p style=\"a\">b</p>",
            "a\u{202e}b",
            "&lt",
            "<!-- a -->",
            "<a href=\"/\"><a href=\"/\">a</a></a>",
        ] {
            assert!(check(html).is_err(), "{html}");
        }
        assert!(check("<p id=\"a_1\">a &amp; b <a href=\"/a?b&amp;c\">c</a> & d</p>").is_ok());
    }
}
