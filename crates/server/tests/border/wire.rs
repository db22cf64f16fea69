//! Bytes on a socket, for what no well-behaved client sends.

use std::{net::SocketAddr, time::Duration};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::timeout,
};

/// Longer than anything here takes; a test that waits so long has failed.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// What came back until the server closed the connection.
#[derive(Debug)]
pub struct Answer {
    /// 0 where nothing came back.
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (known, value) = line.split_once(':')?;
            known.eq_ignore_ascii_case(name).then_some(value.trim())
        })
    }
}

/// Sends bytes as they are and reads to the end.
pub async fn exchange(address: SocketAddr, request: &[u8]) -> Answer {
    let mut stream = TcpStream::connect(address).await.unwrap();
    // A server that refuses half-way need not read the rest.
    let _sent = stream.write_all(request).await;
    read(&mut stream).await
}

/// Reads until the server closes.
pub async fn read(stream: &mut TcpStream) -> Answer {
    let mut bytes = Vec::new();
    // What came before a reset counts.
    let _ended = timeout(PATIENCE, stream.read_to_end(&mut bytes)).await.expect("the server closes in time");
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap_or(bytes.len());
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default();
    Answer { status, head, body: bytes.get(end + 4..).unwrap_or_default().to_vec() }
}

/// GET of a target that is sent as it is.
pub async fn get(address: SocketAddr, target: &[u8]) -> Answer {
    let mut request = b"GET ".to_vec();
    request.extend_from_slice(target);
    request.extend_from_slice(b" HTTP/1.1\r\nHost: board.example\r\nConnection: close\r\n\r\n");
    exchange(address, &request).await
}

/// POST of a body of JSON.
pub async fn post_json(address: SocketAddr, target: &str, body: &str) -> Answer {
    let head = format!(
        "POST {target} HTTP/1.1\r\nHost: board.example\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    exchange(address, [head.as_bytes(), body.as_bytes()].concat().as_slice()).await
}
