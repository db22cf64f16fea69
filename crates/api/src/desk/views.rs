//! `/api/v1/desk/views`: selections of the queue that an editor gave a name. GET lists one's own; POST keeps one, and
//! replaces the filters of the one that is called so already; `…/{id}` (DELETE) removes one of one's own. 422
//! `invalid-view`: `detail` says why; 409 `too-many-views`: there are twenty.

use serde::{Deserialize, Serialize};

pub const PATH: &str = "/api/v1/desk/views";
pub const ONE: &str = "/api/v1/desk/views/{id}";

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = QueueViews))]
pub struct Response {
    /// The first kept first.
    pub views: Vec<Entry>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = QueueView))]
pub struct Entry {
    pub id: String,
    /// As its owner calls it.
    pub name: String,
    /// As [`super::queue::Query::selection`] writes it.
    pub query: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = NewQueueView))]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// One line of 1 to 40 characters.
    pub name: String,
    /// What stands after `?` in the address of the queue; only what restricts it is kept.
    pub query: String,
}
