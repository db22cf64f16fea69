//! Which marks can stand where: the rules of CommonMark for flanking delimiter runs (spec 0.31.2,
//! section 6.2), met by moving the edges of marks rather than by hoping.

use super::What;

/// Which marks are open. Links are compared by number, since two with one address are still two.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Marks {
    pub strong: bool,
    pub emphasis: bool,
    pub strike: bool,
    pub link: Option<usize>,
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

    pub fn has(self, mark: Mark) -> bool {
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
pub(super) enum Mark {
    Strong,
    Emphasis,
    Strike,
}

impl Mark {
    pub const ALL: [Self; 3] = [Self::Strong, Self::Emphasis, Self::Strike];
}

/// A character, or a thing that stands among characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit<'a> {
    Char(char),
    Break,
    /// Code or a picture.
    Thing(&'a What),
}

impl Unit<'_> {
    pub fn is_space(self) -> bool {
        matches!(self, Self::Char(' ') | Self::Break)
    }

    /// Whether CommonMark may take it for whitespace beside a mark (spec 0.31.2, flanking runs).
    pub fn is_white(self) -> bool {
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

    pub fn is_word(self) -> bool {
        !self.is_white() && !self.is_punctuation()
    }
}

/// Combining marks, joiners and variation selectors belong to the character before them.
fn combines(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}'
        | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{200c}' | '\u{200d}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}')
}

pub(super) type Units<'a> = Vec<(Unit<'a>, Marks)>;

/// Takes marks away from where CommonMark would not see them, until nothing changes any more: each
/// rule can leave the edge of a mark where another rule forbids it.
pub(super) fn settle_marks(units: &mut Units<'_>) {
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

/// Whether a word stands there, in the same link.
pub(super) fn word_at(units: &Units<'_>, at: usize, link: Option<usize>) -> bool {
    units.get(at).is_some_and(|(unit, marks)| marks.link == link && unit.is_word())
}
