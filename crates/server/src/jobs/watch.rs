//! Notices changes of the database, whoever made them, and brings pages and search up to date: each
//! by itself, so that what befalls the index keeps no withdrawn column on the board.

use std::{sync::Arc, time::Duration};

use tokio::{
    sync::{Notify, watch::Receiver},
    time::{Instant, Interval, MissedTickBehavior},
};
use weerklank_domain::Date;
use weerklank_store::{Store, StoreError};

use super::{counts, daily, index::CatchUpError};
use crate::app::{App, Edition};

/// How soon an import by another process is seen.
const EVERY: Duration = Duration::from_millis(500);
/// How soon a search folder is tried again that could not be used.
const RETRY: Duration = Duration::from_mins(1);

/// Watches until `stop` says so.
pub async fn watch(app: App, stop: Receiver<bool>) {
    let moved = Notify::new();
    tokio::join!(
        watch_database(&app, &moved, stop.clone()),
        watch_search(&app, &moved, stop.clone()),
        counts::forget(&app, stop.clone()),
        daily::forget(&app, stop)
    );
}

fn ticks() -> Interval {
    let mut ticks = tokio::time::interval(EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    ticks
}

/// A database that does not answer is asked again; kept pages go on being served meanwhile.
async fn watch_database(app: &App, moved: &Notify, mut stop: Receiver<bool>) {
    let mut ticks = ticks();
    let mut down = false;
    loop {
        tokio::select! {
            _ = ticks.tick() => {}
            _ = stop.changed() => return,
        }
        match move_on(app).await {
            Ok(has_moved) => {
                if down {
                    tracing::info!("the database answers again");
                }
                if has_moved {
                    moved.notify_one();
                }
                down = false;
            }
            Err(error) => {
                if !down {
                    tracing::error!(%error, "pages cannot be brought up to date");
                }
                down = true;
            }
        }
        app.metrics.database_up.set(i64::from(!down));
    }
}

/// Follows the edition, however long it takes.
async fn watch_search(app: &App, moved: &Notify, mut stop: Receiver<bool>) {
    let mut ticks = ticks();
    let mut tried = Instant::now();
    let mut failing = false;
    loop {
        tokio::select! {
            _ = ticks.tick() => {}
            () = moved.notified() => {}
            _ = stop.changed() => return,
        }
        let again = tried.elapsed() >= RETRY;
        if again {
            tried = Instant::now();
        }
        let done = tokio::select! {
            done = search_on(app, again) => done,
            // What is half fed knows how far it is.
            _ = stop.changed() => return,
        };
        match done {
            Ok(()) => failing = false,
            Err(CatchUpError::Search(error)) => {
                if !failing {
                    tracing::error!(%error, "search cannot be brought up to date");
                }
                failing = true;
            }
            // Who watches the database says so.
            Err(CatchUpError::Store(_)) => {}
        }
    }
}

/// The state that the database and the day are in.
pub async fn present(store: &Store, today: Date) -> Result<Edition, StoreError> {
    Ok(Edition { sequence: store.change_seq().await?, epoch: store.epoch().await?, today, search: 0 })
}

/// Brings pages and search to the present state of the database and the present day, and tries again
/// whatever failed before.
pub async fn refresh(app: &App) -> Result<(), CatchUpError> {
    move_on(app).await?;
    search_on(app, true).await
}

/// Brings pages to the present; gives whether that is another than before.
async fn move_on(app: &App) -> Result<bool, StoreError> {
    // What readers said shows when its time has come. Where nothing can be written, it shows with the next change.
    // What befalls it keeps no other change from being seen.
    let due = app.store.show_what_is_due(app.clock.now()).await;
    let present = present(&app.store, app.clock.today()).await?;
    let has_moved = present != **app.edition.load();
    if has_moved {
        app.edition.store(Arc::new(present));
        app.metrics.sequence.set(present.sequence);
        app.cache.clear();
    }
    match due {
        Ok(_) | Err(StoreError::ReadOnly(_)) => Ok(has_moved),
        Err(error) => Err(error),
    }
}

/// Brings search to the edition that pages are of.
async fn search_on(app: &App, again: bool) -> Result<(), CatchUpError> {
    let edition = **app.edition.load();
    let turn = app.search.turn();
    let done = app.search.keep_up(&app.store, edition, again).await;
    app.metrics.search_up.set(i64::from(matches!(done, Ok(true))));
    if app.search.turn() != turn {
        app.cache.clear();
    }
    done.map(|_| ())
}
