//! Codes that a device shows by the time (RFC 6238).

use time::OffsetDateTime;
use totp_rs::{Builder, Secret, Totp};

use crate::config::PublicUrl;

/// Bytes of a secret (RFC 4226, 4: at least 16, 20 recommended).
const SECRET: usize = 20;

/// The codes of one device: SHA-1, six digits, 30 seconds each, one earlier or later as well, which is
/// what devices know how to show (RFC 6238, 5.2).
pub struct Codes {
    secret: [u8; SECRET],
    totp: Totp,
}

impl Codes {
    /// `None` where that cannot be a secret.
    pub fn of(secret: &[u8]) -> Option<Self> {
        let secret: [u8; SECRET] = secret.try_into().ok()?;
        let totp = Builder::new().with_secret(Secret::new_stack(secret)).build().ok()?;
        Some(Self { secret, totp })
    }

    /// From base32, as people type it.
    pub fn of_base32(typed: &str) -> Option<Self> {
        let plain: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
        Self::of(Secret::try_from_base32(plain.to_ascii_uppercase()).ok()?.as_bytes())
    }

    /// The secret.
    pub fn secret(&self) -> &[u8] {
        &self.secret
    }

    /// The secret in base32.
    pub fn base32(&self) -> String {
        Secret::new_stack(self.secret).to_base32()
    }

    /// The time step whose code that is; `None` where it is of another time, or no code.
    pub fn step(&self, code: &str, now: OffsetDateTime) -> Option<i64> {
        let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
        let seconds = u64::try_from(now.unix_timestamp()).ok()?;
        self.totp.check(&code, seconds)?.try_into().ok()
    }

    /// What a device reads: an address of kind `otpauth`.
    pub fn url(&self, email: &str, board: &PublicUrl) -> String {
        let host = board.as_str().rsplit('/').next().unwrap_or_default();
        let issuer = format!("Weerklank {host}");
        let plain = |text: &str| {
            percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
        };
        format!(
            "otpauth://totp/{issuer}:{email}?secret={secret}&issuer={issuer}",
            issuer = plain(&issuer),
            email = plain(email),
            secret = self.base32(),
        )
    }
}

/// A fresh secret of `random` bytes.
pub fn new_secret(random: &[u8; 32]) -> &[u8] {
    &random[..SECRET]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B, the last six digits.
    #[test]
    fn codes_are_those_of_the_standard() {
        let codes = Codes::of(b"12345678901234567890").unwrap();
        for (second, code) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")] {
            let now = OffsetDateTime::from_unix_timestamp(second).unwrap();
            assert_eq!(codes.step(code, now), Some(second / 30), "{second}");
            let (soon, late) = (now + time::Duration::seconds(30), now + time::Duration::seconds(90));
            assert_eq!(codes.step(code, soon), Some(second / 30));
            assert_eq!(codes.step(code, late), None);
        }
        for wrong in ["", "28708", "2870822", "aaaaaa", "٢٨٧٠٨٢"] {
            assert_eq!(codes.step(wrong, OffsetDateTime::from_unix_timestamp(59).unwrap()), None, "{wrong}");
        }
    }

    #[test]
    fn a_secret_is_read_as_people_type_it() {
        let codes = Codes::of(&[9; 20]).unwrap();
        let small = codes.base32().to_lowercase();
        let typed = format!("{} {}", &small[..4], &small[4..]);
        assert_eq!(Codes::of_base32(&typed).unwrap().secret(), [9; 20]);
        assert!(Codes::of_base32("kort").is_none() && Codes::of_base32("é").is_none());
        let url = codes.url("a@b.example", &"https://board.example".parse().unwrap());
        assert!(
            url.starts_with("otpauth://totp/Weerklank%20board%2Eexample:a%40b%2Eexample?secret="),
            "{url}"
        );
    }
}
