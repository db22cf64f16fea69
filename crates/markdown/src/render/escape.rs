//! Text on its way into HTML.
//!
//! Left out everywhere: control characters (C0 and C1, save tab and line end), and the characters
//! that turn the direction of the text around them (U+202A to U+202E, U+2066 to U+2069; UAX 9), with
//! which a text can show another than it holds.

const PLAIN: u8 = 0;
const SPECIAL: u8 = 1;

/// Which bytes need a second look.
const LOOK: [u8; 256] = {
    let mut table = [PLAIN; 256];
    let mut byte = 0;
    while byte < 0x20 {
        if byte != b'\t' as usize && byte != b'\n' as usize {
            table[byte] = SPECIAL;
        }
        byte += 1;
    }
    table[0x7f] = SPECIAL;
    table[b'<' as usize] = SPECIAL;
    table[b'&' as usize] = SPECIAL;
    table[b'"' as usize] = SPECIAL;
    // First bytes of U+0080 to U+00BF and of U+2000 to U+2FFF.
    table[0xc2] = SPECIAL;
    table[0xe2] = SPECIAL;
    table
};

/// Whether a character is left out.
pub(crate) fn is_unshown(c: char) -> bool {
    (c.is_control() && c != '\t' && c != '\n')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[derive(Clone, Copy, PartialEq)]
enum Sink {
    Text,
    Attribute,
    /// Text in which `<` and `&` are written as they are wherever HTML reads them so.
    Sparing,
}

/// Appends `text` as the content of an element.
pub(super) fn text(out: &mut String, text: &str) {
    escape(out, text, Sink::Text);
}

/// Appends `text` as the content of an attribute between double quotes.
pub(super) fn attribute(out: &mut String, text: &str) {
    escape(out, text, Sink::Attribute);
}

/// Appends `text` as the content of an element, in the fewest bytes: `<` stays where it opens no tag
/// and `&` where it starts no character reference (HTML, 13.2.5.6 and 13.2.5.72).
pub(super) fn sparing(out: &mut String, text: &str) {
    escape(out, text, Sink::Sparing);
}

#[inline]
fn escape(out: &mut String, text: &str, sink: Sink) {
    let bytes = text.as_bytes();
    let mut written = 0;
    let mut at = 0;
    while at < bytes.len() {
        if LOOK[usize::from(bytes[at])] == PLAIN {
            at += 1;
            continue;
        }
        let next = bytes.get(at + 1).copied();
        let (length, replacement) = match bytes[at] {
            b'<' if sink == Sink::Sparing && !next.is_none_or(opens_tag) => (1, None),
            b'<' => (1, Some("&lt;")),
            b'&' if sink == Sink::Sparing && !next.is_none_or(starts_reference) => (1, None),
            b'&' => (1, Some("&amp;")),
            b'"' => (1, (sink == Sink::Attribute).then_some("&quot;")),
            0xc2 => (2, next.is_some_and(|b| b < 0xa0).then_some("")),
            0xe2 => (3, turns_direction(&bytes[at..]).then_some("")),
            _ => (1, Some("")),
        };
        if let Some(replacement) = replacement {
            out.push_str(&text[written..at]);
            out.push_str(replacement);
            written = at + length;
        }
        at += length;
    }
    out.push_str(&text[written..]);
}

fn opens_tag(next: u8) -> bool {
    next.is_ascii_alphabetic() || matches!(next, b'/' | b'!' | b'?')
}

fn starts_reference(next: u8) -> bool {
    next.is_ascii_alphanumeric() || next == b'#'
}

fn turns_direction(bytes: &[u8]) -> bool {
    matches!(bytes, [0xe2, 0x80, 0xaa..=0xae, ..] | [0xe2, 0x81, 0xa6..=0xa9, ..])
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

    fn with(escape: fn(&mut String, &str), text: &str) -> String {
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
    fn the_sparing_form_escapes_what_html_would_read() {
        assert_eq!(
            with(sparing, "<<b </ <! <? < &&a &# & <"),
            "<&lt;b &lt;/ &lt;! &lt;? < &&amp;a &amp;# & &lt;"
        );
    }
}
