//! `/api/v1/desk/set-up/{token}`: whose set-up link it is (GET), and setting a password by it (POST),
//! which signs in as well. 404 `not-found` where the link was used, ended, or never was.

use serde::{Deserialize, Serialize};

pub use super::Person as Response;

pub const PATH: &str = "/api/v1/desk/set-up/{token}";

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = SetUp))]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// At least 12 characters.
    pub password: String,
}
