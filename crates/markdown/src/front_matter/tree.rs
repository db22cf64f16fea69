//! YAML as a small tree in which every value knows its line.
//!
//! Only what front matter needs: maps, lists and scalars. Anchors, aliases and tags are refused, so
//! a few lines cannot unfold into gigabytes, and depth and number of values are bounded.

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, StrInput};

use super::Problem;

/// `first_published: { … }` is two deep; one more lets a value that is too deep be named properly.
const MAX_DEPTH: usize = 4;
/// Values and keys in one front matter.
const MAX_NODES: usize = 2_000;

#[derive(Debug)]
pub(super) struct Node {
    /// In the file, from 1.
    pub line: usize,
    pub value: Value,
}

impl Node {
    /// An empty value, `~` or `null`, unquoted: as good as no key at all.
    pub fn says_nothing(&self) -> bool {
        matches!(
            &self.value,
            Value::Scalar { text, plain: true } if matches!(text.as_str(), "" | "~" | "null" | "Null" | "NULL")
        )
    }
}

#[derive(Debug)]
pub(super) enum Value {
    Scalar {
        text: String,
        /// Written without quotes, so that an empty text, `~` or `null` means nothing.
        plain: bool,
    },
    List(Vec<Node>),
    Map(Vec<Entry>),
}

#[derive(Debug)]
pub(super) struct Entry {
    pub line: usize,
    pub key: String,
    pub node: Node,
}

/// The entries of the map that `yaml` consists of; none where it is empty. `first_line` is the line
/// of the file on which `yaml` starts.
pub(super) fn parse(yaml: &str, first_line: usize) -> Result<Vec<Entry>, Problem> {
    let mut builder = Builder { parser: Parser::new_from_str(yaml), offset: first_line - 1, nodes: 0 };
    loop {
        match builder.next()? {
            (Event::StreamEnd, _) => return Ok(Vec::new()),
            (Event::StreamStart | Event::DocumentStart(_) | Event::DocumentEnd | Event::Nothing, _) => {}
            (event, line) => {
                let root = builder.node(event, line, 0)?;
                builder.end()?;
                return match root.value {
                    Value::Map(entries) => Ok(entries),
                    Value::Scalar { text, plain: true } if text.is_empty() => Ok(Vec::new()),
                    _ => Err(problem(root.line, "front matter consists of lines `key: value`")),
                };
            }
        }
    }
}

struct Builder<'a> {
    parser: Parser<'a, StrInput<'a>>,
    offset: usize,
    nodes: usize,
}

impl<'a> Builder<'a> {
    /// The next event and its line in the file.
    fn next(&mut self) -> Result<(Event<'a>, usize), Problem> {
        match self.parser.next_event() {
            Some(Ok((event, span))) => Ok((event, span.start.line() + self.offset)),
            Some(Err(error)) => Err(self.explain(&error)),
            None => Ok((Event::StreamEnd, self.offset + 1)),
        }
    }

    /// Nothing may follow the one map.
    fn end(&mut self) -> Result<(), Problem> {
        loop {
            match self.next()? {
                (Event::StreamEnd, _) => return Ok(()),
                (Event::DocumentEnd | Event::Nothing, _) => {}
                (_, line) => return Err(problem(line, "a second document starts here; front matter is one")),
            }
        }
    }

    fn node(&mut self, event: Event<'a>, line: usize, depth: usize) -> Result<Node, Problem> {
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            return Err(problem(line, "the front matter has too many values"));
        }
        if depth > MAX_DEPTH {
            return Err(problem(line, "lists and maps are nested too deeply here"));
        }
        let value = match event {
            Event::Scalar(text, style, anchor, tag) => {
                refuse(anchor != 0 || tag.is_some(), line)?;
                Value::Scalar { text: text.into_owned(), plain: style == ScalarStyle::Plain }
            }
            Event::SequenceStart(anchor, tag) => {
                refuse(anchor != 0 || tag.is_some(), line)?;
                Value::List(self.list(depth)?)
            }
            Event::MappingStart(anchor, tag) => {
                refuse(anchor != 0 || tag.is_some(), line)?;
                Value::Map(self.map(depth)?)
            }
            Event::Alias(_) => {
                refuse(true, line)?;
                Value::List(Vec::new())
            }
            _ => return Err(problem(line, "a value is missing here")),
        };
        Ok(Node { line, value })
    }

    fn list(&mut self, depth: usize) -> Result<Vec<Node>, Problem> {
        let mut nodes = Vec::new();
        loop {
            match self.next()? {
                (Event::SequenceEnd, _) => return Ok(nodes),
                (event, line) => nodes.push(self.node(event, line, depth + 1)?),
            }
        }
    }

    fn map(&mut self, depth: usize) -> Result<Vec<Entry>, Problem> {
        let mut entries = Vec::new();
        loop {
            let (event, line) = self.next()?;
            if event == Event::MappingEnd {
                return Ok(entries);
            }
            let Value::Scalar { text: key, .. } = self.node(event, line, depth + 1)?.value else {
                return Err(problem(line, "a key is one word, not a list or a map"));
            };
            let (event, value_line) = self.next()?;
            let mut node = self.node(event, value_line, depth + 1)?;
            // An absent value is reported where the reader would look for it: at its key.
            if matches!(&node.value, Value::Scalar { text, plain: true } if text.is_empty()) {
                node.line = line;
            }
            entries.push(Entry { line, key, node });
        }
    }

    fn explain(&self, error: &ScanError) -> Problem {
        let line = error.marker().line().max(1) + self.offset;
        if error.info().contains("unknown anchor") {
            return problem(line, NO_ANCHORS);
        }
        let hint = if error.info().contains("mapping values are not allowed") {
            "; a value that holds `: ` goes between double quotes"
        } else if error.info().contains("unprintable") {
            "; remove the character that cannot be seen on this line"
        } else if error.info().split(|c: char| !c.is_alphabetic()).any(|word| matches!(word, "tab" | "tabs"))
        {
            "; indent with spaces"
        } else {
            ""
        };
        problem(line, &format!("this is not YAML ({}){hint}", error.info()))
    }
}

const NO_ANCHORS: &str = "anchors (`&name`), aliases (`*name`) and tags (`!name`) are not read here; put a \
                          value that starts with `&`, `*` or `!` between double quotes";

fn refuse(refused: bool, line: usize) -> Result<(), Problem> {
    if refused {
        return Err(problem(line, NO_ANCHORS));
    }
    Ok(())
}

fn problem(line: usize, message: &str) -> Problem {
    Problem { line, key: None, message: message.to_owned() }
}
