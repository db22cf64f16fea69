//! Text on its way into HTML.

/// Whether a character is left out everywhere: control characters (C0 and C1, save tab and line end),
/// and those that turn the direction of the text around them (U+202A to U+202E, U+2066 to U+2069;
/// UAX 9), with which a text can show another than it holds.
pub(crate) fn is_unshown(c: char) -> bool {
    (c.is_control() && c != '\t' && c != '\n')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether a Markdown text may give texts with characters that are left out. Most give none, and need
/// not be looked through character by character.
pub(super) fn may_hold_unshown(markdown: &str) -> bool {
    let bytes = markdown.as_bytes();
    // Without branches, so that many bytes are looked at at once.
    let odd =
        |b: u8| (u8::from(b < b' ') & u8::from(b != b'\n') & u8::from(b != b'\t')) | u8::from(b == 0x7f);
    // The last bytes of the characters of direction are rarer than their first.
    let direction = |at: usize| at >= 2 && is_direction(&bytes[at - 2..=at]);
    bytes.iter().fold(0, |found, &b| found | odd(b)) != 0
        || memchr::memchr3_iter(0xaa, 0xab, 0xac, bytes).any(direction)
        || memchr::memchr2_iter(0xad, 0xae, bytes).any(direction)
        || memchr::memchr_iter(0x81, bytes).any(|at| bytes.len() > at + 1 && direction(at + 1))
        || memchr::memchr_iter(0xc2, bytes).any(|at| bytes[at + 1] < 0xa0)
        // An entity may stand for any of them.
        || memchr::memmem::find(bytes, b"&#").is_some()
}

fn is_direction(bytes: &[u8]) -> bool {
    matches!(bytes, [0xe2, 0x80, 0xaa..=0xae] | [0xe2, 0x81, 0xa6..=0xa9])
}

/// Appends `text` as the content of an element.
pub(super) fn text(out: &mut String, text: &str) {
    shown(out, text, shown_text);
}

/// Appends `text`, which holds nothing that is left out, as the content of an element.
pub(super) fn shown_text(out: &mut String, text: &str) {
    escape(out, text, false);
}

/// Appends `text` as the content of an attribute between double quotes.
pub(super) fn attribute(out: &mut String, text: &str) {
    shown(out, text, |out, part| escape(out, part, true));
}

/// Appends what is left of `text`.
fn shown(out: &mut String, text: &str, append: impl Fn(&mut String, &str)) {
    for part in text.split(is_unshown) {
        append(out, part);
    }
}

#[inline]
fn escape(out: &mut String, text: &str, quotes: bool) {
    let mut rest = text;
    loop {
        let found = if quotes {
            memchr::memchr3(b'<', b'&', b'"', rest.as_bytes())
        } else {
            memchr::memchr2(b'<', b'&', rest.as_bytes())
        };
        let Some(at) = found else { return out.push_str(rest) };
        out.push_str(&rest[..at]);
        out.push_str(match rest.as_bytes()[at] {
            b'<' => "&lt;",
            b'&' => "&amp;",
            _ => "&quot;",
        });
        rest = &rest[at + 1..];
    }
}

/// Appends `text` as the content of an element, in the fewest bytes: `<` stays where it opens no tag
/// and `&` where it starts no character reference (HTML, 13.2.5.6 and 13.2.5.72; no name of one is
/// shorter than two letters, 13.5).
pub(super) fn sparing(out: &mut String, text: &str) {
    if may_hold_unshown(text) {
        shown(out, text, sparing_shown);
    } else {
        sparing_shown(out, text);
    }
}

fn sparing_shown(out: &mut String, text: &str) {
    let bytes = text.as_bytes();
    let mut written = 0;
    for (at, &byte) in bytes.iter().enumerate() {
        if byte != b'<' && byte != b'&' {
            continue;
        }
        let is_read = match bytes.get(at + 1) {
            None => true,
            Some(next) if byte == b'<' => next.is_ascii_alphabetic() || matches!(next, b'/' | b'!' | b'?'),
            Some(b'#') => bytes.get(at + 2).is_none_or(|next| next.is_ascii_digit() || *next | 0x20 == b'x'),
            Some(next) => {
                next.is_ascii_alphanumeric() && bytes.get(at + 2).is_none_or(u8::is_ascii_alphanumeric)
            }
        };
        if is_read {
            out.push_str(&text[written..at]);
            out.push_str(if byte == b'<' { "&lt;" } else { "&amp;" });
            written = at + 1;
        }
    }
    out.push_str(&text[written..]);
}

/// Appends `url` as the content of an attribute: bytes that a URL cannot hold are percent-encoded,
/// those that it already holds encoded are left alone.
pub(super) fn url(out: &mut String, url: &str) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for byte in url.bytes() {
        match byte {
            b'&' => out.push_str("&amp;"),
            b'\'' => out.push_str("&#39;"),
            b'!' | b'#'..=b';' | b'=' | b'?'..=b'Z' | b'_' | b'a'..=b'z' | b'~' => out.push(char::from(byte)),
            _ => {
                out.push('%');
                out.push(char::from(HEX[usize::from(byte >> 4)]));
                out.push(char::from(HEX[usize::from(byte & 15)]));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(escape: impl Fn(&mut String, &str), text: &str) -> String {
        let mut out = String::new();
        escape(&mut out, text);
        out
    }

    #[test]
    fn nothing_leaves_its_sink() {
        assert_eq!(with(text, "a<b> & \"c\""), "a&lt;b> &amp; \"c\"");
        assert_eq!(with(attribute, "a\" onload=\"<&"), "a&quot; onload=&quot;&lt;&amp;");
        assert_eq!(with(url, "/a b\"'<é>?x=1&y[]=%20"), "/a%20b%22&#39;%3C%C3%A9%3E?x=1&amp;y%5B%5D=%20");
    }

    #[test]
    fn invisible_controls_vanish_and_their_neighbours_stay() {
        assert_eq!(with(text, "a\u{202e}b\u{2066}c\0d\u{85}e\u{7f}f\r"), "abcdef");
        assert_eq!(with(text, "‘é’ \u{a0}\u{200b}\u{2065}…\t\n"), "‘é’ \u{a0}\u{200b}\u{2065}…\t\n");
    }

    #[test]
    fn no_text_with_an_unshown_character_is_passed_over() {
        for c in (0..0x3000).filter_map(char::from_u32).filter(|&c| is_unshown(c)) {
            assert!(may_hold_unshown(&format!("een {c} twee")), "{c:?}");
        }
        assert!(may_hold_unshown("&#x202e;"));
        for text in ["", "‘Eén’ – “twee” … € 3 &amp; «vier»\t\n", "日本語 ăĂ Á", "ā"]
        {
            assert!(!may_hold_unshown(text), "{text}");
        }
    }

    #[test]
    fn the_sparing_form_escapes_what_html_would_read() {
        assert_eq!(
            with(sparing, "<<b </ <! <? < &&a &# & &lt &g &#x &#9 &Xi <&#"),
            "<&lt;b &lt;/ &lt;! &lt;? < &&a &# & &amp;lt &g &amp;#x &amp;#9 &amp;Xi <&amp;#"
        );
    }
}
