//! Links and pictures that a reader of the column would not get to.

use std::collections::BTreeSet;

use weerklank_markdown::targets;

use crate::draft::percent_decoded;
use crate::html::notes::{Notes, excerpt};
use crate::remarks::Lines;

/// Notes on the addresses in a text.
pub(crate) fn body(body: &str, lines: Lines, pictures: Option<&BTreeSet<String>>, notes: &mut Notes) {
    for target in targets(body) {
        let line = lines.of_body(target.line);
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
        } else if target.is_picture {
            if is_missing(&target.url, pictures) {
                notes.add(line, missing(&format!("the picture `{url}`")));
            }
        } else if target.is_relative() {
            notes.add(
                line,
                format!("the link `{url}` leads nowhere from the column's page: write `/columns/…` or a whole address"),
            );
        }
    }
}

/// A note on the picture above a column, where it deserves one.
pub(crate) fn image(src: &str, line: Option<usize>, pictures: Option<&BTreeSet<String>>, notes: &mut Notes) {
    let what = format!("the picture `{}` above the text", excerpt(src));
    if !src.starts_with('/') {
        notes.add(
            line,
            format!("{what} is on another site and is not shown: fetching it would tell that site who reads"),
        );
    } else if is_missing(src, pictures) {
        notes.add(line, missing(&what));
    }
}

/// Whether the board is known to have no file at this path of its own.
fn is_missing(url: &str, pictures: Option<&BTreeSet<String>>) -> bool {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    path.starts_with('/') && pictures.is_some_and(|pictures| !pictures.contains(&percent_decoded(path)))
}

fn missing(what: &str) -> String {
    format!(
        "{what} is not among the board's own files: put it there (`--assets` names their folder), or see \
         that the web server in front of the board answers at that address"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(write: impl FnOnce(&mut Notes)) -> Vec<(Option<usize>, String)> {
        let mut notes = Notes::default();
        write(&mut notes);
        notes.finish().into_iter().map(|note| (note.line, note.message)).collect()
    }

    #[test]
    fn what_leads_nowhere_is_noted_with_its_line() {
        let text = "![x](foto.jpg) [y](./ander.md)\n\n![z](https://oud.example/a.png)\n[goed](/columns/a) [ook](#b)\n";
        let notes = told(|notes| body(text, Lines { body: Some(5), image: None }, None, notes));
        let lines: Vec<_> = notes.iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, [Some(5), Some(5), Some(7)]);
        assert!(notes[0].1.starts_with("the picture `foto.jpg` is looked for"));
        assert!(notes[1].1.starts_with("the link `./ander.md` leads nowhere"));
        assert!(notes[2].1.contains("is on another site"));
    }

    #[test]
    fn a_picture_that_the_board_lacks_is_noted_with_its_line() {
        let pictures = BTreeSet::from(["/images/er is.jpg".to_owned()]);
        let text = "![a](/images/er%20is.jpg?v=2)\n\n![b](/images/weg.jpg)\n[c](/images/weg.jpg)\n";
        let notes = told(|notes| body(text, Lines { body: Some(5), image: None }, Some(&pictures), notes));
        assert_eq!(notes.len(), 1, "{notes:?}");
        assert_eq!(notes[0].0, Some(7));
        assert!(notes[0].1.starts_with("the picture `/images/weg.jpg` is not among the board's own files"));
        assert_eq!(told(|notes| body(text, Lines::default(), None, notes)), [], "where nobody knows");

        for (src, said) in [
            ("/images/er%20is.jpg", None),
            ("/images/weg.jpg", Some("the picture `/images/weg.jpg` above the text is not among")),
            (
                "https://oud.example/a.png",
                Some("the picture `https://oud.example/a.png` above the text is on"),
            ),
        ] {
            let notes = told(|notes| image(src, Some(4), Some(&pictures), notes));
            assert_eq!(notes.len(), usize::from(said.is_some()), "{notes:?}");
            for (line, message) in notes {
                assert!(line == Some(4) && said.is_some_and(|said| message.starts_with(said)), "{message}");
            }
        }
    }
}
