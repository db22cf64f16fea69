//! A column as a file in its one canonical form.

use std::fmt::Write as _;

use weerklank_domain::{Column, Comments, FirstPublished, Guest, Image, SeriesPart, Source, Status};

/// The file of a column: keys in the order of the public contract, one key a line, defaults left
/// out, texts unquoted wherever every YAML reader takes them for that same text. The slug is always
/// written, so that an address outlives the renaming of a file.
///
/// `parse_file(any_name, &to_file(&column)) == Ok(column)` for every column that [`parse_file`] can
/// give, so a file that was exported imports to the same bytes.
///
/// [`parse_file`]: super::parse_file
pub fn to_file(column: &Column) -> String {
    let mut out = String::with_capacity(column.body.len() + 1024);
    out.push_str("---\n");
    line(&mut out, "title", &column.title);
    line(&mut out, "slug", column.slug.as_str());
    bare(&mut out, "date", column.date);
    if let Some(updated) = column.updated {
        bare(&mut out, "updated", updated);
    }
    list(&mut out, "authors", &column.authors);
    bare(&mut out, "lang", column.lang);
    bare(&mut out, "sentiment", column.sentiment);
    let moments: Vec<&str> = column.moments.iter().map(|moment| moment.as_str()).collect();
    list(&mut out, "moments", &moments);
    list(&mut out, "shops", &column.shops);
    if let Some(SeriesPart { name, number }) = &column.series {
        map(&mut out, "series", &[("name", text(name)), ("number", Some(Value::Bare(number.to_string())))]);
    }
    if let Some(Guest { name, role, organisation }) = &column.guest {
        let fields = [
            ("name", text(name)),
            ("role", optional(role.as_ref())),
            ("organisation", optional(organisation.as_ref())),
        ];
        map(&mut out, "guest", &fields);
    }
    if let Some(FirstPublished { medium, issue, date, url }) = &column.first_published {
        let date = date.map(|date| Value::Bare(date.to_string()));
        let fields = [
            ("in", text(medium)),
            ("issue", optional(issue.as_ref())),
            ("date", date),
            ("url", optional(url.as_ref())),
        ];
        map(&mut out, "first_published", &fields);
    }
    if let Some(summary) = &column.summary {
        line(&mut out, "summary", summary);
    }
    list(&mut out, "tags", &column.tags);
    if let Some(Image { src, alt, credit }) = &column.image {
        map(
            &mut out,
            "image",
            &[("src", text(src)), ("alt", text(alt)), ("credit", optional(credit.as_ref()))],
        );
    }
    if column.source != Source::Own {
        bare(&mut out, "source", column.source);
    }
    if column.comments != Comments::Open {
        bare(&mut out, "comments", column.comments);
    }
    if column.status != Status::Published {
        bare(&mut out, "status", column.status);
    }
    if column.incomplete {
        bare(&mut out, "incomplete", true);
    }
    out.push_str("---\n");
    out.push_str(&column.body);
    out
}

/// A value that is plain by its type: a date, a word of a closed list.
fn bare(out: &mut String, key: &str, value: impl std::fmt::Display) {
    // Writing to a String cannot fail.
    let _ = writeln!(out, "{key}: {value}");
}

fn line(out: &mut String, key: &str, value: &str) {
    out.push_str(key);
    out.push_str(": ");
    scalar(out, value, Place::Line);
    out.push('\n');
}

fn list<T: AsRef<str>>(out: &mut String, key: &str, values: &[T]) {
    if values.is_empty() {
        return;
    }
    out.push_str(key);
    for (index, value) in values.iter().enumerate() {
        out.push_str(if index == 0 { ": [" } else { ", " });
        scalar(out, value.as_ref(), Place::Brackets);
    }
    out.push_str("]\n");
}

/// A value in a map: text that may need quotes, or a number or date that must not have them.
enum Value<'a> {
    Text(&'a str),
    Bare(String),
}

#[expect(clippy::unnecessary_wraps, reason = "every field of a map is an option")]
fn text(value: &str) -> Option<Value<'_>> {
    Some(Value::Text(value))
}

fn optional(value: Option<&String>) -> Option<Value<'_>> {
    value.map(|text| Value::Text(text))
}

fn map(out: &mut String, key: &str, fields: &[(&str, Option<Value<'_>>)]) {
    out.push_str(key);
    let mut separator = ": { ";
    for (name, value) in fields {
        let Some(value) = value else { continue };
        out.push_str(separator);
        out.push_str(name);
        out.push_str(": ");
        match value {
            Value::Text(text) => scalar(out, text, Place::Brackets),
            Value::Bare(text) => out.push_str(text),
        }
        separator = ", ";
    }
    out.push_str(" }\n");
}

#[derive(Clone, Copy, PartialEq)]
enum Place {
    /// The rest of a line of its own.
    Line,
    /// In a `[list]` or a `{ map }`, where commas and brackets end a value.
    Brackets,
}

fn scalar(out: &mut String, text: &str, place: Place) {
    if is_plain(text, place) {
        out.push_str(text);
    } else {
        quoted(out, text);
    }
}

/// Any text, as every YAML reader reads it.
pub(super) fn quoted(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if is_unseen(c) => {
                let code = u32::from(c);
                let _ =
                    if code > 0xffff { write!(out, "\\U{code:08X}") } else { write!(out, "\\u{code:04X}") };
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

/// What an editor would not see in the file, or a YAML reader would drop or take for a line end.
fn is_unseen(c: char) -> bool {
    c.is_control()
        || (c.is_whitespace() && c != ' ')
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
        || matches!(u32::from(c) & 0xffff, 0xfffe | 0xffff)
}

/// Whether every YAML reader, 1.1 or 1.2, reads `text` at this place as this same text.
fn is_plain(text: &str, place: Place) -> bool {
    let Some(first) = text.chars().next() else { return false };
    let words = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"]
        .iter()
        .any(|word| text.eq_ignore_ascii_case(word));
    let address = text.starts_with('/') && !text.contains('#');
    (first.is_alphabetic() || is_opening_quote(first) || address)
        && !words
        && !text.ends_with([' ', ':'])
        && !text.contains(": ")
        && !text.contains(" #")
        // A hyphen right before a comma or a bracket is one sign with it to some.
        && (place == Place::Line || !(text.contains([',', '[', ']', '{', '}']) || text.ends_with('-')))
        && !text.chars().any(is_unseen)
        // `https://…` is plain everywhere, other colons are where readers differ.
        && (!text.contains(':') || text.starts_with("https://") || text.starts_with("http://"))
}

fn is_opening_quote(c: char) -> bool {
    matches!(c, '‘' | '“')
}
