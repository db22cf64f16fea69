//! Pictures that nothing names any more go, once a day.

use std::time::Duration;

use tokio::{sync::watch::Receiver, time::MissedTickBehavior};

use crate::app::App;

const EVERY: Duration = Duration::from_hours(24);

/// Deletes them until `stop` says so. What fails is tried again the next day: until then they only lie there.
pub async fn forget(app: &App, mut stop: Receiver<bool>) {
    let mut ticks = tokio::time::interval(EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = ticks.tick() => {}
            _ = stop.changed() => return,
        }
        match app.store.forget_pictures(app.clock.now()).await {
            Ok(0) => {}
            Ok(count) => tracing::info!(count, "deleted pictures that nothing shows"),
            Err(error) => tracing::debug!(%error, "unused pictures stay for now"),
        }
    }
}
