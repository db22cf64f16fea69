//! POST `/api/v1/desk/queue/{id}/decisions`: decides on an item that one holds. 409 `not-held`, `held`,
//! `changed` (it has another version: read it again) or `not-waiting`; 422 `invalid-decision`.

use serde::{Deserialize, Serialize};
use weerklank_domain::desk::{Ground, Verdict};
use weerklank_domain::experience::State;

pub const PATH: &str = "/api/v1/desk/queue/{id}/decisions";

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = Decision))]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// Of the item, as it was read.
    pub version: i64,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub verdict: Verdict,
    /// For a rejection.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    #[serde(default)]
    pub ground: Option<Ground>,
    /// Markdown for who sent it, at most 4,000 characters; obligatory unless it is accepted.
    #[serde(default)]
    pub statement: String,
    /// Whether something that is no human helped to find or decide it.
    #[serde(default)]
    pub automated: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = Decided))]
pub struct Response {
    pub id: String,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub state: State,
    /// Until then it can be undone; its mail leaves afterwards.
    pub final_at: String,
}
