//! What counts for nothing any more goes, now and then.

use std::time::Duration;

use tokio::{sync::watch::Receiver, time::MissedTickBehavior};

use crate::app::App;

const EVERY: Duration = Duration::from_mins(10);

/// Deletes them until `stop` says so. What fails is tried again the next time: until then it only lies there.
pub async fn forget(app: &App, mut stop: Receiver<bool>) {
    let mut ticks = tokio::time::interval(EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = ticks.tick() => {}
            _ = stop.changed() => return,
        }
        if let Err(error) = app.store.forget_counts(app.clock.now()).await {
            tracing::debug!(%error, "old counts stay for now");
        }
        if let Err(error) = app.store.forget_superseded(app.clock.now()).await {
            tracing::debug!(%error, "old revisions stay for now");
        }
    }
}
