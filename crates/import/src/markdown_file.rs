//! A Markdown file with front matter.

use std::collections::BTreeSet;

use weerklank_markdown::{ChangeKind, clean, line_of, parse_file, tidy_body};

use crate::discover::Found;
use crate::file::read_markdown;
use crate::lookalike::Names;
use crate::remarks::{Lines, remarks};
use crate::{Change, Entry, Options, Outcome, Problem};

/// Reads one; `pictures` as in [`remarks`], `names` are those that are known.
pub(crate) fn read(
    found: &Found,
    options: Options,
    pictures: Option<&BTreeSet<String>>,
    names: &mut Names,
) -> Entry {
    let file = found.shown();
    let text = match read_markdown(found.path()) {
        Ok(text) => text,
        Err(problem) => return Entry::refused(file, problem),
    };
    let name = found.path().file_name().unwrap_or_default().to_string_lossy();
    if name.to_lowercase().starts_with("readme.") && !text.trim_start().starts_with("---") {
        return Entry::skipped(file, "a README without front matter is about the folder");
    }
    let outcome = match parse_file(&name, &text) {
        Err(problems) => Outcome::Refused { problems: problems.into_iter().map(Problem::from).collect() },
        Ok(mut column) => {
            let first_line = first_body_line(&text);
            let image = column.image.is_some().then(|| line_of(&text, &["image", "src"])).flatten();
            let mut notes = names.check(&column, |kind| line_of(&text, &[kind.key()]));
            notes.extend(remarks(&column, Lines { body: Some(first_line), image }, pictures));
            let changes = if options.as_is { Vec::new() } else { clean_body(&mut column.body, first_line) };
            Outcome::Column { column: Box::new(column), line: Some(1), changes, notes }
        }
    };
    Entry { file: file.to_owned(), item: None, outcome }
}

/// Cleans a body in place; its first line has number `first_line`.
pub(crate) fn clean_body(body: &mut String, first_line: usize) -> Vec<Change> {
    let (cleaned, changes) = clean(body);
    if changes.is_empty() {
        return Vec::new();
    }
    *body = tidy_body(&cleaned);
    let change = |change: weerklank_markdown::Change| Change {
        line: change.line + first_line - 1,
        kind: kind_of_change(change.kind).to_owned(),
        before: change.before,
        after: change.after,
    };
    changes.into_iter().map(change).collect()
}

fn kind_of_change(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::NoBreakSpace => "no-break space",
        ChangeKind::ZeroWidth => "zero-width character",
        ChangeKind::SoftHyphen => "soft hyphen",
        ChangeKind::Bullet => "bullet glyph",
        ChangeKind::MaskedAddress => "masked address",
        ChangeKind::CommentSystem => "left by a comment system or a share bar",
        ChangeKind::AssetName => "name of a picture file",
        ChangeKind::Mojibake => "read in a wrong encoding once, left as it is",
    }
}

/// The line of the file on which the body's first line with text stands: behind the second `---`,
/// past what [`tidy_body`] drops. Lines end as they do for [`parse_file`].
fn first_body_line(text: &str) -> usize {
    let unix = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut lines = (1..).zip(unix.split('\n'));
    let fence = |(_, line): &(usize, &str)| line.trim_end() == "---";
    let Some((after, _)) = lines.by_ref().filter(fence).nth(1) else { return 1 };
    lines.find(|(_, line)| !line.trim().is_empty()).map_or(after + 1, |(number, _)| number)
}

impl From<weerklank_markdown::Problem> for Problem {
    fn from(problem: weerklank_markdown::Problem) -> Self {
        Self { line: Some(problem.line), key: problem.key, message: problem.message }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_body_begins_behind_the_front_matter_and_its_empty_lines() {
        assert_eq!(first_body_line("---\na: b\n---\ntext\n---\n"), 4);
        assert_eq!(first_body_line("---\r\na: b\r\n---\r\n\r\n \r\ntext"), 6);
        assert_eq!(first_body_line("---\na: b\n---\n"), 4);
    }
}
