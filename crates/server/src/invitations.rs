//! Tokens of invitations: signed, and believed or not.

use hmac::{Hmac, KeyInit, Mac as _};
use sha2::Sha256;
use time::OffsetDateTime;
use weerklank_domain::feedback::site::KeyId;
use weerklank_domain::feedback::token::{Claims, Mac, Token};
use weerklank_store::{Store, StoreError, StoredSite};

use crate::secrets::{new_token, random};

/// What a token says, proven.
#[derive(Debug, Clone)]
pub struct Invited {
    pub claims: Claims,
    /// Of the key that it is signed with.
    pub site: StoredSite,
}

/// Why a token is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenFault {
    /// It cannot be read, it was changed, or its key is revoked or nobody's: which of these is not for who sends it.
    Invalid,
    /// It was true.
    Expired,
}

/// A fresh key to sign with: its name, and 32 characters of base64url (192 bits), whose ASCII bytes are the key of the
/// HMAC.
pub fn new_signing_key() -> (KeyId, String) {
    let mut bytes = [0; 5];
    bytes.copy_from_slice(&random()[..5]);
    (KeyId::new(bytes), new_token())
}

/// The token that says this.
pub fn sign(secret: &[u8], claims: &Claims) -> String {
    let mac = of(secret, claims.signed_part().as_bytes()).finalize().into_bytes();
    let mut first = [0; 16];
    first.copy_from_slice(&mac[..16]);
    claims.token(Mac(first))
}

/// What a token says, where it is true; it takes as long whatever is wrong with the MAC.
pub async fn read(
    store: &Store,
    token: &str,
    now: OffsetDateTime,
) -> Result<Result<Invited, TokenFault>, StoreError> {
    let Ok(token) = Token::parse(token) else { return Ok(Err(TokenFault::Invalid)) };
    let Some(key) = store.signing_key(&token.claims.key).await? else { return Ok(Err(TokenFault::Invalid)) };
    if !is_signed(&key.secret, &token) {
        return Ok(Err(TokenFault::Invalid));
    }
    if token.claims.expires.is_over(now.unix_timestamp()) {
        return Ok(Err(TokenFault::Expired));
    }
    Ok(Ok(Invited { claims: token.claims, site: key.site }))
}

fn is_signed(secret: &[u8], token: &Token<'_>) -> bool {
    of(secret, token.signed).verify_truncated_left(&token.mac.0).is_ok()
}

fn of(secret: &[u8], signed: &[u8]) -> Hmac<Sha256> {
    // A key of any length will do (RFC 2104).
    Hmac::<Sha256>::new_from_slice(secret).expect("HMAC takes keys of any length").chain_update(signed)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of `weerklank_domain::feedback::token`.
    const KEY: &[u8] = b"an example, and no secret";
    const TOKEN: &str = "1.4q7mzr2c.1795392000.VC0xMDAx.1.csat4.luyr0mjJAwwrwUYXTd6CXQ";

    #[test]
    fn the_example_is_signed_as_it_says() {
        let token = Token::parse(TOKEN).unwrap();
        assert!(is_signed(KEY, &token));
        assert_eq!(sign(KEY, &token.claims), TOKEN);
        assert!(!is_signed(b"an example, and no Secret", &token));
    }

    #[test]
    fn every_flipped_character_is_refused() {
        for (at, there) in TOKEN.char_indices() {
            for other in "0Az-_.1".chars().filter(|other| *other != there) {
                let mut changed = TOKEN.to_owned();
                changed.replace_range(at..=at, &other.to_string());
                let believed = Token::parse(&changed).is_ok_and(|token| is_signed(KEY, &token));
                assert!(!believed, "{changed}");
            }
        }
        for end in 0..TOKEN.len() {
            let cut = Token::parse(&TOKEN[..end]).is_ok_and(|token| is_signed(KEY, &token));
            assert!(!cut, "{}", &TOKEN[..end]);
        }
    }
}
