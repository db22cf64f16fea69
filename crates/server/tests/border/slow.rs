//! Clients that ask and then do not take the answer, or do not finish asking.

use std::net::SocketAddr;

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpSocket, TcpStream},
    time::{Duration, Instant, interval, timeout},
};
use weerklank_server::{assets::Assets, serve::Limits};
use weerklank_test_support::{
    app::{ORIGIN, TestApp},
    database::TestDatabase,
};

use crate::{faults::HASTE, wire};

/// More than kernels keep for a client on both sides.
const LARGE: usize = 24 << 20;

async fn board_with_something_large() -> TestApp {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("index.html"), "<html><head></head></html>").unwrap();
    std::fs::write(folder.path().join("large.bin"), vec![b'x'; LARGE]).unwrap();
    let assets = Assets::load(Some(folder.path())).unwrap();
    TestApp::with_assets(TestDatabase::sqlite().await, assets, ORIGIN).await
}

/// Asks for the large file through a tiny window and waits for the first bytes of the answer.
async fn ask(address: SocketAddr) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4096).unwrap();
    let mut stream = socket.connect(address).await.unwrap();
    stream.write_all(b"GET /large.bin HTTP/1.1\r\nHost: board.example\r\n\r\n").await.unwrap();
    let mut start = [0; 12];
    timeout(wire::PATIENCE, stream.read_exact(&mut start)).await.unwrap().unwrap();
    assert_eq!(&start, b"HTTP/1.1 200");
    stream
}

/// Whether all of the answer came.
async fn is_whole(stream: &mut TcpStream) -> bool {
    let mut rest = Vec::new();
    let _ended = timeout(wire::PATIENCE, stream.read_to_end(&mut rest)).await.expect("it ends");
    rest.len() >= LARGE
}

#[tokio::test]
async fn who_takes_nothing_is_sent_away() {
    let app = board_with_something_large().await;
    // With a single place, the next is served only once the place is given up.
    let server = app.listen_within(Limits { head_within: wire::PATIENCE, connections: 1, ..HASTE }).await;
    let mut greedy = ask(server.address).await;
    assert_eq!(wire::get(server.address, b"/healthz").await.status, 200);
    assert!(!is_whole(&mut greedy).await);
}

#[tokio::test]
async fn many_who_take_nothing_stop_nobody() {
    let app = board_with_something_large().await;
    let server = app.listen_within(Limits { taken_within: wire::PATIENCE, ..HASTE }).await;
    let mut greedy = Vec::new();
    for _ in 0..100 {
        greedy.push(ask(server.address).await);
    }
    assert_eq!(wire::get(server.address, b"/").await.status, 200);
    drop(greedy);
}

#[tokio::test]
async fn who_takes_it_in_pieces_gets_it_whole() {
    let app = board_with_something_large().await;
    let patience = Duration::from_secs(1);
    let server = app.listen_within(Limits { taken_within: patience, ..HASTE }).await;
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    stream.write_all(b"GET /large.bin HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").await.unwrap();
    let (began, mut taken, mut piece) = (Instant::now(), 0, vec![0; 256 << 10]);
    let mut every = interval(Duration::from_millis(20));
    loop {
        match timeout(wire::PATIENCE, stream.read(&mut piece)).await.unwrap().unwrap() {
            0 => break,
            more => taken += more,
        }
        every.tick().await;
    }
    assert!(taken > LARGE, "{taken} bytes");
    assert!(began.elapsed() > patience, "it took longer than nothing may be taken");
}

#[tokio::test]
async fn nobody_waits_for_the_rest_of_a_body() {
    let app = TestApp::new(TestDatabase::sqlite().await).await;
    let server = app.listen_within(HASTE).await;
    for (method, path, status) in
        [("POST", "/", 405), ("POST", "/api/v1/columns", 405), ("GET", "/healthz", 200)]
    {
        for length in ["Content-Length: 1000000", "Transfer-Encoding: chunked"] {
            let request = format!("{method} {path} HTTP/1.1\r\nHost: a\r\n{length}\r\n\r\n5\r\nh");
            let answer = wire::exchange(server.address, request.as_bytes()).await;
            assert_eq!(answer.status, status, "{method} {path} {length}: {answer:?}");
        }
    }
}
