//! Strong validators (RFC 9110, section 8.8 and 13.1.2).

use axum::http::{HeaderMap, HeaderValue, header};
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use sha2::{Digest as _, Sha256};

/// The base of a strong ETag: 96 bits of the content's SHA-256, without quotes.
pub fn tag_of(content: &[u8]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(&Sha256::digest(content)[..12])
}

/// Whether `If-None-Match` names this tag: the client has these very bytes already.
pub fn none_match(headers: &HeaderMap, etag: &HeaderValue) -> bool {
    let Ok(etag) = etag.to_str() else { return false };
    headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok()).any(|value| {
        value
            .split(',')
            .map(str::trim)
            .any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == etag)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_found_among_others_weak_or_starred() {
        let etag = HeaderValue::from_static("\"abc-br\"");
        for (value, found) in [
            ("\"abc-br\"", true),
            ("\"x\", \"abc-br\"", true),
            ("W/\"abc-br\"", true),
            ("*", true),
            ("\"abc\"", false),
            ("", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::IF_NONE_MATCH, HeaderValue::from_static(value));
            assert_eq!(none_match(&headers, &etag), found, "{value}");
        }
        assert!(!none_match(&HeaderMap::new(), &etag));
    }
}
