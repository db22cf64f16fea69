//! What pasting leaves in a text, taken out with a note of each change.

mod above;
mod blocks;
mod bullet;
mod leftover;
mod line;
mod masked;

use above::Above;
use blocks::Blocks;

/// One thing that cleaning found in a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// In the body, from 1; the caller adds the lines of the front matter.
    pub line: usize,
    pub kind: ChangeKind,
    /// The part of the line that was found, with the words it touches.
    pub before: String,
    /// What stands there now; empty where all of it was taken out, equal to `before` where it was
    /// only found.
    pub after: String,
}

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChangeKind {
    /// No-break spaces, now spaces; at the start or the end of a line, taken out.
    NoBreakSpace,
    /// Characters without width, taken out (joiners stay where a script or an emoji needs them).
    ZeroWidth,
    /// Soft hyphens, taken out.
    SoftHyphen,
    /// A bullet glyph or a dash at the start of a list's line, now a Markdown list item.
    Bullet,
    /// An address that a mail protector hid, now [`MASKED`].
    MaskedAddress,
    /// A line of a comment system or a share bar, in a paragraph of nothing else, taken out.
    CommentSystem,
    /// A line that is only the name of a picture file, in a paragraph of nothing else, taken out.
    AssetName,
    /// Text that was once read in the wrong encoding. Only found, never changed.
    Mojibake,
}

/// Stands where a mail protector had hidden an address: it is to be seen, and no word of any language.
pub const MASKED: &str = "[…@…]";

/// Cleans a body: what changed, line by line, with what stood there before.
///
/// Code blocks, fenced and indented, stay as they are; tables keep their lines. No line is joined,
/// parted or dropped (one that is taken out leaves an empty line), so lines keep their numbers.
/// Cleaning twice changes no more than once.
pub fn clean(body: &str) -> (String, Vec<Change>) {
    let lines: Vec<Line<'_>> =
        body.split_inclusive('\n').enumerate().map(|(index, whole)| Line::new(index + 1, whole)).collect();
    let mut cleaned = String::with_capacity(body.len());
    let mut changes = Vec::new();
    let mut blocks = Blocks::default();
    let mut above = Above::default();
    // How many of the lines to come are known to be leftovers.
    let mut leftovers = 0;
    for (index, line) in lines.iter().enumerate() {
        let below = &lines[index + 1..];
        let mut found = line.found.clone();
        let mut shape = line.shape.clone();
        let item = above.item(&shape, below);
        if let Some((_, made)) = &item {
            found.push(line::change(line.number, ChangeKind::Bullet, &shape, made));
            shape = line::clean(made, line.number, &mut found);
        }
        // Judged by the cleaned line, and gone on from what is left of it, so that a second cleaning
        // judges alike.
        let before = blocks.clone();
        if blocks.is_code(&shape) {
            cleaned.push_str(line.whole);
            above.code();
            leftovers = 0;
            continue;
        }
        if leftovers == 0 && above.may_be_leftover(&shape) {
            leftovers = leftover::paragraph(&lines[index..]);
        }
        if leftovers > 0
            && let Some(kind) = leftover::kind(&shape)
        {
            leftovers -= 1;
            found.push(line::change(line.number, kind, &shape, ""));
            shape.clear();
            blocks = before;
            blocks.is_code("");
        }
        above.pass(&shape, item.map(|(mark, _)| mark), below);
        cleaned.push_str(&shape);
        cleaned.push_str(&line.end);
        changes.append(&mut found);
    }
    (cleaned, changes)
}

/// A line of the body.
struct Line<'a> {
    /// From 1.
    number: usize,
    /// As it came, with its end.
    whole: &'a str,
    /// Without its end, its characters cleaned.
    shape: String,
    end: String,
    found: Vec<Change>,
}

impl<'a> Line<'a> {
    fn new(number: usize, whole: &'a str) -> Self {
        let text = whole.trim_end_matches(['\n', '\r']);
        let mut found = Vec::new();
        if let Some(word) = line::mojibake(text) {
            let (before, after) = (word.to_owned(), word.to_owned());
            found.push(Change { line: number, kind: ChangeKind::Mojibake, before, after });
        }
        let mut shape = line::clean(text, number, &mut found);
        // A carriage return that stood before what was taken out belongs to the end of the line now.
        let mut end = shape.split_off(shape.trim_end_matches('\r').len());
        end.push_str(&whole[text.len()..]);
        Self { number, whole, shape, end, found }
    }
}

#[cfg(test)]
mod tests;
