//! One line of text as Markdown: marks where CommonMark will see them, escapes where it would see
//! marks that are none.

use std::rc::Rc;

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

/// Which marks are open. Links are compared by number, since two with one address are still two.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Marks {
    strong: bool,
    emphasis: bool,
    strike: bool,
    link: Option<usize>,
}

impl Marks {
    fn and(self, other: Self) -> Self {
        Self {
            strong: self.strong && other.strong,
            emphasis: self.emphasis && other.emphasis,
            strike: self.strike && other.strike,
            link: self.link.filter(|link| other.link == Some(*link)),
        }
    }

    fn has(self, mark: Mark) -> bool {
        match mark {
            Mark::Strong => self.strong,
            Mark::Emphasis => self.emphasis,
            Mark::Strike => self.strike,
        }
    }

    /// Every mark but the link is taken from `other`.
    fn only_those_of(self, other: Self) -> Self {
        Self { link: self.link, ..self.and(Self { link: self.link, ..other }) }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Strong,
    Emphasis,
    Strike,
}

impl Mark {
    const ALL: [Self; 3] = [Self::Strong, Self::Emphasis, Self::Strike];

    fn sign(self) -> &'static str {
        match self {
            Self::Strong => "**",
            Self::Emphasis => "*",
            Self::Strike => "~~",
        }
    }
}

/// A character, or a thing that stands among characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit<'a> {
    Char(char),
    Break,
    /// Code or a picture.
    Thing(&'a What),
}

impl Unit<'_> {
    fn is_space(self) -> bool {
        matches!(self, Self::Char(' ') | Self::Break)
    }

    /// Whether CommonMark may take it for whitespace beside a mark (spec 0.31.2, flanking runs).
    fn is_white(self) -> bool {
        match self {
            Self::Char(c) => c.is_whitespace(),
            Self::Break => true,
            Self::Thing(_) => false,
        }
    }

    fn is_punctuation(self) -> bool {
        match self {
            Self::Char(c) => !c.is_alphanumeric() && !c.is_whitespace() && !combines(c),
            Self::Break => false,
            Self::Thing(_) => true,
        }
    }

    fn is_word(self) -> bool {
        !self.is_white() && !self.is_punctuation()
    }
}

/// Combining marks, joiners and variation selectors belong to the character before them.
fn combines(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}'
        | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{200c}' | '\u{200d}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}')
}

type Units<'a> = Vec<(Unit<'a>, Marks)>;

/// Writes a line of text. A paragraph may hold line breaks; nothing begins or ends in space.
pub(super) fn line(pieces: &[Piece], place: Place) -> String {
    let mut links: Vec<Rc<Link>> = Vec::new();
    let mut units = units(pieces, place, &mut links);
    marks_let_go_of_space(&mut units);
    marks_let_go_of_punctuation(&mut units);
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

/// `**word **` is no strong text in CommonMark: white at the edge of marks moves out of them.
fn marks_let_go_of_space(units: &mut Units<'_>) {
    let mut start = 0;
    while start < units.len() {
        if !units[start].0.is_white() {
            start += 1;
            continue;
        }
        let length = units[start..].iter().take_while(|(unit, _)| unit.is_white()).count();
        let before = start.checked_sub(1).map(|i| units[i].1).unwrap_or_default();
        let after = units.get(start + length).map(|(_, marks)| *marks).unwrap_or_default();
        for (_, marks) in &mut units[start..start + length] {
            *marks = before.and(after);
        }
        start += length;
    }
}

/// `**word!**word` is no strong text either: a mark does not close between punctuation and a word,
/// nor open between a word and punctuation, so the punctuation moves out.
fn marks_let_go_of_punctuation(units: &mut Units<'_>) {
    for right in 1..units.len() {
        let ((a, left_marks), (b, right_marks)) = (units[right - 1], units[right]);
        // The bracket of a link is punctuation already.
        if left_marks.link == right_marks.link && a.is_word() && b.is_punctuation() {
            units[right].1 = right_marks.only_those_of(left_marks);
        }
    }
    for left in (0..units.len().saturating_sub(1)).rev() {
        let ((a, left_marks), (b, right_marks)) = (units[left], units[left + 1]);
        if left_marks.link == right_marks.link && a.is_punctuation() && b.is_word() {
            units[left].1 = left_marks.only_those_of(right_marks);
        }
    }
}

struct Writer<'a> {
    place: Place,
    links: &'a [Rc<Link>],
    out: String,
    /// Where the line that is being written begins in `out`.
    line_at: usize,
    /// In the order in which they were opened.
    open: Vec<Mark>,
    link: Option<usize>,
}

impl Writer<'_> {
    fn write(mut self, units: &Units<'_>) -> String {
        let ends = ends(units);
        for (i, (unit, marks)) in units.iter().enumerate() {
            if self.autolink(units, i) {
                continue;
            }
            self.turn_to(*marks, ends[i]);
            match unit {
                Unit::Char(c) => {
                    let before = i.checked_sub(1).map(|i| units[i].0);
                    let rest = || units[i + 1..].iter().map(|(unit, _)| *unit);
                    self.char(*c, before, rest);
                }
                Unit::Break => {
                    self.out.push_str("\\\n");
                    self.line_at = self.out.len();
                }
                Unit::Thing(What::Code(text)) => self.code(text),
                Unit::Thing(What::Image { src, alt, title }) => {
                    self.out.push_str("![");
                    self.out.push_str(&escape_label(alt));
                    self.destination(src, title);
                }
                Unit::Thing(_) => {}
            }
        }
        self.turn_to(Marks::default(), [0; 3]);
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
        self.turn_to(Marks::default(), [0; 3]);
        self.out.push('<');
        self.out.push_str(&link.href);
        self.out.push('>');
        true
    }

    /// Closes and opens marks; of those that open together the one that lasts longest is outside.
    fn turn_to(&mut self, marks: Marks, ends: [usize; 3]) {
        let keep = if marks.link == self.link {
            self.open.iter().take_while(|mark| marks.has(**mark)).count()
        } else {
            0
        };
        for mark in self.open.drain(keep..).rev() {
            self.out.push_str(mark.sign());
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
        let mut opening: Vec<Mark> =
            Mark::ALL.into_iter().filter(|mark| marks.has(*mark) && !self.open.contains(mark)).collect();
        opening.sort_by_key(|mark| std::cmp::Reverse(ends[*mark as usize]));
        for mark in opening {
            self.out.push_str(mark.sign());
            self.open.push(mark);
        }
    }

    fn char<'u, I>(&mut self, c: char, before: Option<Unit<'_>>, rest: impl Fn() -> I)
    where
        I: Iterator<Item = Unit<'u>>,
    {
        let line_start = self.out.len() == self.line_at;
        let escape = match c {
            '\\' | '`' | '*' | '[' | '<' | '~' => true,
            ']' => self.link.is_some(),
            '_' => {
                let word = |unit: Option<Unit<'_>>| unit.is_some_and(|unit| unit.is_word());
                !(word(before) && word(rest().next()))
            }
            '|' => line_start || self.place == Place::Cell,
            '{' | '}' => self.place == Place::Heading,
            '&' => starts_entity(rest()),
            '#' => line_start || self.place == Place::Heading,
            '>' | '+' | '-' | '=' | ':' | '$' => line_start,
            '!' => rest().next() == Some(Unit::Char('[')),
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
        self.out.push_str(&format!("{fence}{pad}{text}{pad}{fence}"));
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

/// A text without any mark, for the label of a callout and the description of a picture.
pub(super) fn escape_label(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_ascii_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        for c in word.chars() {
            if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '~' | '&' | '|' | '!') {
                out.push('\\');
            }
            out.push(c);
        }
    }
    out
}

/// An address that stands between round brackets: what would end it or be read as something else
/// is percent-encoded (RFC 3986, section 2.1).
fn escape_address(href: &str) -> String {
    let mut out = String::with_capacity(href.len());
    for c in href.chars() {
        match c {
            '(' | ')' | '&' | '*' | '_' | '~' => {
                if c != '_' && c != '~' {
                    out.push('\\');
                }
                out.push(c);
            }
            ' ' => out.push_str("%20"),
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            '\\' => out.push_str("%5C"),
            '|' => out.push_str("%7C"),
            '`' => out.push_str("%60"),
            c if c.is_control() || c.is_whitespace() => {}
            c => out.push(c),
        }
    }
    out
}
