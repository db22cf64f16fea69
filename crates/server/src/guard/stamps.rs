//! When a form was opened, as its browser brings it back.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use time::{Duration, OffsetDateTime};
use weerklank_store::Hash;

/// Writes the time on a form, so that nobody can write another: the seconds since 1970 as eight bytes, the
/// first sixteen of HMAC-SHA-256 over them and the form's idempotency key, all in base64url.
#[derive(Debug)]
pub struct Stamps(Hash);

impl Stamps {
    pub fn new(key: Hash) -> Self {
        Self(key)
    }

    /// For the form with that idempotency key.
    pub fn write(&self, key: &str, now: OffsetDateTime) -> String {
        let seconds = now.unix_timestamp().to_be_bytes();
        let tag = self.mac(seconds, key).finalize().into_bytes();
        URL_SAFE_NO_PAD.encode([&seconds[..], &tag[..16]].concat())
    }

    /// How long ago it was written, a clock that was set back meanwhile left aside; `None` for what is no
    /// stamp of ours on that form. It never gets too old: people are slow.
    pub fn age(&self, stamp: &str, key: &str, now: OffsetDateTime) -> Option<Duration> {
        let bytes = URL_SAFE_NO_PAD.decode(stamp).ok()?;
        let (seconds, tag) = bytes.split_first_chunk::<8>()?;
        if tag.len() != 16 {
            return None;
        }
        self.mac(*seconds, key).verify_truncated_left(tag).ok()?;
        Some(Duration::seconds(now.unix_timestamp().checked_sub(i64::from_be_bytes(*seconds))?))
    }

    fn mac(&self, seconds: [u8; 8], key: &str) -> Hmac<Sha256> {
        // A key of any length will do (RFC 2104).
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("HMAC takes keys of any length");
        mac.update(&seconds);
        mac.update(key.as_bytes());
        mac
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_is_of_one_form_and_not_to_be_written_by_others() {
        let (stamps, now) = (Stamps::new([7; 32]), OffsetDateTime::UNIX_EPOCH + Duration::days(20_000));
        let stamp = stamps.write("sleutel", now);
        assert_eq!(stamp.len(), 32);
        for seconds in [-5, 0, 9, 864_000] {
            let age = Duration::seconds(seconds);
            assert_eq!(stamps.age(&stamp, "sleutel", now + age), Some(age));
        }
        assert_eq!(stamps.age(&stamp, "andere", now), None);
        assert_eq!(Stamps::new([8; 32]).age(&stamp, "sleutel", now), None);
        let bytes = URL_SAFE_NO_PAD.decode(&stamp).unwrap();
        for bit in 0..bytes.len() * 8 {
            let mut forged = bytes.clone();
            forged[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(stamps.age(&URL_SAFE_NO_PAD.encode(forged), "sleutel", now), None, "{bit}");
        }
        for odd in ["", "x", &stamp[..30], &stamp[..11], &format!("{stamp}AAAA")] {
            assert_eq!(stamps.age(odd, "sleutel", now), None, "{odd}");
        }
    }
}
