//! What every request shares.

use std::{ops::Deref, sync::Arc};

use arc_swap::ArcSwap;
use uuid::Uuid;
use weerklank_domain::Date;
use weerklank_store::Store;

use crate::{
    assets::Assets,
    auth::{Passkeys, Passwords},
    clock::Clock,
    config::{Contact, PublicUrl},
    guard::Guard,
    http::{kept::Effort, security::SecurityHeaders},
    jobs::{Live, Search},
    mail::Post,
    metrics::Metrics,
    pages::{HouseTexts, PageCache},
    secrets::Links,
    studio::Studio,
};

/// A cheap handle to everything a handler may need.
#[derive(Clone)]
pub struct App(Arc<Shared>);

pub struct Shared {
    pub store: Store,
    pub search: Search,
    pub assets: Assets,
    pub texts: HouseTexts,
    pub cache: PageCache,
    /// How hard what is kept is compressed.
    pub effort: Effort,
    /// As the database is; ask [`App::edition`] for what readers see.
    pub edition: ArcSwap<Edition>,
    pub public_url: PublicUrl,
    /// How readers reach who runs the board.
    pub contact: Option<Contact>,
    /// Whether and how readers may send something in. What they sent is theirs to see and erase even so.
    pub guard: Guard,
    pub security: SecurityHeaders,
    /// Makes the secrets in the links of senders.
    pub links: Links,
    /// Compares what is typed at the desk's door.
    pub passwords: Passwords,
    /// Compares what devices sign there.
    pub passkeys: Passkeys,
    /// Remakes the pictures that editors bring.
    pub studio: Studio,
    /// The line to who is at the desk.
    pub live: Live,
    /// Takes mails to the mail server.
    pub post: Post,
    pub metrics: Metrics,
    pub clock: Clock,
    /// Makes request ids differ between processes.
    pub id_seed: u64,
}

/// What public pages are a function of, besides their address: the state of the database and the
/// day. Kept pages belong to one edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Edition {
    /// The store's change sequence.
    pub sequence: u64,
    /// Names the content: another when all of it was replaced by a restore.
    pub epoch: Option<Uuid>,
    /// Scheduled columns appear with their day.
    pub today: Date,
    /// The turn of the search index, which follows.
    pub search: u64,
}

impl App {
    pub fn new(shared: Shared) -> Self {
        Self(Arc::new(shared))
    }

    pub fn edition(&self) -> Edition {
        Edition { search: self.search.turn(), ..**self.edition.load() }
    }
}

impl Deref for App {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}
