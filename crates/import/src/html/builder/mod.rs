//! Builds running text from tags and text, with lists of bounded length instead of recursion.

mod frames;
mod single;
mod text;

use std::rc::Rc;

use super::Newlines;
use super::elements::{Role, Tag, is_void, role};
use super::notes::{Notes, excerpt};
use super::tables::TableBuilder;
use crate::prose::{Block, Link, Piece, Style, What};
use frames::Frame;

/// How many elements may be open at once; what is deeper counts for its text alone.
const MAX_OPEN: usize = 200;

/// An element whose end tag has not come.
struct Open {
    name: String,
    role: Role,
    /// Whether it put a frame on the stack of frames.
    framed: bool,
    /// WordPress puts a pull quote into a figure of its own.
    pull: bool,
    /// The style outside of it.
    style: Style,
}

pub(super) struct Builder<'n> {
    newlines: Newlines,
    notes: &'n mut Notes,
    /// The line of the tag that is being read.
    pub line: Option<usize>,
    /// The first one is the text as a whole and stays.
    frames: Vec<Frame>,
    open: Vec<Open>,
    /// How many elements are open beyond [`MAX_OPEN`].
    deeper: usize,
    /// The line of text that is being gathered.
    run: Vec<Piece>,
    style: Style,
    heading: Option<u8>,
    /// White since the last word, with the line ends in it.
    white: Option<usize>,
    code: usize,
    preformatted: Option<(String, String)>,
    /// The dropped element that is open, how often its name is open inside it, its text so far.
    dropped: Option<(String, usize, String, Option<usize>, String)>,
}

impl<'n> Builder<'n> {
    pub fn new(newlines: Newlines, notes: &'n mut Notes) -> Self {
        Self {
            newlines,
            notes,
            line: None,
            frames: vec![Frame::Blocks(Vec::new())],
            open: Vec::new(),
            deeper: 0,
            run: Vec::new(),
            style: Style::default(),
            heading: None,
            white: None,
            code: 0,
            preformatted: None,
            dropped: None,
        }
    }

    pub fn finish(mut self) -> Vec<Block> {
        self.finish_dropped();
        while !self.open.is_empty() {
            self.close_last();
        }
        self.flush();
        match self.frames.swap_remove(0) {
            Frame::Blocks(blocks) => blocks,
            _ => Vec::new(),
        }
    }

    pub fn start(&mut self, tag: &Tag) {
        let name = tag.name.as_str();
        if let Some((dropped, depth, ..)) = &mut self.dropped {
            if dropped == name {
                *depth += 1;
            }
            return;
        }
        let role = role(name);
        if let Some((_, text)) = &mut self.preformatted {
            match role {
                Role::Break => text.push('\n'),
                Role::Code | Role::Preformatted => {
                    let language = language(tag);
                    if let Some((known, _)) = &mut self.preformatted
                        && known.is_empty()
                    {
                        *known = language;
                    }
                }
                _ => {}
            }
            return;
        }
        match role {
            Role::Dropped => return self.drop_element(tag),
            Role::Silent => return,
            Role::Image => return self.image(tag),
            Role::Break => return self.line_break(),
            Role::Rule => {
                self.end_paragraph();
                return self.push_block(Block::Rule);
            }
            _ => {}
        }
        self.close_implied(role);
        if self.open.len() >= MAX_OPEN {
            if self.deeper == 0 {
                let message =
                    format!("elements nest deeper than {MAX_OPEN}: from here on only their text is kept");
                self.notes.add(self.line, message);
            }
            self.deeper += 1;
            return;
        }
        let outside = self.style.clone();
        let framed = self.enter(role, tag);
        let pull = tag.has_class("wp-block-pullquote");
        self.open.push(Open { name: name.to_owned(), role, framed, pull, style: outside });
    }

    pub fn end(&mut self, name: &str) {
        if let Some((dropped, depth, ..)) = &mut self.dropped {
            if dropped == name {
                *depth -= 1;
                if *depth == 0 {
                    self.finish_dropped();
                }
            }
            return;
        }
        if name == "br" {
            return self.line_break();
        }
        if self.preformatted.is_some() && role(name) != Role::Preformatted {
            return;
        }
        if self.deeper > 0 && !is_void(name) {
            self.deeper -= 1;
            return;
        }
        if let Some(at) = self.position(name) {
            while self.open.len() > at {
                self.close_last();
            }
        }
    }

    pub fn comment(&mut self, text: &str) {
        if self.dropped.is_some() {
            return;
        }
        if let Some(block) = text.strip_prefix("wp:") {
            // `/` at the end: the site makes the content when it shows the page.
            if block.ends_with('/') {
                let name = block.split_ascii_whitespace().next().unwrap_or_default().trim_end_matches('/');
                self.notes.add(self.line, format!("block `{name}` left out: it has no text of its own"));
            }
            return;
        }
        if text.is_empty() || text.starts_with("/wp:") || text.starts_with("kg-card-") {
            return;
        }
        match text {
            "more" | "nextpage" | "noteaser" => {
                self.end_paragraph();
                self.notes.add(self.line, format!("`<!--{text}-->` left out: a column is one page"));
            }
            _ => self.notes.add(self.line, format!("comment left out: “{}”", excerpt(text))),
        }
    }

    /// Makes an element's effect; true where it put a frame on the stack.
    fn enter(&mut self, role: Role, tag: &Tag) -> bool {
        match role {
            Role::Strong => self.style.strong = true,
            Role::Emphasis => {
                // Who said it stands apart from what was said.
                if tag.name == "cite" && matches!(self.frames.last(), Some(Frame::Quote { .. })) {
                    self.end_paragraph();
                }
                self.style.emphasis = true;
            }
            Role::Strike => self.style.strike = true,
            Role::Code => self.code += 1,
            Role::Link => self.link(tag),
            Role::Quotation => self.text("“"),
            Role::Block => self.end_paragraph(),
            Role::StrongBlock => {
                self.end_paragraph();
                self.style.strong = true;
            }
            Role::Caption => {
                self.end_paragraph();
                self.style.emphasis = true;
            }
            Role::Heading(level) => {
                self.end_paragraph();
                if level == 1 {
                    self.notes
                        .add(self.line, "`<h1>` became a heading of level 2: the title is the only first");
                }
                self.heading = Some(level);
            }
            Role::Preformatted => {
                self.end_paragraph();
                self.preformatted = Some((language(tag), String::new()));
            }
            Role::Quote | Role::List | Role::Item | Role::Table | Role::Row | Role::Cell => {
                return self.enter_frame(role, tag);
            }
            Role::Unmarked => self.unmarked(tag),
            Role::Unknown => {
                self.notes.add(
                    self.line,
                    format!("`<{}>` is no element of HTML; its text is kept", excerpt(&tag.name)),
                );
            }
            _ => {}
        }
        false
    }

    /// Closes what HTML closes by itself where such an element begins.
    fn close_implied(&mut self, role: Role) {
        let inline = matches!(
            role,
            Role::Strong
                | Role::Emphasis
                | Role::Strike
                | Role::Code
                | Role::Quotation
                | Role::Unmarked
                | Role::Plain
                | Role::Unknown
        );
        if inline {
            return;
        }
        let closed_by = |open: &Open| match role {
            Role::Link => open.role == Role::Link,
            Role::Item => open.role == Role::Item,
            Role::Cell => open.role == Role::Cell,
            Role::Row => matches!(open.role, Role::Cell | Role::Row),
            Role::StrongBlock => matches!(open.name.as_str(), "dt" | "dd" | "p"),
            Role::Heading(_) => matches!(open.role, Role::Heading(_)) || open.name == "p",
            _ => open.name == "p",
        };
        let barrier = |open: &Open| match role {
            Role::Item => open.role == Role::List,
            Role::Cell | Role::Row => open.role == Role::Table,
            _ => open.framed,
        };
        let mut close = None;
        for (at, open) in self.open.iter().enumerate().rev() {
            if barrier(open) {
                break;
            }
            if closed_by(open) {
                close = Some(at);
                // A row ends its cell and itself; of the others only the innermost is open.
                if role != Role::Row {
                    break;
                }
            }
        }
        if let Some(at) = close {
            while self.open.len() > at {
                self.close_last();
            }
        }
    }

    /// Where the element stands that an end tag closes; a tag inside a cell closes nothing outside.
    fn position(&self, name: &str) -> Option<usize> {
        let role = role(name);
        for (at, open) in self.open.iter().enumerate().rev() {
            if open.name == name || (open.role == role && matches!(role, Role::Heading(_))) {
                return Some(at);
            }
            let barrier = match role {
                Role::Item => open.role == Role::List,
                Role::Row | Role::Cell => open.role == Role::Table,
                Role::List | Role::Quote | Role::Table => open.role == Role::Cell && role != Role::Table,
                _ => open.framed,
            };
            if barrier {
                return None;
            }
        }
        None
    }

    fn close_last(&mut self) {
        let Some(open) = self.open.pop() else { return };
        match open.role {
            Role::Code => self.code -= 1,
            Role::Quotation => self.text("”"),
            Role::Heading(_) => {
                self.end_paragraph();
                self.heading = None;
            }
            Role::Preformatted => {
                if let Some((language, text)) = self.preformatted.take()
                    && !text.trim().is_empty()
                {
                    self.push_block(Block::Code { language, text });
                }
            }
            Role::Emphasis if open.name == "cite" => self.close_cite(),
            Role::Block | Role::StrongBlock | Role::Caption => self.end_paragraph(),
            _ => {}
        }
        if open.framed {
            self.end_paragraph();
            self.close_frame();
        }
        self.style = open.style;
    }

    fn end_paragraph(&mut self) {
        self.white = None;
        self.flush();
    }

    /// Makes a block of the text gathered so far.
    fn flush(&mut self) {
        let mut text = std::mem::take(&mut self.run);
        while matches!(text.last(), Some(Piece { what: What::Break, .. })) {
            text.pop();
        }
        // A paragraph of nothing but no-break spaces was there for its height.
        let words = |piece: &Piece| match &piece.what {
            What::Text(text) | What::Code(text) => !text.trim().is_empty(),
            What::Image { .. } => true,
            What::Break => false,
        };
        if !text.iter().any(words) {
            return;
        }
        if let Some(level) = self.heading {
            self.push_block(Block::Heading { level, text });
        } else {
            link_bare_address(&mut text);
            self.push_block(Block::Paragraph(text));
        }
    }
}

/// A paragraph that is one address was shown as a link, or as what it leads to.
fn link_bare_address(text: &mut [Piece]) {
    if let [Piece { what: What::Text(address), style }] = text
        && style.link.is_none()
        && (address.starts_with("https://") || address.starts_with("http://"))
        && !address.contains(char::is_whitespace)
    {
        style.link = Some(Rc::new(Link { href: address.clone(), title: String::new() }));
    }
}

/// The language of code from `class="language-rust"`, if it is one word.
fn language(tag: &Tag) -> String {
    let classes = tag.get("class").unwrap_or_default().split_ascii_whitespace();
    let named = classes.filter_map(|class| class.strip_prefix("language-").or(class.strip_prefix("lang-")));
    let word = |name: &&str| name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '+' | '#'));
    named.into_iter().find(word).unwrap_or_default().to_owned()
}
