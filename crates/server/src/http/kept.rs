//! Bytes that are kept in every content coding, so that no request compresses anything.

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
};
use bytes::Bytes;

use super::conditional;

/// One content coding of a resource.
#[derive(Debug, Clone)]
pub struct Representation {
    pub body: Bytes,
    etag: HeaderValue,
    coding: Option<HeaderValue>,
}

/// A resource with all its codings and the headers that go with them.
#[derive(Debug, Clone)]
pub struct Kept {
    status: StatusCode,
    /// Content-Type, Cache-Control, Vary, Link and the like; the same for every coding.
    headers: Vec<(header::HeaderName, HeaderValue)>,
    identity: Representation,
    brotli: Option<Representation>,
    gzip: Option<Representation>,
}

/// How hard to compress: once per build, once per change, or once per query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    Change,
    Query,
}

impl Kept {
    /// Keeps `body` and compresses it where that is worth it.
    pub fn compressed(body: impl Into<Bytes>, effort: Effort) -> Self {
        let body = body.into();
        let (brotli, gzip) = if body.len() < 256 {
            (None, None)
        } else {
            (Some(compress_brotli(&body, effort)), Some(compress_gzip(&body, effort)))
        };
        Self::with_codings(body, brotli, gzip)
    }

    /// Keeps what the build compressed already.
    pub fn with_codings(body: Bytes, brotli: Option<Bytes>, gzip: Option<Bytes>) -> Self {
        let tag = conditional::tag_of(&body);
        let size = body.len();
        let coding = |body: Option<Bytes>, name: &'static str| {
            body.filter(|body| body.len() < size).map(|body| Representation {
                body,
                etag: quoted(&format!("{tag}-{name}")),
                coding: Some(HeaderValue::from_static(name)),
            })
        };
        Self {
            status: StatusCode::OK,
            headers: vec![(header::VARY, HeaderValue::from_static("accept-encoding"))],
            brotli: coding(brotli, "br"),
            gzip: coding(gzip, "gzip"),
            identity: Representation { body, etag: quoted(&tag), coding: None },
        }
    }

    #[must_use]
    pub fn status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// Sets a header on every response; one of the same name is replaced.
    #[must_use]
    pub fn header(mut self, name: header::HeaderName, value: HeaderValue) -> Self {
        self.headers.retain(|(known, _)| *known != name);
        self.headers.push((name, value));
        self
    }

    #[must_use]
    pub fn static_header(self, name: header::HeaderName, value: &'static str) -> Self {
        self.header(name, HeaderValue::from_static(value))
    }

    /// Bytes held in memory.
    pub fn weight(&self) -> u64 {
        let bodies = [Some(&self.identity), self.brotli.as_ref(), self.gzip.as_ref()];
        bodies.into_iter().flatten().map(|kept| kept.body.len() as u64).sum::<u64>() + 1024
    }

    /// The identity coding.
    pub fn body(&self) -> &Bytes {
        &self.identity.body
    }

    /// Answers a GET or HEAD: the best coding, or 304 where the client has it.
    pub fn respond(&self, request: &HeaderMap) -> Response {
        let chosen = self.choose(request);
        let mut response = Response::new(Body::empty());
        let headers = response.headers_mut();
        headers.reserve(self.headers.len() + 8);
        for (name, value) in &self.headers {
            headers.insert(name.clone(), value.clone());
        }
        headers.insert(header::ETAG, chosen.etag.clone());
        if self.status == StatusCode::OK && conditional::none_match(request, &chosen.etag) {
            headers.remove(header::CONTENT_TYPE);
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            return response;
        }
        if let Some(coding) = &chosen.coding {
            headers.insert(header::CONTENT_ENCODING, coding.clone());
        }
        *response.status_mut() = self.status;
        *response.body_mut() = Body::from(chosen.body.clone());
        response
    }

    fn choose(&self, request: &HeaderMap) -> &Representation {
        let accepted = Accepted::of(request);
        match (&self.brotli, &self.gzip) {
            (Some(brotli), _) if accepted.brotli => brotli,
            (_, Some(gzip)) if accepted.gzip => gzip,
            _ => &self.identity,
        }
    }
}

/// The codings a client takes (RFC 9110, section 12.5.3); `q=0` refuses one.
struct Accepted {
    brotli: bool,
    gzip: bool,
}

impl Accepted {
    fn of(headers: &HeaderMap) -> Self {
        let mut accepted = Self { brotli: false, gzip: false };
        let values = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
        for coding in values.flat_map(|value| value.split(',')) {
            let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
            let refused = weight
                .trim()
                .strip_prefix("q=")
                .is_some_and(|q| q.trim().parse::<f32>().is_ok_and(|q| q <= 0.0));
            match name.trim() {
                "br" => accepted.brotli = !refused,
                "gzip" | "x-gzip" => accepted.gzip = !refused,
                _ => {}
            }
        }
        accepted
    }
}

fn quoted(tag: &str) -> HeaderValue {
    HeaderValue::from_str(&format!("\"{tag}\"")).expect("a tag is base64url")
}

/// Brotli at 11 for what is read many times: 7% less than at 9, which decides whether a column
/// fits the first congestion window.
fn compress_brotli(body: &[u8], effort: Effort) -> Bytes {
    let quality = match effort {
        Effort::Change => 11,
        Effort::Query => 4,
    };
    let mut compressed = Vec::with_capacity(body.len() / 3);
    let parameters =
        brotli::enc::BrotliEncoderParams { quality, lgwin: 18, size_hint: body.len(), ..Default::default() };
    match brotli::BrotliCompress(&mut &body[..], &mut compressed, &parameters) {
        Ok(_) => compressed.into(),
        // Larger than the body, so never chosen.
        Err(_) => Bytes::copy_from_slice(body),
    }
}

fn compress_gzip(body: &[u8], effort: Effort) -> Bytes {
    use std::io::Write as _;
    let level = match effort {
        Effort::Change => flate2::Compression::new(7),
        Effort::Query => flate2::Compression::fast(),
    };
    let mut encoder = flate2::write::GzEncoder::new(Vec::with_capacity(body.len() / 3), level);
    match encoder.write_all(body).and_then(|()| encoder.finish()) {
        Ok(compressed) => compressed.into(),
        Err(_) => Bytes::copy_from_slice(body),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(pairs: &[(header::HeaderName, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.clone(), HeaderValue::from_static(value))).collect()
    }

    #[test]
    fn each_coding_has_its_own_strong_tag_and_304() {
        let kept = Kept::compressed("lorem ".repeat(200), Effort::Change)
            .static_header(header::CONTENT_TYPE, "text/html");
        let mut tags = Vec::new();
        for (accept, coding) in
            [("br, gzip", Some("br")), ("gzip", Some("gzip")), ("br;q=0", None), ("", None)]
        {
            let response = kept.respond(&request(&[(header::ACCEPT_ENCODING, accept)]));
            let found = response.headers().get(header::CONTENT_ENCODING).map(|value| value.to_str().unwrap());
            assert_eq!(found, coding, "{accept}");
            let etag = response.headers()[header::ETAG].clone();
            let mut again = request(&[(header::ACCEPT_ENCODING, accept)]);
            again.insert(header::IF_NONE_MATCH, etag.clone());
            assert_eq!(kept.respond(&again).status(), StatusCode::NOT_MODIFIED);
            tags.push(etag);
        }
        assert_ne!(tags[0], tags[1]);
        assert_ne!(tags[1], tags[2]);
        assert_eq!(tags[2], tags[3]);
    }

    #[test]
    fn what_does_not_shrink_is_kept_as_it_is() {
        let kept = Kept::compressed("short", Effort::Change);
        let response = kept.respond(&request(&[(header::ACCEPT_ENCODING, "br")]));
        assert!(response.headers().get(header::CONTENT_ENCODING).is_none());
    }

    #[test]
    fn an_error_page_is_never_not_modified() {
        let kept = Kept::compressed("short", Effort::Change).status(StatusCode::NOT_FOUND);
        let response = kept.respond(&request(&[(header::IF_NONE_MATCH, "*")]));
        assert_eq!(response.status(), StatusCode::NOT_FOUND);
    }
}
