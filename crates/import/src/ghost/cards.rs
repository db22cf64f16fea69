//! Cards: what Ghost's editors put between paragraphs, alike in Lexical and Mobiledoc.

use std::rc::Rc;

use serde_json::Value;

use crate::html::{self, Newlines, Notes};
use crate::prose::{Block, Link, Piece, Style, What};

/// Makes blocks of a card; of one that holds no text, or that is not known, a note.
pub(super) fn read(name: &str, card: &Value, notes: &mut Notes) -> Vec<Block> {
    let get = |key: &str| card.get(key).and_then(Value::as_str).unwrap_or_default();
    match name {
        "markdown" | "card-markdown" => vec![Block::Markdown(get("markdown").to_owned())],
        "html" => html::read(get("html"), Newlines::Spaces, None, notes),
        "image" => image(card, notes),
        "gallery" => {
            let images = card.get("images").and_then(Value::as_array);
            images.into_iter().flatten().flat_map(|card| image(card, notes)).collect()
        }
        "hr" | "horizontalrule" => vec![Block::Rule],
        "code" | "codeblock" => {
            let language = get("language").chars().filter(char::is_ascii_alphanumeric).collect();
            let mut blocks = vec![Block::Code { language, text: get("code").to_owned() }];
            blocks.extend(caption(get("caption"), notes));
            blocks
        }
        "callout" => {
            let blocks = html::read(get("calloutText"), Newlines::Spaces, None, notes);
            vec![Block::Callout { kind: "NOTE", label: String::new(), blocks }]
        }
        "toggle" => {
            let mut blocks = emphasised(html::read(get("heading"), Newlines::Spaces, None, notes), true);
            blocks.extend(html::read(get("content"), Newlines::Spaces, None, notes));
            blocks
        }
        "bookmark" => {
            let title = card.pointer("/metadata/title").and_then(Value::as_str);
            link(get("url"), title.unwrap_or_default(), notes)
        }
        "button" => link(get("buttonUrl"), get("buttonText"), notes),
        "embed" => link(get("url"), "", notes),
        "file" => link(get("src"), get("fileTitle"), notes),
        // Where the part for paying readers begins; the column says who may read it as a whole.
        "paywall" => Vec::new(),
        name => {
            let address = ["src", "url"].iter().map(|key| get(key)).find(|value| !value.is_empty());
            let address = address.map(|address| format!(": {address}")).unwrap_or_default();
            notes.add(None, format!("card `{name}` left out{address}"));
            Vec::new()
        }
    }
}

/// Goes through the HTML reader, which knows which addresses are pictures.
fn image(card: &Value, notes: &mut Notes) -> Vec<Block> {
    let get = |key: &str| card.get(key).and_then(Value::as_str).unwrap_or_default();
    let src = if get("src").is_empty() { get("fileName") } else { get("src") };
    let escape = |text: &str| text.replace('&', "&amp;").replace('"', "&quot;");
    let mut picture = format!(
        "<img src=\"{}\" alt=\"{}\" title=\"{}\">",
        escape(src),
        escape(get("alt")),
        escape(get("title"))
    );
    if !get("href").is_empty() {
        picture = format!("<a href=\"{}\">{picture}</a>", escape(get("href")));
    }
    let mut blocks = html::read(&picture, Newlines::Spaces, None, notes);
    blocks.extend(caption(get("caption"), notes));
    blocks
}

fn caption(html: &str, notes: &mut Notes) -> Vec<Block> {
    emphasised(html::read(html, Newlines::Spaces, None, notes), false)
}

fn emphasised(mut blocks: Vec<Block>, strong: bool) -> Vec<Block> {
    for block in &mut blocks {
        if let Block::Paragraph(text) = block {
            for piece in text {
                piece.style.strong |= strong;
                piece.style.emphasis |= !strong;
            }
        }
    }
    blocks
}

fn link(href: &str, text: &str, notes: &mut Notes) -> Vec<Block> {
    if href.is_empty() || !html::may_link(href) {
        notes.add(None, format!("link “{text}” left out: `{href}` is no address on the web"));
        return Vec::new();
    }
    let text = if text.trim().is_empty() { href } else { text };
    let link = Some(Rc::new(Link { href: href.to_owned(), title: String::new() }));
    let what = What::Text(text.to_owned());
    vec![Block::Paragraph(vec![Piece { what, style: Style { link, ..Style::default() } }])]
}
