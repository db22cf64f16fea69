//! What an import did, in plain text, file by file.

use std::fmt::Write as _;

use weerklank_domain::{Slug, is_invisible};

use crate::{Change, Discussion, Entry, Note, Outcome};

/// What the store made of a column, or of what was said about one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stored {
    Made,
    Changed,
    Unchanged,
    /// It left the board since, and only the desk puts it back.
    Off,
    /// What was said is with a column: how much of it is new, and how much was there.
    Comments {
        column: Slug,
        made: u64,
        /// Of those: how many an editor reads first.
        waiting: u64,
        unchanged: u64,
    },
    /// What was said is about no column of the board.
    NoColumn,
    /// It could not be stored; why.
    Failed(String),
}

/// Collects counts and writes lines. Every text from outside is shown with its control characters
/// made visible, so that a file can neither hide a change nor command the terminal.
#[derive(Debug, Default)]
pub struct Report {
    dry_run: bool,
    file: Option<String>,
    made: usize,
    changed: usize,
    unchanged: usize,
    skipped: usize,
    refused: usize,
    cleaned: usize,
    /// Places that were found and left as they are.
    left: usize,
    comments: Comments,
}

/// What became of what readers said.
#[derive(Debug, Default)]
struct Comments {
    made: u64,
    waiting: u64,
    unchanged: u64,
    left_out: usize,
}

impl Report {
    /// A dry run says what would be done.
    pub fn new(dry_run: bool) -> Self {
        Self { dry_run, ..Self::default() }
    }

    /// The lines on one entry, each ending in a newline. `stored` is what the store did, or would
    /// do, with its column; it plays no part for other entries.
    pub fn entry(&mut self, entry: &Entry, stored: &Stored) -> String {
        let mut out = String::new();
        if self.file.as_ref() != Some(&entry.file) {
            self.file = Some(entry.file.clone());
            line(&mut out, format_args!("{}", visible(&entry.file)));
        }
        if let Some(item) = &entry.item {
            line(&mut out, format_args!("  “{}”", visible(item)));
        }
        match &entry.outcome {
            Outcome::Skipped { reason } => {
                self.skipped += 1;
                line(&mut out, format_args!("  skipped    {}", visible(reason)));
            }
            Outcome::Refused { problems } => {
                self.refused += 1;
                for problem in problems {
                    let mut place = entry.file.clone();
                    if let Some(number) = problem.line {
                        let _ = write!(place, ":{number}");
                    }
                    if let Some(key) = &problem.key {
                        let _ = write!(place, ": {key}");
                    }
                    line(
                        &mut out,
                        format_args!("  refused    {}: {}", visible(&place), visible(&problem.message)),
                    );
                }
            }
            Outcome::Column { column, changes, notes, .. } => {
                if *stored == Stored::Off {
                    self.skipped += 1;
                    let why = "was taken off the board here, and stays off until it is published at the desk";
                    line(&mut out, format_args!("  skipped    {} {why}", column.slug));
                    return out;
                }
                let (count, word) = match stored {
                    Stored::Made => (&mut self.made, "made"),
                    Stored::Changed => (&mut self.changed, "changed"),
                    Stored::Unchanged => (&mut self.unchanged, "unchanged"),
                    Stored::Failed(_) | Stored::Comments { .. } | Stored::NoColumn | Stored::Off => {
                        (&mut self.refused, "refused")
                    }
                };
                *count += 1;
                if let Stored::Failed(why) = stored {
                    line(&mut out, format_args!("  {word:<10} {}: {}", column.slug, visible(why)));
                    return out;
                }
                line(&mut out, format_args!("  {word:<10} {}", column.slug));
                // An item of an export has two counts of lines: the file's, and that of the text that
                // was made of it.
                let (of_text, of_file) =
                    if entry.item.is_some() { (" of its text", " of the file") } else { ("", "") };
                for change in changes {
                    let left = change.before == change.after;
                    let (count, word) =
                        if left { (&mut self.left, "found") } else { (&mut self.cleaned, "cleaned") };
                    *count += 1;
                    line(&mut out, format_args!("  {word:<10} {}", change_line(change, of_text)));
                }
                note_lines(&mut out, notes, of_file);
            }
            Outcome::Comments(discussion) => self.discussion(&mut out, discussion, stored),
        }
        out
    }

    fn discussion(&mut self, out: &mut String, discussion: &Discussion, stored: &Stored) {
        let found = discussion.comments.len();
        match stored {
            Stored::Comments { column, made, waiting, unchanged } => {
                self.comments.made += made;
                self.comments.waiting += waiting;
                self.comments.unchanged += unchanged;
                let waiting = match waiting {
                    0 => String::new(),
                    waiting => format!(" ({waiting} of them for the review queue)"),
                };
                line(out, format_args!("  comments   {column}: {made} made{waiting}, {unchanged} unchanged"));
            }
            Stored::Failed(why) => {
                self.refused += 1;
                line(out, format_args!("  refused    {}", visible(why)));
            }
            _ if found == 0 => {}
            _ => {
                self.refused += 1;
                self.comments.left_out += found;
                let tried: Vec<_> = discussion.columns.iter().map(|slug| format!("`{slug}`")).collect();
                let tried = if tried.is_empty() {
                    "its address names no column".to_owned()
                } else {
                    format!("no column is called {}", tried.join(" or "))
                };
                line(
                    out,
                    format_args!(
                        "  refused    {found} comment{} on {}: {tried}; import it first, or say in the file of \
                         --disqus-map which column it is",
                        plural(found),
                        visible(&discussion.link)
                    ),
                );
            }
        }
        let left: Vec<_> = discussion.left_out.iter().map(|(why, count)| format!("{count} {why}")).collect();
        self.comments.left_out += discussion.left_out.values().sum::<usize>();
        if !left.is_empty() {
            line(out, format_args!("  left out   {}", left.join(", ")));
        }
        note_lines(out, &discussion.notes, " of the file");
    }

    /// The last line, ending in a newline.
    pub fn totals(&self) -> String {
        let columns = self.made + self.changed + self.unchanged;
        let Comments { made, waiting, unchanged, left_out } = self.comments;
        let with_comments = made + unchanged > 0 || left_out > 0;
        if columns + self.skipped + self.refused == 0 && !with_comments {
            return "Nothing to import: no Markdown (.md, .markdown), WordPress or Disqus (.xml) or Ghost (.json) file was found\n".to_owned();
        }
        let left = match self.left {
            0 => String::new(),
            left => format!(", {left} found and left"),
        };
        let comments = if with_comments {
            format!(
                "; {} comment{}: {made} made, {waiting} of them for the review queue, {unchanged} unchanged; {left_out} left out",
                made + unchanged,
                if made + unchanged == 1 { "" } else { "s" },
            )
        } else {
            String::new()
        };
        format!(
            "{}{columns} column{}: {} made, {} changed, {} unchanged; {} skipped, {} refused; {} place{} cleaned{left}{comments}\n",
            if self.dry_run { "Nothing was written. It would be: " } else { "" },
            plural(columns),
            self.made,
            self.changed,
            self.unchanged,
            self.skipped,
            self.refused,
            self.cleaned,
            plural(self.cleaned),
        )
    }

    /// How many entries were refused; an import with any has failed in part.
    pub fn refused(&self) -> usize {
        self.refused
    }
}

pub(crate) fn plural(n: usize) -> &'static str {
    if n == 1 { "" } else { "s" }
}

fn line(out: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing into a string cannot fail.
    let _ = writeln!(out, "{text}");
}

/// `of_file` says which lines are counted.
fn note_lines(out: &mut String, notes: &[Note], of_file: &str) {
    for note in notes {
        let place = note.line.map(|n| format!("line {n}{of_file}: ")).unwrap_or_default();
        line(out, format_args!("  note       {place}{}", visible(&note.message)));
    }
}

fn change_line(change: &Change, of_text: &str) -> String {
    let before = shortened(&visible(&change.before));
    let mut out = format!("line {}{of_text}: {}: “{before}”", change.line, visible(&change.kind));
    if change.after != change.before {
        // Writing into a string cannot fail.
        let _ = write!(out, " → “{}”", shortened(&visible(&change.after)));
    }
    out
}

/// At most 80 characters.
fn shortened(text: &str) -> String {
    const MOST: usize = 80;
    match text.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

/// A text in which everything that has no picture of its own is written as its code point, for
/// instance `<U+00A0>`: control characters, spaces other than the common one, direction marks and
/// other invisible characters.
pub fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_control() || (c.is_whitespace() && c != ' ') || is_invisible(c) {
            let _ = write!(out, "<U+{:04X}>", u32::from(c));
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Problem;

    #[test]
    fn a_report_reads_file_by_file() {
        let text = "---\ntitle: Een bank\ndate: 2026-05-01\nlang: nl\nsentiment: mixed\n---\nTekst.\n";
        let column = Box::new(weerklank_markdown::parse_file("een-bank.md", text).unwrap());
        let change = |line, kind: &str, before: &str, after: &str| Change {
            line,
            kind: kind.to_owned(),
            before: before.to_owned(),
            after: after.to_owned(),
        };
        let changes = vec![
            change(12, "non-breaking space", "10\u{a0}uur", "10 uur"),
            change(14, "wrong encoding", "cafÃ©", "cafÃ©"),
        ];
        let notes = vec![Note { line: Some(3), message: "`<script>` left out".to_owned() }];
        let column = Outcome::Column { column, line: None, changes, notes };
        let entry = |file: &str, item: Option<&str>, outcome| Entry {
            file: file.to_owned(),
            item: item.map(str::to_owned),
            outcome,
        };
        let problem = Problem {
            line: Some(3),
            key: Some("date".to_owned()),
            message: "`\u{1b}[2Jnu` is not a date such as 2026-05-01".to_owned(),
        };
        let mut report = Report::new(true);
        let mut out = String::new();
        for (entry, stored) in [
            (entry("a/een-bank.md", None, column.clone()), Stored::Made),
            (entry("a/fout.md", None, Outcome::Refused { problems: vec![problem] }), Stored::Made),
            (
                entry("wp.xml", Some("Over ons"), Outcome::Skipped { reason: "a page".to_owned() }),
                Stored::Made,
            ),
            (entry("wp.xml", Some("Een bank"), column.clone()), Stored::Unchanged),
            (entry("wp.xml", Some("Weg"), column.clone()), Stored::Off),
            (entry("wp.xml", Some("Vol"), column), Stored::Failed("the disk is full".to_owned())),
        ] {
            out.push_str(&report.entry(&entry, &stored));
        }
        out.push_str(&report.totals());
        insta::assert_snapshot!(out, @r"
        a/een-bank.md
          made       een-bank
          cleaned    line 12: non-breaking space: “10<U+00A0>uur” → “10 uur”
          found      line 14: wrong encoding: “cafÃ©”
          note       line 3: `<script>` left out
        a/fout.md
          refused    a/fout.md:3: date: `<U+001B>[2Jnu` is not a date such as 2026-05-01
        wp.xml
          “Over ons”
          skipped    a page
          “Een bank”
          unchanged  een-bank
          cleaned    line 12 of its text: non-breaking space: “10<U+00A0>uur” → “10 uur”
          found      line 14 of its text: wrong encoding: “cafÃ©”
          note       line 3 of the file: `<script>` left out
          “Weg”
          skipped    een-bank was taken off the board here, and stays off until it is published at the desk
          “Vol”
          refused    een-bank: the disk is full
        Nothing was written. It would be: 2 columns: 1 made, 0 changed, 1 unchanged; 2 skipped, 2 refused; 2 places cleaned, 2 found and left
        ");
        assert_eq!(report.refused(), 2);
    }

    #[test]
    fn nothing_stays_invisible() {
        assert_eq!(visible("a\u{a0}b\tc\u{202e}d\r\n"), "a<U+00A0>b<U+0009>c<U+202E>d<U+000D><U+000A>");
        assert_eq!(visible("één ‘woord’ — 🎉"), "één ‘woord’ — 🎉");
    }

    #[test]
    fn an_import_of_nothing_says_so() {
        assert!(Report::new(false).totals().starts_with("Nothing to import"));
    }
}
