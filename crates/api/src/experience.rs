//! `/api/v1/experiences/{secret}`: its sender's view (GET), correction and withdrawal (PATCH), erasure
//! (DELETE). 404 `not-found` where the secret is nobody's, or what it opened was erased.

use serde::{Deserialize, Serialize};
use weerklank_domain::experience::{Draft, State};

pub const PATH: &str = "/api/v1/experiences/{secret}";

/// What is kept of an experience.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = OwnExperience))]
pub struct Response {
    /// A UUID.
    pub id: String,
    /// `received` or `withdrawn`.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub state: State,
    /// RFC 3339.
    pub received_at: String,
    /// RFC 3339; when its sender changed it last.
    pub changed_at: String,
    /// Whether the reader of its e-mail address said that it is theirs; until then nothing else is sent
    /// there.
    pub email_confirmed: bool,
    /// As it could be sent in again.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub experience: Draft,
}

/// What is to be changed; what is absent stays.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ExperienceChange))]
#[serde(default, deny_unknown_fields)]
pub struct Change {
    /// The whole of it, in the place of what was sent.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub experience: Option<Draft>,
    /// `withdrawn` takes it back, `received` puts it back.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub state: Option<State>,
}
