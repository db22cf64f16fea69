//! GET `/api/v1/challenge`: something to compute, by the ALTCHA protocol (version 2). Whoever brings the
//! solution along with an experience is slowed down, and so sends fewer.

use serde::{Deserialize, Serialize};

pub const PATH: &str = "/api/v1/challenge";
/// The header that a solution comes in, and the field of a form: base64 of the JSON
/// `{"challenge": …, "solution": {"counter": …, "derivedKey": "…"}}`.
pub const SOLUTION: &str = "altcha";
/// How long a solution is taken, in seconds: a story may take a day.
pub const VALID_SECONDS: u32 = 24 * 60 * 60;

/// What is to be solved: a `counter` with which PBKDF2 of nonce and counter, under the salt, begins
/// with the prefix.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = Challenge))]
pub struct Response {
    pub parameters: Parameters,
    /// HMAC-SHA-256 over the parameters, in hexadecimal digits.
    pub signature: String,
}

/// What a challenge says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ChallengeParameters))]
#[serde(rename_all = "camelCase")]
pub struct Parameters {
    /// `PBKDF2/SHA-256`.
    pub algorithm: String,
    /// Rounds.
    pub cost: u32,
    /// Unix time, in seconds.
    pub expires_at: i64,
    /// Bytes of the derived key.
    pub key_length: usize,
    /// In hexadecimal digits.
    pub key_prefix: String,
    /// In hexadecimal digits.
    pub nonce: String,
    /// In hexadecimal digits.
    pub salt: String,
}
