//! What pasting leaves in a text, taken out with a note of each change.

mod blocks;
mod line;
mod phrases;

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
    /// A bullet glyph at the start of a line, now a Markdown list item.
    Bullet,
    /// An address that a mail protector hid, now [`MASKED`].
    MaskedAddress,
    /// A line of a comment system or a share bar, taken out.
    CommentSystem,
    /// A line that is only the name of a picture file, taken out.
    AssetName,
    /// Text that was once read in the wrong encoding. Only found, never changed.
    Mojibake,
}

/// Stands where a mail protector had hidden an address: it is to be seen, and no word of any language.
pub const MASKED: &str = "[…@…]";

/// Cleans a body: what changed, line by line, with what stood there before.
///
/// Code blocks, fenced and indented, stay as they are. No line is joined, parted or dropped (one that
/// is taken out leaves an empty line), so lines keep their numbers. Cleaning twice changes no more
/// than once.
pub fn clean(body: &str) -> (String, Vec<Change>) {
    let mut cleaned = String::with_capacity(body.len());
    let mut changes = Vec::new();
    let mut blocks = Blocks::default();
    for (index, whole) in body.split_inclusive('\n').enumerate() {
        let line = whole.trim_end_matches(['\n', '\r']);
        let mut found = Vec::new();
        let line::Cleaned { shape, taken_out } = line::clean(line, index + 1, &mut found);
        // Judged by the cleaned line, and gone on from what is left of it, so that a second cleaning
        // judges alike.
        let before = blocks.clone();
        if blocks.is_code(&shape) {
            cleaned.push_str(whole);
            continue;
        }
        if taken_out {
            blocks = before;
            blocks.is_code("");
        } else {
            cleaned.push_str(&shape);
        }
        cleaned.push_str(&whole[line.len()..]);
        changes.append(&mut found);
    }
    (cleaned, changes)
}

#[cfg(test)]
mod tests;
