//! From settings to a listening server, and back to a quiet stop.

use std::{
    convert::Infallible,
    io::ErrorKind,
    net::SocketAddr,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use anyhow::{Context as _, bail};
use arc_swap::ArcSwap;
use axum::{Router, http::Request, response::Response, routing::future::RouteFuture};
use hyper::{body::Incoming, server::conn::http1};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{Semaphore, watch},
};
use tower::Service;
use weerklank_domain::{ColumnFilter, PageNumber};
use weerklank_store::{Store, StoreError};

use crate::{
    app::{App, Shared},
    assets::Assets,
    auth::{Passkeys, Passwords},
    clock::Clock,
    config::{Contact, DatabaseConfig, MailConfig, PublicUrl, SendingConfig, ServerConfig},
    guard::Guard,
    http::{client::Peer, kept::Effort, security::SecurityHeaders},
    jobs::{self, Live, Search, SearchIn},
    mail::Post,
    metrics::Metrics,
    pages::{HouseTexts, PageCache},
    router::router,
    secrets::{self, Links},
    studio::Studio,
    taking::Taking,
};

/// How long a client may take, and how many there may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// A request head that takes longer is someone holding the door (slowloris); a connection
    /// without a request is closed after as long.
    pub head_within: Duration,
    /// A client that takes nothing of its answer for as long is someone holding the door as well
    /// (slow read). However slow it is, as long as it takes something it is served.
    pub taken_within: Duration,
    /// How long requests under way may take once the server is told to stop.
    pub stop_within: Duration,
    /// Connections at once; more wait to be accepted. Each costs some 20 kB.
    pub connections: usize,
}

impl Default for Limits {
    fn default() -> Self {
        let seconds = Duration::from_secs(10);
        Self { head_within: seconds, taken_within: 2 * seconds, stop_within: seconds, connections: 4096 }
    }
}

/// What the app is made of, for `serve`, `export` and tests alike.
pub struct Parts {
    pub store: Store,
    pub assets: Assets,
    pub search: SearchIn,
    pub public_url: PublicUrl,
    /// Whom the about pages and those of a failure name.
    pub contact: Option<Contact>,
    /// Through whom mails leave; without, they are kept.
    pub mail: Option<MailConfig>,
    /// Whether readers may send something in, and how much.
    pub sending: SendingConfig,
    pub clock: Clock,
    /// Bytes of kept pages.
    pub cache: u64,
    /// How hard they are compressed.
    pub effort: Effort,
}

/// Opens the database, says clearly what is wrong if it cannot, and migrates it.
pub async fn open(config: &DatabaseConfig) -> anyhow::Result<Store> {
    let store = Store::open(&config.url, &config.pool)
        .await
        .with_context(|| format!("cannot open {}", config.url))?;
    match store.migrate().await {
        Ok(()) => Ok(store),
        // An unwritable database that is up to date can still be read.
        Err(StoreError::ReadOnly(_))
            if matches!(store.ready().await, Ok(()) | Err(StoreError::ReadOnly(_))) =>
        {
            tracing::warn!("the database cannot be written: reading only");
            Ok(store)
        }
        Err(error) => Err(error).with_context(|| format!("cannot bring {} up to date", config.url)),
    }
}

/// [`open`] for who only reads: a database made here would be an empty one, and a mistyped address
/// would look like a board without columns.
pub async fn open_existing(config: &DatabaseConfig) -> anyhow::Result<Store> {
    if let Some(path) = config.url.path().filter(|path| !path.exists()) {
        bail!("there is no database at {}; name it with --database", path.display());
    }
    open(config).await
}

/// Puts the app together and brings its search index up to date.
pub async fn assemble(parts: Parts) -> anyhow::Result<App> {
    let Parts { store, assets, search, public_url, contact, mail, sending, clock, cache, effort } = parts;
    let edition = jobs::present(&store, clock.today()).await?;
    let search = Search::new(search, store.url())?;
    let metrics = Metrics::new();
    metrics.search_up.set(i64::from(search.keep_up(&store, edition, true).await?));
    metrics.database_up.set(1);
    metrics.sequence.set(edition.sequence);
    // The first list reads what all lists are made of: no reader should wait for that.
    store.list(&ColumnFilter::default(), PageNumber::FIRST, 1, edition.today).await?;
    let https = public_url.is_https();
    Ok(App::new(Shared {
        search,
        texts: HouseTexts::load(&public_url, contact.as_ref(), &assets)?,
        cache: PageCache::new(cache),
        effort,
        edition: ArcSwap::new(Arc::new(edition)),
        security: SecurityHeaders::new(weerklank::document::css_sha256_base64(), https),
        links: Links::default(),
        passwords: Passwords::new(secrets::new_salt()),
        passkeys: Passkeys::new(&public_url),
        studio: Studio::default(),
        live: Live::default(),
        post: Post::new(mail.as_ref(), &public_url)?,
        guard: Guard::load(&store, sending).await?,
        metrics,
        id_seed: id_seed(&clock),
        store,
        assets,
        public_url,
        contact,
        clock,
    }))
}

fn id_seed(clock: &Clock) -> u64 {
    let nanos = clock.now().unix_timestamp_nanos();
    u64::try_from(nanos & i128::from(u64::MAX)).unwrap_or_default() ^ (u64::from(std::process::id()) << 32)
}

/// Serves until the process is told to stop (SIGTERM or SIGINT).
pub async fn serve(
    server: &ServerConfig,
    database: &DatabaseConfig,
    mail: Option<MailConfig>,
) -> anyhow::Result<()> {
    let stop = stop_signal()?;
    let assets = Assets::load(server.assets.as_deref())?;
    let store = open(database).await?;
    let listener = listen(server.listen).await?;
    let address = listener.local_addr()?;
    let public_url = server.public_url.clone().unwrap_or_else(|| PublicUrl::of_address(address));
    let app = assemble(Parts {
        store,
        assets,
        search: SearchIn::Folder(database.search_dir.clone()),
        public_url,
        contact: server.contact.clone(),
        mail,
        sending: server.sending.clone(),
        clock: Clock::system(),
        cache: server.cache,
        effort: Effort::Change,
    })
    .await?;
    tracing::info!(%address, public_url = app.public_url.as_str(), database = %database.url, "serving");
    run(app, listener, Limits::default(), stop).await;
    tracing::info!("stopped");
    Ok(())
}

/// Listens, or says who may be in the way.
pub async fn listen(address: SocketAddr) -> anyhow::Result<TcpListener> {
    match TcpListener::bind(address).await {
        Ok(listener) => Ok(listener),
        Err(error) if error.kind() == ErrorKind::AddrInUse => bail!(
            "{address} is taken by another program; stop it or name another address with --listen (port 0 takes a free one)"
        ),
        Err(error) if error.kind() == ErrorKind::AddrNotAvailable => bail!(
            "{} is no address of this machine; --listen takes 127.0.0.1:{port} for this machine alone, 0.0.0.0:{port} for all",
            address.ip(),
            port = address.port(),
        ),
        Err(error) if error.kind() == ErrorKind::PermissionDenied => bail!(
            "{address} is not for this user; name a port from 1024 on with --listen, or give the service CAP_NET_BIND_SERVICE"
        ),
        Err(error) => Err(error).with_context(|| format!("cannot listen on {address}")),
    }
}

/// Answers on `listener` until `stop` resolves; then requests under way are finished.
pub async fn run(app: App, listener: TcpListener, limits: Limits, stop: impl Future<Output = ()>) {
    let (stopping, stopped) = watch::channel(false);
    let watching = tokio::spawn(jobs::watch(app.clone(), stopped.clone()));
    let telling = tokio::spawn(jobs::tell(app.clone(), stopped.clone()));
    let sending = tokio::spawn(jobs::send_mails(app.clone(), stopped.clone()));
    let publishing = tokio::spawn(jobs::publish_on_time(app.clone(), stopped));
    let router = router(app.clone());
    // Lines that stay open would be waited for.
    let stop = async {
        stop.await;
        app.live.stop();
    };
    accept(listener, router, limits, stop).await;
    stopping.send_replace(true);
    for job in [watching, telling, sending, publishing] {
        if let Err(error) = job.await {
            tracing::error!(%error, "a job ended badly");
        }
    }
    if let Err(error) = app.store.clone().close().await {
        tracing::error!(%error, "the database could not be closed");
    }
}

async fn accept(listener: TcpListener, router: Router, limits: Limits, stop: impl Future<Output = ()>) {
    let graceful = GracefulShutdown::new();
    let room = Arc::new(Semaphore::new(limits.connections));
    let mut stop = std::pin::pin!(stop);
    loop {
        let Ok(place) = room.clone().acquire_owned().await else { break };
        let (stream, peer) = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, address)) => (stream, Peer(address.ip())),
                Err(error) => {
                    // Out of file descriptors, most likely: let some go before trying again.
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
            },
            () = &mut stop => break,
        };
        let connection = graceful.watch(connection(stream, peer, router.clone(), limits));
        tokio::spawn(async move {
            // A client that goes away mid-request is its own affair.
            let _ended = connection.await;
            drop(place);
        });
    }
    drop(listener);
    tokio::select! {
        () = graceful.shutdown() => {}
        () = tokio::time::sleep(limits.stop_within) => tracing::warn!("stopped with requests under way"),
    }
}

/// HTTP/1.1 alone: whoever ends TLS in front of us speaks HTTP/2 with browsers. A server that waits
/// to see which of the two it will be waits for a silent client without end.
fn connection(
    stream: TcpStream,
    peer: Peer,
    router: Router,
    limits: Limits,
) -> http1::Connection<TokioIo<Taking<TcpStream>>, TowerToHyperService<FromPeer>> {
    // Small answers leave at once. A socket that refuses the option works all the same.
    let _set = stream.set_nodelay(true);
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(limits.head_within).max_headers(64);
    let stream = Taking::new(stream, limits.taken_within);
    builder.serve_connection(TokioIo::new(stream), TowerToHyperService::new(FromPeer { router, peer }))
}

/// Says of each request who is at the other end of its connection.
#[derive(Clone)]
struct FromPeer {
    router: Router,
    peer: Peer,
}

impl Service<Request<Incoming>> for FromPeer {
    type Response = Response;
    type Error = Infallible;
    type Future = RouteFuture<Infallible>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Service::<Request<Incoming>>::poll_ready(&mut self.router, cx)
    }

    fn call(&mut self, mut request: Request<Incoming>) -> Self::Future {
        request.extensions_mut().insert(self.peer);
        self.router.call(request)
    }
}

/// Listens for the signals from this call on, not only once the future is waited for.
fn stop_signal() -> anyhow::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut term, mut int) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    Ok(async move {
        tokio::select! {
            _ = term.recv() => {}
            _ = int.recv() => {}
        }
    })
}
