//! A column as its editor wrote it.

use serde::{Deserialize, Serialize};

use crate::{Comments, Date, Lang, Moment, Sentiment, Slug, Source, Status};

/// A published (or not yet, or no longer published) editorial article: its front matter and its
/// Markdown, both as in the file it came from.
///
/// Shops, authors and series are held by name; their slugs are derived (`Slug::from_name`), so a
/// name always has at least one letter or digit that a slug can hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    pub slug: Slug,
    pub title: String,
    pub date: Date,
    pub updated: Option<Date>,
    pub authors: Vec<String>,
    pub lang: Lang,
    pub sentiment: Sentiment,
    pub moments: Vec<Moment>,
    pub shops: Vec<String>,
    pub series: Option<SeriesPart>,
    pub guest: Option<Guest>,
    pub first_published: Option<FirstPublished>,
    pub summary: Option<String>,
    pub tags: Vec<String>,
    pub image: Option<Image>,
    pub source: Source,
    pub comments: Comments,
    pub status: Status,
    /// The source text breaks off.
    pub incomplete: bool,
    /// Markdown, without front matter; ends in one newline unless empty.
    pub body: String,
}

impl Column {
    /// Whether a reader sees it on `today`.
    pub fn is_public(&self, today: Date) -> bool {
        match self.status {
            Status::Published => true,
            Status::Scheduled => self.date <= today,
            Status::Draft | Status::Withdrawn => false,
        }
    }
}

/// A place in a numbered series; gaps in the numbering are normal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeriesPart {
    pub name: String,
    pub number: u32,
}

/// Someone from outside the house who wrote or was interviewed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guest {
    pub name: String,
    pub role: Option<String>,
    pub organisation: Option<String>,
}

/// Where the text stood before it stood here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirstPublished {
    /// The name of the medium (`in:` in the file).
    pub medium: String,
    /// As printed, for instance `11/12-2015`.
    pub issue: Option<String>,
    pub date: Option<Date>,
    /// `http` or `https`.
    pub url: Option<String>,
}

/// The picture above a column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Image {
    /// A path of this site or an `https` address.
    pub src: String,
    /// What it shows, for whom cannot see it; empty only where it is decoration.
    pub alt: String,
    pub credit: Option<String>,
}
