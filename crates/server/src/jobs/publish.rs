//! Columns appear at the moment that was set for them.

use std::time::Duration;

use tokio::{sync::watch::Receiver, time::MissedTickBehavior};
use weerklank_store::{DueDraft, Hindrance, Published, StoreError};

use crate::{
    app::App,
    composing::{NotPublished, publish},
};

/// How long after its moment a column appears, at most: within the minute that was shown.
const EVERY: Duration = Duration::from_secs(5);

/// Publishes until `stop` says so.
pub async fn publish_on_time(app: App, mut stop: Receiver<bool>) {
    let mut ticks = tokio::time::interval(EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = ticks.tick() => {}
            _ = stop.changed() => return,
        }
        if let Err(error) = publish_due(&app).await {
            tracing::warn!(%error, "what is to be published waits");
        }
    }
}

/// Publishes what is to be published by now. What cannot be is taken off the schedule, and its page at the
/// desk says why; one that fails for the database's sake is tried again.
pub async fn publish_due(app: &App) -> Result<(), StoreError> {
    for due in app.store.due_drafts(app.clock.now()).await? {
        let DueDraft { draft, version, sheet, at, by, role, is_orphaned } = due;
        let published = async {
            if is_orphaned {
                return Err(NotPublished::Refused(Published::Hindered(Hindrance::NotApproved)));
            }
            Box::pin(publish(app, (draft, version), &sheet, (by, role), Some(at))).await
        };
        let why = match published.await {
            Ok(()) => continue,
            Err(NotPublished::Store(error)) => {
                tracing::warn!(%draft, %error, "a column waits for the database");
                continue;
            }
            Err(NotPublished::Problems(_)) => "invalid-draft",
            Err(NotPublished::Refused(refused)) => match refused {
                // Another instance was faster, or somebody set another moment, or none.
                Published::Done | Published::Nothing | Published::Changed(_) => continue,
                Published::SlugTaken | Published::SlugFixed => "invalid-draft",
                Published::ColumnChanged => "column-changed",
                Published::Hindered(Hindrance::NoConsent) => "no-consent",
                Published::Hindered(Hindrance::NotAccepted) => "not-accepted",
                Published::Hindered(Hindrance::NotApproved) => "not-approved",
            },
        };
        tracing::warn!(%draft, why, "a column was not published when its moment came");
        app.store.unschedule_draft(draft, None, Some((at, why)), app.clock.now()).await?;
    }
    Ok(())
}
