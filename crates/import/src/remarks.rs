//! What an editor should know of a column that was read well: its links and pictures, the order of
//! its updates.

use std::collections::BTreeSet;

use weerklank_domain::Column;
use weerklank_markdown::updates;

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
    order(&column.body, lines, &mut notes);
    notes.finish()
}

/// Updates are read as what happened one after the other.
fn order(body: &str, lines: Lines, notes: &mut Notes) {
    for pair in updates(body).windows(2) {
        let (above, below) = (pair[0].date, pair[1].date);
        if below < above {
            notes.add(
                lines.of_body(pair[1].line),
                format!(
                    "the update of {below} stands below the one of {above}: readers take updates in the \
                     order in which things happened, so put the oldest first"
                ),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn updates_out_of_order_are_noted_with_their_line() {
        let told = |days: &[&str]| {
            let boxes: Vec<_> = days.iter().map(|day| format!("> [!UPDATE] {day}\n> Tekst.\n\n")).collect();
            let mut notes = Notes::default();
            order(&boxes.concat(), Lines { body: Some(9), image: None }, &mut notes);
            notes.finish().into_iter().map(|note| (note.line, note.message)).collect::<Vec<_>>()
        };
        for right in
            [&[][..], &["2018-02-01"], &["2018-02-01", "2018-02-01", "2021-09-13"], &["2021-09-13", "ooit"]]
        {
            assert_eq!(told(right), [], "{right:?}");
        }
        let wrong = told(&["2018-02-01", "2021-09-13", "2020-05-06", "2020-05-07"]);
        assert_eq!(wrong.len(), 1, "{wrong:?}");
        assert_eq!(wrong[0].0, Some(15));
        assert!(wrong[0].1.starts_with("the update of 2020-05-06 stands below the one of 2021-09-13"));
    }
}
