//! A port that stays the same while what stands behind it changes: a server that stops, comes back,
//! or makes room for a newer one.

use std::net::SocketAddr;

use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// Passes connections on to the server behind it. When that changes, connections are cut.
pub struct FrontDoor {
    address: SocketAddr,
    behind: watch::Sender<Option<SocketAddr>>,
}

impl FrontDoor {
    pub async fn before(server: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("a bound socket has an address");
        let (behind, seen) = watch::channel(Some(server));
        tokio::spawn(async move {
            while let Ok((visitor, _)) = listener.accept().await {
                tokio::spawn(pass_on(visitor, seen.clone()));
            }
        });
        Self { address, behind }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Another server from now on; with `None` every connection is refused.
    pub fn lead_to(&self, server: Option<SocketAddr>) {
        self.behind.send_replace(server);
    }
}

async fn pass_on(mut visitor: TcpStream, mut behind: watch::Receiver<Option<SocketAddr>>) {
    let Some(server) = *behind.borrow_and_update() else { return };
    let Ok(mut server) = TcpStream::connect(server).await else { return };
    tokio::select! {
        // Either side may hang up as it likes.
        _ended = copy_bidirectional(&mut visitor, &mut server) => {}
        _changed = behind.changed() => {}
    }
}
