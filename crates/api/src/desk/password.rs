//! POST `/api/v1/desk/password`: changes one's own password and ends one's sessions; another one begins. 401
//! `wrong-credentials` where the old one is not right, 422 `invalid-password` where the new one cannot
//! be one.

use serde::{Deserialize, Serialize};

pub use super::Person as Response;

pub const PATH: &str = "/api/v1/desk/password";

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = PasswordChange))]
#[serde(deny_unknown_fields)]
pub struct Request {
    pub old: String,
    /// At least 12 characters.
    pub new: String,
}
