//! Footnotes: numbered by their first mention, listed at the end, with a way back to each mention.

use std::collections::HashMap;
use std::fmt::Write as _;

use pulldown_cmark::CowStr;
use unicase::UniCase;

use super::{Labels, escape};

#[derive(Default)]
pub(super) struct Notes<'a> {
    /// Labels are compared without case, as the parser does.
    by_label: HashMap<UniCase<CowStr<'a>>, usize>,
    list: Vec<Note>,
    /// Indexes of the notes that were mentioned, in that order.
    mentioned: Vec<usize>,
}

#[derive(Default)]
struct Note {
    /// From 1; 0 before its first mention.
    number: usize,
    /// Mentions that can be led back to.
    mentions: usize,
    html: String,
}

impl<'a> Notes<'a> {
    /// Writes a mention. It is a link; the parser lets no other link hold one.
    pub fn refer(&mut self, out: &mut String, label: CowStr<'a>) {
        let index = self.index(label);
        let note = &mut self.list[index];
        if note.number == 0 {
            self.mentioned.push(index);
            note.number = self.mentioned.len();
        }
        let number = note.number;
        note.mentions += 1;
        let _ = write!(out, "<sup class=\"footnote-ref\"><a href=\"#fn_{number}\" id=\"");
        mention_id(out, number, note.mentions);
        let _ = write!(out, "\" role=\"doc-noteref\">{number}</a></sup>");
    }

    /// Keeps the HTML of a note. Of a label that is defined again, the texts follow each other.
    pub fn define(&mut self, label: CowStr<'a>, html: String) {
        let index = self.index(label);
        let note = &mut self.list[index];
        if note.html.is_empty() {
            note.html = html;
        } else {
            note.html.push_str(&html);
        }
    }

    /// Writes the list. Notes that nothing mentions come last: no words of a column are lost.
    pub fn write(mut self, out: &mut String, labels: &Labels<'_>, level: u8) {
        if self.list.is_empty() {
            return;
        }
        for (index, note) in self.list.iter_mut().enumerate() {
            if note.number == 0 {
                self.mentioned.push(index);
                note.number = self.mentioned.len();
            }
        }
        out.push_str(
            "<section class=\"footnotes\" role=\"doc-endnotes\" aria-labelledby=\"footnotes_title\">\n",
        );
        let level = level.clamp(1, 6);
        let _ = write!(out, "<h{level} id=\"footnotes_title\">");
        escape::text(out, labels.footnotes);
        let _ = writeln!(out, "</h{level}>\n<ol>");
        for &index in &self.mentioned {
            self.list[index].write(out, labels);
        }
        out.push_str("</ol>\n</section>\n");
    }

    fn index(&mut self, label: CowStr<'a>) -> usize {
        *self.by_label.entry(UniCase::new(label)).or_insert_with(|| {
            self.list.push(Note::default());
            self.list.len() - 1
        })
    }
}

impl Note {
    fn write(&self, out: &mut String, labels: &Labels<'_>) {
        let number = self.number;
        let _ = writeln!(out, "<li id=\"fn_{number}\">");
        if self.mentions == 0 {
            out.push_str(&self.html);
            out.push_str("</li>\n");
            return;
        }
        // The ways back follow the last words.
        if let Some(open) = self.html.strip_suffix("</p>\n") {
            out.push_str(open);
            out.push(' ');
        } else {
            out.push_str(&self.html);
            out.push_str("<p>");
        }
        for mention in 1..=self.mentions {
            out.push_str("<a class=\"footnote-back\" href=\"#");
            mention_id(out, number, mention);
            out.push_str("\" role=\"doc-backlink\" aria-label=\"");
            escape::attribute(out, labels.footnote_back);
            let _ = write!(out, " {number}");
            if mention > 1 {
                let _ = write!(out, "-{mention}");
            }
            out.push_str("\">↩\u{fe0e}");
            if mention > 1 {
                let _ = write!(out, "<sup>{mention}</sup>");
            }
            out.push_str("</a>");
            if mention < self.mentions {
                out.push(' ');
            }
        }
        out.push_str("</p>\n</li>\n");
    }
}

fn mention_id(out: &mut String, number: usize, mention: usize) {
    let _ = write!(out, "fnref_{number}");
    if mention > 1 {
        let _ = write!(out, "_{mention}");
    }
}
