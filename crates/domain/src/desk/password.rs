//! What may be a password.

/// A password as it was typed, in Unicode's form NFC, so that each keyboard gives the same (NIST
/// SP 800-63B-4, 3.1.1.2). It shows itself nowhere.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

/// Why a text cannot be one. Nothing is said about kinds of characters: length is what counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordFault {
    #[error("a password has at least {} characters", Password::MIN)]
    TooShort,
    #[error("a password has at most {} bytes", Password::MAX_BYTES)]
    TooLong,
    #[error("a password is not one's own address, nor one sign over and over")]
    TooPlain,
}

impl Password {
    /// Characters.
    pub const MIN: usize = 12;
    /// Bytes: hashing takes longer the more there are.
    pub const MAX_BYTES: usize = 512;

    /// A password to be set, by somebody with that e-mail address.
    pub fn new(typed: &str, email: &str) -> Result<Self, PasswordFault> {
        let password = Self::typed(typed).ok_or(PasswordFault::TooLong)?;
        if password.0.chars().count() < Self::MIN {
            return Err(PasswordFault::TooShort);
        }
        let plain = password.0.to_lowercase();
        let mut characters = plain.chars();
        let first = characters.next();
        let is_one = characters.all(|c| Some(c) == first);
        let local = email.split('@').next().unwrap_or_default().to_lowercase();
        // What is left without the address is what one would have to guess.
        let rest = if local.is_empty() { plain.clone() } else { plain.replace(&local, "") };
        if is_one || plain == email.to_lowercase() || rest.chars().count() < Self::MIN / 2 {
            return Err(PasswordFault::TooPlain);
        }
        Ok(password)
    }

    /// A password to be compared with one that was set: `None` where none can be.
    pub fn typed(typed: &str) -> Option<Self> {
        use unicode_normalization::UnicodeNormalization as _;
        (typed.len() <= Self::MAX_BYTES).then(|| Self(typed.nfc().collect()))
    }

    /// For hashing, and for nothing else.
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn length_counts_and_plainness() {
        let email = "anna.kwal@voorbeeld.example";
        for (typed, wanted) in [
            ("korter", Err(PasswordFault::TooShort)),
            ("elf tekens.", Err(PasswordFault::TooShort)),
            ("twaalf teken", Ok(())),
            ("ééééééééééé", Err(PasswordFault::TooShort)),
            ("aaaaaaaaaaaaaaa", Err(PasswordFault::TooPlain)),
            ("anna.kwal@voorbeeld.example", Err(PasswordFault::TooPlain)),
            ("Anna.Kwal12345", Err(PasswordFault::TooPlain)),
            ("juiste paard batterij nietje", Ok(())),
        ] {
            assert_eq!(Password::new(typed, email).map(|_| ()), wanted, "{typed}");
        }
        assert_eq!(Password::new(&"ab".repeat(257), email), Err(PasswordFault::TooLong));
    }

    #[test]
    fn a_password_is_the_same_however_its_accents_are_typed() {
        assert_eq!(Password::typed("cafe\u{301}"), Password::typed("caf\u{e9}"));
        assert_eq!(format!("{:?}", Password::typed("geheim")), "Some(Password)");
    }
}
