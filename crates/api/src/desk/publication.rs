//! `/api/v1/desk/drafts/{id}/publication`: puts a version on the board, now or at a moment (POST); takes that
//! moment off (DELETE). 422 `invalid-draft` names what has to be mended by field; 409 `draft-changed`,
//! `column-changed`, `not-approved`, `not-accepted`, `no-consent`.
//!
//! `…/taken-off` (POST): takes the column off the board; 409 `not-on-the-board`.

use serde::{Deserialize, Serialize};

pub const PATH: &str = "/api/v1/desk/drafts/{id}/publication";
pub const TAKEN_OFF: &str = "/api/v1/desk/drafts/{id}/taken-off";

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    pub version: i64,
    /// `2026-11-22T14:05`, Amsterdam's time, later than now; absent: now.
    #[serde(default)]
    pub at: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TakeOff {
    /// For the senders of what it is made of, and the audit log's readers: 1 to 2,000 characters.
    pub reason: String,
}
