//! `/api/v1/desk/queue/{id}/claim`: takes an item for 15 minutes, or goes on holding it (POST), and lets
//! it go (DELETE). 409 `held` where somebody else works on it (`detail` says who), 409 `not-waiting`
//! where it was decided or taken back.

use serde::{Deserialize, Serialize};

pub use super::Item as Response;

pub const PATH: &str = "/api/v1/desk/queue/{id}/claim";

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = Claim))]
#[serde(default, deny_unknown_fields)]
pub struct Request {
    /// Takes it from whoever holds it: for chiefs and admins, and written down.
    pub by_force: bool,
}
