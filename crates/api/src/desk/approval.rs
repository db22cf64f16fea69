//! POST `/api/v1/desk/drafts/{id}/approval`: asks the senders of what a draft is made of whether a version may
//! be published. 409 `draft-changed`; 409 `made-of-nothing` where nobody sent in anything.

use serde::{Deserialize, Serialize};

pub const PATH: &str = "/api/v1/desk/drafts/{id}/approval";

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    pub version: i64,
}
