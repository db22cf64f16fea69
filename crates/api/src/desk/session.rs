//! `/api/v1/desk/session`: signs in (POST), says who is signed in (GET; 204 where nobody is), signs out
//! (DELETE).
//!
//! POST answers 401 `wrong-credentials` whatever of the two was wrong, 401 `code-needed` where a code
//! is asked for as well, and 429 `too-many-tries` with `Retry-After`.

use serde::{Deserialize, Serialize};

pub use super::Person as Response;

pub const PATH: &str = "/api/v1/desk/session";

/// Who wants to sign in.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = SignIn))]
#[serde(deny_unknown_fields)]
pub struct Request {
    pub email: String,
    pub password: String,
    /// Six digits of the device, where one was added.
    #[serde(default)]
    pub code: Option<String>,
}
