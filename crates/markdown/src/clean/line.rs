//! The characters of one line, cleaned without regard to the lines around it.

use super::masked::masked_addresses;
use super::{Change, ChangeKind};

/// A step gives the line it makes of another, or nothing where there is nothing to do.
type Step = fn(&str) -> Option<String>;

const STEPS: [(ChangeKind, Step); 4] = [
    (ChangeKind::ZeroWidth, zero_width),
    (ChangeKind::SoftHyphen, soft_hyphens),
    (ChangeKind::NoBreakSpace, no_break_spaces),
    (ChangeKind::MaskedAddress, masked_addresses),
];

const MAX_ROUNDS: usize = 16;

/// Cleans a line; what was done goes to `changes`.
pub(super) fn clean(line: &str, number: usize, changes: &mut Vec<Change>) -> String {
    let mut shape = line.to_owned();
    // What one step leaves may be work for another; texts that people paste need one round.
    for _ in 0..MAX_ROUNDS {
        let mut settled = true;
        for (kind, step) in STEPS {
            if let Some(changed) = step(&shape) {
                changes.push(change(number, kind, &shape, &changed));
                shape = changed;
                settled = false;
            }
        }
        if settled {
            break;
        }
    }
    shape
}

/// The change from one line to another, cut to the words that differ.
pub(super) fn change(line: usize, kind: ChangeKind, before: &str, after: &str) -> Change {
    let (before, after) = stretch(before, after);
    Change { line, kind, before: before.to_owned(), after: after.to_owned() }
}

/// The parts of two lines that differ, up to the spaces around them.
fn stretch<'a>(before: &'a str, after: &'a str) -> (&'a str, &'a str) {
    let head = before.chars().zip(after.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    let head = before[..head].rfind(' ').map_or(0, |space| space + 1);
    let (a, b) = (&before[head..], &after[head..]);
    let tail: usize =
        a.chars().rev().zip(b.chars().rev()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    let tail = a[a.len() - tail..].find(' ').map_or(0, |space| tail - space);
    (&a[..a.len() - tail], &b[..b.len() - tail])
}

/// Characters that take no room: byte order marks, zero-width spaces, word joiners, invisible
/// operators, and marks of direction and joiners between characters that have no use for them.
fn zero_width(line: &str) -> Option<String> {
    if !line.contains(is_zero_width) {
        return None;
    }
    let mut kept = String::with_capacity(line.len());
    let mut rest = line;
    while !rest.is_empty() {
        let run = rest.len() - rest.trim_start_matches(is_zero_width).len();
        let (hidden, after) = rest.split_at(run);
        let between = kept.chars().next_back().is_some_and(joins) && after.starts_with(joins);
        kept.extend(hidden.chars().filter(|&c| between && may_be_needed(c)));
        let shown = after.find(is_zero_width).unwrap_or(after.len());
        kept.push_str(&after[..shown]);
        rest = &after[shown..];
    }
    (kept != line).then_some(kept)
}

fn is_zero_width(c: char) -> bool {
    may_be_needed(c)
        || matches!(c, '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{180e}')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}')
}

/// Joiners make one emoji of several, and shape Arabic and Indic scripts.
fn may_be_needed(c: char) -> bool {
    matches!(c, '\u{200c}'..='\u{200f}')
}

/// Beyond the Latin letters and the punctuation around them.
fn joins(c: char) -> bool {
    c >= '\u{370}'
        && !matches!(c, '\u{1e00}'..='\u{1eff}' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{20cf}')
}

fn soft_hyphens(line: &str) -> Option<String> {
    let entities: &[&str] = if shows_code(line) { &[] } else { &["&shy;", "&#173;", "&#xad;", "&#xAD;"] };
    if !line.contains('\u{ad}') && !entities.iter().any(|entity| line.contains(entity)) {
        return None;
    }
    let mut kept = String::with_capacity(line.len());
    for c in line.chars().filter(|&c| c != '\u{ad}') {
        kept.push(c);
        // Looked for in what is kept, so that none is left by taking out another.
        if let Some(entity) = entities.iter().find(|&&entity| kept.ends_with(entity)) {
            kept.truncate(kept.len() - entity.len());
        }
    }
    Some(kept)
}

/// No-break spaces become spaces; where they would indent a line into code or end it in a hard
/// break, they go.
fn no_break_spaces(line: &str) -> Option<String> {
    let entities: &[&str] = if shows_code(line) { &[] } else { &["&nbsp;", "&#160;", "&#xa0;", "&#xA0;"] };
    let text = entities.iter().fold(line.to_owned(), |text, entity| text.replace(entity, "\u{a0}"));
    let wide = ['\u{a0}', '\u{202f}', '\u{2007}'];
    if !text.contains(wide) {
        return None;
    }
    let head = text.len() - text.trim_start().len();
    let tail = text.trim_end().len().max(head);
    let head = if text[..head].contains(wide) { "" } else { &text[..head] };
    let middle = text[text.len() - text.trim_start().len()..tail].replace(wide, " ");
    let tail = if text[tail..].contains(wide) { "" } else { &text[tail..] };
    Some(format!("{head}{middle}{tail}"))
}

/// A line that shows code in backticks may show entities as well: those stay.
fn shows_code(line: &str) -> bool {
    line.contains('`')
}

/// The first word that holds UTF-8 read as Windows-1252 (`Ã©`, `â€™`), or a character that could not
/// be read at all.
pub(super) fn mojibake(line: &str) -> Option<&str> {
    line.split(' ').find(|word| {
        let mut before = None;
        let mut chars = word.chars();
        std::iter::from_fn(|| {
            let c = chars.next()?;
            Some((before.replace(c), c, chars.clone()))
        })
        .any(|(before, c, mut after)| match c {
            '\u{fffd}' => true,
            'Ã' | 'Â' => {
                let next = after.next();
                // `“IRMÃ”`: the last letter of a word, and the mark that closes it.
                let closes = before.is_some_and(char::is_alphabetic)
                    && next.is_some_and(|next| "’”…–—".contains(next))
                    && !after.next().is_some_and(char::is_alphanumeric);
                next.is_some_and(is_continuation) && !closes
            }
            'â' => matches!(after.next(), Some('€' | '\u{80}')),
            _ => false,
        })
    })
}

/// What Windows-1252 makes of the bytes 80 to BF.
fn is_continuation(c: char) -> bool {
    matches!(c, '\u{80}'..='\u{bf}') || "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ".contains(c)
}
