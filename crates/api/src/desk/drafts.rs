//! `/api/v1/desk/drafts`: columns that are written, those that changed last first (GET), and beginning one
//! (POST): from nothing, from accepted experiences, or from a column that stands on the board. 201 with a new
//! one, 200 where there was one already; 409 `not-accepted`, 404 where there is no such column.

use serde::{Deserialize, Serialize};
use weerklank_domain::Lang;

use super::draft::ApprovalWord;

pub const PATH: &str = "/api/v1/desk/drafts";

/// Lines on a page, at most.
pub const LIMIT: u8 = 50;

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Query {
    /// `next` of the page before.
    pub cursor: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Response {
    pub drafts: Vec<Line>,
    /// Absent on the last page.
    pub next: Option<String>,
}

/// A draft as the list shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    pub id: String,
    /// As typed; may be empty.
    pub title: String,
    /// On the board; absent where it never stood there.
    pub slug: Option<String>,
    pub place: Place,
    /// In the words of the asked language: when it is published.
    pub publish_at: Option<String>,
    pub publish_failed: bool,
    pub saved_at: String,
    pub saved_by: String,
    /// What the senders think; none for what was written from nothing.
    pub approvals: Vec<ApprovalWord>,
}

/// Where a draft stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// It never stood on the board.
    Draft,
    /// A moment is set at which it will.
    Scheduled,
    /// As it is.
    Published,
    /// Another version of it.
    Changed,
    Withdrawn,
}

/// Empty, it is from nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Request {
    /// Accepted ones, in the order of the text: one, or two for a pair.
    pub experiences: Vec<String>,
    /// The slug of one that stands on the board.
    pub column: Option<String>,
    /// Of one from nothing; one's own without it.
    pub lang: Option<Lang>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Begun {
    pub id: String,
}
