//! PATCH `/api/v1/feedback/{edit_token}`: the customer says more, or something else. 404 `not-found` where the token opens
//! nothing, 409 `too-late` after seven days, 422 `invalid-feedback` as with the first answer.

use serde::{Deserialize, Serialize};
pub use weerklank_domain::feedback::RestDraft as Request;

pub const PATH: &str = "/api/v1/feedback/{edit_token}";

/// That it is stored. What it says now is not told: a token may have come with an answer to a ticket that somebody else
/// answered before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = FeedbackAdded))]
pub struct Response {
    /// A UUID.
    pub id: String,
}
