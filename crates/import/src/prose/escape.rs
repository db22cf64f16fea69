//! Escapes outside of running text: labels and addresses.

/// A text without any mark, for the label of a callout and the description of a picture.
pub(super) fn escape_label(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_ascii_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        let mut before = ' ';
        let mut chars = word.chars().peekable();
        while let Some(c) = chars.next() {
            // An underscore inside a word is none that CommonMark would see.
            let inside = before.is_alphanumeric() && chars.peek().is_some_and(|c| c.is_alphanumeric());
            if matches!(c, '\\' | '`' | '*' | '[' | ']' | '<' | '~' | '&' | '|' | '!')
                || (c == '_' && !inside)
            {
                out.push('\\');
            }
            out.push(c);
            before = c;
        }
    }
    out
}

/// An address that stands between round brackets: what would end it or be read as something else
/// is percent-encoded (RFC 3986, section 2.1).
pub(super) fn escape_address(href: &str) -> String {
    let mut out = String::with_capacity(href.len());
    for c in href.chars() {
        match c {
            '(' | ')' | '&' | '*' | '_' | '~' => {
                if c != '_' && c != '~' {
                    out.push('\\');
                }
                out.push(c);
            }
            ' ' => out.push_str("%20"),
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            '\\' => out.push_str("%5C"),
            '|' => out.push_str("%7C"),
            '`' => out.push_str("%60"),
            c if c.is_control() || c.is_whitespace() => {}
            c => out.push(c),
        }
    }
    out
}
