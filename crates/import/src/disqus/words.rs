//! The HTML of a message as Markdown.

use std::rc::Rc;

use crate::draft::percent_decoded;
use crate::html::{self, Newlines, Notes};
use crate::prose::{Block, Link, Piece, What, markdown};
use crate::xml::Text;

/// Markdown that says the same, as safe as what readers type; what it cannot say is noted.
pub(super) fn words(message: &Text, notes: &mut Notes) -> String {
    let mut blocks = html::read(&message.text, Newlines::Spaces, Some(message.line), notes);
    blocks.iter_mut().for_each(straighten);
    markdown(&blocks)
}

/// Links lead where they say, and not by way of Disqus, which would count who follows them.
fn straighten(block: &mut Block) {
    match block {
        Block::Paragraph(text) | Block::Heading { text, .. } => pieces(text),
        Block::Quote(blocks) | Block::Callout { blocks, .. } => blocks.iter_mut().for_each(straighten),
        Block::List { items, .. } => items.iter_mut().flatten().for_each(straighten),
        Block::Table(rows) => rows.iter_mut().flatten().for_each(|cell| pieces(cell)),
        Block::Code { .. } | Block::Markdown(_) | Block::Rule => {}
    }
}

fn pieces(pieces: &mut [Piece]) {
    for piece in pieces {
        // Readers' browsers load pictures from the board alone; who wants to see another one follows a link.
        if let What::Image { src, alt, .. } = &piece.what {
            let is_address = src.starts_with("https://") || src.starts_with("http://");
            let text = if alt.is_empty() && is_address { src.clone() } else { alt.clone() };
            if is_address && piece.style.link.is_none() {
                piece.style.link = Some(Rc::new(Link { href: src.clone(), title: String::new() }));
            }
            piece.what = What::Text(text);
        }
        if let Some(link) = &piece.style.link {
            // The title repeats the address.
            let href = behind(&link.href).unwrap_or_else(|| link.href.clone());
            piece.style.link = Some(Rc::new(Link { href, title: String::new() }));
        }
    }
}

/// The address behind `https://disq.us/url?url=ADDRESS%3ASIGNATURE&cuid=…`.
fn behind(href: &str) -> Option<String> {
    let rest = href.strip_prefix("https://").or_else(|| href.strip_prefix("http://"))?;
    let query = rest.strip_prefix("disq.us/url?").or_else(|| rest.strip_prefix("disq.us/?"))?;
    let address = query.split('&').find_map(|part| part.strip_prefix("url="))?;
    let address = percent_decoded(address);
    let (address, _signature) = address.rsplit_once(':')?;
    address.starts_with("http").then(|| address.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(html: &str) -> String {
        words(&Text { line: 1, text: html.to_owned() }, &mut Notes::default())
    }

    #[test]
    fn what_disqus_writes_becomes_markdown() {
        assert_eq!(
            made("<p>Een <b>bank</b> in <i>delen</i>.<br>Echt.</p><blockquote><p>Nee.</p></blockquote><p>1 &lt; 2</p>").trim(),
            "Een **bank** in _delen_.\\\nEcht.\n\n> Nee.\n\n1 \\< 2"
        );
    }

    #[test]
    fn links_lead_where_they_say() {
        let link = r#"<p><a href="http://disq.us/url?url=https%3A%2F%2Fwinkel.example%2Fbank%3Fa%3D1%3AbQx_9&amp;cuid=12" rel="nofollow noopener" title="https://winkel.example/bank">hier</a></p>"#;
        assert_eq!(made(link).trim(), "[hier](https://winkel.example/bank?a=1)");
        let picture = r#"<p><img src="https://winkel.example/kast.png" alt="Een kast"><img src="x.png"></p>"#;
        assert_eq!(made(picture).trim(), "[Een kast](https://winkel.example/kast.png)");
        assert_eq!(made(r#"<a href="https://winkel.example/">x</a>"#).trim(), "[x](https://winkel.example/)");
    }

    #[test]
    fn no_script_comes_along() {
        let html = "<p onclick=alert(1)>a<script>alert(1)</script><img src=x onerror=alert(1)><a href=\"javascript:alert(1)\">b</a></p>";
        let text = made(html);
        assert!(!text.contains("alert") && !text.contains("javascript"), "{text}");
    }
}
