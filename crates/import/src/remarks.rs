//! What an editor should know of a column that was read well.

use std::collections::BTreeSet;

use weerklank_domain::Column;

use crate::html::Notes;
use crate::{Note, pointing};

/// Where in its file a column stands. An export has no such lines.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Lines {
    /// The line on which its text begins.
    pub body: Option<usize>,
    /// The line of `image.src`.
    pub image: Option<usize>,
}

impl Lines {
    /// The line of the file on which the line `line` of the text stands.
    pub fn of_body(self, line: usize) -> Option<usize> {
        self.body.map(|first| first + line - 1)
    }
}

/// The remarks on a column, by line. `pictures` are the paths that the board has a file at, where that
/// is known.
pub(crate) fn remarks(column: &Column, lines: Lines, pictures: Option<&BTreeSet<String>>) -> Vec<Note> {
    let mut notes = Notes::default();
    if let Some(image) = &column.image {
        pointing::image(&image.src, lines.image, pictures, &mut notes);
    }
    pointing::body(&column.body, lines, pictures, &mut notes);
    notes.finish()
}
