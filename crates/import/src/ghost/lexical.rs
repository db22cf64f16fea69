//! Lexical, what Ghost's editor stores since version 5: a tree of nodes.

use std::rc::Rc;

use serde_json::Value;

use super::cards;
use crate::html::{self, Notes};
use crate::prose::{Block, Link, MAX_NESTING, Piece, Style, What};

/// The bits of a text's `format`.
mod format {
    pub const BOLD: u64 = 1;
    pub const ITALIC: u64 = 2;
    pub const STRIKE: u64 = 4;
    pub const CODE: u64 = 16;
    /// Underline, subscript, superscript, highlight: the dialect has none of them.
    pub const OTHERS: u64 = 8 | 32 | 64 | 128;
}

/// Reads `{"root": {"children": […]}}`. `serde_json` has bounded its depth already.
pub(super) fn read(value: &Value, notes: &mut Notes) -> Vec<Block> {
    let Some(root) = value.get("root") else {
        notes.add(None, "text left out: its Lexical has no `root`");
        return Vec::new();
    };
    let mut out = Vec::new();
    blocks(root, 0, &mut out, notes);
    out
}

fn blocks(parent: &Value, depth: usize, out: &mut Vec<Block>, notes: &mut Notes) {
    // Text that stands beside blocks, as in an item with a list below it.
    let mut loose = Vec::new();
    for node in children(parent) {
        let kind = kind(node);
        if is_inline(kind) {
            inline(node, &Style::default(), &mut loose, notes);
            continue;
        }
        paragraph(&mut loose, out);
        match kind {
            "paragraph" | "aside" => {
                let mut text = Vec::new();
                inlines(node, &Style::default(), &mut text, notes);
                paragraph(&mut text, out);
            }
            "heading" | "extended-heading" => {
                let mut text = Vec::new();
                inlines(node, &Style::default(), &mut text, notes);
                let level =
                    node.get("tag").and_then(Value::as_str).and_then(|tag| tag.get(1..)?.parse().ok());
                out.push(Block::Heading { level: level.unwrap_or(2), text });
            }
            "quote" | "extended-quote" => {
                let mut inner = Vec::new();
                blocks(node, depth + 1, &mut inner, notes);
                out.push(Block::Quote(inner));
            }
            "list" if depth < MAX_NESTING => out.push(list(node, depth, notes)),
            "list" | "listitem" | "root" => {
                if depth >= MAX_NESTING {
                    notes.add(None, format!("lists nest deeper than {MAX_NESTING}: flattened"));
                }
                blocks(node, depth, out, notes);
            }
            name => out.extend(cards::read(name, node, notes)),
        }
    }
    paragraph(&mut loose, out);
}

fn list(node: &Value, depth: usize, notes: &mut Notes) -> Block {
    let mut items: Vec<Vec<Block>> = Vec::new();
    for item in children(node) {
        let mut inner = Vec::new();
        blocks(item, depth + 1, &mut inner, notes);
        // A nested list has an item of its own; it belongs under the one before it.
        match (inner.as_slice(), items.last_mut()) {
            ([Block::List { .. }], Some(before)) => before.extend(inner),
            _ => items.push(inner),
        }
    }
    let ordered = node.get("listType").and_then(Value::as_str) == Some("number");
    let start = ordered.then(|| node.get("start").and_then(Value::as_u64).unwrap_or(1));
    Block::List { start, items }
}

fn inlines(parent: &Value, style: &Style, out: &mut Vec<Piece>, notes: &mut Notes) {
    for node in children(parent) {
        inline(node, style, out, notes);
    }
}

fn inline(node: &Value, style: &Style, out: &mut Vec<Piece>, notes: &mut Notes) {
    match kind(node) {
        "linebreak" => out.push(Piece { what: What::Break, style: style.clone() }),
        "tab" => out.push(Piece::text(" ", style.clone())),
        "link" | "autolink" => {
            let get = |key: &str| node.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
            let mut style = style.clone();
            let (href, title) = (get("url"), get("title"));
            if html::may_link(&href) && !href.is_empty() {
                style.link = Some(Rc::new(Link { href, title }));
            } else {
                notes.add(None, format!("link to `{href}` left out; its text is kept"));
            }
            inlines(node, &style, out, notes);
        }
        _ => match node.get("text").and_then(Value::as_str) {
            Some(text) => {
                let bits = node.get("format").and_then(Value::as_u64).unwrap_or_default();
                if bits & format::OTHERS != 0 {
                    notes.add(
                        None,
                        "underline, subscript, superscript or highlight left out; its text is kept",
                    );
                }
                let mut style = style.clone();
                style.strong |= bits & format::BOLD != 0;
                style.emphasis |= bits & format::ITALIC != 0;
                style.strike |= bits & format::STRIKE != 0;
                let text = text.to_owned();
                let what = if bits & format::CODE != 0 { What::Code(text) } else { What::Text(text) };
                out.push(Piece { what, style });
            }
            None => inlines(node, style, out, notes),
        },
    }
}

fn paragraph(text: &mut Vec<Piece>, out: &mut Vec<Block>) {
    if !text.is_empty() {
        out.push(Block::Paragraph(std::mem::take(text)));
    }
}

fn is_inline(kind: &str) -> bool {
    matches!(
        kind,
        "text" | "extended-text" | "tk" | "link" | "autolink" | "linebreak" | "tab" | "at-link" | "zwnj"
    )
}

fn kind(node: &Value) -> &str {
    node.get("type").and_then(Value::as_str).unwrap_or_default()
}

fn children(node: &Value) -> impl Iterator<Item = &Value> {
    node.get("children").and_then(Value::as_array).into_iter().flatten()
}
