//! What a proof of work consists of, by the ALTCHA protocol (version 2). The deriving itself is left to
//! the browser, which does it beside the page.

use std::fmt::Write as _;

/// What is tried next: the nonce, and the number of the try with its highest byte first.
pub fn password(nonce: &[u8], counter: u32) -> Vec<u8> {
    [nonce, &counter.to_be_bytes()].concat()
}

/// `None` for a text that is no pairs of hexadecimal digits.
pub fn from_hex(text: &str) -> Option<Vec<u8>> {
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    let byte = |[high, low]: &[u8; 2]| {
        let digit = |digit: u8| char::from(digit).to_digit(16);
        u8::try_from(digit(*high)? * 16 + digit(*low)?).ok()
    };
    if rest.is_empty() { pairs.iter().map(byte).collect() } else { None }
}

/// In small letters.
pub fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Text can be written to as to nothing else: it never fails.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// What is sent, before it is put in base64. `challenge` is the challenge as it came, in JSON.
pub fn payload(challenge: &str, counter: u32, derived_key: &str) -> String {
    format!(r#"{{"challenge":{challenge},"solution":{{"counter":{counter},"derivedKey":"{derived_key}"}}}}"#)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_written_and_read() {
        assert_eq!(from_hex("00ff1A"), Some(vec![0, 255, 26]));
        assert_eq!(to_hex(&[0, 255, 26]), "00ff1a");
        for odd in ["0", "0g", "é0", "+1"] {
            assert_eq!(from_hex(odd), None, "{odd}");
        }
    }

    #[test]
    fn a_try_is_the_nonce_and_its_number() {
        assert_eq!(password(&[7, 8], 0x0102_0304), [7, 8, 1, 2, 3, 4]);
        assert_eq!(
            payload(r#"{"signature":"ab"}"#, 5, "00ff"),
            r#"{"challenge":{"signature":"ab"},"solution":{"counter":5,"derivedKey":"00ff"}}"#
        );
    }
}
