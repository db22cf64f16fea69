//! `/api/v1/desk/passkeys`: keys of devices by which one comes in (Web Authentication, Level 3). GET lists
//! one's own; POST adds the one that a device made of a proposal. `…/proposal` (POST) asks for the password and
//! says what the device has to make. `…/{id}` (DELETE) asks for the password and removes one of one's own.
//! `/api/v1/desk/session/challenge` (POST) says what a device has to sign, `/api/v1/desk/session/passkey`
//! (POST) signs in by that: one key is both factors.
//!
//! What is asked of a device is kept for five minutes for the browser that asked, known by a cookie, and is
//! answered once, rightly or not. 401 `wrong-passkey` to whatever answer lets nobody in; 401
//! `wrong-credentials` to another password; 422 `unusable-passkey`, 409 `passkey-there`, 409
//! `too-many-passkeys` where none can be added; 409 `no-passkeys` on a board without a name, whose address is
//! a number; 429 `too-many-tries`.

use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use super::Person as Entered;

pub const PATH: &str = "/api/v1/desk/passkeys";
pub const PROPOSAL: &str = "/api/v1/desk/passkeys/proposal";
pub const ONE: &str = "/api/v1/desk/passkeys/{id}";
pub const CHALLENGE: &str = "/api/v1/desk/session/challenge";
pub const ENTRY: &str = "/api/v1/desk/session/passkey";

/// Characters that a name may have.
pub const NAME: usize = 60;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = Passkeys))]
pub struct Response {
    /// The latest first.
    pub passkeys: Vec<Passkey>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Passkey {
    pub id: String,
    /// As its owner calls it.
    pub name: String,
    pub made_at: String,
    /// When somebody came in by it last; absent before.
    pub used_at: Option<String>,
}

/// The password of who adds or removes one.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = PasskeyConfirmation))]
#[serde(deny_unknown_fields)]
pub struct Confirmation {
    pub password: String,
}

/// What a browser hands to a device.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = PasskeyOptions))]
pub struct Options {
    /// `PublicKeyCredentialCreationOptionsJSON`, or `PublicKeyCredentialRequestOptionsJSON` to sign in.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub options: Value,
}

/// What a device made.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = NewPasskey))]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// As its owner calls it: one line of at most [`NAME`] characters.
    pub name: String,
    /// `RegistrationResponseJSON`; what else is in it is passed over.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub credential: Value,
}

/// What a device signed.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = PasskeyEntry))]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// `AuthenticationResponseJSON`; what else is in it is passed over.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub credential: Value,
}
