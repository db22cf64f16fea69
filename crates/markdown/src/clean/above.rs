//! What stands above a line: whether it begins a block, and what that block is.

use super::Line;
use super::blocks::{Start, fence, list_mark, start};
use super::bullet::{self, Bullet, Mark};
use super::leftover;

/// What the lines so far, as they were left, mean for the next one.
#[derive(Default)]
pub(super) struct Above {
    /// The block that is open; none below a blank line, a heading, a rule or code.
    block: Option<Block>,
    /// The last block was a list that was made of dashes, or the open one is.
    dashes: bool,
    /// The last line with text ends in a colon: what follows is what it speaks of.
    announced: bool,
}

struct Block {
    /// `>` at the start of its first line.
    quotes: usize,
    /// A list item stands in it.
    has_item: bool,
    is_table: bool,
}

impl Above {
    /// The list item that a line with a bullet glyph becomes, and what its mark was; `below` are the
    /// lines after it.
    ///
    /// A glyph begins an item at the start of a block, in a list, behind a colon, or where the block
    /// goes on with more such lines; elsewhere it stands in a sentence that was wrapped. A dash is
    /// a mark of punctuation first: an item only where others follow or went before it, since nobody
    /// makes a list of one, and `– Kim Verzonnen` below a quotation says who spoke.
    pub fn item(&self, shape: &str, below: &[Line<'_>]) -> Option<(Mark, String)> {
        let Start { quotes, text, .. } = start(shape);
        let Bullet { mark, item } = bullet::read(text)?;
        if self.is_table(shape, below) {
            return None;
        }
        let begins = self.begins(quotes);
        let in_list = self.block.as_ref().is_some_and(|block| block.has_item);
        let is_item = match mark {
            Mark::Glyph(_) => begins || in_list || self.announced || has_sibling(mark, below, false),
            Mark::Dash => {
                (self.dashes && (begins || in_list))
                    || ((begins || self.announced) && has_sibling(mark, below, true))
            }
        };
        is_item.then(|| (mark, format!("{}- {item}", &shape[..shape.len() - text.len()])))
    }

    /// Whether a line could be the first of a paragraph that a program left: what a sentence
    /// announces with a colon is the column's own.
    pub fn may_be_leftover(&self, shape: &str) -> bool {
        self.begins(start(shape).quotes) && !self.announced
    }

    /// Goes on below a line as it was left; `made` is the mark that became a list item.
    pub fn pass(&mut self, shape: &str, made: Option<Mark>, below: &[Line<'_>]) {
        let Start { quotes, text, .. } = start(shape);
        if text.is_empty() {
            self.block = None;
            return;
        }
        if ends_block(text) {
            *self = Self::default();
            return;
        }
        let is_table = self.is_table(shape, below);
        if self.begins(quotes) {
            self.block = None;
            self.dashes = false;
        }
        self.dashes |= made == Some(Mark::Dash);
        let block = self.block.get_or_insert(Block { quotes, has_item: false, is_table });
        block.is_table = is_table;
        block.has_item |= list_mark(text) > 0;
        // Of several that are announced, the first is not the last.
        self.announced &= leftover::kind(shape).is_some();
        let said = text.trim_end_matches(['*', '_', ' ', '\t']);
        self.announced |= said.strip_suffix(':').is_some_and(|said| !leftover::is_share_words(said));
    }

    /// Goes on below a line of code.
    pub fn code(&mut self) {
        *self = Self::default();
    }

    fn begins(&self, quotes: usize) -> bool {
        self.block.as_ref().is_none_or(|block| quotes > block.quotes)
    }

    /// Whether a line is one of a table: its first is known by the line under it.
    fn is_table(&self, shape: &str, below: &[Line<'_>]) -> bool {
        let first = || below.first().is_some_and(|next| is_delimiter_row(start(&next.shape).text));
        self.block.as_ref().is_some_and(|block| block.is_table) || (!start(shape).text.is_empty() && first())
    }
}

/// Whether a block that is open above a line with this text is closed by it: a heading (or the line
/// under one), a rule.
pub(super) fn ends_block(text: &str) -> bool {
    let hashes = text.bytes().take_while(|&b| b == b'#').count();
    let heading = (1..=6).contains(&hashes) && text[hashes..].starts_with([' ', '\t']);
    let rule = |mark: char| {
        text.chars().all(|c| c == mark || c == ' ' || c == '\t') && text.matches(mark).count() >= 3
    };
    heading || ['-', '*', '_'].into_iter().any(rule)
}

/// `|---|:-:|`: the line under the first of a table (GFM 4.10).
fn is_delimiter_row(text: &str) -> bool {
    text.contains('-')
        && text.contains(['|', ':'])
        && text.bytes().all(|b| matches!(b, b'|' | b':' | b'-' | b' ' | b'\t'))
}

/// Whether another line with the same mark follows in the block or, if `beyond`, begins the next one.
fn has_sibling(mark: Mark, below: &[Line<'_>], beyond: bool) -> bool {
    let is_sibling =
        |line: &Line<'_>| bullet::read(start(&line.shape).text).is_some_and(|bullet| bullet.mark == mark);
    let mut lines = below.iter();
    for line in lines.by_ref() {
        let text = start(&line.shape).text;
        if text.is_empty() {
            break;
        }
        if ends_block(text) || fence(text).is_some() {
            return false;
        }
        if is_sibling(line) {
            return true;
        }
    }
    // Leftovers between two items will be gone.
    let is_text =
        |line: &&Line<'_>| !start(&line.shape).text.is_empty() && leftover::kind(&line.shape).is_none();
    beyond && lines.find(is_text).is_some_and(is_sibling)
}
