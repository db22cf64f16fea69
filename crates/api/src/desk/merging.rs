//! POST `/api/v1/desk/drafts/{id}/merge`: what is typed here and what was saved meanwhile, as one. Writes
//! nothing: who typed looks at it, and saves it on `version`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use weerklank_domain::compose::{Sheet, SheetKey};

pub const PATH: &str = "/api/v1/desk/drafts/{id}/merge";

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// The version that was read before typing. Without it, what is saved is merged with the column as it
    /// stands on the board.
    pub base: Option<i64>,
    pub sheet: Sheet,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Response {
    /// To save on.
    pub version: i64,
    /// Who saved it.
    pub saved_by: String,
    /// Of what both changed, what was typed here.
    pub front: BTreeMap<SheetKey, String>,
    /// What both changed, each to something else.
    pub conflicts: Vec<Conflict>,
    /// In their order.
    pub body: Vec<Part>,
    /// Names the column as it was merged; absent where it was not.
    pub column: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    pub key: SheetKey,
    pub mine: String,
    pub theirs: String,
}

/// A part of the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// Agreed on.
    Text(String),
    /// Both changed what stood here.
    Conflict { mine: String, theirs: String },
}
