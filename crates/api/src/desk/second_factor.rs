//! `/api/v1/desk/second-factor`: a device that shows codes by the time (RFC 6238: SHA-1, 6 digits, 30
//! seconds). GET proposes a secret, PUT takes it with the password and a code that shows that the device has it,
//! DELETE asks for the password and removes it. 422 `wrong-code`, 401 `wrong-credentials`.

use serde::{Deserialize, Serialize};

pub const PATH: &str = "/api/v1/desk/second-factor";

/// A secret that is kept nowhere yet.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = SecondFactorProposal))]
pub struct Response {
    /// Base32.
    pub secret: String,
    /// `otpauth://totp/…`, for a link or a picture that a device reads.
    pub url: String,
    /// The same as a picture: SVG.
    pub picture: String,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = SecondFactor))]
#[serde(deny_unknown_fields)]
pub struct Request {
    pub secret: String,
    /// Six digits.
    pub code: String,
    pub password: String,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = SecondFactorRemoval))]
#[serde(deny_unknown_fields)]
pub struct Removal {
    pub password: String,
}
