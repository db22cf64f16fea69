//! One item of a WordPress export.

use weerklank_domain::{Comments, Date, Image, Status};

use super::Site;
use crate::draft::words;
use crate::html::Notes;
use crate::xml::Text;

/// As it stands in the file; every field is empty where the file has none.
#[derive(Debug, Default)]
pub(super) struct Item {
    /// The line of its `<item>`.
    pub line: usize,
    pub title: String,
    pub creator: String,
    pub content: Text,
    pub excerpt: String,
    pub id: String,
    /// `wp:post_date`, in the time zone of the site.
    pub posted: String,
    pub posted_gmt: String,
    pub modified: String,
    pub slug: String,
    pub status: String,
    /// `wp:post_type`.
    pub kind: String,
    pub password: String,
    pub comment_status: String,
    pub sticky: String,
    /// The address of an attachment.
    pub attachment: String,
    pub terms: Vec<Term>,
    pub meta: Vec<(String, String)>,
    /// How many readers reacted to it.
    pub comment_count: usize,
}

/// What an item was filed under.
#[derive(Debug, Default)]
pub(super) struct Term {
    /// `category`, `post_tag`, `post_format` or a taxonomy of a plugin.
    pub domain: String,
    pub nicename: String,
    pub name: String,
}

impl Item {
    pub fn meta(&self, key: &str) -> Option<&str> {
        let (_, value) = self.meta.iter().find(|(known, _)| known == key)?;
        Some(value.as_str()).filter(|value| !value.is_empty())
    }

    /// The day in the time zone of the site; drafts that were never dated have the day of their
    /// last change.
    pub fn date(&self) -> Option<Date> {
        [&self.posted, &self.posted_gmt, &self.modified].into_iter().find_map(|text| day(text))
    }

    pub fn updated(&self) -> Option<Date> {
        day(&self.modified)
    }

    pub fn authors(&self, site: &Site) -> Vec<String> {
        // Plugins for several authors file a post under each of them.
        let co_authors: Vec<_> =
            self.terms.iter().filter(|term| term.domain == "author").map(|term| term.name.clone()).collect();
        match (co_authors.is_empty(), self.creator.is_empty()) {
            (false, _) => co_authors.iter().map(|login| site.author(login)).collect(),
            (true, false) => vec![site.author(&self.creator)],
            (true, true) => Vec::new(),
        }
    }

    /// Categories and tags, without the category of what has none.
    pub fn tags(&self, notes: &mut Notes) -> Vec<String> {
        let mut tags = Vec::new();
        for term in &self.terms {
            match term.domain.as_str() {
                "category" if matches!(term.nicename.as_str(), "uncategorized" | "geen-categorie") => {}
                // Version 1.0 files have `tag` for `post_tag`.
                "category" | "post_tag" | "tag" => tags.push(words(&term.name, notes)),
                "author" => {}
                domain => notes.add(None, format!("{domain} “{}” left out", term.name)),
            }
        }
        tags
    }

    /// The picture that themes show above a post.
    pub fn image(&self, site: &Site, notes: &mut Notes) -> Option<Image> {
        let id = self.meta("_thumbnail_id")?;
        let Some((src, alt)) = site.pictures.get(id) else {
            notes.add(None, format!("picture above the text left out: the export does not hold number {id}"));
            return None;
        };
        if !src.starts_with("https://") {
            notes.add(None, format!("picture above the text left out: `{src}` is not an https address"));
            return None;
        }
        Some(Image { src: src.clone(), alt: alt.clone(), credit: None })
    }

    pub fn comments(&self) -> Comments {
        if self.comment_status == "closed" { Comments::Closed } else { Comments::Open }
    }

    /// A board has no passwords: what had one waits as a draft.
    pub fn access(&self, status: Status, notes: &mut Notes) -> Status {
        if self.password.is_empty() {
            return status;
        }
        notes.add(None, "it was behind a password and became a draft");
        Status::Draft
    }

    /// Notes what a column has no place for.
    pub fn left_out(&self, notes: &mut Notes) {
        if self.comment_count > 0 {
            let s = if self.comment_count == 1 { "" } else { "s" };
            notes.add(None, format!("{} comment{s} left out", self.comment_count));
        }
        if self.sticky == "1" {
            notes.add(None, "it was kept on top of the site; columns stand by date");
        }
        // A leading underscore marks what WordPress and its plugins keep for themselves.
        for (key, _) in self.meta.iter().filter(|(key, value)| !key.starts_with('_') && !value.is_empty()) {
            notes.add(None, format!("custom field “{key}” left out"));
        }
    }
}

/// The day of `2024-06-05 16:04:48`; `None` for `0000-00-00 00:00:00`.
fn day(text: &str) -> Option<Date> {
    text.get(..10)?.parse().ok()
}
