//! `/api/v1/desk/sessions`: where one is signed in (GET). `/api/v1/desk/sessions/{id}`: ends one of one's
//! own sessions (DELETE); 404 `not-found` for anybody else's.

use serde::{Deserialize, Serialize};

pub const PATH: &str = "/api/v1/desk/sessions";
pub const ONE: &str = "/api/v1/desk/sessions/{id}";

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = Sessions))]
pub struct Response {
    /// The latest first.
    pub sessions: Vec<Session>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Session {
    pub id: String,
    /// What the browser calls itself.
    pub agent: String,
    pub began_at: String,
    pub seen_at: String,
    /// Whether it is the one that asks.
    pub is_this: bool,
}
