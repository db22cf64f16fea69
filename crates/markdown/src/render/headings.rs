//! Headings, and the halves of a pair that they open.

use std::fmt::Write as _;

use pulldown_cmark::HeadingLevel;

use super::TocEntry;
use super::writer::{Open, Writer};

pub(super) struct Heading {
    level: u8,
    chosen: Option<String>,
    /// Where in `out` the ` id="…"` goes.
    id_at: usize,
    /// In no quote or list.
    outermost: bool,
    /// Plain, as read so far.
    pub(super) text: String,
}

impl Writer<'_> {
    pub(super) fn start_heading(&mut self, level: HeadingLevel, chosen: Option<String>, half: Option<&str>) {
        let base = self.options.heading_base.clamp(1, 5);
        let level = ((level as u8).max(2) - 2 + base).min(6);
        self.block();
        let outermost = self.open.is_empty();
        if outermost {
            self.end_half(level);
            // A half holds no half.
            if let Some(half) = half.filter(|_| self.half.is_none()) {
                let _ = writeln!(self.out, "<section class=\"half {half}\">");
                self.half = Some(level);
            }
        }
        self.out.push_str("<h");
        self.digit(level);
        let id_at = self.out.len();
        self.out.push('>');
        self.heading = Some(Heading { level, chosen, id_at, outermost, text: String::new() });
        self.push(Open::Heading);
    }

    pub(super) fn end_heading(&mut self) {
        self.end_label();
        let Some(Heading { level, chosen, id_at, outermost, text }) = self.heading.take() else { return };
        let id = self.ids.take(chosen.as_deref(), text.trim());
        // What is moved is the heading alone.
        self.out.insert(id_at, '"');
        self.out.insert_str(id_at, &id);
        self.out.insert_str(id_at, " id=\"");
        self.out.push_str("</h");
        self.digit(level);
        self.out.push_str(">\n");
        self.words.boundary();
        if outermost && level <= self.options.heading_base + 1 {
            self.toc.push(TocEntry { level, id, text });
        }
    }

    fn digit(&mut self, level: u8) {
        self.out.push(char::from(b'0' + level));
    }

    /// Ends the half of a pair where a heading of its `level` or a higher one (a smaller number) comes.
    pub(super) fn end_half(&mut self, level: u8) {
        if self.half.is_some_and(|open| level <= open) {
            self.half = None;
            self.out.push_str("</section>\n");
        }
    }
}
