//! Builds running text from tags and text, with lists of bounded length instead of recursion.

use std::rc::Rc;

use super::Newlines;
use super::elements::{Role, Tag, is_void, may_link, role, scheme};
use super::notes::{Notes, excerpt};
use super::tables::TableBuilder;
use crate::prose::{Block, Link, MAX_NESTING, Piece, Style, What, plain};

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

/// Something that gathers blocks.
enum Frame {
    Blocks(Vec<Block>),
    Quote { pull: bool, by: String, blocks: Vec<Block> },
    List { start: Option<u64>, items: Vec<Vec<Block>> },
    Item(Vec<Block>),
    Table(TableBuilder),
    Cell(Vec<Block>),
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

    // ---- tags -------------------------------------------------------------------------------

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

    fn enter_frame(&mut self, role: Role, tag: &Tag) -> bool {
        self.end_paragraph();
        let deep = self.frames.len() >= MAX_NESTING;
        let frame = match role {
            Role::Quote if !deep => {
                let pull = self.open.last().is_some_and(|open| open.pull);
                Frame::Quote {
                    pull: pull || tag.has_class("pullquote"),
                    by: String::new(),
                    blocks: Vec::new(),
                }
            }
            Role::List if !deep => {
                let first = || tag.get("start").and_then(|n| n.parse().ok()).unwrap_or(1);
                Frame::List { start: (tag.name == "ol").then(first), items: Vec::new() }
            }
            Role::Item if matches!(self.frames.last(), Some(Frame::List { .. })) => Frame::Item(Vec::new()),
            Role::Table if !deep && !self.frames.iter().any(|frame| matches!(frame, Frame::Table(_))) => {
                Frame::Table(TableBuilder::default())
            }
            Role::Row => {
                if let Some(Frame::Table(table)) = self.frames.last_mut() {
                    table.start_row();
                }
                return false;
            }
            Role::Cell if matches!(self.frames.last(), Some(Frame::Table(_))) => {
                for span in ["colspan", "rowspan"] {
                    if tag.get(span).is_some_and(|n| n != "1") {
                        self.notes.add(self.line, format!("`{span}` of a table cell left out"));
                    }
                }
                Frame::Cell(Vec::new())
            }
            Role::Table if !deep => {
                self.notes.add(self.line, "a table inside a table became text of its cell");
                return false;
            }
            Role::Item | Role::Cell => return false,
            _ => {
                let message = format!("lists, quotes and tables nest deeper than {MAX_NESTING}: flattened");
                self.notes.add(self.line, message);
                return false;
            }
        };
        self.frames.push(frame);
        true
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

    /// Who said it goes into the label of a pull quote.
    fn close_cite(&mut self) {
        let text = plain(&self.run);
        if let Some(Frame::Quote { pull: true, by, .. }) = self.frames.last_mut()
            && by.is_empty()
            && self.heading.is_none()
        {
            *by = text;
            self.run.clear();
        } else if matches!(self.frames.last(), Some(Frame::Quote { .. })) {
            self.end_paragraph();
        }
    }

    fn close_frame(&mut self) {
        let Some(frame) = self.frames.pop() else { return };
        match frame {
            Frame::Blocks(blocks) => {
                for block in blocks {
                    self.push_block(block);
                }
            }
            Frame::Quote { pull: true, by, blocks } => {
                self.push_block(Block::Callout { kind: "QUOTE", label: by, blocks });
            }
            Frame::Quote { blocks, .. } if blocks.is_empty() => {}
            Frame::Quote { blocks, .. } => self.push_block(Block::Quote(blocks)),
            Frame::List { items, .. } if items.is_empty() => {}
            Frame::List { start, items } => self.push_block(Block::List { start, items }),
            Frame::Item(blocks) => {
                if let Some(Frame::List { items, .. }) = self.frames.last_mut()
                    && !blocks.is_empty()
                {
                    items.push(blocks);
                }
            }
            Frame::Cell(blocks) => {
                if let Some(Frame::Table(table)) = self.frames.last_mut() {
                    table.add_cell(blocks);
                }
            }
            Frame::Table(table) => {
                if let Some(block) = table.finish() {
                    self.push_block(block);
                }
            }
        }
    }

    // ---- single elements --------------------------------------------------------------------

    fn link(&mut self, tag: &Tag) {
        self.style.link = None;
        let Some(href) = tag.get("href") else { return };
        if may_link(href) {
            let title = tag.get("title").unwrap_or_default().to_owned();
            self.style.link = Some(Rc::new(Link { href: href.to_owned(), title }));
        } else {
            let scheme = scheme(href).unwrap_or_default();
            self.notes
                .add(self.line, format!("link with `{}:` left out; its text is kept", excerpt(&scheme)));
        }
    }

    fn image(&mut self, tag: &Tag) {
        let usable = |src: &&str| scheme(src).is_none_or(|scheme| scheme == "http" || scheme == "https");
        // Pictures that load late keep their real address elsewhere.
        let sources = ["src", "data-src", "data-lazy-src", "data-original"];
        let found = sources.iter().filter_map(|name| tag.get(name)).find(usable);
        let alt = tag.get("alt").unwrap_or_default().to_owned();
        let Some(src) = found else {
            let why = match tag.get("src").and_then(scheme) {
                Some(scheme) => format!("its address begins with `{}:`", excerpt(&scheme)),
                None => "it has no address".to_owned(),
            };
            return self.notes.add(self.line, format!("picture “{}” left out: {why}", excerpt(&alt)));
        };
        let title = tag.get("title").filter(|title| *title != alt).unwrap_or_default().to_owned();
        self.take_white();
        if scheme(src).as_deref() == Some("http") {
            self.notes.add(
                self.line,
                format!("picture `{}` became a link: pages show pictures over https only", excerpt(src)),
            );
            let link = Rc::new(Link { href: src.to_owned(), title });
            let text = if alt.is_empty() { src.to_owned() } else { alt };
            let style = Style { link: Some(link), ..self.style.clone() };
            self.run.push(Piece::text(text, style));
        } else {
            let what = What::Image { src: src.to_owned(), alt, title };
            self.run.push(Piece { what, style: self.style.clone() });
        }
    }

    fn line_break(&mut self) {
        if let Some((_, text)) = &mut self.preformatted {
            text.push('\n');
            return;
        }
        // A line end in the text on either side of the tag is that same break.
        if self.white.is_none_or(|newlines| newlines < 2) {
            self.white = None;
        }
        self.take_white();
        self.run.push(Piece { what: What::Break, style: self.style.clone() });
    }

    fn unmarked(&mut self, tag: &Tag) {
        match tag.get("title") {
            Some(title) if matches!(tag.name.as_str(), "abbr" | "acronym") => {
                self.notes
                    .add(self.line, format!("explanation “{}” of `<{}>` left out", excerpt(title), tag.name));
            }
            None if matches!(tag.name.as_str(), "abbr" | "acronym") => {}
            _ => self.notes.add(self.line, format!("`<{}>` left out; its text is kept", tag.name)),
        }
    }

    fn drop_element(&mut self, tag: &Tag) {
        let address = ["src", "data", "href", "action"].iter().find_map(|name| tag.get(name));
        let what = match address {
            Some(address) => format!("`<{}>` left out: {}", tag.name, excerpt(address)),
            None => format!("`<{}>` left out", tag.name),
        };
        if is_void(&tag.name) {
            self.notes.add(self.line, what);
        } else {
            self.dropped = Some((tag.name.clone(), 1, what, self.line, String::new()));
        }
    }

    fn finish_dropped(&mut self) {
        let Some((name, _, mut what, line, text)) = self.dropped.take() else { return };
        let text = text.trim();
        if !text.is_empty() && !matches!(name.as_str(), "style") {
            what.push_str(&format!(", “{}”", excerpt(text)));
        }
        self.notes.add(line, what);
    }

    // ---- text -------------------------------------------------------------------------------

    pub fn text(&mut self, text: &str) {
        if let Some((.., kept)) = &mut self.dropped {
            // What an excerpt shows and no more.
            if kept.len() < 400 {
                kept.extend(text.chars().take(400));
            }
            return;
        }
        if let Some((_, kept)) = &mut self.preformatted {
            kept.push_str(text);
            return;
        }
        let mut rest = text;
        while !rest.is_empty() {
            let words = rest.trim_start_matches(|c: char| c.is_ascii_whitespace());
            let white = &rest[..rest.len() - words.len()];
            if !white.is_empty() {
                *self.white.get_or_insert(0) += white.bytes().filter(|b| *b == b'\n').count();
            }
            let end = words.find(|c: char| c.is_ascii_whitespace()).unwrap_or(words.len());
            if end > 0 {
                self.take_white();
                self.word(&words[..end]);
            }
            rest = &words[end..];
        }
    }

    fn word(&mut self, word: &str) {
        if self.code > 0 {
            if let Some(Piece { what: What::Code(code), style }) = self.run.last_mut()
                && *style == self.style
            {
                code.push_str(word);
            } else {
                self.run.push(Piece { what: What::Code(word.to_owned()), style: self.style.clone() });
            }
        } else if let Some(Piece { what: What::Text(text), style }) = self.run.last_mut()
            && *style == self.style
        {
            text.push_str(word);
        } else {
            self.run.push(Piece::text(word, self.style.clone()));
        }
    }

    /// Makes of the white before a word what it stands for.
    fn take_white(&mut self) {
        let Some(newlines) = self.white.take() else { return };
        let after_break = matches!(self.run.last(), None | Some(Piece { what: What::Break, .. }));
        match (self.newlines, newlines) {
            (Newlines::Paragraphs, 2..) if self.heading.is_none() => self.flush(),
            (Newlines::Paragraphs, 1..) if !after_break => {
                self.run.push(Piece { what: What::Break, style: self.style.clone() });
            }
            _ if after_break => {}
            _ => match self.run.last_mut() {
                Some(Piece { what: What::Code(code), style }) if self.code > 0 && *style == self.style => {
                    code.push(' ');
                }
                Some(Piece { what: What::Text(text), style }) if *style == self.style => text.push(' '),
                _ => self.run.push(Piece::text(" ", self.style.clone())),
            },
        }
    }

    // ---- blocks -----------------------------------------------------------------------------

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
        match self.heading {
            Some(level) => self.push_block(Block::Heading { level, text }),
            None => {
                link_bare_address(&mut text);
                self.push_block(Block::Paragraph(text));
            }
        }
    }

    fn push_block(&mut self, block: Block) {
        for frame in self.frames.iter_mut().rev() {
            match frame {
                Frame::Blocks(blocks)
                | Frame::Quote { blocks, .. }
                | Frame::Item(blocks)
                | Frame::Cell(blocks) => {
                    return blocks.push(block);
                }
                // A list inside a list without an item of its own belongs to the item before it.
                Frame::List { items, .. } => match (items.last_mut(), &block) {
                    (Some(item), Block::List { .. }) => return item.push(block),
                    _ => return items.push(vec![block]),
                },
                // Text between the cells of a table stands before it, as browsers have it.
                Frame::Table(_) => {}
            }
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
