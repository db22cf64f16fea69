//! What is of no use any more goes, once a day: pictures that nothing names, addresses that nothing is written to.

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
        let now = app.clock.now();
        match app.store.forget_pictures(now).await {
            Ok(0) => {}
            Ok(count) => tracing::info!(count, "deleted pictures that nothing shows"),
            Err(error) => tracing::debug!(%error, "unused pictures stay for now"),
        }
        match app.store.forget_unconfirmed(now).await {
            Ok(0) => {}
            Ok(count) => tracing::info!(count, "forgot addresses that nobody confirmed"),
            Err(error) => tracing::debug!(%error, "addresses that nobody confirmed stay for now"),
        }
        match app.store.forget_shop_addresses(now).await {
            Ok(0) => {}
            Ok(count) => tracing::info!(count, "forgot addresses of shops that were asked long ago"),
            Err(error) => tracing::debug!(%error, "addresses of shops stay for now"),
        }
    }
}
