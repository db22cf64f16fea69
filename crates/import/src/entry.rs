//! What became of one column-to-be, or of what was said about one.

use weerklank_domain::Column;

use crate::Discussion;

/// One Markdown file, or one item of an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The path as the operator would type it; control characters are still in it.
    pub file: String,
    /// Which item of an export: its title, or its number where it has none.
    pub item: Option<String>,
    pub outcome: Outcome,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It became a column.
    Column {
        column: Box<Column>,
        /// The line of the file at which it begins.
        line: Option<usize>,
        /// What was cleaned, in the order of the text.
        changes: Vec<Change>,
        /// What an editor should know: what was left out, assumed or made of it.
        notes: Vec<Note>,
    },
    /// What readers said about a column elsewhere.
    Comments(Box<Discussion>),
    /// It is nothing that a column is made of; nothing is wrong with it.
    Skipped { reason: String },
    /// It should have become a column and could not.
    Refused { problems: Vec<Problem> },
}

/// A place that was cleaned, or found and left: then `after` is `before`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Counted from 1: in a Markdown file the line of the file, front matter included; in an
    /// export the line of the Markdown text that was made.
    pub line: usize,
    /// What was wrong, in a few words.
    pub kind: String,
    pub before: String,
    pub after: String,
}

/// Something worth knowing that stops nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The line of the file, from 1, where it is known.
    pub line: Option<usize>,
    pub message: String,
}

/// Why something was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The line of the file, from 1, where one is to blame.
    pub line: Option<usize>,
    /// The front matter key.
    pub key: Option<String>,
    /// What was wrong and how to mend it.
    pub message: String,
}

impl Problem {
    pub(crate) fn new(line: Option<usize>, message: impl Into<String>) -> Self {
        Self { line, key: None, message: message.into() }
    }
}

impl Entry {
    pub(crate) fn skipped(file: &str, reason: impl Into<String>) -> Self {
        let outcome = Outcome::Skipped { reason: reason.into() };
        Self { file: file.to_owned(), item: None, outcome }
    }

    pub(crate) fn refused(file: &str, problem: Problem) -> Self {
        let outcome = Outcome::Refused { problems: vec![problem] };
        Self { file: file.to_owned(), item: None, outcome }
    }

    /// The path, with the item behind it where there is one.
    pub fn origin(&self) -> String {
        match &self.item {
            Some(item) => format!("{} ({item})", self.file),
            None => self.file.clone(),
        }
    }
}
