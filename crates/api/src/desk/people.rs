//! `/api/v1/desk/people`: who is at the desk (GET), and inviting somebody (POST), which answers with
//! their set-up link. For admins. 409 `already-there` where somebody has that address, 422
//! `invalid-person`.

use serde::{Deserialize, Serialize};
use weerklank_domain::Lang;
use weerklank_domain::desk::Role;

use super::Person;

pub const PATH: &str = "/api/v1/desk/people";

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = People))]
pub struct Response {
    /// By name; the disabled as well.
    pub people: Vec<Person>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = Invitation))]
#[serde(deny_unknown_fields)]
pub struct Request {
    pub email: String,
    /// 1 to 80 characters.
    pub name: String,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub role: Role,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub lang: Lang,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Invited {
    pub person: Person,
    /// Works once, for 72 hours.
    pub set_up_url: String,
}
