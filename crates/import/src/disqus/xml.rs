//! The XML of a Disqus export. Addresses of mail and of the network are in it, and are not read.

use std::path::Path;

use time::{Date, Month, OffsetDateTime, Time};

use crate::Problem;
use crate::xml::{Step, Text, Xml, attribute};

/// All that is read of an export, in the order of the file.
#[derive(Debug, Default)]
pub(super) struct Export {
    pub threads: Vec<Thread>,
    pub posts: Vec<Post>,
}

/// What was talked about: a page of the site.
#[derive(Debug, Default)]
pub(super) struct Thread {
    /// `dsq:id`, by which posts name it.
    pub number: String,
    /// What the site called the page.
    pub id: String,
    /// The address of the page.
    pub link: String,
    pub title: String,
    pub is_deleted: bool,
}

/// What somebody said about it.
#[derive(Debug, Default)]
pub(super) struct Post {
    /// The line on which it begins.
    pub line: usize,
    /// `dsq:id`.
    pub number: String,
    pub message: Text,
    pub created_at: Option<OffsetDateTime>,
    pub is_deleted: bool,
    pub is_spam: bool,
    /// It waited to be approved there.
    pub is_pending: bool,
    pub name: String,
    /// The number of the thread.
    pub thread: String,
    /// The number of the post that it answers; empty where it answers none.
    pub parent: String,
}

impl Export {
    /// Reads a file to its end: of one that was cut off nothing is of use, since what is left cannot be told
    /// from what was never there.
    pub fn read(path: &Path) -> Result<Self, Problem> {
        let mut xml = Xml::open(path, "a Disqus export")?;
        let (mut export, mut thread, mut post) = (Self::default(), Thread::default(), Post::default());
        while let Some(step) = xml.next()? {
            match step {
                Step::Start(tag, line) => {
                    let number = || attribute(&tag, "dsq:id").trim().to_owned();
                    match *xml.open_elements() {
                        ["disqus", "thread"] => {
                            thread = Thread { number: number(), ..Thread::default() };
                        }
                        ["disqus", "post"] => post = Post { line, number: number(), ..Post::default() },
                        ["disqus", "post", "thread"] => post.thread = number(),
                        ["disqus", "post", "parent"] => post.parent = number(),
                        _ => {}
                    }
                }
                Step::End(name, text) => match (&*xml.open_elements(), &*name) {
                    (["disqus"], "thread") => export.threads.push(std::mem::take(&mut thread)),
                    (["disqus"], "post") => export.posts.push(std::mem::take(&mut post)),
                    (["disqus", "thread"], field) => thread.field(field, &text),
                    (["disqus", "post"], field) => post.field(field, text),
                    (["disqus", "post", "author"], "name") => post.name = text.trimmed(),
                    _ => {}
                },
            }
        }
        Ok(export)
    }
}

/// Whether the outermost element is that of an export.
pub(super) fn is_disqus(path: &Path) -> bool {
    let first = Xml::open(path, "an export").and_then(|mut xml| xml.next());
    matches!(first, Ok(Some(Step::Start(tag, _))) if tag.name().as_ref() == "disqus")
}

impl Thread {
    fn field(&mut self, field: &str, text: &Text) {
        match field {
            "id" => self.id = text.trimmed(),
            "link" => self.link = text.trimmed(),
            "title" => self.title = text.trimmed(),
            "isDeleted" => self.is_deleted = is_true(text),
            _ => {}
        }
    }
}

impl Post {
    fn field(&mut self, field: &str, text: Text) {
        match field {
            "message" => self.message = text,
            "createdAt" => self.created_at = moment(&text.trimmed()),
            "isDeleted" => self.is_deleted = is_true(&text),
            "isSpam" => self.is_spam = is_true(&text),
            // Only in files of some years, and then of every post.
            "isApproved" => self.is_pending = !is_true(&text),
            _ => {}
        }
    }
}

fn is_true(text: &Text) -> bool {
    text.text.trim() == "true"
}

/// The moment of `2012-12-12T12:12:12`, with or without a `Z` behind it: always UTC. Years as columns have them.
fn moment(text: &str) -> Option<OffsetDateTime> {
    let (day, clock) = text.get(..19)?.split_once('T')?;
    let day: weerklank_domain::Date = day.parse().ok()?;
    let month = Month::try_from(day.month()).ok()?;
    let day = Date::from_calendar_date(day.year(), month, day.day()).ok()?;
    let mut parts = clock.split(':').map(|part| part.parse::<u8>().ok());
    let time = Time::from_hms(parts.next()??, parts.next()??, parts.next()??).ok()?;
    (parts.next().is_none()).then(|| day.with_time(time).assume_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_with_and_without_their_zone() {
        let seconds = |text| moment(text).map(OffsetDateTime::unix_timestamp);
        assert_eq!(seconds("2012-12-12T12:12:12"), Some(1_355_314_332));
        assert_eq!(seconds("2012-12-12T12:12:12Z"), Some(1_355_314_332));
        for wrong in ["", "2012-12-12", "2012-12-12T25:12:12Z", "2012-02-30T12:12:12Z", "é012-12-12T12:12:1é"]
        {
            assert_eq!(seconds(wrong), None, "{wrong}");
        }
    }
}
