//! What an invitation's token says.
//!
//! A token is a line of ASCII that a shop's own server can make without asking anybody:
//!
//! ```text
//! 1.KEYID.EXPIRY.TICKET.ROUND.SCORE.MAC
//! 1.4q7mzr2c.1795392000.VC0xMDAx.1.csat4.luyr0mjJAwwrwUYXTd6CXQ
//! ```
//!
//! | Part | Is |
//! |---|---|
//! | `1` | the version of this form |
//! | KEYID | which key signs it: 8 characters, as the board gave it out with the key ([`KeyId`]). It says of which site the token is |
//! | EXPIRY | until when it holds: seconds since 1970-01-01T00:00:00Z, in decimal digits without zeros before them |
//! | TICKET | base64url without padding (RFC 4648, 5) of the ticket's UTF-8 bytes, 1 to 64 characters of text without control characters, without what does not show, and with single spaces and none at the ends |
//! | ROUND | how often the ticket was opened, from 1 (never opened again) to 999: answers of one round are one |
//! | SCORE | the score that the link stands for, such as `csat4` or `nps10`; empty where it stands for none |
//! | MAC | base64url without padding of the first 16 bytes of HMAC-SHA-256 (RFC 2104) with the key, over all that stands before the last `.`, as ASCII |
//!
//! In Python, with `key` the bytes of the key and `b64` base64url without padding:
//!
//! ```text
//! b64 = lambda b: base64.urlsafe_b64encode(b).rstrip(b"=").decode()
//! signed = f"1.{key_id}.{expiry}.{b64(ticket.encode())}.{round}.{score}"
//! mac = hmac.new(key, signed.encode(), hashlib.sha256).digest()[:16]
//! token = f"{signed}.{b64(mac)}"
//! ```
//!
//! With the key `an example, and no secret` the token of the ticket `T-1001` is the one above.
//!
//! A token has one spelling: whatever differs in a bit is either refused by [`Token::parse`] or other than what was
//! signed. Half of the MAC is what RFC 2104 (5) lets one leave out; 128 bits are beyond guessing, and the link
//! is shorter. Checking it, in constant time, is for who holds the key. Nothing else is signed with that key, so no
//! other text can be passed off as a token.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64URL;

use super::field::number;
use super::site::KeyId;
use super::{Score, Ticket};

/// What this form is called.
const VERSION: &str = "1";
/// Bytes that a token can have: a ticket of 64 characters of four bytes, and the rest.
const LONGEST: usize = 450;
/// 9999-12-31T23:59:59Z.
const LAST: i64 = 253_402_300_799;

/// What a token says, whether or not it is true.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claims {
    pub key: KeyId,
    pub expires: Expiry,
    pub ticket: Ticket,
    pub round: Round,
    /// That the link stands for.
    pub score: Option<Score>,
}

/// Until when a token holds: unix seconds, 1 to the end of the year 9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Expiry(i64);

/// How often a ticket was opened: 1 to 999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Round(u16);

/// The first 16 bytes of an HMAC-SHA-256. Whoever has one can answer, so it does not show in logs; and there is no
/// `==`, since comparing has to take the same time whatever differs.
#[derive(Clone, Copy)]
pub struct Mac(pub [u8; 16]);

/// A token that can be read. Nothing of it is known to be true before its MAC is checked.
#[derive(Debug, Clone)]
pub struct Token<'t> {
    pub claims: Claims,
    /// What the MAC has to be of: everything before the last `.`.
    pub signed: &'t [u8],
    pub mac: Mac,
}

/// Why a text is no token; without the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// It is of a version that is not known here.
    #[error("the link is of another version than this board knows")]
    Version,
    /// A part is missing, too many, or not spelled as it has to be.
    #[error("the link is incomplete or was changed")]
    Form,
}

impl Expiry {
    /// Seconds for which a token still holds, since clocks differ.
    pub const LEEWAY: i64 = 300;

    /// `None` outside the years 1970 to 9999.
    pub fn new(unix_seconds: i64) -> Option<Self> {
        (1..=LAST).contains(&unix_seconds).then_some(Self(unix_seconds))
    }

    pub const fn unix_seconds(self) -> i64 {
        self.0
    }

    /// Whether it is over, a little leeway included.
    pub const fn is_over(self, now_unix_seconds: i64) -> bool {
        now_unix_seconds > self.0 + Self::LEEWAY
    }
}

impl Round {
    /// A ticket that was never opened again.
    pub const FIRST: Self = Self(1);
    pub const LAST: u16 = 999;

    /// `None` outside 1 to 999.
    pub fn new(round: u16) -> Option<Self> {
        (1..=Self::LAST).contains(&round).then_some(Self(round))
    }

    pub const fn get(self) -> u16 {
        self.0
    }
}

impl Claims {
    /// The text that a MAC is made of: ASCII.
    pub fn signed_part(&self) -> String {
        let Self { key, expires, ticket, round, score } = self;
        let ticket = BASE64URL.encode(ticket.as_str());
        let score = score.map(|score| score.to_string()).unwrap_or_default();
        format!("{VERSION}.{key}.{}.{ticket}.{}.{score}", expires.0, round.0)
    }

    /// The token with the MAC of [`Self::signed_part`].
    pub fn token(&self, mac: Mac) -> String {
        format!("{}.{}", self.signed_part(), BASE64URL.encode(mac.0))
    }
}

impl<'t> Token<'t> {
    /// Reads a token in its one spelling; every other is refused.
    pub fn parse(text: &'t str) -> Result<Self, TokenError> {
        if text.len() > LONGEST {
            return Err(TokenError::Form);
        }
        let (version, _) = text.split_once('.').ok_or(TokenError::Form)?;
        if version != VERSION {
            return Err(if number::<u16>(version).is_some() {
                TokenError::Version
            } else {
                TokenError::Form
            });
        }
        read(text).ok_or(TokenError::Form)
    }
}

fn read(text: &str) -> Option<Token<'_>> {
    let (signed, mac) = text.rsplit_once('.')?;
    let parts: Vec<&str> = signed.split('.').collect();
    let [_, key, expires, ticket, round, score] = parts.as_slice().try_into().ok()?;
    let claims = Claims {
        key: key.parse().ok()?,
        expires: Expiry::new(number(expires)?)?,
        ticket: String::from_utf8(BASE64URL.decode(ticket).ok()?).ok()?.parse().ok()?,
        round: Round::new(number(round)?)?,
        score: if score.is_empty() { None } else { Some(score.parse().ok()?) },
    };
    let mac = Mac(BASE64URL.decode(mac).ok()?.try_into().ok()?);
    Some(Token { claims, signed: signed.as_bytes(), mac })
}

impl fmt::Debug for Mac {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Mac(…)")
    }
}

#[cfg(test)]
mod tests {
    use proptest::option;
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::*;
    use crate::feedback::{Question, limits};

    /// The example above.
    const TOKEN: &str = "1.4q7mzr2c.1795392000.VC0xMDAx.1.csat4.luyr0mjJAwwrwUYXTd6CXQ";

    const MAC: [u8; 16] =
        [0x96, 0xec, 0xab, 0xd2, 0x68, 0xc9, 0x03, 0x0c, 0x2b, 0xc1, 0x46, 0x17, 0x4d, 0xde, 0x82, 0x5d];

    fn mac() -> Mac {
        Mac(MAC)
    }

    fn claims() -> Claims {
        Claims {
            key: "4q7mzr2c".parse().unwrap(),
            expires: Expiry::new(1_795_392_000).unwrap(),
            ticket: "T-1001".parse().unwrap(),
            round: Round::FIRST,
            score: Score::new(Question::Csat, 4),
        }
    }

    #[test]
    fn a_token_says_what_was_meant() {
        assert_eq!(claims().token(mac()), TOKEN);
        let token = Token::parse(TOKEN).unwrap();
        assert_eq!(token.claims, claims());
        assert_eq!(token.mac.0, mac().0);
        assert_eq!(token.signed, claims().signed_part().as_bytes());
        let unscored = Claims { score: None, ..claims() };
        assert_eq!(Token::parse(&unscored.token(mac())).unwrap().claims, unscored);
        assert!(format!("{token:?}").contains("mac: Mac(…)"), "it does not show in a log");
    }

    #[test]
    fn what_is_not_its_one_spelling_is_refused() {
        for wrong in [
            "",
            ".",
            "1",
            "1.......",
            &TOKEN[1..],
            &TOKEN[..TOKEN.len() - 1],
            &format!("{TOKEN}."),
            &format!("{TOKEN}="),
            &format!("{TOKEN} "),
            &format!("{TOKEN}A"),
            &TOKEN.replace("1795392000", "01795392000"),
            &TOKEN.replace("1795392000", "0"),
            &TOKEN.replace("1795392000", "-1"),
            &TOKEN.replace("1795392000", "+1"),
            &TOKEN.replace("1795392000", "253402300800"),
            &TOKEN.replace("4q7mzr2c", "4Q7MZR2C"),
            &TOKEN.replace("VC0xMDAx", ""),
            &TOKEN.replace("VC0xMDAx", "VC0xMDA="),
            &TOKEN.replace("VC0xMDAx", "_w"),
            // `T ` and `T` with a bit set that no byte has.
            &TOKEN.replace("VC0xMDAx", "VCA"),
            &TOKEN.replace("VC0xMDAx", "VB"),
            &TOKEN.replace(".1.csat4", ".0.csat4"),
            &TOKEN.replace(".1.csat4", ".1000.csat4"),
            &TOKEN.replace("csat4", "csat6"),
            &TOKEN.replace("csat4", "csat04"),
            // The four bits after the last byte of a MAC are zero.
            &TOKEN.replace("Td6CXQ", "Td6CXR"),
            &"1.".repeat(400),
        ] {
            assert_eq!(Token::parse(wrong).map(|token| token.claims), Err(TokenError::Form), "{wrong}");
        }
        let newer = TOKEN.replacen("1.", "2.", 1);
        assert_eq!(Token::parse(&newer).map(|token| token.claims), Err(TokenError::Version));
    }

    #[test]
    fn it_ends_a_little_later_than_it_says() {
        let expires = Expiry::new(1_000).unwrap();
        assert_eq!([1_000, 1_300, 1_301].map(|now| expires.is_over(now)), [false, false, true]);
        assert_eq!((Expiry::new(0), Expiry::new(LAST + 1)), (None, None));
        assert!(!Expiry::new(LAST).unwrap().is_over(LAST));
    }

    #[test]
    fn the_longest_ticket_fits() {
        let ticket = "𝕋".repeat(limits::TICKET).parse().unwrap();
        let longest = Claims {
            ticket,
            expires: Expiry::new(LAST).unwrap(),
            round: Round::new(Round::LAST).unwrap(),
            score: Score::new(Question::Thumbs, 1),
            ..claims()
        };
        let token = longest.token(mac());
        assert!(token.len() <= LONGEST, "{}", token.len());
        assert_eq!(Token::parse(&token).unwrap().claims, longest);
    }

    fn any_claims() -> impl Strategy<Value = Claims> {
        let scores: Vec<Score> = Question::ALL.iter().flat_map(|question| question.scores()).collect();
        (any::<[u8; 5]>(), 1..=LAST, "[A-Za-z0-9é#/_-]{1,64}", 1..=Round::LAST, option::of(select(scores)))
            .prop_map(|(key, expires, ticket, round, score)| Claims {
                key: KeyId::new(key),
                expires: Expiry::new(expires).unwrap(),
                ticket: ticket.parse().unwrap(),
                round: Round::new(round).unwrap(),
                score,
            })
    }

    /// A text that is read and is not the one that was written must ask for another check than that did.
    fn differs(text: &str, claims: &Claims, mac: Mac) -> bool {
        Token::parse(text).is_err()
            || Token::parse(text).is_ok_and(|token| {
                token.signed == token.claims.signed_part().as_bytes()
                    && (token.signed != claims.signed_part().as_bytes() || token.mac.0 != mac.0)
            })
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

        #[test]
        fn every_flipped_bit_shows(claims in any_claims(), mac: [u8; 16]) {
            let token = claims.token(Mac(mac));
            let read = Token::parse(&token).unwrap();
            prop_assert_eq!(&read.claims, &claims);
            prop_assert_eq!(read.claims.token(read.mac), token.clone());
            for bit in 0..token.len() * 8 {
                let mut bytes = token.clone().into_bytes();
                bytes[bit / 8] ^= 1 << (bit % 8);
                if let Ok(flipped) = String::from_utf8(bytes) {
                    prop_assert!(differs(&flipped, &claims, Mac(mac)), "{}", flipped);
                }
            }
        }

        #[test]
        fn every_other_change_shows(claims in any_claims(), mac: [u8; 16], at in 0_usize..80, put in "[A-Za-z0-9._=-]{0,2}", taken in 0_usize..3) {
            let mut token = claims.token(Mac(mac));
            let at = at.min(token.len());
            let end = (at + taken).min(token.len());
            let before = token.clone();
            token.replace_range(at..end, &put);
            prop_assert!(token == before || differs(&token, &claims, Mac(mac)), "{}", token);
        }

        #[test]
        fn whatever_comes_is_read_or_refused(text in "1\\.[0-9a-z]{8}\\.[0-9]{0,11}\\.[A-Za-z0-9_=-]{0,8}\\.[0-9]{0,4}\\.(csat|nps|x)?[0-9]{0,2}\\.[A-Za-z0-9_-]{20,23}|\\PC{0,60}") {
            if let Ok(token) = Token::parse(&text) {
                prop_assert_eq!(token.claims.token(token.mac), text);
            }
        }
    }
}
