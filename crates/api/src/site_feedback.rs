//! POST `/api/v1/sites/{key}/feedback`: a customer answers. 422 `invalid-feedback` says what is wrong with which field, 422
//! `invalid-token` and `expired-token` that the ticket is not proven, 422 `idempotency-key-reused` that the key came before with
//! something else, 403 `origin-not-allowed` that the page may not ask, 409 `site-disabled` and `too-late` that nothing is
//! taken any more.

use serde::{Deserialize, Serialize};
pub use weerklank_domain::feedback::WholeDraft as Request;

pub const PATH: &str = "/api/v1/sites/{key}/feedback";

/// What was stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = FeedbackGiven))]
pub struct Response {
    /// A UUID: the same where a ticket was answered before.
    pub id: String,
    /// With which it is added to and changed for seven days. Whoever has it can.
    pub edit_token: String,
}
