//! Quotes and the callouts that are written as quotes.

use std::fmt::Write as _;

use pulldown_cmark::{Event, Tag, TagEnd};
use weerklank_domain::Date;

use super::callout::{self, Kind};
use super::escape;
use super::writer::{Open, Writer};

impl Writer<'_> {
    pub(super) fn start_quote(&mut self) {
        self.block();
        let source = self.source;
        let mark = match self.events.peek() {
            Some((Event::Start(Tag::Paragraph), range)) => callout::mark(source[range.start..].trim_start()),
            _ => None,
        };
        let levels = if matches!(mark, Some((Kind::Quote, _))) { 2 } else { 1 };
        if !self.has_room(levels) {
            return self.push(Open::Flat);
        }
        let Some((kind, length)) = mark else {
            self.out.push_str("<blockquote>\n");
            return self.push(Open::Quote);
        };
        self.events.next();
        if matches!(self.events.peek(), Some((Event::Text(_), _))) {
            self.start_callout(kind, length);
        } else {
            // The mark is a link, because an address is defined for it.
            self.out.push_str("<blockquote>\n");
            self.push(Open::Quote);
            self.start_paragraph();
        }
    }

    fn start_callout(&mut self, kind: Kind, mark: usize) {
        let Line { text, more, inner } = self.read_line();
        let title = text.get(mark..).unwrap_or_default().trim();
        self.words.feed(title);
        match kind {
            Kind::Quote => {
                self.out.push_str("<figure class=\"quote\">\n<blockquote class=\"pull-quote\">\n");
                self.speakers.push(title.to_owned());
                self.push(Open::PullQuote);
            }
            Kind::Advice => self.start_aside(title),
            Kind::Law => self.start_law(title),
            Kind::Update => self.start_update(title),
            Kind::Note => {
                self.start_box(Kind::Note, "note", self.options.labels.note);
                self.subject(title);
            }
        }
        if more {
            self.start_paragraph();
        }
        for _ in 0..inner {
            self.push(Open::Flat);
        }
    }

    /// What the shop should do: a landmark of its own (an `aside` with a name is `complementary`).
    fn start_aside(&mut self, title: &str) {
        let number = self.number(Kind::Advice);
        let _ = write!(
            self.out,
            "<aside class=\"callout advice\" aria-labelledby=\"advice_{number}\">\n\
             <p class=\"callout-title\" id=\"advice_{number}\"><span class=\"callout-label\">"
        );
        escape::text(&mut self.out, self.options.labels.advice);
        self.out.push_str("</span>");
        self.subject(title);
        self.push(Open::Callout("</aside>\n"));
    }

    fn start_law(&mut self, title: &str) {
        let labels = self.options.labels;
        let (rule, checked) = callout::checked(title);
        self.start_box(Kind::Law, "law", labels.law);
        if !rule.is_empty() {
            self.out.push_str(": <cite>");
            escape::text(&mut self.out, rule);
            self.out.push_str("</cite>");
        }
        self.out.push_str("</p>\n");
        if let Some(date) = checked {
            self.out.push_str("<p class=\"callout-date\">");
            escape::text(&mut self.out, labels.checked_on);
            self.out.push(' ');
            self.day(date);
            self.out.push_str("</p>\n");
        }
    }

    fn start_update(&mut self, title: &str) {
        let (date, title) = callout::dated(title);
        self.start_box(Kind::Update, "update", self.options.labels.update);
        if let Some(date) = date {
            self.out.push(' ');
            self.day(date);
        }
        self.subject(title);
    }

    /// A box that is part of the text (`note` is no landmark), up to the label in its title.
    fn start_box(&mut self, kind: Kind, name: &str, label: &str) {
        let number = self.number(kind);
        let _ = write!(
            self.out,
            "<div class=\"callout {name}\" role=\"note\" aria-labelledby=\"{name}_{number}\">\n\
             <p class=\"callout-title\" id=\"{name}_{number}\"><span class=\"callout-label\">"
        );
        escape::text(&mut self.out, label);
        self.out.push_str("</span>");
        self.push(Open::Callout("</div>\n"));
    }

    fn subject(&mut self, title: &str) {
        if !title.is_empty() {
            self.out.push_str(": ");
            escape::text(&mut self.out, title);
        }
        self.out.push_str("</p>\n");
    }

    fn day(&mut self, date: Date) {
        let _ = write!(self.out, "<time datetime=\"{date}\">");
        escape::text(&mut self.out, &(self.options.labels.date)(date));
        self.out.push_str("</time>");
    }

    fn number(&mut self, kind: Kind) -> u32 {
        let count = &mut self.callouts[kind as usize];
        *count += 1;
        *count
    }

    pub(super) fn end_pull_quote(&mut self) {
        self.block();
        let who = self.speakers.pop().unwrap_or_default();
        self.out.push_str("</blockquote>\n");
        if !who.is_empty() {
            self.out.push_str("<figcaption>");
            escape::text(&mut self.out, &who);
            self.out.push_str("</figcaption>\n");
        }
        self.out.push_str("</figure>\n");
    }

    /// Takes the rest of the first line of a paragraph that has been started.
    fn read_line(&mut self) -> Line {
        let mut line = Line { text: String::new(), more: true, inner: 0 };
        for (event, _) in self.events.by_ref() {
            match event {
                Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) => line.text.push_str(&text),
                Event::SoftBreak | Event::HardBreak => break,
                Event::Start(_) => line.inner += 1,
                Event::End(TagEnd::Paragraph) => {
                    line.more = false;
                    break;
                }
                Event::End(_) => line.inner -= 1,
                _ => {}
            }
        }
        line
    }
}

/// The first line of a callout, its markup left out.
struct Line {
    text: String,
    /// The paragraph goes on after it.
    more: bool,
    /// Inline elements that were started in it and end after it.
    inner: usize,
}
