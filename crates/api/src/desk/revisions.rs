//! `/api/v1/desk/drafts/{id}/revisions`: the versions of a draft, the newest first (GET);
//! `…/revisions/{version}`: what a version says and what it changed (GET), and putting it back (POST, with
//! `If-Match` as for saving).

use serde::{Deserialize, Serialize};
use weerklank_domain::compose::{Cause, SheetKey};

pub const PATH: &str = "/api/v1/desk/drafts/{id}/revisions";
pub const ONE: &str = "/api/v1/desk/drafts/{id}/revisions/{version}";

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Response {
    pub revisions: Vec<Revision>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revision {
    pub version: i64,
    pub saved_at: String,
    pub saved_by: String,
    pub cause: Cause,
    pub is_published: bool,
}

/// What differs from the version before it, word by word. HTML, safe to place as it is: `del` and `ins` in
/// plain text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compared {
    /// Fields that differ.
    pub front: Vec<(SheetKey, String)>,
    /// The whole text.
    pub body: String,
}
