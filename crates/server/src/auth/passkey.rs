//! Passkeys (Web Authentication, Level 3), by `webauthn-rs` (ADR 27).
//!
//! A board's relying party is the host of its public address, and an answer counts for that origin alone. User
//! verification is asked for and looked at each time, so a key is both what one has and what one knows or is.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use webauthn_rs::prelude::{
    AuthenticationResult, Credential, CredentialID, DiscoverableAuthentication, Passkey, PasskeyRegistration,
    PublicKeyCredential, RegisterPublicKeyCredential, Url, Webauthn, WebauthnBuilder, WebauthnError,
};
use weerklank_domain::desk::limits;
use weerklank_store::Editor;

use crate::{config::PublicUrl, problem::Problem};

/// What devices show of the board.
const NAME: &str = "Weerklank";

/// A key that nobody has: an answer by an unknown one is compared with it, so that it takes as long. Its public
/// point is the base point of P-256 (FIPS 186-4, D.1.2.3).
const NOBODY: &str = r#"{
    "cred_id": "", "counter": 0, "transports": null, "user_verified": true,
    "cred": {"type_": "ES256", "key": {"EC_EC2": {"curve": "SECP256R1",
        "x": "axfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5RdiYwpY",
        "y": "T-NC4v4af5uO5-tKfA-eFivOM1drMV7Oy7ZAaDe_UfU"}}},
    "backup_eligible": false, "backup_state": false, "registration_policy": "required",
    "extensions": {"cred_protect": "Ignored", "hmac_create_secret": "NotRequested", "appid": "NotRequested", "cred_props": "NotRequested"},
    "attestation": {"data": "None", "metadata": "None"}, "attestation_format": "none"
}"#;

/// Backup eligibility among the flags of what a device signs (Web Authentication, 6.1).
const BACKUP_ELIGIBLE: u8 = 1 << 3;
/// Where these flags stand: behind the hash of the relying party.
const FLAGS: usize = 32;

/// Asks devices, and compares what they answer.
#[derive(Debug, Clone)]
pub struct Passkeys {
    /// `None` where the board's address is a number: devices keep keys for names.
    party: Option<Webauthn>,
    nobody: Credential,
}

/// What a device is asked.
pub struct Asked {
    /// For the browser.
    pub options: Value,
    /// To compare the answer with; for nobody else.
    pub state: String,
}

/// A key that a device made.
#[derive(Debug)]
pub struct Made {
    pub credential_id: Vec<u8>,
    /// As the store keeps it.
    pub credential: String,
    pub counter: u32,
}

/// What came of an answer.
#[derive(Debug)]
pub enum Checked {
    Right {
        /// As the store keeps it from now on.
        credential: String,
        counter: u32,
    },
    /// Signed rightly, but counted back.
    CountsBack,
    Wrong,
}

impl Passkeys {
    pub fn new(board: &PublicUrl) -> Self {
        let nobody = serde_json::from_str(NOBODY).expect("a test reads it");
        Self { party: party(board), nobody }
    }

    fn party(&self) -> Result<&Webauthn, Problem> {
        let refusal = || Problem::conflict("no-passkeys", "Passkeys need a board with a name");
        self.party.as_ref().ok_or_else(refusal)
    }

    /// What a device has to make for an editor who has these keys.
    pub fn propose(&self, editor: &Editor, known: Vec<CredentialID>) -> Result<Asked, Problem> {
        let (email, party) = (editor.email.as_str(), self.party()?);
        let asked = party.start_passkey_registration(editor.id, email, &editor.name, Some(known));
        let (asked, state) = asked.map_err(|error| failed(&error))?;
        let mut asked = Asked::of(&asked.public_key, &state)?;
        // Kept by the device itself, which finds it again: who signs in names nobody. The crate leaves that
        // to the device.
        let selection = &mut asked.options["authenticatorSelection"];
        selection["residentKey"] = "required".into();
        selection["requireResidentKey"] = true.into();
        Ok(asked)
    }

    /// The key that a device made of what it was asked. `None` where the answer is to something else, or of
    /// another origin, or where the device did not look who is there.
    pub fn made(&self, state: &str, answer: Value) -> Result<Option<Made>, Problem> {
        let party = self.party()?;
        let (Some(state), Some(answer)) =
            (known::<PasskeyRegistration>(state), read::<RegisterPublicKeyCredential>(answer))
        else {
            return Ok(None);
        };
        let passkey = match party.finish_passkey_registration(&answer, &state) {
            Ok(passkey) => passkey,
            Err(error) => return Ok(refused(&error)),
        };
        let credential = written(&passkey)?;
        let made = Credential::from(passkey);
        Ok(Some(Made { credential_id: made.cred_id, credential, counter: made.counter }))
    }

    /// What a device has to sign, whosever it is.
    pub fn challenge(&self) -> Result<Asked, Problem> {
        let (asked, state) =
            self.party()?.start_discoverable_authentication().map_err(|error| failed(&error))?;
        Asked::of(&asked.public_key, &state)
    }

    /// The key by which an answer says that it is signed, and whose it says that is.
    pub fn named(&self, answer: Value) -> Result<Option<Answer>, Problem> {
        let party = self.party()?;
        let answer = read::<PublicKeyCredential>(answer);
        let Some(answer) = answer.filter(|answer| !is_framed(&answer.response.client_data_json)) else {
            return Ok(None);
        };
        let Ok((editor, _)) = party.identify_discoverable_authentication(&answer) else { return Ok(None) };
        Ok(Some(Answer { editor, answer }))
    }

    /// Whether a device signed what it was asked, by the key of which that is known; `None` is nobody's, and
    /// takes as long.
    pub fn check(&self, state: &str, answer: &Answer, key: Option<&str>) -> Result<Checked, Problem> {
        let party = self.party()?;
        let Some(state) = known::<DiscoverableAuthentication>(state) else { return Ok(Checked::Wrong) };
        let Answer { answer, .. } = answer;
        let Some(key) = key else {
            let flags = answer.response.authenticator_data.get(FLAGS).copied().unwrap_or_default();
            let nobody = Credential {
                cred_id: answer.raw_id.clone(),
                backup_eligible: flags & BACKUP_ELIGIBLE != 0,
                ..self.nobody.clone()
            };
            // Whatever comes of it: nobody is nobody.
            let _compared = party.finish_discoverable_authentication_v2(answer, state, nobody);
            return Ok(Checked::Wrong);
        };
        let mut key: Passkey = known(key).ok_or_else(Problem::internal)?;
        match party.finish_discoverable_authentication_v2(answer, state, &key) {
            Ok(result) => right(&mut key, &result),
            Err(WebauthnError::CredentialPossibleCompromise) => Ok(Checked::CountsBack),
            Err(error) => Ok(refused(&error).unwrap_or(Checked::Wrong)),
        }
    }
}

/// An answer that was not compared with anything yet.
#[derive(Debug)]
pub struct Answer {
    /// Whose it says it is.
    pub editor: uuid::Uuid,
    answer: PublicKeyCredential,
}

impl Answer {
    pub fn credential_id(&self) -> &[u8] {
        &self.answer.raw_id
    }
}

impl Asked {
    fn of(options: &impl Serialize, state: &impl Serialize) -> Result<Self, Problem> {
        let options = serde_json::to_value(options).map_err(|_| Problem::internal())?;
        Ok(Self { options, state: written(state)? })
    }
}

fn party(board: &PublicUrl) -> Option<Webauthn> {
    let origin = Url::parse(board.as_str()).ok()?;
    let minutes = limits::PASSKEY_MINUTES.unsigned_abs() * 60;
    let builder = WebauthnBuilder::new(origin.domain()?, &origin).ok()?;
    builder.rp_name(NAME).timeout(std::time::Duration::from_secs(minutes)).build().ok()
}

/// Whether a page signed that stood in another site's frame (Web Authentication, 7.2, step 13). Of keys that are
/// made the crate looks at it, of signatures it does not.
fn is_framed(told: &[u8]) -> bool {
    #[derive(serde::Deserialize)]
    struct Told {
        #[serde(rename = "crossOrigin", default)]
        cross_origin: bool,
    }
    serde_json::from_slice::<Told>(told).is_ok_and(|told| told.cross_origin)
}

fn right(key: &mut Passkey, result: &AuthenticationResult) -> Result<Checked, Problem> {
    key.update_credential(result);
    Ok(Checked::Right { credential: written(key)?, counter: result.counter() })
}

fn read<T: DeserializeOwned>(answer: Value) -> Option<T> {
    serde_json::from_value(answer).ok()
}

fn known<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_str(text).ok()
}

fn written(value: &impl Serialize) -> Result<String, Problem> {
    serde_json::to_string(value).map_err(|_| Problem::internal())
}

/// The person is told nothing more: who forges learns nothing, and who is right can do nothing with it.
fn refused<T>(error: &WebauthnError) -> Option<T> {
    tracing::info!(%error, "a passkey was refused");
    None
}

fn failed(error: &WebauthnError) -> Problem {
    tracing::error!(%error, "no passkey can be asked for");
    Problem::internal()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_s_key_is_one() {
        let made: Credential = serde_json::from_str(NOBODY).unwrap();
        assert!(made.cred_id.is_empty());
    }

    #[test]
    fn a_board_without_a_name_asks_no_device() {
        for (board, may) in [
            ("https://board.example", true),
            ("https://board.example:8443", true),
            ("http://localhost:8080", true),
            ("http://127.0.0.1:8080", false),
            ("http://[::1]:8080", false),
        ] {
            let asked = Passkeys::new(&board.parse().unwrap()).challenge();
            assert_eq!(asked.is_ok(), may, "{board}");
            if let Err(problem) = asked {
                assert_eq!(problem.code, "no-passkeys");
            }
        }
    }
}
