//! POST `/api/v1/experiences`: sends in an experience. 422 `invalid-experience` says what is wrong with
//! which field; 422 `idempotency-key-reused` where the key came before with something else.

use serde::{Deserialize, Serialize};
pub use weerklank_domain::experience::Draft as Request;

pub const PATH: &str = "/api/v1/experiences";

/// What was stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = Received))]
pub struct Response {
    /// A UUID.
    pub id: String,
    /// Where its sender reads, changes and erases it. Whoever has it can.
    pub secret_url: String,
}
