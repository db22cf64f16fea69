//! From parser events to HTML.

use std::fmt::Write as _;
use std::iter::Peekable;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, OffsetIter, Options as Dialect, Parser, Tag, TagEnd};

use super::guard::MAX_DEPTH;
use super::headings::Heading;
use super::ids::Ids;
use super::notes::Notes;
use super::table::Table;
use super::words::Words;
use super::{Options, Rendered, TocEntry, escape};

/// The HTML outgrew its limit.
pub(super) struct TooLong;

pub(super) struct Writer<'a> {
    pub(super) out: String,
    /// Bytes written that are not in `out` now: the text around a footnote, and finished footnotes.
    set_aside: usize,
    limit: usize,
    pub(super) events: Peekable<OffsetIter<'a>>,
    pub(super) source: &'a str,
    pub(super) options: &'a Options<'a>,
    /// The text may hold characters that are left out.
    unshown: bool,
    /// One for each start whose end has not come.
    pub(super) open: Vec<Open>,
    /// How many elements of the HTML are open.
    pub(super) depth: usize,
    /// Level of the heading whose half of a pair is open.
    pub(super) half: Option<u8>,
    pub(super) heading: Option<Heading>,
    /// The speakers of the pull quotes that are open.
    pub(super) speakers: Vec<String>,
    /// The footnotes that are open: their labels, and the HTML that goes on after each.
    open_notes: Vec<(CowStr<'a>, String)>,
    pub(super) in_link: bool,
    /// A task's label waits for the end of its line.
    in_label: bool,
    pub(super) table: Table,
    /// How many of each kind came by, for their ids.
    pub(super) callouts: [u32; 5],
    notes: Notes<'a>,
    pub(super) ids: Ids<'a>,
    pub(super) toc: Vec<TocEntry>,
    pub(super) words: Words,
}

/// What the end of an element has to write; small, since a hostile text opens tens of thousands.
#[derive(Clone, Copy)]
pub(super) enum Open {
    /// Nothing: the element is not drawn.
    Flat,
    /// A table that is not drawn: its cells are words of a paragraph.
    FlatTable,
    Inline(&'static str),
    Link,
    ExternalLink,
    Paragraph,
    Heading,
    Quote,
    Callout(&'static str),
    PullQuote,
    List(&'static str),
    Item,
    Code,
    Table,
    Head,
    Row,
    Cell,
    Html,
    Note,
}

impl Open {
    /// How many elements it is in the HTML.
    fn levels(self) -> usize {
        match self {
            Self::Flat => 0,
            Self::PullQuote | Self::Table => 2,
            _ => 1,
        }
    }
}

impl<'a> Writer<'a> {
    pub fn new(source: &'a str, dialect: Dialect, options: &'a Options<'a>, limit: usize) -> Self {
        Self {
            out: String::with_capacity(source.len() + source.len() / 2),
            set_aside: 0,
            limit,
            events: Parser::new_ext(source, dialect).into_offset_iter().peekable(),
            source,
            options,
            unshown: escape::may_hold_unshown(source),
            open: Vec::new(),
            depth: 0,
            half: None,
            heading: None,
            speakers: Vec::new(),
            open_notes: Vec::new(),
            in_link: false,
            in_label: false,
            table: Table::default(),
            callouts: [0; 5],
            notes: Notes::default(),
            ids: Ids::new(options.reserved_ids),
            toc: Vec::new(),
            words: Words::default(),
        }
    }

    pub fn run(mut self) -> Result<Rendered, TooLong> {
        while let Some((event, _)) = self.events.next() {
            match event {
                // Raw HTML is text as well. Mathematics is not in the dialect.
                Event::Text(text)
                | Event::InlineHtml(text)
                | Event::Html(text)
                | Event::InlineMath(text)
                | Event::DisplayMath(text) => self.text(&text),
                Event::Start(tag) => self.start(tag),
                Event::End(_) => self.end(),
                Event::SoftBreak => self.line_break("\n"),
                Event::HardBreak => self.line_break("<br>\n"),
                Event::Code(text) => {
                    self.out.push_str("<code>");
                    self.text(&text);
                    self.out.push_str("</code>");
                }
                Event::FootnoteReference(label) => self.notes.refer(&mut self.out, label),
                Event::TaskListMarker(done) => self.task(done),
                Event::Rule => {
                    self.block();
                    self.out.push_str("<hr>\n");
                }
            }
            if self.out.len() + self.set_aside > self.limit {
                return Err(TooLong);
            }
        }
        self.end_half(0);
        let labels = self.options.labels;
        self.notes.write(&mut self.out, labels, self.options.heading_base);
        if self.out.len() > self.limit {
            return Err(TooLong);
        }
        Ok(Rendered { html: self.out, toc: self.toc, words: self.words.count() })
    }

    pub(super) fn text(&mut self, text: &str) {
        self.words.feed_part(text, self.source);
        if let Some(heading) = &mut self.heading {
            heading.text.push_str(text);
        }
        if self.unshown {
            escape::text(&mut self.out, text);
        } else {
            escape::shown_text(&mut self.out, text);
        }
    }

    fn line_break(&mut self, html: &str) {
        self.words.boundary();
        if let Some(heading) = &mut self.heading {
            heading.text.push(' ');
        }
        self.out.push_str(html);
    }

    /// Before a block: on a line of its own, outside the label of a task.
    pub(super) fn block(&mut self) {
        self.words.boundary();
        self.end_label();
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
    }

    pub(super) fn end_label(&mut self) {
        if std::mem::take(&mut self.in_label) {
            self.out.push_str("</label>");
        }
    }

    fn start(&mut self, tag: Tag<'a>) {
        match tag {
            Tag::Paragraph => self.start_paragraph(),
            Tag::Heading { level, id, classes, .. } => {
                let half =
                    ["positive", "negative"].into_iter().find(|half| classes.iter().any(|c| **c == **half));
                self.start_heading(level, id.map(String::from), half);
            }
            Tag::BlockQuote(_) => self.start_quote(),
            Tag::CodeBlock(kind) => self.start_code(&kind),
            Tag::List(start) => self.start_list(start),
            Tag::Item => self.start_item(),
            Tag::Emphasis => self.start_inline("<em>", "</em>"),
            Tag::Strong => self.start_inline("<strong>", "</strong>"),
            Tag::Strikethrough => self.start_inline("<del>", "</del>"),
            Tag::Link { link_type, dest_url, title, .. } => self.start_link(link_type, &dest_url, &title),
            Tag::Image { dest_url, title, .. } => {
                let image = self.read_image(dest_url, title);
                self.image(&image);
            }
            Tag::Table(alignments) => self.start_table(alignments),
            Tag::TableHead => self.start_head(),
            Tag::TableRow => self.start_row(),
            Tag::TableCell => self.start_cell(),
            Tag::FootnoteDefinition(label) => self.start_note(label),
            Tag::HtmlBlock => {
                self.block();
                self.out.push_str("<p>");
                self.push(Open::Html);
            }
            // Not part of the dialect: the parser gives none of these.
            Tag::Superscript
            | Tag::Subscript
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::MetadataBlock(_) => self.push(Open::Flat),
        }
    }

    pub(super) fn end(&mut self) {
        let Some(open) = self.open.pop() else { return };
        self.depth -= open.levels();
        match open {
            Open::Flat => {}
            Open::Inline(tag) => self.out.push_str(tag),
            Open::Link => self.end_link(""),
            Open::ExternalLink => self.end_link(self.options.labels.external_link),
            Open::Paragraph => {
                self.end_label();
                self.words.boundary();
                self.out.push_str("</p>\n");
            }
            Open::Heading => self.end_heading(),
            Open::Quote => self.close("</blockquote>\n"),
            Open::PullQuote => self.end_pull_quote(),
            Open::List(tag) | Open::Callout(tag) => self.close(tag),
            Open::Item => {
                self.end_label();
                self.words.boundary();
                self.out.push_str("</li>\n");
            }
            Open::Code => {
                self.words.boundary();
                self.out.push_str("</code></pre>\n");
            }
            Open::Table => self.end_table(),
            Open::FlatTable => self.close("</p>\n"),
            Open::Head => self.end_head(),
            Open::Row => self.end_row(),
            Open::Cell => self.end_cell(),
            Open::Html => {
                self.words.boundary();
                self.out.truncate(self.out.trim_end_matches('\n').len());
                self.out.push_str("</p>\n");
            }
            Open::Note => self.end_note(),
        }
    }

    pub(super) fn push(&mut self, open: Open) {
        self.depth += open.levels();
        self.open.push(open);
    }

    /// Whether so many more levels may still be drawn, for elements that hold others.
    pub(super) fn has_room(&self, levels: usize) -> bool {
        self.depth + levels <= MAX_DEPTH
    }

    /// Ends a block that holds blocks.
    fn close(&mut self, tag: &str) {
        self.block();
        self.out.push_str(tag);
    }

    fn start_inline(&mut self, start: &str, end: &'static str) {
        if !self.has_room(1) {
            return self.push(Open::Flat);
        }
        self.out.push_str(start);
        self.push(Open::Inline(end));
    }

    pub(super) fn start_paragraph(&mut self) {
        self.block();
        let first = self.events.next_if(|(event, _)| matches!(event, Event::Start(Tag::Image { .. })));
        let Some((Event::Start(Tag::Image { dest_url, title, .. }), _)) = first else {
            self.out.push_str("<p>");
            return self.push(Open::Paragraph);
        };
        let image = self.read_image(dest_url, title);
        let alone = matches!(self.events.peek(), Some((Event::End(TagEnd::Paragraph), _)));
        if alone && self.figure(&image) {
            return self.push(Open::Flat);
        }
        self.out.push_str("<p>");
        self.push(Open::Paragraph);
        self.image(&image);
    }

    fn start_code(&mut self, kind: &CodeBlockKind<'_>) {
        self.block();
        // It may scroll sideways, so the keyboard must reach it (WCAG 2.1.1).
        self.out.push_str("<pre tabindex=\"0\"><code");
        if let CodeBlockKind::Fenced(info) = kind {
            let language = info.split_ascii_whitespace().next().unwrap_or_default();
            let known = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'+');
            if !language.is_empty() && language.len() <= 32 && language.bytes().all(known) {
                self.out.push_str(" class=\"language-");
                self.out.push_str(language);
                self.out.push('"');
            }
        }
        self.out.push('>');
        self.push(Open::Code);
    }

    fn start_list(&mut self, start: Option<u64>) {
        self.block();
        // A list and its item.
        if !self.has_room(2) {
            return self.push(Open::Flat);
        }
        match start {
            None => self.out.push_str("<ul>\n"),
            Some(1) => self.out.push_str("<ol>\n"),
            Some(number) => {
                let _ = writeln!(self.out, "<ol start=\"{number}\">");
            }
        }
        self.push(Open::List(if start.is_some() { "</ol>\n" } else { "</ul>\n" }));
    }

    fn start_item(&mut self) {
        self.block();
        // An item is drawn as its list is; where it is not, it is a line.
        if matches!(self.open.last(), Some(Open::Flat)) {
            return self.push(Open::Flat);
        }
        self.out.push_str("<li>");
        self.push(Open::Item);
    }

    /// A box that shows whether a task is done; the text of its line is its label.
    fn task(&mut self, done: bool) {
        for (plain, marked) in [("<li>", "<li class=\"task\">"), ("<li>\n<p>", "<li class=\"task\">\n<p>")] {
            if self.out.ends_with(plain) {
                self.out.truncate(self.out.len() - plain.len());
                self.out.push_str(marked);
            }
        }
        self.out.push_str("<label><input type=\"checkbox\" disabled");
        self.out.push_str(if done { " checked> " } else { "> " });
        self.in_label = true;
    }

    fn start_note(&mut self, label: CowStr<'a>) {
        self.block();
        let around = std::mem::take(&mut self.out);
        self.set_aside += around.len();
        self.open_notes.push((label, around));
        self.push(Open::Note);
    }

    fn end_note(&mut self) {
        self.block();
        let Some((label, around)) = self.open_notes.pop() else { return };
        let html = std::mem::replace(&mut self.out, around);
        self.set_aside += html.len();
        self.set_aside -= self.out.len();
        self.notes.define(label, html);
    }
}
