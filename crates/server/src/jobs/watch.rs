//! Notices changes of the database, whoever made them, and brings search and pages up to date.

use std::{sync::Arc, time::Duration};

use tokio::{sync::watch::Receiver, time::MissedTickBehavior};

use super::index::{self, CatchUpError};
use crate::app::{App, Edition};

/// How soon an import by another process is seen.
const EVERY: Duration = Duration::from_millis(500);
/// Watches until `stop` says so. A database that does not answer is asked again; kept pages go on
/// being served meanwhile.
pub async fn watch(app: App, mut stop: Receiver<bool>) {
    let mut tick = tokio::time::interval(EVERY);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut down = false;
    loop {
        tokio::select! {
            _ = tick.tick() => {}
            _ = stop.changed() => return,
        }
        match refresh(&app).await {
            Ok(()) if down => {
                down = false;
                tracing::info!("the database answers again");
            }
            Err(error) if !down => {
                down = true;
                tracing::error!(%error, "pages and search cannot be brought up to date");
            }
            _ => {}
        }
        app.metrics.database_up.set(i64::from(!down));
    }
}

/// Brings search and pages to the present state of the database and the present day.
pub async fn refresh(app: &App) -> Result<(), CatchUpError> {
    let known = app.edition();
    let edition = Edition {
        sequence: app.store.change_seq().await?,
        epoch: app.store.epoch().await?,
        today: app.clock.today(),
    };
    if edition == known {
        return Ok(());
    }
    if edition.epoch != known.epoch {
        index::rebuild(&app.store, &app.search, edition).await?;
    } else if edition.sequence != known.sequence {
        index::catch_up(&app.store, &app.search, known.sequence, edition).await?;
    }
    if edition.today != known.today {
        index::index_due(&app.store, &app.search, edition).await?;
    }
    app.edition.store(Arc::new(edition));
    app.metrics.sequence.set(edition.sequence);
    app.cache.clear();
    Ok(())
}
