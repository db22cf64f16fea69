//! Bullet glyphs at the start of a line.

use super::blocks::fence;

/// A text that could be a list item.
pub(super) struct Bullet<'a> {
    pub mark: Mark,
    /// What stands behind the mark; never empty.
    pub item: &'a str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// A sign that is hardly used but for lists.
    Glyph(char),
    /// `–`, which sentences use as well.
    Dash,
}

/// Those of word processors, among them Word's symbol fonts (private use).
fn is_glyph(c: char) -> bool {
    matches!(
        c,
        '•' | '·'
            | '▪'
            | '▫'
            | '●'
            | '○'
            | '◦'
            | '‣'
            | '⁃'
            | '■'
            | '□'
            | '➢'
            | '➤'
            | '\u{f0b7}'
            | '\u{f0a7}'
            | '\u{f0d8}'
            | '\u{f0fc}'
    )
}

/// Takes the mark off a text that starts with one.
///
/// Not every text that does is an item: `●●●○○` and `○ ○ ●` are scores, `• • •` parts two passages,
/// `□ ja □ nee` is a form, and `– zonder schroeven –` is an aside.
pub(super) fn read(text: &str) -> Option<Bullet<'_>> {
    let mut chars = text.chars();
    let first = chars.next()?;
    let rest = chars.as_str();
    let item = rest.trim_start_matches([' ', '\t']);
    let parted = item.len() < rest.len();
    let next = item.chars().next()?;
    if fence(item.trim_start()).is_some() {
        return None;
    }
    let mark = match first {
        '–' if parted && !item.trim_end().ends_with('–') => Mark::Dash,
        'o' if rest.starts_with('\t') => Mark::Glyph(first),
        glyph if is_glyph(glyph) => {
            // Without a space, a word has to follow: `·5 mm` is a number.
            let word = next.is_alphabetic() || matches!(next, '*' | '_' | '[' | '‘' | '“' | '"' | '\'');
            let row = is_glyph(next) || item.contains(first);
            if row || !(parted || word) {
                return None;
            }
            Mark::Glyph(glyph)
        }
        _ => return None,
    };
    Some(Bullet { mark, item })
}
