//! One line, cleaned without regard to those around it.

use super::blocks::start;
use super::phrases;
use super::{Change, ChangeKind};

pub(super) struct Cleaned {
    /// The line with its characters and words cleaned.
    pub shape: String,
    /// What is left says nothing of the column's: the line goes.
    pub taken_out: bool,
}

/// A step gives the line it makes of another, or nothing where there is nothing to do.
type Step = fn(&str) -> Option<String>;

const STEPS: [(ChangeKind, Step); 5] = [
    (ChangeKind::ZeroWidth, zero_width),
    (ChangeKind::SoftHyphen, soft_hyphens),
    (ChangeKind::NoBreakSpace, no_break_spaces),
    (ChangeKind::MaskedAddress, phrases::masked_addresses),
    (ChangeKind::Bullet, bullet),
];

const MAX_ROUNDS: usize = 16;

/// Cleans a line; what was found goes to `changes`.
pub(super) fn clean(line: &str, number: usize, changes: &mut Vec<Change>) -> Cleaned {
    let mut change = |kind, before: &str, after: &str| {
        let (before, after) = (before.to_owned(), after.to_owned());
        changes.push(Change { line: number, kind, before, after });
    };
    if let Some(word) = mojibake(line) {
        change(ChangeKind::Mojibake, word, word);
    }
    let mut shape = line.to_owned();
    // What one step leaves may be work for another; texts that people paste need one round.
    for _ in 0..MAX_ROUNDS {
        let mut settled = true;
        for (kind, step) in STEPS {
            if let Some(changed) = step(&shape) {
                let (before, after) = stretch(&shape, &changed);
                change(kind, before, after);
                shape = changed;
                settled = false;
            }
        }
        if settled {
            break;
        }
    }
    let taken_out = if phrases::is_comment_system(&shape) {
        Some(ChangeKind::CommentSystem)
    } else {
        phrases::is_asset_name(&shape).then_some(ChangeKind::AssetName)
    };
    if let Some(kind) = taken_out {
        change(kind, &shape, "");
    }
    Cleaned { shape, taken_out: taken_out.is_some() }
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

/// Characters that take no room: byte order marks, zero-width spaces, word joiners, and marks of
/// direction and joiners between characters that have no use for them.
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
        || matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{180e}')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
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

/// Bullet glyphs, among them those of Word's symbol fonts (private use), become `- `.
fn bullet(line: &str) -> Option<String> {
    let text = start(line).text;
    let mut chars = text.chars();
    let glyph = chars.next()?;
    let rest = chars.as_str();
    let item = rest.trim_start_matches([' ', '\t']);
    let parted = item.len() < rest.len();
    let is_bullet = match glyph {
        '•' | '·' | '▪' | '▫' | '●' | '○' | '◦' | '‣' | '⁃' | '■' | '□' | '➢' | '➤' | '\u{f0b7}'
        | '\u{f0a7}' | '\u{f0d8}' | '\u{f0fc}' => true,
        '–' => parted,
        'o' => rest.starts_with('\t'),
        _ => false,
    };
    if !is_bullet || item.is_empty() {
        return None;
    }
    Some(format!("{}- {item}", &line[..line.len() - text.len()]))
}

/// The first word that holds UTF-8 read as Windows-1252 (`Ã©`, `â€™`), or a character that could not
/// be read at all.
fn mojibake(line: &str) -> Option<&str> {
    line.split(' ').find(|word| {
        let mut chars = word.chars().peekable();
        std::iter::from_fn(|| chars.next().map(|c| (c, chars.peek().copied()))).any(|(c, next)| match c {
            '\u{fffd}' => true,
            'Ã' | 'Â' => next.is_some_and(is_continuation),
            'â' => next == Some('€') || next == Some('\u{80}'),
            _ => false,
        })
    })
}

/// What Windows-1252 makes of the bytes 80 to BF.
fn is_continuation(c: char) -> bool {
    matches!(c, '\u{80}'..='\u{bf}') || "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ".contains(c)
}
