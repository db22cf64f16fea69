//! The whole board behind a port, as a browser meets it.

use std::path::{Path, PathBuf};

use weerklank_domain::Column;
use weerklank_import::{Import, Options, Outcome, discover};
use weerklank_server::assets::Assets;
use weerklank_server::serve::Limits;

use crate::app::{Listening, ORIGIN, TestApp, free_port};
use crate::database::TestDatabase;
use crate::mail_sink::MailSink;

/// Names the folder of the built files; `dist` of this workspace without it.
pub const ASSETS_VARIABLE: &str = "WEERKLANK_ASSETS";

/// An app that listens.
pub struct Board {
    pub app: TestApp,
    listening: Listening,
    /// Where a browser finds it.
    origin: String,
}

impl Board {
    /// With the sample columns.
    pub async fn with_samples(db: TestDatabase) -> Self {
        let board = Self::empty(db).await;
        board.app.store(&samples()).await;
        board
    }

    /// Without a column.
    pub async fn empty(db: TestDatabase) -> Self {
        Self::of_build(db, &assets()).await
    }

    /// Without a column, with the built files of another folder.
    pub async fn of_build(db: TestDatabase, folder: &Path) -> Self {
        let assets = Assets::load(Some(folder)).expect("the built files: `cargo xtask run` makes them");
        let app = TestApp::with_assets(db, assets, ORIGIN).await;
        Self::of_app(app).await
    }

    /// Without a column, sending its mails to this sink.
    pub async fn mailing(db: TestDatabase, sink: &MailSink) -> Self {
        let assets = Assets::load(Some(&assets())).expect("the built files: `cargo xtask run` makes them");
        let app = TestApp::mailing(db, assets, ORIGIN, sink).await;
        Self::of_app(app).await
    }

    /// Without a column, at a name: devices keep no passkey for a number. It knows its own address.
    pub async fn with_a_name(db: TestDatabase) -> Self {
        let assets = Assets::load(Some(&assets())).expect("the built files: `cargo xtask run` makes them");
        let listener = free_port().await;
        let port = listener.local_addr().expect("a bound socket has an address").port();
        let origin = format!("http://localhost:{port}");
        let app = TestApp::with_assets(db, assets, &origin).await;
        let listening = app.listen_on(listener, Limits::default());
        Self { app, listening, origin }
    }

    async fn of_app(app: TestApp) -> Self {
        let listening = app.listen().await;
        let origin = listening.url("");
        Self { app, listening, origin }
    }

    /// The address of a path on this board.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }

    /// `127.0.0.1:40123`.
    pub fn address(&self) -> std::net::SocketAddr {
        self.listening.address
    }

    /// Imports a folder as `weerklank import` does.
    pub async fn import(&self, folder: &Path) {
        let mut import = Import::new(Options::default());
        let mut columns = Vec::new();
        for found in &discover(&[folder.to_owned()]) {
            for entry in import.read(found) {
                match entry.outcome {
                    Outcome::Column { column, .. } => columns.push(*column),
                    other => panic!("not a column: {other:?}"),
                }
            }
        }
        self.app.store(&columns).await;
    }

    /// Writes the static mirror to a folder, as `weerklank export` does.
    pub async fn export(&self, folder: &Path) {
        weerklank_server::export::export(&self.app.app, folder).await.expect("the board is exported");
    }

    /// The database goes away, as it does when its disk or its machine fails.
    pub async fn lose_the_database(&self) {
        self.app.app.store.clone().close().await.expect("a database that was open");
    }
}

/// The folder of the built files.
pub fn assets() -> PathBuf {
    std::env::var_os(ASSETS_VARIABLE)
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../dist"), PathBuf::from)
}

/// The sample columns.
pub fn samples() -> Vec<Column> {
    weerklank_server::samples::samples().expect("the samples are well formed")
}
