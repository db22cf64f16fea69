//! A column as a file: YAML between `---` lines, then Markdown.

mod fields;
mod read;
mod sheet;
mod tree;
mod write;

use weerklank_domain::Column;

pub use sheet::{SheetProblem, column_of, sheet_of};
pub use write::to_file;

/// Bytes of YAML between the two `---` lines. Over ten times the largest that is useful.
pub const MAX_FRONT_MATTER: usize = 64 * 1024;
/// Bytes of Markdown in one column: the size at which the API refuses an article as well.
pub const MAX_BODY: usize = 1_000_000;
/// Characters in a title.
pub const MAX_TITLE: usize = 300;
/// Characters in a summary.
pub const MAX_SUMMARY: usize = 2_000;
/// Characters in every other text: a name, an address, a credit.
pub const MAX_TEXT: usize = 500;
/// Entries in a list.
pub const MAX_ENTRIES: usize = 50;

/// Something in a file that has to be mended before it can be imported.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {}{message}", key.as_ref().map(|key| format!("`{key}`: ")).unwrap_or_default())]
pub struct Problem {
    /// In the file, from 1.
    pub line: usize,
    /// The key as a path: `title`, `series.number`.
    pub key: Option<String>,
    /// What was found, what was expected.
    pub message: String,
}

/// Reads a column.
///
/// `file_name` (with or without folders and `.md`) gives the slug where the front matter has none.
/// Required are `title`, `date`, `lang` and `sentiment`: no value of those would be right more
/// often than wrong. Everything else has a default: empty lists, `source: own`, `comments: open`,
/// `status: published`, `incomplete: false`. One word where a list is expected counts as a list of
/// one. A byte order mark and CRLF line ends are accepted and dropped; see [`tidy_body`].
///
/// # Errors
/// All problems of the file in the order of their lines, at least one. A file whose YAML cannot be
/// read at all gives that one problem, since everything after it would be a guess.
pub fn parse_file(file_name: &str, text: &str) -> Result<Column, Vec<Problem>> {
    let (yaml, body, body_line) = split(text)?;
    let mut problems = Vec::new();
    let body = check_body(body, body_line, &mut problems);
    match tree::parse(&yaml, 2) {
        Ok(tree) => {
            let column = read::column(file_name, tree, body, &mut problems);
            problems.sort_by_key(|problem| problem.line);
            match column {
                Some(column) if problems.is_empty() => Ok(column),
                _ => Err(problems),
            }
        }
        Err(problem) => {
            problems.insert(0, problem);
            Err(problems)
        }
    }
}

/// The line of a file, from 1, on which the value of a key stands; `path` leads to it:
/// `["image", "src"]`. `None` where it is not there, or the file cannot be read.
pub fn line_of(text: &str, path: &[&str]) -> Option<usize> {
    let (yaml, ..) = split(text).ok()?;
    let mut entries = tree::parse(&yaml, 2).ok()?;
    let mut line = None;
    for key in path {
        let node = entries.into_iter().find(|entry| entry.key == *key)?.node;
        line = Some(node.line);
        entries = match node.value {
            tree::Value::Map(entries) => entries,
            _ => Vec::new(),
        };
    }
    line
}

/// The one form in which bodies are kept: `\n` line ends, no blank lines at either end, one line end
/// after the last line. Idempotent; empty stays empty.
pub fn tidy_body(body: &str) -> String {
    let mut tidy = unix_lines(body);
    let start = tidy.len() - tidy.trim_start().len();
    let first_line = tidy[..start].rfind('\n').map_or(0, |newline| newline + 1);
    tidy.drain(..first_line);
    if tidy.trim().is_empty() {
        return String::new();
    }
    while tidy.ends_with('\n') || tidy[tidy.rfind('\n').map_or(0, |n| n + 1)..].trim().is_empty() {
        tidy.truncate(tidy.rfind('\n').unwrap_or(0));
    }
    tidy.push('\n');
    tidy
}

fn unix_lines(text: &str) -> String {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.to_owned() }
}

/// Parts a file into YAML, Markdown and the line on which the Markdown starts.
fn split(text: &str) -> Result<(String, &str, usize), Vec<Problem>> {
    let problem = |message: &str| vec![Problem { line: 1, key: None, message: message.to_owned() }];
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines = Lines { rest: text };
    if !lines.next().is_some_and(is_fence) {
        return Err(problem("a column starts with a line `---`, then its front matter"));
    }
    let yaml_start = text.len() - lines.rest.len();
    let mut line_number = 1;
    loop {
        let line_start = text.len() - lines.rest.len();
        let Some(line) = lines.next() else {
            return Err(problem("the front matter that opens here is not closed: a line `---` is missing"));
        };
        line_number += 1;
        if is_fence(line) {
            let yaml = &text[yaml_start..line_start];
            if yaml.len() > MAX_FRONT_MATTER {
                let message = format!(
                    "the front matter is {} bytes, at most {MAX_FRONT_MATTER} are read; is its closing `---` \
                     in the right place?",
                    yaml.len()
                );
                return Err(problem(&message));
            }
            return Ok((unix_lines(yaml), lines.rest, line_number + 1));
        }
    }
}

fn is_fence(line: &str) -> bool {
    line.trim_end() == "---"
}

/// Lines that end in `\n`, `\r\n` or `\r`, and what is left after them.
struct Lines<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Lines<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        if self.rest.is_empty() {
            return None;
        }
        let end = self.rest.find(['\n', '\r']).unwrap_or(self.rest.len());
        let line = &self.rest[..end];
        let after = &self.rest[end..];
        let line_end = if after.starts_with("\r\n") { 2 } else { usize::from(!after.is_empty()) };
        self.rest = &after[line_end..];
        Some(line)
    }
}

fn check_body(body: &str, first_line: usize, problems: &mut Vec<Problem>) -> String {
    let mut problem = |line, message| problems.push(Problem { line, key: None, message });
    if body.len() > MAX_BODY {
        problem(first_line, format!("the text is {} bytes; a column has at most {MAX_BODY}", body.len()));
    }
    // PostgreSQL holds no NUL in a text, and CommonMark would show another character in its place.
    if let Some(line) = (Lines { rest: body }).position(|line| line.contains('\0')) {
        problem(first_line + line, "this line holds a NUL character; remove it".to_owned());
    }
    tidy_body(body)
}

#[cfg(test)]
mod tests;
