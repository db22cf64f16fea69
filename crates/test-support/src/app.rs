//! The whole app in this process: asked directly, or by a browser over a port.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Request, StatusCode, Uri},
};
use bytes::Bytes;
use http_body_util::BodyExt as _;
use time::{Duration, OffsetDateTime, macros::datetime};
use tokio::{net::TcpListener, sync::oneshot};
use tower::ServiceExt as _;
use weerklank_domain::Column;
use weerklank_server::{
    app::App,
    assets::Assets,
    clock::Clock,
    config::{Contact, MailConfig, SendingConfig},
    guard::Work,
    http::{client::Peer, kept::Effort},
    jobs::{self, SearchIn},
    router, samples,
    serve::{self, Limits},
    storing,
};
use weerklank_store::{Limit, Store};

use crate::{database::TestDatabase, mail_sink::MailSink};

/// Where the board stands in tests.
pub const ORIGIN: &str = "https://board.example";

/// An app on a database of its own, with a clock that stands at noon on 21 November 2026.
pub struct TestApp {
    pub app: App,
    /// Unix time, seconds.
    now: Arc<AtomicI64>,
    router: Router,
    /// Where requests come from.
    peer: IpAddr,
    /// Held for as long as the app is; absent where the test looks after its database itself.
    _db: Option<TestDatabase>,
}

/// What came back, whole.
#[derive(Debug, Clone)]
pub struct TestResponse {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

/// Readers may send in, as much as they like, and a proof of work is hardly any.
pub fn sending() -> SendingConfig {
    let limit = Limit { what: "share", within: Duration::HOUR, soft: None, hard: None };
    SendingConfig { is_open: true, limit, proxy: None, work: Work { rounds: 1, prefix: "0" } }
}

impl TestApp {
    /// An empty board without built files.
    pub async fn new(db: TestDatabase) -> Self {
        Self::with_assets(db, Assets::none(), ORIGIN).await
    }

    /// A board with the sample columns.
    pub async fn with_samples(db: TestDatabase) -> Self {
        let app = Self::new(db).await;
        app.store(&samples::samples().expect("the samples are well formed")).await;
        app
    }

    /// An empty board with these built files, at this public address.
    pub async fn with_assets(db: TestDatabase, assets: Assets, origin: &str) -> Self {
        let store = db.store.clone();
        Self { _db: Some(db), ..Self::assembled(store, assets, origin, None, SearchIn::Memory, None).await }
    }

    /// An empty board whose about pages say how to reach who runs it.
    pub async fn with_contact(db: TestDatabase, contact: &str) -> Self {
        let (store, contact) = (db.store.clone(), contact.parse().expect("a contact"));
        let app = Self::assembled(store, Assets::none(), ORIGIN, Some(contact), SearchIn::Memory, None).await;
        Self { _db: Some(db), ..app }
    }

    /// An empty board that sends its mails to this sink.
    pub async fn with_mail(db: TestDatabase, sink: &MailSink) -> Self {
        Self::mailing(db, Assets::none(), ORIGIN, sink).await
    }

    /// The same with these built files, at this public address.
    pub async fn mailing(db: TestDatabase, assets: Assets, origin: &str, sink: &MailSink) -> Self {
        let mail = MailConfig {
            smtp: sink.url().parse().expect("an address of our own"),
            from: "Het bord <redactie@board.example>".parse().expect("an address"),
        };
        let store = db.store.clone();
        let app = Self::assembled(store, assets, origin, None, SearchIn::Memory, Some(mail)).await;
        Self { _db: Some(db), ..app }
    }

    /// A board without built files on a database that the test itself opened, and may let fail.
    pub async fn on(store: Store) -> Self {
        Self::searching_in(store, SearchIn::Memory).await
    }

    /// The same, with its search index in this place.
    pub async fn searching_in(store: Store, search: SearchIn) -> Self {
        Self::assembled(store, Assets::none(), ORIGIN, None, search, None).await
    }

    /// An empty board that takes so much from one address, as proxies say where something comes from.
    pub async fn with_sending(db: TestDatabase, sending: SendingConfig) -> Self {
        let app =
            Self::sending(db.store.clone(), Assets::none(), ORIGIN, None, SearchIn::Memory, None, sending)
                .await;
        Self { _db: Some(db), ..app }
    }

    async fn assembled(
        store: Store,
        assets: Assets,
        origin: &str,
        contact: Option<Contact>,
        search: SearchIn,
        mail: Option<MailConfig>,
    ) -> Self {
        Self::sending(store, assets, origin, contact, search, mail, sending()).await
    }

    async fn sending(
        store: Store,
        assets: Assets,
        origin: &str,
        contact: Option<Contact>,
        search: SearchIn,
        mail: Option<MailConfig>,
        sending: SendingConfig,
    ) -> Self {
        let now = Arc::new(AtomicI64::new(datetime!(2026-11-21 12:00 UTC).unix_timestamp()));
        let clock = {
            let now = Arc::clone(&now);
            Clock::from_fn(move || {
                OffsetDateTime::from_unix_timestamp(now.load(Ordering::Relaxed)).expect("a time of this era")
            })
        };
        let app = serve::assemble(serve::Parts {
            store,
            assets,
            search,
            public_url: origin.parse().expect("an address of our own"),
            contact,
            mail,
            sending,
            clock,
            cache: 8 << 20,
            // Tests draw many pages and read each once.
            effort: Effort::Query,
        })
        .await
        .expect("the app comes together");
        let router = router::router(app.clone());
        Self { app, now, router, peer: Ipv4Addr::new(192, 0, 2, 1).into(), _db: None }
    }

    /// From here on requests come from this address.
    pub fn come_from(&mut self, address: &str) {
        self.peer = address.parse().expect("an address");
    }

    /// Stores columns and waits until pages and search show them.
    pub async fn store(&self, columns: &[Column]) {
        for column in columns {
            storing::store_column(&self.app.store, column, &self.app.clock)
                .await
                .expect("the column is stored");
        }
        self.refresh().await;
    }

    /// Stores a column file.
    pub async fn store_file(&self, name: &str, text: &str) {
        let column = weerklank_markdown::parse_file(name, text).expect("the file is well formed");
        self.store(&[column]).await;
    }

    /// Brings pages and search up to date, as the watch does twice a second.
    pub async fn refresh(&self) {
        jobs::refresh(&self.app).await.expect("the database answers");
    }

    /// Sends the mails that are due, as the job does after each write.
    pub async fn send_mails(&self) {
        jobs::send_due(&self.app).await.expect("the database answers");
    }

    /// Puts on the board what is to be published by now, as the job does.
    pub async fn publish_due(&self) {
        jobs::publish_due(&self.app).await.expect("the database answers");
    }

    /// Lets time pass (or, negative, turn back).
    pub fn advance(&self, by: Duration) {
        self.now.fetch_add(by.whole_seconds(), Ordering::Relaxed);
    }

    /// GET without any header.
    pub async fn get(&self, uri: &str) -> TestResponse {
        self.get_with(uri, &[]).await
    }

    /// GET with headers.
    pub async fn get_with(&self, uri: &str, headers: &[(&str, &str)]) -> TestResponse {
        self.send("GET", uri, headers).await
    }

    /// Any method, without a body.
    pub async fn send(&self, method: &str, uri: &str, headers: &[(&str, &str)]) -> TestResponse {
        self.send_body(method, uri, headers, Body::empty()).await
    }

    /// Any method, with a body.
    pub async fn send_body(
        &self,
        method: &str,
        uri: &str,
        headers: &[(&str, &str)],
        body: impl Into<Body>,
    ) -> TestResponse {
        let mut request = Request::builder()
            .method(method)
            .uri(uri.parse::<Uri>().expect("a well formed address"))
            .extension(Peer(self.peer));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(body.into()).expect("a well formed request");
        let response = self.router.clone().oneshot(request).await.expect("the router always answers");
        let (parts, body) = response.into_parts();
        let body = body.collect().await.expect("a body from memory").to_bytes();
        TestResponse { status: parts.status, headers: parts.headers, body }
    }

    /// Listens on a free port until the guard goes.
    pub async fn listen(&self) -> Listening {
        self.listen_within(Limits::default()).await
    }

    /// The same with limits of its own.
    pub async fn listen_within(&self, limits: Limits) -> Listening {
        self.listen_on(free_port().await, limits)
    }

    /// The same at a port that was taken before, for who has to know it first.
    pub(crate) fn listen_on(&self, listener: TcpListener, limits: Limits) -> Listening {
        let address = listener.local_addr().expect("a bound socket has an address");
        let (stop, stopped) = oneshot::channel::<()>();
        let app = self.app.clone();
        tokio::spawn(serve::run(app, listener, limits, async {
            // A dropped guard stops the server as well as one that says so.
            let _said = stopped.await;
        }));
        Listening { address, _stop: stop }
    }
}

/// A port that nobody else listens on.
pub(crate) async fn free_port() -> TcpListener {
    serve::listen(SocketAddr::from(([127, 0, 0, 1], 0))).await.expect("a free port")
}

/// A server that stops when this goes.
pub struct Listening {
    pub address: SocketAddr,
    _stop: oneshot::Sender<()>,
}

impl Listening {
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }
}

impl TestResponse {
    pub fn text(&self) -> String {
        String::from_utf8(self.body.to_vec()).expect("a text")
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).expect("JSON")
    }

    /// A header that is there, as text.
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_else(|| panic!("no header {name}"))
    }
}
