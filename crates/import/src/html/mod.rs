//! HTML as running text.
//!
//! Only a tokenizer stands below this, no tree builder: a browser's tree builder looks through all
//! open elements at every tag, which a page of 10,000 nested `div`s turns into seconds, and a tree
//! that deep overflows the stack of whoever walks it. Here open elements are a list of bounded
//! length, so the work is linear in the text and the stack is flat.
//!
//! What concerns looks alone (classes, colours, `span`, `div`) is passed over. Whatever else does
//! not become text is noted with its line.

mod builder;
mod elements;
pub(crate) mod notes;
mod shortcodes;
mod tables;

pub(crate) use elements::may_link;
pub(crate) use notes::Notes;
pub(crate) use shortcodes::expand as expand_shortcodes;

use html5gum::Tokenizer;
use html5gum::emitters::default::{DefaultEmitter, Token};

use crate::file::line_ends;
use crate::prose::Block;

/// How the line ends of a text are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Newlines {
    /// As in HTML: a line end is a space.
    Spaces,
    /// As in the classic editor of WordPress: an empty line begins a paragraph, a line end is a
    /// line break.
    Paragraphs,
}

/// Reads HTML. `first_line` is the line of the file on which it begins, where that is known.
pub(crate) fn read(
    html: &str,
    newlines: Newlines,
    first_line: Option<usize>,
    notes: &mut Notes,
) -> Vec<Block> {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    let mut lines = LineCounter { text: html.as_bytes(), at: 0, line: 0 };
    let mut builder = builder::Builder::new(newlines, notes);
    for token in Tokenizer::new_with_emitter(html, emitter) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                let line = lines.line_of(tag.span.start);
                builder.line = first_line.map(|first| first + line);
                let attributes = tag.attributes.iter();
                let attributes = attributes.map(|(name, value)| (lossy(name), lossy(&value.value))).collect();
                let tag = elements::Tag { name: lossy(&tag.name), attributes };
                builder.start(&tag);
            }
            Token::EndTag(tag) => builder.end(&lossy(&tag.name)),
            Token::String(text) => builder.text(&lossy(&text.value)),
            Token::Comment(text) => {
                let line = lines.line_of(text.span.start);
                builder.line = first_line.map(|first| first + line);
                builder.comment(lossy(&text.value).trim());
            }
            Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    builder.finish()
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Turns rising offsets into line numbers, from 0, in one pass.
struct LineCounter<'a> {
    text: &'a [u8],
    at: usize,
    line: usize,
}

impl LineCounter<'_> {
    fn line_of(&mut self, offset: usize) -> usize {
        let offset = offset.min(self.text.len());
        if offset > self.at {
            self.line += line_ends(&self.text[self.at..offset]);
            self.at = offset;
        }
        self.line
    }
}
