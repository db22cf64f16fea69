//! Notes on links and pictures that a reader of the column would not get to.

use weerklank_markdown::targets;

use crate::Note;
use crate::html::notes::{Notes, excerpt};

/// What an editor should know of the addresses in a body. Its first line has number `first_line` in
/// the file; `None` where the file has no such lines.
pub(crate) fn notes(body: &str, first_line: Option<usize>) -> Vec<Note> {
    let mut notes = Notes::default();
    for target in targets(body) {
        let line = first_line.map(|first| first + target.line - 1);
        let url = excerpt(&target.url);
        if target.is_picture && target.is_elsewhere() {
            notes.add(
                line,
                format!(
                    "the picture `{url}` is on another site and becomes a link to it: fetching it would \
                     tell that site who reads"
                ),
            );
        } else if target.is_picture && target.is_relative() {
            notes.add(
                line,
                format!(
                    "the picture `{url}` is looked for beside the column's page, where nothing is: \
                     write it from the root, `/images/…`, and let the web server answer there"
                ),
            );
        } else if target.is_relative() {
            notes.add(
                line,
                format!("the link `{url}` leads nowhere from the column's page: write `/columns/…` or a whole address"),
            );
        }
    }
    notes.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leads_nowhere_is_noted_with_its_line() {
        let body = "![x](foto.jpg) [y](./ander.md)\n\n![z](https://oud.example/a.png)\n[goed](/columns/a) [ook](#b)\n";
        let notes = notes(body, Some(5));
        let lines: Vec<_> = notes.iter().map(|note| note.line).collect();
        assert_eq!(lines, [Some(5), Some(5), Some(7)]);
        assert!(notes[0].message.starts_with("the picture `foto.jpg` is looked for"));
        assert!(notes[1].message.starts_with("the link `./ander.md` leads nowhere"));
        assert!(notes[2].message.contains("is on another site"));
    }
}
