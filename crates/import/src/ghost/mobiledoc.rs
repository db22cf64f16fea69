//! Mobiledoc, what Ghost's editors stored up to version 4: sections of marked-up text
//! (format 0.3).

use std::rc::Rc;

use serde_json::Value;

use super::cards;
use crate::html::{self, Notes};
use crate::prose::{Block, Link, Piece, Style, What};

/// The kinds of sections.
mod section {
    pub const MARKUP: u64 = 1;
    pub const IMAGE: u64 = 2;
    pub const LIST: u64 = 3;
    pub const CARD: u64 = 10;
}

pub(super) fn read(value: &Value, notes: &mut Notes) -> Vec<Block> {
    let document = Document { value };
    let mut out = Vec::new();
    for section in document.table("sections") {
        let kind = section.get(0).and_then(Value::as_u64);
        let word = |at: usize| section.get(at).and_then(Value::as_str).unwrap_or_default();
        match kind {
            Some(section::MARKUP) => {
                let text = document.text(section.get(2), notes);
                out.extend(block(word(1), text));
            }
            Some(section::IMAGE) => {
                let card = serde_json::json!({ "src": word(1) });
                out.extend(cards::read("image", &card, notes));
            }
            Some(section::LIST) => {
                let items = section.get(2).and_then(Value::as_array).into_iter().flatten();
                let items =
                    items.map(|item| vec![Block::Paragraph(document.text(Some(item), notes))]).collect();
                out.push(Block::List { start: (word(1) == "ol").then_some(1), items });
            }
            Some(section::CARD) => {
                let number = section.get(1).and_then(Value::as_u64).and_then(|n| usize::try_from(n).ok());
                let card = number.and_then(|n| document.table("cards").nth(n));
                let name = card.and_then(|card| card.get(0)?.as_str()).unwrap_or("without a name");
                out.extend(cards::read(
                    name,
                    card.and_then(|card| card.get(1)).unwrap_or(&Value::Null),
                    notes,
                ));
            }
            _ => notes.add(None, "a section of an unknown kind left out"),
        }
    }
    out
}

fn block(tag: &str, text: Vec<Piece>) -> Option<Block> {
    if text.is_empty() {
        return None;
    }
    let level = tag.strip_prefix('h').and_then(|level| level.parse().ok());
    Some(match (tag, level) {
        ("blockquote" | "pull-quote" | "aside", _) => Block::Quote(vec![Block::Paragraph(text)]),
        (_, Some(level)) => Block::Heading { level, text },
        _ => Block::Paragraph(text),
    })
}

struct Document<'a> {
    value: &'a Value,
}

impl<'a> Document<'a> {
    fn table(&self, name: &str) -> impl Iterator<Item = &'a Value> + use<'a> {
        self.value.get(name).and_then(Value::as_array).into_iter().flatten()
    }

    /// Markers: `[kind, [markups that open], how many close after it, text or number of an atom]`.
    fn text(&self, markers: Option<&Value>, notes: &mut Notes) -> Vec<Piece> {
        let mut out = Vec::new();
        let mut open: Vec<&Value> = Vec::new();
        let number =
            |value: Option<&Value>| value.and_then(Value::as_u64).and_then(|n| usize::try_from(n).ok());
        for marker in markers.and_then(Value::as_array).into_iter().flatten() {
            let opens = marker.get(1).and_then(Value::as_array).into_iter().flatten();
            open.extend(opens.filter_map(|n| self.table("markups").nth(number(Some(n))?)));
            let (style, code) = style(&open, notes);
            let text = marker.get(3);
            let is_text = marker.get(0).and_then(Value::as_u64) == Some(0);
            if let Some(text) = text.and_then(Value::as_str).filter(|_| is_text) {
                let what = if code { What::Code(text.to_owned()) } else { What::Text(text.to_owned()) };
                out.push(Piece { what, style });
            } else {
                let atom = number(text).and_then(|n| self.table("atoms").nth(n));
                out.push(self::atom(atom, style, notes));
            }
            let closes = number(marker.get(2)).unwrap_or(0);
            open.truncate(open.len().saturating_sub(closes));
        }
        out
    }
}

/// Something that stands in a line and has a kind, a text and data.
fn atom(atom: Option<&Value>, style: Style, notes: &mut Notes) -> Piece {
    let get = |at: usize| atom.and_then(|atom| atom.get(at)?.as_str());
    if get(0) == Some("soft-return") {
        return Piece { what: What::Break, style };
    }
    notes.add(None, format!("`{}` became its text", get(0).unwrap_or("an unknown atom")));
    Piece::text(get(1).unwrap_or_default(), style)
}

/// The style that open markups make, and whether the text is code.
fn style(open: &[&Value], notes: &mut Notes) -> (Style, bool) {
    let mut style = Style::default();
    let mut code = false;
    for markup in open {
        match markup.get(0).and_then(Value::as_str).unwrap_or_default() {
            "strong" | "b" => style.strong = true,
            "em" | "i" => style.emphasis = true,
            "s" | "strike" | "del" => style.strike = true,
            "code" => code = true,
            "a" => {
                let attributes: Vec<&str> = markup
                    .get(1)
                    .and_then(Value::as_array)
                    .into_iter()
                    .flatten()
                    .filter_map(Value::as_str)
                    .collect();
                let href = attributes.chunks(2).find(|pair| pair[0] == "href").and_then(|pair| pair.get(1));
                match href {
                    Some(href) if html::may_link(href) => {
                        style.link = Some(Rc::new(Link { href: (*href).to_owned(), title: String::new() }));
                    }
                    _ => notes.add(None, "link left out: it has no address on the web; its text is kept"),
                }
            }
            other => notes.add(None, format!("`<{other}>` left out; its text is kept")),
        }
    }
    (style, code)
}
