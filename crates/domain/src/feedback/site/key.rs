//! Names that are made by chance and read aloud by people.

use serde::{Deserialize, Serialize};

/// Digits and small letters but i, l, o and u, which are taken for others (Crockford's Base32): five bits each.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// A text that is no such name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("it is not {length} characters of 0-9 and a-z without i, l, o and u")]
pub struct NoKey {
    pub length: usize,
}

/// Five bits a character; `bytes` are a multiple of five.
fn spell(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() / 5 * 8);
    for group in bytes.chunks_exact(5) {
        let bits = group.iter().fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
        for at in (0..8).rev() {
            let [.., low] = (bits >> (5 * at)).to_be_bytes();
            text.push(char::from(ALPHABET[usize::from(low & 31)]));
        }
    }
    text
}

macro_rules! key {
    ($(#[$doc:meta])* $name:ident, $bytes:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// Characters.
            pub const LEN: usize = $bytes / 5 * 8;

            /// Of random bytes.
            pub fn new(random: [u8; $bytes]) -> Self {
                Self(spell(&random))
            }

            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::str::FromStr for $name {
            type Err = NoKey;

            /// Capitals are refused: a key has one spelling.
            fn from_str(text: &str) -> Result<Self, NoKey> {
                let is_key = text.len() == Self::LEN && text.bytes().all(|b| ALPHABET.contains(&b));
                if is_key { Ok(Self(text.to_owned())) } else { Err(NoKey { length: Self::LEN }) }
            }
        }

        as_text!($name, NoKey);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

key! {
    /// What a site is known by: 16 characters, 80 bits. It is public: it stands in the shop's pages, lets one
    /// answer and nothing else.
    SiteKey, 10
}

key! {
    /// Which of a site's keys a token was signed with: 8 characters, 40 bits. It is public; what is secret
    /// is the key itself.
    KeyId, 5
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 00000 00001 00010 … 11111 gives the alphabet itself.
    #[test]
    fn bits_are_spelled_in_their_order() {
        let first = [0x00, 0x44, 0x32, 0x14, 0xc7, 0x42, 0x54, 0xb6, 0x35, 0xcf];
        assert_eq!(SiteKey::new(first).as_str(), "0123456789abcdef");
        assert_eq!(SiteKey::new([0xff; 10]).as_str(), "zzzzzzzzzzzzzzzz");
        assert_eq!(KeyId::new([0x84, 0x65, 0x3a, 0x56, 0xd7]).as_str(), "ghjkmnpq");
    }

    #[test]
    fn a_key_has_one_spelling() {
        let key = SiteKey::new(*b"resonantie");
        assert_eq!((key.as_str().parse(), key.as_str().len()), (Ok(key.clone()), SiteKey::LEN));
        for text in [
            "",
            "0123456789abcde",
            "0123456789abcdefg",
            "0123456789ABCDEF",
            "0123456789abcdeo",
            "0123456789abcde ",
        ] {
            assert_eq!(text.parse::<SiteKey>(), Err(NoKey { length: 16 }), "{text}");
        }
        assert!("0123456789abcdeé".parse::<SiteKey>().is_err());
    }
}
