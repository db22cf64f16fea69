//! One line of text as Markdown: marks where CommonMark will see them, escapes where it would see
//! marks that are none.

use std::rc::Rc;

use super::escape::{escape_address, escape_label};
use super::marks::{Mark, Marks, Unit, Units, settle_marks, word_at};
use super::{Link, Piece, What};

/// Where the text goes; it decides what has to be escaped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Paragraph,
    /// One line, and `{…}` at its end would be attributes.
    Heading,
    /// One line, and `|` would end it.
    Cell,
}

/// Writes a line of text. A paragraph may hold line breaks; nothing begins or ends in space.
pub(super) fn line(pieces: &[Piece], place: Place) -> String {
    let mut links: Vec<Rc<Link>> = Vec::new();
    let mut units = units(pieces, place, &mut links);
    settle_marks(&mut units);
    Writer { place, links: &links, out: String::new(), line_at: 0, open: Vec::new(), link: None }
        .write(&units)
}

/// Spaces are single, and there are none at the ends nor beside a break.
fn units<'a>(pieces: &'a [Piece], place: Place, links: &mut Vec<Rc<Link>>) -> Units<'a> {
    let mut out: Units<'a> = Vec::new();
    for piece in pieces {
        let style = &piece.style;
        let link = style.link.as_ref().map(|link| {
            if !links.last().is_some_and(|last| Rc::ptr_eq(last, link)) {
                links.push(Rc::clone(link));
            }
            links.len() - 1
        });
        let marks = Marks { strong: style.strong, emphasis: style.emphasis, strike: style.strike, link };
        match &piece.what {
            What::Text(text) => {
                for c in text.chars() {
                    // A control character has no place in a text; the rest of the white stays.
                    let c = if matches!(c, '\t' | '\n' | '\r' | '\u{c}' | '\u{b}') { ' ' } else { c };
                    if c == ' ' && out.last().is_none_or(|(unit, _)| unit.is_space()) {
                        continue;
                    }
                    out.push((Unit::Char(c), marks));
                }
            }
            What::Break if place == Place::Paragraph => {
                while out.last().is_some_and(|(unit, _)| *unit == Unit::Char(' ')) {
                    out.pop();
                }
                if out.last().is_some_and(|(unit, _)| *unit != Unit::Break) {
                    out.push((Unit::Break, marks));
                }
            }
            What::Break => {
                if out.last().is_some_and(|(unit, _)| !unit.is_space()) {
                    out.push((Unit::Char(' '), marks));
                }
            }
            What::Code(text) if text.trim().is_empty() => {}
            thing @ (What::Code(_) | What::Image { .. }) => out.push((Unit::Thing(thing), marks)),
        }
    }
    while out.last().is_some_and(|(unit, _)| unit.is_space()) {
        out.pop();
    }
    out
}

struct Writer<'a> {
    place: Place,
    links: &'a [Rc<Link>],
    out: String,
    /// Where the line that is being written begins in `out`.
    line_at: usize,
    /// In the order in which they were opened, with the sign that closes each.
    open: Vec<(Mark, &'static str)>,
    link: Option<usize>,
}

impl Writer<'_> {
    fn write(mut self, units: &Units<'_>) -> String {
        let ends = ends(units);
        for (i, (unit, marks)) in units.iter().enumerate() {
            if self.autolink(units, i) {
                continue;
            }
            self.turn_to(*marks);
            // A mark that had to close with one around it opens again behind the white.
            if !unit.is_white() {
                self.open(units, i, ends[i]);
            }
            match unit {
                Unit::Char(c) => {
                    // Where marks differ a sign stands between, which is no part of a word.
                    let word = |(unit, other): &(Unit<'_>, Marks)| unit.is_word() && other == marks;
                    let inside = i.checked_sub(1).is_some_and(|before| word(&units[before]))
                        && units.get(i + 1).is_some_and(word);
                    let rest = || units[i + 1..].iter().map(|(unit, _)| *unit);
                    if *c == '!' && units.get(i + 1).is_some_and(|(_, next)| next.link != marks.link) {
                        // Before the bracket of a link it would make a picture.
                        self.out.push('\\');
                    }
                    self.char(*c, inside, rest);
                }
                Unit::Break => {
                    self.out.push_str("\\\n");
                    self.line_at = self.out.len();
                }
                Unit::Thing(What::Code(_)) => {
                    // Two in a row would be read as one with backticks in it, so they are one.
                    let code = |(unit, _): &&(Unit<'_>, Marks)| matches!(unit, Unit::Thing(What::Code(_)));
                    let same = |other: &&(Unit<'_>, Marks)| code(other) && other.1 == *marks;
                    if i.checked_sub(1).is_none_or(|before| !same(&&units[before])) {
                        let texts = units[i..].iter().take_while(same).filter_map(|(unit, _)| match unit {
                            Unit::Thing(What::Code(text)) => Some(text.as_str()),
                            _ => None,
                        });
                        self.code(&texts.collect::<String>());
                    }
                }
                Unit::Thing(What::Image { src, alt, title }) => {
                    self.out.push_str("![");
                    self.out.push_str(&escape_label(alt));
                    self.destination(src, title);
                }
                Unit::Thing(_) => {}
            }
        }
        self.turn_to(Marks::default());
        self.out
    }

    /// A link whose text is its address is written between angle brackets. True for every unit of
    /// such a link; the first one writes it.
    fn autolink(&mut self, units: &Units<'_>, i: usize) -> bool {
        let Some(number) = units[i].1.link else { return false };
        let link = &self.links[number];
        if !link.title.is_empty() || !(link.href.starts_with("https://") || link.href.starts_with("http://"))
        {
            return false;
        }
        let first = i == 0 || units[i - 1].1.link != Some(number);
        if !first {
            return self.link.is_none();
        }
        let text = units[i..].iter().take_while(|(_, marks)| marks.link == Some(number));
        let same = text.clone().map(|(unit, _)| *unit).eq(link.href.chars().map(Unit::Char));
        let plain =
            |c: char| !c.is_whitespace() && !c.is_control() && !matches!(c, '<' | '>' | '&' | '\\' | '|');
        if !same || !link.href.chars().all(plain) {
            return false;
        }
        self.turn_to(Marks::default());
        self.out.push('<');
        self.out.push_str(&link.href);
        self.out.push('>');
        true
    }

    /// Closes marks, and begins or ends a link.
    fn turn_to(&mut self, marks: Marks) {
        let keep = if marks.link == self.link {
            self.open.iter().take_while(|(mark, _)| marks.has(*mark)).count()
        } else {
            0
        };
        for (_, sign) in self.open.drain(keep..).rev() {
            self.out.push_str(sign);
        }
        if marks.link != self.link {
            if let Some(number) = self.link.take() {
                let link = Rc::clone(&self.links[number]);
                self.destination(&link.href, &link.title);
            }
            if marks.link.is_some() {
                self.out.push('[');
                self.link = marks.link;
            }
        }
    }

    /// Of the marks that open together the one that lasts longest is outside.
    fn open(&mut self, units: &Units<'_>, at: usize, ends: [usize; 3]) {
        let marks = units[at].1;
        let is_open = |mark: &Mark| self.open.iter().any(|(open, _)| open == mark);
        let mut opening: Vec<Mark> =
            Mark::ALL.into_iter().filter(|mark| marks.has(*mark) && !is_open(mark)).collect();
        opening.sort_by_key(|mark| std::cmp::Reverse(ends[*mark as usize]));
        let after_word = self.out.chars().next_back().is_some_and(|c| Unit::Char(c).is_word());
        for mark in opening {
            let sign = match mark {
                Mark::Strong => "**",
                Mark::Strike => "~~",
                // Another sign than that of strong text keeps the two apart; inside a word it is none.
                Mark::Emphasis if after_word || word_at(units, ends[1], marks.link) => "*",
                Mark::Emphasis => "_",
            };
            self.out.push_str(sign);
            self.open.push((mark, sign));
        }
    }

    /// `inside`: between two letters of a word.
    fn char<'u, I>(&mut self, c: char, inside: bool, rest: impl Fn() -> I)
    where
        I: Iterator<Item = Unit<'u>>,
    {
        let line_start = self.out.len() == self.line_at;
        let escape = match c {
            '\\' | '`' | '*' | '[' | '<' | '~' => true,
            ']' => self.link.is_some(),
            '_' => !inside,
            '|' => line_start || self.place == Place::Cell,
            '{' | '}' => self.place == Place::Heading,
            '&' => starts_entity(rest()),
            '#' => line_start || self.place == Place::Heading,
            '>' | '+' | '-' | '=' | ':' => line_start,
            '.' | ')' => {
                let line = &self.out[self.line_at..];
                !line.is_empty() && line.len() <= 9 && line.bytes().all(|b| b.is_ascii_digit())
            }
            _ => false,
        };
        if escape {
            self.out.push('\\');
        }
        self.out.push(c);
    }

    fn code(&mut self, text: &str) {
        let text = text.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
        let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
        // One mark more than the longest run inside can never be closed by it.
        let fence = "`".repeat(if text.contains('`') { longest + 1 } else { 1 });
        let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
        let text = if self.place == Place::Cell { text.replace('|', "\\|") } else { text };
        for part in [fence.as_str(), pad, &text, pad, &fence] {
            self.out.push_str(part);
        }
    }

    /// Ends `[text` or `![alt`.
    fn destination(&mut self, href: &str, title: &str) {
        self.out.push_str("](");
        self.out.push_str(&escape_address(href));
        if !title.trim().is_empty() {
            let title = title.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
            self.out.push_str(" \"");
            for c in title.chars() {
                if matches!(c, '"' | '\\' | '&' | '<' | '`' | '*' | '|') {
                    self.out.push('\\');
                }
                self.out.push(c);
            }
            self.out.push('"');
        }
        self.out.push(')');
    }
}

/// For each unit and mark the index behind the last neighbour that carries the mark as well.
fn ends(units: &Units<'_>) -> Vec<[usize; 3]> {
    let mut ends = vec![[0; 3]; units.len()];
    for i in (0..units.len()).rev() {
        for mark in Mark::ALL {
            if units[i].1.has(mark) {
                let next = units.get(i + 1).is_some_and(|(_, m)| m.has(mark) && m.link == units[i].1.link);
                ends[i][mark as usize] = if next { ends[i + 1][mark as usize] } else { i + 1 };
            }
        }
    }
    ends
}

/// Whether an ampersand before these would begin a character reference: `&name;` or `&#1;`.
fn starts_entity<'u>(rest: impl Iterator<Item = Unit<'u>>) -> bool {
    // The longest name in HTML has 31 letters.
    for (i, unit) in rest.take(33).enumerate() {
        match unit {
            Unit::Char(';') => return i > 0,
            Unit::Char(c) if c.is_ascii_alphanumeric() || (i == 0 && c == '#') => {}
            _ => return false,
        }
    }
    false
}
