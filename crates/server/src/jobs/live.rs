//! Tells who is at the desk what happens in the queue, whichever instance it happened on.

use std::{sync::Arc, time::Duration};

use time::OffsetDateTime;
use tokio::sync::{Notify, broadcast, watch};
use uuid::Uuid;
use weerklank_store::QueueItem;

use crate::app::App;

/// How often the database is asked while somebody listens.
const EVERY: Duration = Duration::from_secs(1);
/// What is written down with an earlier time than what was seen already: writers on other machines have
/// other clocks, and a transaction is seen only at its end.
const OVERLAP: time::Duration = time::Duration::seconds(10);
/// Changes at once; a listener who misses more reads the queue anew.
const CHANGES: u64 = 200;

/// Something that the desk shows at once.
#[derive(Debug, Clone)]
pub enum Happened {
    /// An item changed.
    Item(Arc<QueueItem>),
    /// More than can be told.
    Missed,
    /// So many wait now.
    Waiting(u64),
    /// The server stops.
    Stop,
}

/// The line to who is at the desk.
#[derive(Debug)]
pub struct Live {
    sender: broadcast::Sender<Happened>,
    poked: Notify,
}

impl Default for Live {
    fn default() -> Self {
        Self {
            sender: broadcast::Sender::new(2 * usize::try_from(CHANGES).unwrap_or(256)),
            poked: Notify::new(),
        }
    }
}

impl Live {
    /// From now on.
    pub fn listen(&self) -> broadcast::Receiver<Happened> {
        let receiver = self.sender.subscribe();
        self.poked.notify_one();
        receiver
    }

    /// Something was written here: nobody has to wait for the next look.
    pub fn poke(&self) {
        self.poked.notify_one();
    }

    /// Ends all lines.
    pub fn stop(&self) {
        self.tell(Happened::Stop);
    }

    /// Nobody may be listening.
    fn tell(&self, happened: Happened) {
        let _listeners = self.sender.send(happened);
    }
}

/// Looks for changes while somebody listens, until `stopped`.
pub async fn tell(app: App, mut stopped: watch::Receiver<bool>) {
    let mut told = Told::default();
    loop {
        tokio::select! {
            _ = stopped.wait_for(|stopped| *stopped) => break,
            () = app.live.poked.notified() => {}
            () = tokio::time::sleep(EVERY) => {}
        }
        if app.live.sender.receiver_count() == 0 {
            told = Told::default();
            continue;
        }
        // What failed is tried again in a second; the watch on the database says that it fails.
        if let Err(error) = told.look(&app).await {
            tracing::debug!(%error, "the queue could not be read");
        }
    }
}

/// What was told already.
#[derive(Debug, Default)]
struct Told {
    /// `None` before the first look.
    until: Option<OffsetDateTime>,
    /// What changed within the overlap, as it was then.
    lately: Vec<Arc<QueueItem>>,
    /// What was erased within the overlap.
    erased: Vec<Uuid>,
    waiting: Option<u64>,
}

impl Told {
    async fn look(&mut self, app: &App) -> Result<(), weerklank_store::StoreError> {
        // What happened before anybody listened, nobody has on the screen.
        let is_first = self.until.is_none();
        let from = *self.until.get_or_insert_with(|| app.clock.now());
        let changed = app.store.queue_changes(from - OVERLAP, CHANGES).await?;
        let changed: Vec<Arc<QueueItem>> = changed.into_iter().map(Arc::new).collect();
        if changed.len() as u64 == CHANGES && changed != self.lately {
            app.live.tell(Happened::Missed);
        } else {
            for item in changed.iter().filter(|item| !self.lately.contains(item)) {
                app.live.tell(Happened::Item(Arc::clone(item)));
            }
        }
        // Of what is gone nothing can be told; whoever lists it reads the queue anew.
        let erased = app.store.erasures(from - OVERLAP).await?;
        if erased.iter().any(|line| !self.erased.contains(line)) && !is_first {
            app.live.tell(Happened::Missed);
        }
        self.erased = erased;
        if let Some(last) = changed.last() {
            self.until = Some(from.max(last.changed_at));
        }
        self.lately = changed;
        let waiting = app.store.waiting().await?;
        if self.waiting != Some(waiting) {
            self.waiting = Some(waiting);
            app.live.tell(Happened::Waiting(waiting));
        }
        Ok(())
    }
}
