//! XML from a file, one element at a time.
//!
//! No entity is ever expanded but the five of XML and character references, so that a file cannot
//! blow up; a document type declaration is passed over.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use crate::Problem;
use crate::file::{MAX_EXPORT, line_ends, open, other_encoding};

/// How deep elements may stand inside one another; exports nest five deep.
const MAX_DEPTH: usize = 64;

/// What comes next in the file.
pub(crate) enum Step {
    /// An element begins on that line.
    Start(BytesStart<'static>, usize),
    /// An element has ended; what stood in it since the last tag.
    End(String, Text),
}

/// A text and the line on which it begins.
#[derive(Debug, Default)]
pub(crate) struct Text {
    pub line: usize,
    pub text: String,
}

impl Text {
    pub fn trimmed(&self) -> String {
        self.text.trim().to_owned()
    }
}

pub(crate) struct Xml {
    path: PathBuf,
    reader: Reader<CountingReader>,
    buffer: Vec<u8>,
    /// The names of the open elements, outermost first.
    stack: Vec<String>,
    text: Text,
    /// The element that was begun last ends at once.
    is_empty: bool,
    done: bool,
}

impl Xml {
    /// `what` begins the sentence about a file that is too large.
    pub fn open(path: &Path, what: &str) -> Result<Self, Problem> {
        let file = open(path, MAX_EXPORT, what)?;
        let mut source = CountingReader { inner: BufReader::with_capacity(64 * 1024, file), line: 1 };
        let start =
            source.fill_buf().map_err(|error| Problem::new(None, format!("cannot be read: {error}")))?;
        if let Some(name) = other_encoding(start) {
            let message = format!("the file is {name}; convert it with `iconv -f {name} -t UTF-8 OLD > NEW`");
            return Err(Problem::new(Some(1), message));
        }
        Ok(Self {
            path: path.to_owned(),
            reader: Reader::from_reader(source),
            buffer: Vec::new(),
            stack: Vec::new(),
            text: Text::default(),
            is_empty: false,
            done: false,
        })
    }

    /// The open elements, outermost first: the one that has just begun is the last, the one that has
    /// just ended is not among them.
    pub fn open_elements(&self) -> Vec<&str> {
        self.stack.iter().map(String::as_str).collect()
    }

    /// The line up to which it was read.
    pub fn line(&self) -> usize {
        self.reader.get_ref().line
    }

    /// The next tag, or `None` at the end of a file that is whole.
    pub fn next(&mut self) -> Result<Option<Step>, Problem> {
        if self.is_empty {
            self.is_empty = false;
            return Ok(self.end());
        }
        while !self.done {
            let mut buffer = std::mem::take(&mut self.buffer);
            buffer.clear();
            let before = self.line();
            let step = match self.reader.read_event_into(&mut buffer) {
                Ok(Event::Start(tag)) => self.start(tag.into_owned(), before).map(Some),
                Ok(Event::Empty(tag)) => {
                    self.is_empty = true;
                    self.start(tag.into_owned(), before).map(Some)
                }
                Ok(Event::End(_)) => Ok(self.end()),
                Ok(Event::Text(text)) => Ok(self.add(&text.xml10_content(), before)),
                Ok(Event::CData(text)) => Ok(self.add(&text.xml10_content(), before)),
                Ok(Event::GeneralRef(reference)) => Ok(self.add(&resolve(&reference), before)),
                Ok(Event::Eof) => self.finish().map(|()| None),
                Ok(Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_)) => Ok(None),
                Err(error) => Err(self.broken(&error)),
            };
            self.buffer = buffer;
            match step {
                Ok(None) => {}
                Ok(step) => return Ok(step),
                Err(problem) => {
                    self.done = true;
                    return Err(problem);
                }
            }
        }
        Ok(None)
    }

    fn start(&mut self, tag: BytesStart<'static>, line: usize) -> Result<Step, Problem> {
        if self.stack.len() >= MAX_DEPTH {
            let message = format!("elements nest deeper than {MAX_DEPTH}; no export is like that");
            return Err(Problem::new(Some(line), message));
        }
        self.stack.push(tag.name().as_ref().to_owned());
        self.text = Text::default();
        Ok(Step::Start(tag, line))
    }

    fn add(&mut self, text: &str, line: usize) -> Option<Step> {
        if self.text.text.is_empty() {
            self.text.line = line;
        }
        self.text.text.push_str(text);
        None
    }

    fn end(&mut self) -> Option<Step> {
        let text = std::mem::take(&mut self.text);
        self.stack.pop().map(|name| Step::End(name, text))
    }

    fn finish(&mut self) -> Result<(), Problem> {
        self.done = true;
        match self.stack.last() {
            Some(open) => {
                let message = format!("the file ends inside `<{open}>`: it was cut off; export it again");
                Err(Problem::new(Some(self.line()), message))
            }
            None => Ok(()),
        }
    }

    fn broken(&self, error: &quick_xml::Error) -> Problem {
        let line = self.line_at(self.reader.error_position());
        let message = match error {
            quick_xml::Error::Io(error) => format!("cannot be read: {error}"),
            quick_xml::Error::Encoding(_) => "here are bytes that are not UTF-8; convert the file with \
                 `iconv -f WINDOWS-1252 -t UTF-8 OLD > NEW` or export it again"
                .to_owned(),
            error => format!("not well-formed XML: {error}; export it again"),
        };
        Problem::new(line, message)
    }

    fn line_at(&self, position: u64) -> Option<usize> {
        let mut before = BufReader::new(File::open(&self.path).ok()?.take(position));
        let mut line = 1;
        loop {
            let chunk = before.fill_buf().ok()?;
            if chunk.is_empty() {
                return Some(line);
            }
            line += line_ends(chunk);
            let length = chunk.len();
            before.consume(length);
        }
    }
}

/// An attribute of a tag; empty where it is not there.
pub(crate) fn attribute(tag: &BytesStart<'_>, key: &str) -> String {
    let found = tag.try_get_attribute(key).ok().flatten();
    found.map(|attribute| attribute.value.into_owned()).unwrap_or_default()
}

/// The character that a reference stands for; an unknown one stays as it is written, since what it
/// stands in is mostly HTML, which knows many more.
fn resolve(reference: &BytesRef<'_>) -> String {
    match &**reference {
        "amp" => "&".to_owned(),
        "lt" => "<".to_owned(),
        "gt" => ">".to_owned(),
        "quot" => "\"".to_owned(),
        "apos" => "'".to_owned(),
        other => match reference.resolve_char_ref() {
            Ok(Some(c)) => c.to_string(),
            _ => format!("&{other};"),
        },
    }
}

/// Knows on which line it is.
struct CountingReader {
    inner: BufReader<File>,
    /// Of the next byte, from 1.
    line: usize,
}

impl Read for CountingReader {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(out)?;
        self.line += line_ends(&out[..read]);
        Ok(read)
    }
}

impl BufRead for CountingReader {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.line += line_ends(&self.inner.buffer()[..amount]);
        self.inner.consume(amount);
    }
}
