//! What pasting leaves in a text, taken out with a note of each change.

/// One thing that cleaning found in a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// In the body, from 1; the caller adds the lines of the front matter.
    pub line: usize,
    pub kind: ChangeKind,
    /// The line, or the part of it that was found.
    pub before: String,
    /// What stands there now; empty where it was taken out, equal to `before` where it was only found.
    pub after: String,
}

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChangeKind {
    /// A no-break space, now a space.
    NoBreakSpace,
    /// A zero-width character, taken out.
    ZeroWidth,
    /// A soft hyphen, taken out.
    SoftHyphen,
    /// A bullet glyph at the start of a line, now a Markdown list item.
    Bullet,
    /// An address that a mail protector hid, now a visible marker.
    MaskedAddress,
    /// A line of a comment system or a share bar, taken out.
    CommentSystem,
    /// A line that is only the name of a picture file, taken out.
    AssetName,
    /// Text that was read in the wrong encoding once. Only found, never changed.
    Mojibake,
}

/// Cleans a body. Code blocks stay as they are, no word changes without its [`Change`], and cleaning
/// twice changes nothing more.
pub fn clean(body: &str) -> (String, Vec<Change>) {
    (body.to_owned(), Vec::new())
}
