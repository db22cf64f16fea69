//! A WordPress export, one item at a time.

use std::path::Path;

use quick_xml::events::BytesStart;

use super::item::{Item, Term};
use crate::Problem;
use crate::xml::{Step, Text, Xml, attribute};

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
    xml: Xml,
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
        Ok(Self {
            xml: Xml::open(path, "a WordPress export")?,
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
            match self.xml.next().map_err(Stop::Broken)? {
                Some(Step::Start(tag, line)) => self.start(&tag, line)?,
                Some(Step::End(name, text)) => {
                    if let Some(part) = self.end(&name, text) {
                        return Ok(Some(part));
                    }
                }
                None => {
                    self.done = true;
                    if !self.channel {
                        let message =
                            "a WordPress export has a `<channel>`; this file has none; export it again";
                        return Err(Stop::Broken(Problem::new(None, message)));
                    }
                }
            }
        }
        Ok(None)
    }

    fn start(&mut self, tag: &BytesStart<'_>, line: usize) -> Result<(), Stop> {
        match *self.xml.open_elements() {
            ["rss"] if tag.attributes_raw().contains("wordpress.org/export/") => {}
            ["rss"] => {
                self.done = true;
                return Err(Stop::Other("an RSS feed, not a WordPress export".to_owned()));
            }
            [name] => {
                let other = format!("XML, but no WordPress or Disqus export: it is a `{name}` document");
                self.done = true;
                return Err(Stop::Other(other));
            }
            [_, "channel"] => self.channel = true,
            [_, _, "item"] => self.item = Item { line, ..Item::default() },
            [_, _, "wp:author"] => self.author = Default::default(),
            [_, _, _, "category"] => {
                self.term = Term {
                    domain: attribute(tag, "domain"),
                    nicename: attribute(tag, "nicename"),
                    name: String::new(),
                };
            }
            [_, _, _, "wp:postmeta"] => self.meta = Default::default(),
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str, text: Text) -> Option<Part> {
        match (&*self.xml.open_elements(), name) {
            (["rss", "channel"], "item") => {
                return Some(Part::Item(Box::new(std::mem::take(&mut self.item))));
            }
            (["rss", "channel"], "wp:author") => {
                let (login, name) = std::mem::take(&mut self.author);
                return Some(Part::Author { login, name });
            }
            (["rss", "channel"], "language") => return Some(Part::Language(text.trimmed())),
            (["rss", "channel", "wp:author"], "wp:author_login") => self.author.0 = text.trimmed(),
            (["rss", "channel", "wp:author"], "wp:author_display_name") => self.author.1 = text.trimmed(),
            (["rss", "channel", "item"], field) => self.item_field(field, text),
            (["rss", "channel", "item", "wp:postmeta"], "wp:meta_key") => self.meta.0 = text.trimmed(),
            (["rss", "channel", "item", "wp:postmeta"], "wp:meta_value") => self.meta.1 = text.trimmed(),
            _ => {}
        }
        None
    }

    fn item_field(&mut self, field: &str, text: Text) {
        let item = &mut self.item;
        match field {
            "content:encoded" => item.content = text,
            "excerpt:encoded" => item.excerpt = text.text,
            "title" => item.title = text.trimmed(),
            "dc:creator" => item.creator = text.trimmed(),
            "wp:post_id" => item.id = text.trimmed(),
            "wp:post_date" => item.posted = text.trimmed(),
            "wp:post_date_gmt" => item.posted_gmt = text.trimmed(),
            "wp:post_modified" => item.modified = text.trimmed(),
            "wp:post_name" => item.slug = text.trimmed(),
            "wp:status" => item.status = text.trimmed(),
            "wp:post_type" => item.kind = text.trimmed(),
            "wp:post_password" => item.password = text.trimmed(),
            "wp:comment_status" => item.comment_status = text.trimmed(),
            "wp:is_sticky" => item.sticky = text.trimmed(),
            "wp:attachment_url" => item.attachment = text.trimmed(),
            "category" => {
                let term = std::mem::take(&mut self.term);
                item.terms.push(Term { name: text.trimmed(), ..term });
            }
            "wp:postmeta" => item.meta.push(std::mem::take(&mut self.meta)),
            "wp:comment" => item.comment_count += 1,
            _ => {}
        }
    }
}
