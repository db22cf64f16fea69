//! A device that keeps passkeys, in software: what it answers can be wrong in every way there is.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use p256::ecdsa::{Signature, SigningKey, signature::Signer};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use weerklank_test_support::app::ORIGIN;

/// Flags of what a device signs (Web Authentication, 6.1): somebody is there, it knows who, a key follows.
pub(crate) const PRESENT: u8 = 1;
pub(crate) const VERIFIED: u8 = 1 << 2;
const WITH_KEY: u8 = 1 << 6;

/// A device with one key. What is public is what it tells, true or not.
#[derive(Clone)]
pub(crate) struct Device {
    pub key: SigningKey,
    pub id: Vec<u8>,
    /// Whose it is; as it was told when the key was made.
    pub owner: Option<String>,
    pub party: &'static str,
    pub origin: &'static str,
    pub flags: u8,
    pub counter: u32,
    /// `webauthn.create` or `webauthn.get`, where it is not what was asked.
    pub kind: Option<&'static str>,
    pub cross_origin: bool,
    /// In the place of the one that it was asked.
    pub challenge: Option<String>,
}

impl Device {
    /// One that does as it should on the board of these tests, and does not count.
    pub fn new(seed: u8) -> Self {
        Self {
            key: SigningKey::from_slice(&[seed; 32]).unwrap(),
            id: vec![seed; 20],
            owner: None,
            party: "board.example",
            origin: ORIGIN,
            flags: PRESENT | VERIFIED,
            counter: 0,
            kind: None,
            cross_origin: false,
            challenge: None,
        }
    }

    /// A key, as it was asked for: `RegistrationResponseJSON`.
    pub fn make(&mut self, options: &Value) -> Value {
        self.owner = Some(options["user"]["id"].as_str().unwrap().to_owned());
        let point = self.key.verifying_key().to_sec1_point(false);
        let mut data = self.data(self.flags | WITH_KEY);
        data.extend([0; 16]);
        data.extend(u16::try_from(self.id.len()).unwrap().to_be_bytes());
        data.extend(&self.id);
        // COSE (RFC 9053, 7.1.1): an elliptic curve key for ES256 on P-256.
        data.extend([0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32]);
        data.extend(point.x().unwrap());
        data.extend([0x22, 0x58, 32]);
        data.extend(point.y().unwrap());
        // CBOR: {"fmt": "none", "attStmt": {}, "authData": data}.
        let mut object = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x59".to_vec();
        object.extend(u16::try_from(data.len()).unwrap().to_be_bytes());
        object.extend(data);
        json!({
            "id": encoded(&self.id), "rawId": encoded(&self.id), "type": "public-key",
            "response": {
                "attestationObject": encoded(&object),
                "clientDataJSON": encoded(self.told("webauthn.create", options).as_bytes()),
            },
        })
    }

    /// A signature, as it was asked for: `AuthenticationResponseJSON`.
    pub fn sign(&self, options: &Value) -> Value {
        let (data, told) = (self.data(self.flags), self.told("webauthn.get", options));
        let signed = [&data[..], &Sha256::digest(&told)].concat();
        let signature: Signature = self.key.sign(&signed);
        let mut response = json!({
            "authenticatorData": encoded(&data),
            "clientDataJSON": encoded(told.as_bytes()),
            "signature": encoded(signature.to_der().as_bytes()),
        });
        if let Some(owner) = &self.owner {
            response["userHandle"] = json!(owner);
        }
        json!({"id": encoded(&self.id), "rawId": encoded(&self.id), "type": "public-key", "response": response})
    }

    fn data(&self, flags: u8) -> Vec<u8> {
        let mut data = Sha256::digest(self.party).to_vec();
        data.push(flags);
        data.extend(self.counter.to_be_bytes());
        data
    }

    /// What the browser adds.
    fn told(&self, kind: &str, options: &Value) -> String {
        let asked = options["challenge"].as_str().unwrap();
        json!({
            "type": self.kind.unwrap_or(kind),
            "challenge": self.challenge.as_deref().unwrap_or(asked),
            "origin": self.origin,
            "crossOrigin": self.cross_origin,
        })
        .to_string()
    }
}

pub(crate) fn encoded(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}
