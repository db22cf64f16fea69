//! The XML of a WordPress export, one item at a time.
//!
//! No entity is ever expanded but the five of XML and character references, so that a file cannot
//! blow up; a document type declaration is passed over.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::item::{Item, Term, Text};
use crate::Problem;
use crate::file::{MAX_EXPORT, line_ends, open, other_encoding};

/// WordPress nests five deep.
const MAX_DEPTH: usize = 64;

/// What stands in the channel, in the order of the file.
pub(super) enum Part {
    Author {
        login: String,
        name: String,
    },
    /// For instance `nl-NL`.
    Language(String),
    Item(Box<Item>),
}

/// Why reading ends early.
pub(super) enum Stop {
    /// XML, but of something else; what.
    Other(String),
    Broken(Problem),
}

pub(super) struct Wxr {
    path: PathBuf,
    reader: Reader<CountingReader>,
    buffer: Vec<u8>,
    /// The names of the open elements, outermost first.
    stack: Vec<String>,
    text: Text,
    item: Item,
    author: (String, String),
    term: Term,
    meta: (String, String),
    /// Whether a channel was met.
    channel: bool,
    done: bool,
}

impl Wxr {
    pub fn open(path: &Path) -> Result<Self, Problem> {
        let file = open(path, MAX_EXPORT, "a WordPress export")?;
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
            item: Item::default(),
            author: Default::default(),
            term: Term::default(),
            meta: Default::default(),
            channel: false,
            done: false,
        })
    }

    /// The next part, or `None` behind the last one.
    pub fn next(&mut self) -> Result<Option<Part>, Stop> {
        while !self.done {
            let mut buffer = std::mem::take(&mut self.buffer);
            buffer.clear();
            let before = self.reader.get_ref().line;
            let part = match self.reader.read_event_into(&mut buffer) {
                Ok(Event::Start(tag)) => self.start(&tag, before).map(|()| None),
                Ok(Event::Empty(tag)) => self.start(&tag, before).map(|()| self.end()),
                Ok(Event::End(_)) => Ok(self.end()),
                Ok(Event::Text(text)) => Ok(self.add(&text.xml10_content(), before)),
                Ok(Event::CData(text)) => Ok(self.add(&text.xml10_content(), before)),
                Ok(Event::GeneralRef(reference)) => Ok(self.add(&resolve(&reference), before)),
                Ok(Event::Eof) => self.finish().map(|()| None),
                Ok(Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_)) => Ok(None),
                Err(error) => Err(Stop::Broken(self.broken(&error))),
            };
            self.buffer = buffer;
            match part {
                Ok(None) => {}
                Ok(part) => return Ok(part),
                Err(stop) => {
                    self.done = true;
                    return Err(stop);
                }
            }
        }
        Ok(None)
    }

    fn start(&mut self, tag: &BytesStart<'_>, line: usize) -> Result<(), Stop> {
        let name = tag.name().as_ref().to_owned();
        if self.stack.len() >= MAX_DEPTH {
            let message = format!("elements nest deeper than {MAX_DEPTH}; WordPress writes no such file");
            return Err(Stop::Broken(Problem::new(Some(line), message)));
        }
        match self.stack.len() {
            0 if name != "rss" => {
                return Err(Stop::Other(format!("XML, but no WordPress export: it is a `{name}` document")));
            }
            0 if !tag.attributes_raw().contains("wordpress.org/export/") => {
                return Err(Stop::Other("an RSS feed, not a WordPress export".to_owned()));
            }
            1 if name == "channel" => self.channel = true,
            2 if name == "item" => self.item = Item { line, ..Item::default() },
            2 if name == "wp:author" => self.author = Default::default(),
            3 if name == "category" => {
                let attribute = |key| {
                    let found = tag.try_get_attribute(key).ok().flatten();
                    found.map(|attribute| attribute.value.into_owned()).unwrap_or_default()
                };
                self.term = Term {
                    domain: attribute("domain"),
                    nicename: attribute("nicename"),
                    name: String::new(),
                };
            }
            3 if name == "wp:postmeta" => self.meta = Default::default(),
            _ => {}
        }
        self.stack.push(name);
        self.text = Text::default();
        Ok(())
    }

    fn add(&mut self, text: &str, line: usize) -> Option<Part> {
        if self.text.text.is_empty() {
            self.text.line = line;
        }
        self.text.text.push_str(text);
        None
    }

    fn end(&mut self) -> Option<Part> {
        let text = std::mem::take(&mut self.text);
        let name = self.stack.pop()?;
        let path: Vec<&str> = self.stack.iter().map(String::as_str).collect();
        match (path.as_slice(), name.as_str()) {
            (["rss", "channel"], "item") => {
                return Some(Part::Item(Box::new(std::mem::take(&mut self.item))));
            }
            (["rss", "channel"], "wp:author") => {
                let (login, name) = std::mem::take(&mut self.author);
                return Some(Part::Author { login, name });
            }
            (["rss", "channel"], "language") => return Some(Part::Language(trimmed(&text))),
            (["rss", "channel", "wp:author"], "wp:author_login") => self.author.0 = trimmed(&text),
            (["rss", "channel", "wp:author"], "wp:author_display_name") => self.author.1 = trimmed(&text),
            (["rss", "channel", "item"], field) => self.item_field(field, text),
            (["rss", "channel", "item", "wp:postmeta"], "wp:meta_key") => self.meta.0 = trimmed(&text),
            (["rss", "channel", "item", "wp:postmeta"], "wp:meta_value") => self.meta.1 = trimmed(&text),
            _ => {}
        }
        None
    }

    fn item_field(&mut self, field: &str, text: Text) {
        let item = &mut self.item;
        match field {
            "content:encoded" => item.content = text,
            "excerpt:encoded" => item.excerpt = text.text,
            "title" => item.title = trimmed(&text),
            "dc:creator" => item.creator = trimmed(&text),
            "wp:post_id" => item.id = trimmed(&text),
            "wp:post_date" => item.posted = trimmed(&text),
            "wp:post_date_gmt" => item.posted_gmt = trimmed(&text),
            "wp:post_modified" => item.modified = trimmed(&text),
            "wp:post_name" => item.slug = trimmed(&text),
            "wp:status" => item.status = trimmed(&text),
            "wp:post_type" => item.kind = trimmed(&text),
            "wp:post_password" => item.password = trimmed(&text),
            "wp:comment_status" => item.comment_status = trimmed(&text),
            "wp:is_sticky" => item.sticky = trimmed(&text),
            "wp:attachment_url" => item.attachment = trimmed(&text),
            "category" => {
                let term = std::mem::take(&mut self.term);
                item.terms.push(Term { name: trimmed(&text), ..term });
            }
            "wp:postmeta" => item.meta.push(std::mem::take(&mut self.meta)),
            "wp:comment" => item.comment_count += 1,
            _ => {}
        }
    }

    fn finish(&mut self) -> Result<(), Stop> {
        self.done = true;
        let line = self.reader.get_ref().line;
        if let Some(open) = self.stack.last() {
            let message = format!("the file ends inside `<{open}>`: it was cut off; export it again");
            return Err(Stop::Broken(Problem::new(Some(line), message)));
        }
        if !self.channel {
            let message = "a WordPress export has a `<channel>`; this file has none; export it again";
            return Err(Stop::Broken(Problem::new(None, message)));
        }
        Ok(())
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

fn trimmed(text: &Text) -> String {
    text.text.trim().to_owned()
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
