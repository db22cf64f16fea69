//! The shortcodes of WordPress: `[name key="value"]`, some with an end `[/name]`.

use std::collections::BTreeSet;

use super::Notes;
use super::notes::excerpt;
use crate::file::line_ends;

/// How long the inside of one pair of brackets may be.
const MAX_TAG: usize = 2_000;

/// Makes HTML of the shortcodes that hold text (`caption`, `embed`), takes out those that stand for
/// media (`gallery`, `audio`, `video`, `playlist`) with a note, and keeps all others as text, with a
/// note. Line ends stay where they are, so lines keep their numbers.
pub(crate) fn expand(text: &str, first_line: Option<usize>, notes: &mut Notes) -> String {
    if !text.contains('[') {
        return text.to_owned();
    }
    let ends = end_names(text);
    let last_end = |name: &str| text.rfind(&format!("[/{name}]"));
    let (caption_end, embed_end) = (last_end("caption").max(last_end("wp_caption")), last_end("embed"));
    let mut out = String::with_capacity(text.len());
    let mut line = first_line;
    let mut rest = text;
    while let Some(at) = rest.find('[') {
        line = line.map(|line| line + line_ends(&rest[..at]));
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let position = text.len() - rest.len();
        if let Some(literal) = escaped(rest) {
            out.push_str(&rest[1..literal - 1]);
            line = line.map(|line| line + line_ends(&rest[..literal]));
            rest = &rest[literal..];
            continue;
        }
        let Some(tag) = Shortcode::parse(rest) else {
            out.push('[');
            rest = &rest[1..];
            continue;
        };
        let inside = |end: Option<usize>| {
            // Looked for only where there is one, so that the work stays linear.
            end.filter(|end| *end > position)?;
            let body = &rest[tag.length..];
            let mark = format!("[/{}]", tag.name);
            let length = body.find(&mark)?;
            Some((&body[..length], tag.length + length + mark.len()))
        };
        let length = match tag.name {
            "caption" | "wp_caption" if !tag.closing => match inside(caption_end) {
                Some((body, length)) => {
                    caption(&mut out, &tag, body);
                    length
                }
                None => tag.length,
            },
            "embed" if !tag.closing => match inside(embed_end) {
                Some((body, length)) => {
                    let address = body.trim();
                    let (href, text) = (attribute(address), element(address));
                    for part in ["<p><a href=\"", &href, "\">", &text, "</a></p>"] {
                        out.push_str(part);
                    }
                    out.extend(std::iter::repeat_n('\n', line_ends(&rest[..length])));
                    length
                }
                None => tag.length,
            },
            "gallery" | "audio" | "video" | "playlist" => {
                if !tag.closing {
                    notes.add(line, format!("`{}` left out", excerpt(&rest[..tag.length])));
                }
                out.extend(std::iter::repeat_n('\n', line_ends(&rest[..tag.length])));
                tag.length
            }
            name => {
                if !tag.closing && (tag.attributes.contains('=') || ends.contains(name)) {
                    notes.add(
                        line,
                        format!("`{}` looks like a shortcode: kept as text", excerpt(&rest[..tag.length])),
                    );
                }
                out.push_str(&rest[..tag.length]);
                tag.length
            }
        };
        line = line.map(|line| line + line_ends(&rest[..length]));
        rest = &rest[length..];
    }
    out.push_str(rest);
    out
}

struct Shortcode<'a> {
    name: &'a str,
    attributes: &'a str,
    closing: bool,
    /// With its brackets, in bytes.
    length: usize,
}

impl<'a> Shortcode<'a> {
    /// Reads the one that `text` begins with.
    fn parse(text: &'a str) -> Option<Self> {
        let inner = text.strip_prefix('[')?;
        let closing = inner.starts_with('/');
        let inner = inner.strip_prefix('/').unwrap_or(inner);
        let name_length = inner
            .bytes()
            .take_while(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'_' | b'-'))
            .count();
        let name = &inner[..name_length];
        if !name.starts_with(|c: char| c.is_ascii_lowercase()) {
            return None;
        }
        let after = &inner[name_length..];
        if !after.starts_with([']', ' ', '/', '\n', '\t']) {
            return None;
        }
        let mut quote = None;
        for (at, byte) in after.bytes().enumerate().take(MAX_TAG) {
            match (quote, byte) {
                (None, b']') => {
                    let length = text.len() - after.len() + at + 1;
                    return Some(Self { name, attributes: &after[..at], closing, length });
                }
                (None, b'"' | b'\'') => quote = Some(byte),
                (None, b'[') => return None,
                (Some(open), byte) if byte == open => quote = None,
                _ => {}
            }
        }
        None
    }

    fn get(&self, key: &str) -> Option<&str> {
        let at = self.attributes.find(&format!("{key}="))? + key.len() + 1;
        let value = &self.attributes[at..];
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        value[1..].split(quote).next()
    }
}

/// `[[gallery]]` shows `[gallery]`: the length of the whole.
fn escaped(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('[')?;
    let tag = Shortcode::parse(inner)?;
    inner[tag.length..].starts_with(']').then_some(tag.length + 2)
}

/// `[caption caption="older"]<img> newer[/caption]`
fn caption(out: &mut String, tag: &Shortcode<'_>, body: &str) {
    let picture = body.find("<img").and_then(|start| Some(start + body[start..].find('>')? + 1));
    let mut split = picture.unwrap_or(0);
    if body[split..].trim_start().starts_with("</a>") {
        split += body[split..].find("</a>").unwrap_or(0) + "</a>".len();
    }
    let (picture, text) = body.split_at(split);
    let older = tag.get("caption").filter(|_| text.trim().is_empty());
    let text = older.unwrap_or(text);
    out.extend(std::iter::repeat_n('\n', line_ends(tag.attributes)));
    for part in ["<figure>", picture, "<figcaption>", text, "</figcaption></figure>"] {
        out.push_str(part);
    }
}

/// The names that have an end somewhere.
fn end_names(text: &str) -> BTreeSet<&str> {
    let ends = text.match_indices("[/");
    ends.filter_map(|(at, _)| Shortcode::parse(&text[at..]).map(|tag| tag.name)).collect()
}

fn attribute(text: &str) -> String {
    element(text).replace('"', "&quot;")
}

fn element(text: &str) -> String {
    text.replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expanded(text: &str) -> (String, Vec<String>) {
        let mut notes = Notes::default();
        let out = expand(text, Some(10), &mut notes);
        let notes = notes.finish().into_iter();
        (out, notes.map(|note| format!("{}: {}", note.line.unwrap(), note.message)).collect())
    }

    #[test]
    fn captions_become_figures() {
        let (out, notes) = expanded(
            r#"a [caption id="x" width="3"]<a href="/b"><img src="/b.jpg" /></a> Een [b]ank[/caption] z"#,
        );
        assert_eq!(
            out,
            r#"a <figure><a href="/b"><img src="/b.jpg" /></a><figcaption> Een [b]ank</figcaption></figure> z"#
        );
        assert!(notes.is_empty());
        let (out, _) = expanded(r#"[caption caption="Ouder"]<img src="/b.jpg">[/caption]"#);
        assert_eq!(out, r#"<figure><img src="/b.jpg"><figcaption>Ouder</figcaption></figure>"#);
    }

    #[test]
    fn media_are_left_out_and_others_kept_with_a_note_each() {
        let (out, notes) =
            expanded("een\n[gallery ids=\"1,\n2\"] [form id=\"3\"] [sic] [[gallery]]\n[knop]Ja[/knop]");
        assert_eq!(out, "een\n\n [form id=\"3\"] [sic] [gallery]\n[knop]Ja[/knop]");
        assert_eq!(
            notes,
            [
                "11: `[gallery ids=\"1, 2\"]` left out",
                "12: `[form id=\"3\"]` looks like a shortcode: kept as text",
                "13: `[knop]` looks like a shortcode: kept as text",
            ]
        );
    }

    #[test]
    fn an_embed_is_a_link() {
        let (out, _) = expanded("[embed]https://example.org/?a=1&b=\"2[/embed]");
        assert_eq!(
            out,
            "<p><a href=\"https://example.org/?a=1&b=&quot;2\">https://example.org/?a=1&b=\"2</a></p>"
        );
    }

    #[test]
    fn brackets_without_end_cost_little() {
        let text = "[caption ".repeat(20_000) + &"[caption]".repeat(20_000);
        assert!(!expanded(&text).0.is_empty());
    }
}
