//! As little HTTP/1.1 as a load needs: requests as bytes, answers read by their length. What the
//! client does not spend is left for the servers that are compared.

use std::net::SocketAddr;

use anyhow::{Context as _, bail};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

/// A connection that stays open.
pub struct Client {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// What came back.
pub struct Answer {
    pub status: u16,
    pub body: Vec<u8>,
}

/// A GET as bytes, as a browser sends it.
pub fn get(address: SocketAddr, path: &str) -> Vec<u8> {
    get_as(address, path, "br")
}

/// A GET whose answer comes in a content coding, `identity` for none.
pub fn get_as(address: SocketAddr, path: &str, coding: &str) -> Vec<u8> {
    format!(
        "GET {path} HTTP/1.1\r\nHost: {address}\r\nAccept-Encoding: {coding}\r\nAccept-Language: nl\r\n\r\n"
    )
    .into_bytes()
}

/// A POST of JSON. `key` is its `Idempotency-Key`, for a server that knows such keys.
pub fn post(address: SocketAddr, path: &str, key: Option<&str>, body: &serde_json::Value) -> Vec<u8> {
    let key = key.map(|key| format!("Idempotency-Key: {key}\r\n")).unwrap_or_default();
    let body = body.to_string();
    format!(
        "POST {path} HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/json\r\n{key}\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

impl Client {
    pub async fn connect(address: SocketAddr) -> anyhow::Result<Self> {
        let stream =
            TcpStream::connect(address).await.with_context(|| format!("nobody answers on {address}"))?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: Vec::with_capacity(64 << 10) })
    }

    /// Sends a request and reads its answer whole; the body only where it is wanted.
    pub async fn ask(&mut self, request: &[u8], want_body: bool) -> anyhow::Result<Answer> {
        self.stream.write_all(request).await?;
        self.buffer.clear();
        let head = loop {
            if self.stream.read_buf(&mut self.buffer).await? == 0 {
                bail!("the server hung up");
            }
            if let Some(end) = self.buffer.windows(4).position(|four| four == b"\r\n\r\n") {
                break end + 4;
            }
        };
        let text = std::str::from_utf8(&self.buffer[..head]).context("a head that is no text")?;
        let status = text.get(9..12).and_then(|status| status.parse().ok()).context("no status")?;
        let length: usize = text
            .lines()
            .find_map(|line| {
                let (name, value) = line.split_once(':')?;
                name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse().ok())?
            })
            .context("an answer without a length")?;
        while self.buffer.len() < head + length {
            if self.stream.read_buf(&mut self.buffer).await? == 0 {
                bail!("the server hung up");
            }
        }
        let body = if want_body { self.buffer[head..head + length].to_vec() } else { Vec::new() };
        Ok(Answer { status, body })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_post_says_how_many_bytes_follow() {
        let address = SocketAddr::from(([127, 0, 0, 1], 80));
        let request = post(address, "/new", Some("een"), &serde_json::json!({"text": "één"}));
        let request = String::from_utf8(request).unwrap();
        let (head, body) = request.split_once("\r\n\r\n").unwrap();
        assert_eq!(body, r#"{"text":"één"}"#);
        assert!(head.contains("\r\nIdempotency-Key: een\r\nContent-Length: 16"), "{head}");
        let bare = String::from_utf8(post(address, "/new", None, &serde_json::Value::Null)).unwrap();
        assert!(!bare.contains("Idempotency-Key"), "{bare}");
    }
}
