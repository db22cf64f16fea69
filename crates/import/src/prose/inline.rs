//! One line of text as Markdown: marks where CommonMark will see them, escapes where it would see
//! marks that are none.

use std::rc::Rc;

use super::escape::{escape_address, escape_label};
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
    settle_marks(&mut units);
    Writer { place, links: &links, out: String::new(), line_at: 0, open: Vec::new(), link: None }
        .write(&units)
}

/// Takes marks away from where CommonMark would not see them, until nothing changes any more: each
/// rule can leave the edge of a mark where another rule forbids it.
fn settle_marks(units: &mut Units<'_>) {
    // Written text settles in two or three rounds; one that does not has no marks left.
    const ROUNDS: usize = 8;
    for _ in 0..ROUNDS {
        let before: Vec<Marks> = units.iter().map(|(_, marks)| *marks).collect();
        marks_let_go_of_space(units);
        marks_let_go_of_punctuation(units);
        strikes_stand_alone_beside_words(units);
        emphasis_gives_way_within_words(units);
        if units.iter().map(|(_, marks)| *marks).eq(before) {
            return;
        }
    }
    for (_, marks) in units {
        *marks = Marks { link: marks.link, ..Marks::default() };
    }
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
        // Every mark ends where a link begins or ends.
        let kept = if before.link == after.link { before.and(after) } else { Marks::default() };
        for (_, marks) in &mut units[start..start + length] {
            *marks = kept;
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

/// `word*~~struck~~*` opens no emphasis, since `~` is punctuation: struck text that begins or ends
/// within a word has no other mark.
fn strikes_stand_alone_beside_words(units: &mut Units<'_>) {
    let mut start = 0;
    while start < units.len() {
        let marks = units[start].1;
        let end = end_of_run(units, start, |other| other == marks);
        let beside = |neighbour: Option<&(Unit<'_>, Marks)>| {
            neighbour.is_some_and(|(unit, other)| {
                let differs = (marks.strong && !other.strong) || (marks.emphasis && !other.emphasis);
                unit.is_word() && other.link == marks.link && !other.strike && differs
            })
        };
        let before = start.checked_sub(1).and_then(|i| units.get(i));
        if marks.strike && (beside(before) || beside(units.get(end))) {
            for (_, marks) in &mut units[start..end] {
                *marks = Marks { strong: false, emphasis: false, ..*marks };
            }
        }
        start = end;
    }
}

/// `wo***rd** x*` can be read in several ways: emphasis that begins or ends within a word and has
/// strong text in it gives way to that.
fn emphasis_gives_way_within_words(units: &mut Units<'_>) {
    let mut start = 0;
    while start < units.len() {
        let marks = units[start].1;
        if !marks.emphasis {
            start += 1;
            continue;
        }
        let end = end_of_run(units, start, |other| other.emphasis && other.link == marks.link);
        let within = start.checked_sub(1).is_some_and(|before| word_at(units, before, marks.link))
            || word_at(units, end, marks.link);
        if within && units[start..end].iter().any(|(_, marks)| marks.strong || marks.strike) {
            for (_, marks) in &mut units[start..end] {
                marks.emphasis = false;
            }
        }
        start = end;
    }
}

fn end_of_run(units: &Units<'_>, start: usize, same: impl Fn(Marks) -> bool) -> usize {
    start + units[start..].iter().take_while(|(_, marks)| same(*marks)).count()
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

/// Whether a word stands there, in the same link.
fn word_at(units: &Units<'_>, at: usize, link: Option<usize>) -> bool {
    units.get(at).is_some_and(|(unit, marks)| marks.link == link && unit.is_word())
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
