//! Secrets in links: made here, kept nowhere.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use tokio::sync::OnceCell;
use uuid::Uuid;
use weerklank_store::{Hash, Store, StoreError};

/// The secret in a sender's link is an HMAC of the idempotency key that the experience came with: a
/// retry gets the same link, and still the database holds neither (only hashes of both).
#[derive(Debug, Default)]
pub struct Links(OnceCell<Hash>);

impl Links {
    /// The secret that belongs to an idempotency key: 32 characters of base64url, 192 bits.
    pub async fn secret(&self, store: &Store, key: &str) -> Result<String, StoreError> {
        self.made_of(store, &[key]).await
    }

    /// The same for what is said about a column, apart from that of an experience with that key.
    pub async fn said(&self, store: &Store, key: &str) -> Result<String, StoreError> {
        self.made_of(store, &["said", key]).await
    }

    /// The token with which an answer is changed that came with an idempotency key.
    pub async fn feedback(&self, store: &Store, key: &str) -> Result<String, StoreError> {
        self.made_of(store, &["feedback", key]).await
    }

    /// The secret of the link by which a shop answers, from the id of what it is asked: the desk can show it
    /// again, and no table holds it.
    pub async fn reply(&self, store: &Store, request: Uuid) -> Result<String, StoreError> {
        self.made_of(store, &["reply", &request.to_string()]).await
    }

    /// The secret with which an address is asked whose it is: the same for the same address of the same
    /// sender, so that a mail that is sent again makes none that came before useless. Of the same
    /// length; the sender cannot work it out.
    pub async fn confirmation(&self, store: &Store, secret: &str, email: &str) -> Result<String, StoreError> {
        self.made_of(store, &["confirm", secret, email]).await
    }

    /// No part holds a NUL, so no two lists of parts are alike.
    async fn made_of(&self, store: &Store, parts: &[&str]) -> Result<String, StoreError> {
        let board = self.0.get_or_try_init(|| store.server_key("links", random())).await?;
        // A key of any length will do (RFC 2104).
        let mut mac = Hmac::<Sha256>::new_from_slice(board).expect("HMAC takes keys of any length");
        mac.update(parts.join("\0").as_bytes());
        Ok(URL_SAFE_NO_PAD.encode(&mac.finalize().into_bytes()[..24]))
    }
}

/// What of a secret or a key the database keeps.
pub fn hash(secret: &str) -> Hash {
    Sha256::digest(secret.as_bytes()).into()
}

/// A fresh idempotency key: 22 characters of base64url, 128 bits.
pub fn new_key() -> String {
    let random: Hash = random();
    URL_SAFE_NO_PAD.encode(&random[..16])
}

/// Whether a text may be an idempotency key: 16 to 64 of the characters that [`new_key`] uses.
pub fn is_key(text: &str) -> bool {
    let allowed = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
    (16..=64).contains(&text.len()) && text.bytes().all(allowed)
}

/// A fresh token for a link or a cookie: 32 characters of base64url, 192 bits.
pub fn new_token() -> String {
    let random: Hash = random();
    URL_SAFE_NO_PAD.encode(&random[..24])
}

/// A fresh salt.
pub fn new_salt() -> [u8; 16] {
    let random: Hash = random();
    let mut salt = [0; 16];
    salt.copy_from_slice(&random[..16]);
    salt
}

/// Fresh random bytes.
///
/// # Panics
/// Where the operating system has no random bytes to give: nothing safe could go on.
pub fn random() -> Hash {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).expect("the system gives random bytes");
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_keys_and_differ() {
        let (one, other) = (new_key(), new_key());
        assert_ne!(one, other);
        assert!(is_key(&one) && is_key(&other));
        for text in
            ["", "kort", "met spatie en lang", "vijftien-tekens", &"a".repeat(65), "é-en-lang-genoeg-nu"]
        {
            assert!(!is_key(text), "{text}");
        }
    }
}
