//! PATCH `/api/v1/desk/people/{id}`: gives somebody another role, disables them, or lets them in again.
//! For admins. 409 `last-admin` where nobody could invite anyone afterwards.

use serde::{Deserialize, Serialize};
use weerklank_domain::desk::Role;

pub use super::Person as Response;

pub const PATH: &str = "/api/v1/desk/people/{id}";

/// What is absent stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = PersonChange))]
#[serde(default, deny_unknown_fields)]
pub struct Request {
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub role: Option<Role>,
    pub disabled: Option<bool>,
}
