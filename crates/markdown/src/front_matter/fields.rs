//! One map of front matter, read key by key; what is wrong with a value is noted with its line.

use std::fmt::Display;
use std::str::FromStr;

use weerklank_domain::{Slug, is_invisible};

use super::tree::{Entry, Node, Value};
use super::{MAX_ENTRIES, MAX_TEXT, Problem};

/// The keys of a map that have not been asked for yet.
pub(super) struct Fields<'p> {
    /// `series.` inside `series`; empty at the top.
    prefix: String,
    /// Where the map starts, for keys that are not there at all.
    line: usize,
    entries: Vec<Entry>,
    problems: &'p mut Vec<Problem>,
}

impl<'p> Fields<'p> {
    pub fn new(prefix: &str, line: usize, entries: Vec<Entry>, problems: &'p mut Vec<Problem>) -> Self {
        let mut fields = Self { prefix: prefix.to_owned(), line, entries: Vec::new(), problems };
        for entry in entries {
            if let Some(first) = fields.entries.iter().find(|known| known.key == entry.key) {
                let message = format!("stands here a second time; the first is on line {}", first.line);
                fields.problem(entry.line, &entry.key, message);
            } else {
                fields.entries.push(entry);
            }
        }
        fields
    }

    /// Names what was never asked for: a key that nobody knows.
    pub fn finish(mut self, known: &[&str]) {
        for entry in std::mem::take(&mut self.entries) {
            let message = format!("is not a key that is known here; known are {}", known.join(", "));
            self.problem(entry.line, &entry.key, message);
        }
    }

    pub fn problem(&mut self, line: usize, key: &str, message: impl Into<String>) {
        let key = format!("{}{key}", self.prefix);
        self.problems.push(Problem { line, key: Some(key), message: message.into() });
    }

    /// The value of `key` and its line; `None` where it is absent or says nothing.
    fn take(&mut self, key: &str) -> Option<Node> {
        let at = self.entries.iter().position(|entry| entry.key == key)?;
        let node = self.entries.remove(at).node;
        (!node.says_nothing()).then_some(node)
    }

    /// A name of somebody or something, on one line: nothing in it that nobody sees.
    pub fn name(&mut self, key: &str) -> Option<(String, usize)> {
        let (name, line) = self.text_at(key, MAX_TEXT, false)?;
        self.is_seen(line, key, &name).then_some((name, line))
    }

    /// The same, or the problem that `key` is missing.
    pub fn required_name(&mut self, key: &str) -> Option<(String, usize)> {
        if self.is_there(key) { self.name(key) } else { None }
    }

    pub fn text(&mut self, key: &str) -> Option<String> {
        self.text_at(key, MAX_TEXT, false).map(|(text, _)| text)
    }

    /// A text and its line. `lines`: it may hold line ends.
    pub fn text_at(&mut self, key: &str, max: usize, lines: bool) -> Option<(String, usize)> {
        let node = self.take(key)?;
        let line = node.line;
        let Value::Scalar { text, .. } = node.value else {
            self.problem(line, key, "is one text here, not a list or a map");
            return None;
        };
        self.check_text(line, key, &text, max, lines).then_some((text, line))
    }

    /// One line of text and where it stands, or the problem that `key` is missing.
    pub fn required_text(&mut self, key: &str, max: usize) -> Option<(String, usize)> {
        if self.is_there(key) { self.text_at(key, max, false) } else { None }
    }

    /// A text that may be empty, as a description of mere decoration.
    pub fn text_or_empty(&mut self, key: &str, max: usize) -> Option<String> {
        let empty = self.entries.iter().any(|entry| {
            entry.key == key && matches!(&entry.node.value, Value::Scalar { text, .. } if text.is_empty())
        });
        if empty {
            self.entries.retain(|entry| entry.key != key);
            return Some(String::new());
        }
        self.required_text(key, max).map(|(text, _)| text)
    }

    pub fn required_word<T: FromStr<Err: Display>>(&mut self, key: &str) -> Option<T> {
        if self.is_there(key) { self.word(key) } else { None }
    }

    /// A word of a closed list, a date, a slug, a number: whatever parses and explains itself.
    pub fn word<T: FromStr<Err: Display>>(&mut self, key: &str) -> Option<T> {
        let (text, line) = self.text_at(key, MAX_TEXT, false)?;
        self.parse(line, key, &text)
    }

    /// Like [`Self::word`], but tells an absent key (`None`) from one that does not parse.
    #[expect(clippy::option_option, reason = "absent, unreadable and read are three answers")]
    pub fn present<T: FromStr<Err: Display>>(&mut self, key: &str) -> Option<Option<T>> {
        let said = self.entries.iter().any(|entry| entry.key == key && !entry.node.says_nothing());
        let word = self.word(key);
        said.then_some(word)
    }

    pub fn truth(&mut self, key: &str) -> Option<bool> {
        let (text, line) = self.text_at(key, MAX_TEXT, false)?;
        match text.to_ascii_lowercase().as_str() {
            "true" | "yes" => Some(true),
            "false" | "no" => Some(false),
            _ => {
                self.problem(line, key, format!("`{text}` is neither true nor false"));
                None
            }
        }
    }

    /// Texts, no two alike. One text stands for a list of one.
    pub fn texts(&mut self, key: &str) -> Vec<String> {
        self.list(key).into_iter().map(|(text, _)| text).collect()
    }

    /// Names that have a page of their own: each makes a slug, no two the same one.
    pub fn names(&mut self, key: &str) -> Vec<String> {
        let mut slugs: Vec<Slug> = Vec::new();
        let mut names = Vec::new();
        for (name, line) in self.list(key) {
            if !self.is_seen(line, key, &name) {
                continue;
            }
            match Slug::from_name(&name) {
                Ok(slug) if slugs.contains(&slug) => {
                    self.problem(
                        line,
                        key,
                        format!("`{name}` stands in the list under the same address `{slug}` twice"),
                    );
                }
                Ok(slug) => {
                    slugs.push(slug);
                    names.push(name);
                }
                Err(error) => self.problem(line, key, format!("`{name}` makes no address: {error}")),
            }
        }
        names
    }

    /// Words of a closed list.
    pub fn words<T: FromStr<Err: Display>>(&mut self, key: &str) -> Vec<T> {
        let list = self.list(key);
        list.into_iter().filter_map(|(text, line)| self.parse(line, key, &text)).collect()
    }

    /// Reads the map at `key`; `None` where it is absent or cannot be read.
    pub fn map<T>(
        &mut self,
        key: &str,
        known: &[&str],
        read: impl FnOnce(&mut Fields<'_>) -> Option<T>,
    ) -> Option<T> {
        let node = self.take(key)?;
        let Value::Map(entries) = node.value else {
            self.problem(
                node.line,
                key,
                format!("consists of {}: `{key}: {{ {}: … }}`", known.join(", "), known[0]),
            );
            return None;
        };
        let prefix = format!("{}{key}.", self.prefix);
        let mut fields = Fields::new(&prefix, node.line, entries, self.problems);
        let value = read(&mut fields);
        fields.finish(known);
        value
    }

    /// Notes that `key` is missing where it is absent or says nothing.
    fn is_there(&mut self, key: &str) -> bool {
        let entry = self.entries.iter().find(|entry| entry.key == key);
        if entry.is_some_and(|entry| !entry.node.says_nothing()) {
            return true;
        }
        let line = entry.map_or(self.line, |entry| entry.line);
        self.entries.retain(|entry| entry.key != key);
        self.problem(line, key, "is required");
        false
    }

    fn list(&mut self, key: &str) -> Vec<(String, usize)> {
        let Some(node) = self.take(key) else { return Vec::new() };
        let nodes = match node.value {
            Value::List(nodes) => nodes,
            value @ Value::Scalar { .. } => vec![Node { line: node.line, value }],
            Value::Map(_) => {
                self.problem(node.line, key, format!("is a list here: `{key}: [one, another]`"));
                return Vec::new();
            }
        };
        if nodes.len() > MAX_ENTRIES {
            let message = format!("has {} entries, at most {MAX_ENTRIES} are kept", nodes.len());
            self.problem(node.line, key, message);
        }
        let mut texts: Vec<(String, usize)> = Vec::new();
        for Node { line, value } in nodes.into_iter().take(MAX_ENTRIES) {
            let Value::Scalar { text, .. } = value else {
                self.problem(line, key, "holds texts only; a text with `: ` goes between double quotes");
                continue;
            };
            if texts.iter().any(|(known, _)| *known == text) {
                self.problem(line, key, format!("`{text}` stands in the list twice"));
            } else if self.check_text(line, key, &text, MAX_TEXT, false) {
                texts.push((text, line));
            }
        }
        texts
    }

    fn parse<T: FromStr<Err: Display>>(&mut self, line: usize, key: &str, text: &str) -> Option<T> {
        match text.parse() {
            Ok(value) => Some(value),
            Err(error) => {
                self.problem(line, key, error.to_string());
                None
            }
        }
    }

    fn check_text(&mut self, line: usize, key: &str, text: &str, max: usize, lines: bool) -> bool {
        let length = text.chars().count();
        if text.trim().is_empty() {
            self.problem(line, key, "is empty");
        } else if length > max {
            self.problem(line, key, format!("is {length} characters long, at most {max} are kept"));
        } else if !lines && text.contains(['\n', '\r']) {
            self.problem(line, key, "is one line");
        } else if let Some(hidden) = text.chars().find(|&c| is_hidden(c) && c != '\n') {
            self.hidden(line, key, hidden);
        } else {
            return true;
        }
        false
    }

    /// Whether all of a name is seen; a problem where it is not.
    fn is_seen(&mut self, line: usize, key: &str, name: &str) -> bool {
        let hidden = name.chars().find(|&c| is_invisible(c));
        if let Some(hidden) = hidden {
            self.hidden(line, key, hidden);
        }
        hidden.is_none()
    }

    fn hidden(&mut self, line: usize, key: &str, hidden: char) {
        let code = u32::from(hidden);
        self.problem(line, key, format!("holds the invisible character U+{code:04X}; remove it"));
    }
}

/// What no text may hold: control characters, those that turn the direction of the text around them
/// (UAX 9), and zero-width spaces. Joiners stay: emoji and some scripts are written with them.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || (is_invisible(c) && !matches!(c, '\u{ad}' | '\u{200c}'..='\u{200f}' | '\u{e0020}'..='\u{e007f}'))
}
