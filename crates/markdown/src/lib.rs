//! Columns as files and as pages.
//!
//! [`parse_file`] and [`to_file`] are the two directions of a column file; [`render()`] draws its
//! Markdown; [`plain_text`] and [`summary`] say what it says without markup, [`targets()`] what it points
//! to, [`updates()`] what was added later; [`clean()`] takes out what pasting left in it. No I/O and no clock: the same bytes come out natively and in wasm.

mod clean;
mod extract;
mod front_matter;
mod render;
mod targets;
mod updates;

pub use clean::{Change, ChangeKind, MASKED, clean};
pub use extract::{plain_text, reading_minutes, summary, word_count};
pub use front_matter::{
    MAX_BODY, MAX_ENTRIES, MAX_FRONT_MATTER, MAX_SUMMARY, MAX_TEXT, MAX_TITLE, Problem, SheetProblem,
    column_of, line_of, parse_file, sheet_of, tidy_body, to_file,
};
pub use render::{Labels, Options, Rendered, TocEntry, render};
pub use targets::{Target, targets};
pub use updates::{Update, updates};
