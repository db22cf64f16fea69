//! `/api/v1/columns/{slug}/reactions`: says that one recognises what a column tells (POST), and takes it back
//! (DELETE). Once for each reader, by a cookie that the first one sets; 403 `cross-site` where another site asks for it, 429
//! `too-many-requests` where too many came from one address today.

use serde::{Deserialize, Serialize};

pub const PATH: &str = "/api/v1/columns/{slug}/reactions";

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = Reactions))]
pub struct Response {
    /// How many readers recognise it.
    pub count: u64,
    /// Whether whoever asks does.
    pub own: bool,
}
