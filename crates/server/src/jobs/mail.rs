//! Sends what the outbox holds: at once after a write, and again by and by after a failure.

use std::{pin::pin, time::Duration as Wait};

use time::Duration;
use tokio::{
    sync::watch::Receiver,
    task::JoinSet,
    time::{Instant, MissedTickBehavior, interval, sleep, timeout},
};
use weerklank_store::{DueMail, StoreError};

use crate::{app::App, mail::Refused};

/// How soon a mail is sent that another program wrote, or whose time has come.
const EVERY: Wait = Wait::from_secs(5);
/// Mails under way at once.
const TOGETHER: u64 = 4;
/// How long a mail is ours. A program that dies leaves it to the next after that.
const LEASE: Duration = Duration::seconds(60);
/// How often what takes its time is kept for longer.
const KEEP: Wait = Wait::from_secs(20);
/// How long the mails under way may take once the server is told to stop.
const STOP_WITHIN: Wait = Wait::from_secs(10);
/// How long a mail is tried. RFC 5321, 4.5.4.1: at least four or five days.
const PATIENCE: Duration = Duration::days(5);
/// Between the first attempt and the second; doubled each time.
const FIRST_PAUSE: Duration = Duration::minutes(1);
const LONGEST_PAUSE: Duration = Duration::hours(4);
/// How often the log says again that mails wait.
const REMIND: Wait = Wait::from_hours(1);

/// Sends until `stop` says so, then finishes what is under way.
pub async fn send_mails(app: App, mut stop: Receiver<bool>) {
    let mut ticks = interval(EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut reminded = None;
    loop {
        tokio::select! {
            _ = ticks.tick() => {}
            () = app.post.woken() => {}
            _ = stop.changed() => return,
        }
        let mut sending = pin!(send_due(&app));
        let sent = tokio::select! {
            sent = &mut sending => sent,
            _ = stop.changed() => {
                if timeout(STOP_WITHIN, sending).await.is_err() {
                    tracing::warn!("stopped with a mail under way; it is sent again, under the same Message-ID");
                }
                return;
            }
        };
        // Who watches the database says what is wrong with it.
        if sent.is_ok() {
            let _counted = count(&app, &mut reminded).await;
        }
    }
}

/// Sends whatever is due.
pub async fn send_due(app: &App) -> Result<(), StoreError> {
    if !app.post.is_open() {
        return Ok(());
    }
    loop {
        let mails = app.store.take_due_mails(TOGETHER, LEASE, app.clock.now()).await?;
        if mails.is_empty() {
            return Ok(());
        }
        send_all(app, mails).await?;
    }
}

async fn send_all(app: &App, mut mails: Vec<DueMail>) -> Result<(), StoreError> {
    let mut under_way = JoinSet::new();
    for mail in mails.clone() {
        let app = app.clone();
        under_way.spawn(async move { (mail.id, app.post.send(&mail).await) });
    }
    let mut keep = pin!(sleep(KEEP));
    loop {
        let ended = tokio::select! {
            ended = under_way.join_next() => ended,
            () = &mut keep => {
                app.store.keep_mails(&mut mails, LEASE, app.clock.now()).await?;
                keep.as_mut().reset(Instant::now() + KEEP);
                continue;
            }
        };
        match ended {
            None => return Ok(()),
            Some(Ok((id, sent))) => {
                let Some(at) = mails.iter().position(|mail| mail.id == id) else { continue };
                tell(app, &mails.swap_remove(at), sent).await?;
            }
            // Its lease ends by itself.
            Some(Err(error)) => tracing::error!(%error, "sending a mail ended badly"),
        }
    }
}

async fn tell(app: &App, mail: &DueMail, sent: Result<(), Refused>) -> Result<(), StoreError> {
    let now = app.clock.now();
    let Err(Refused { reason, for_good }) = sent else {
        app.metrics.mail("sent");
        tracing::debug!(id = %mail.id, attempts = mail.attempts, "a mail was sent");
        return app.store.mail_sent(mail, now).await;
    };
    let again = (!for_good)
        .then(|| now + pause(mail.attempts, mail.id.as_u128()))
        .filter(|again| *again < mail.not_before + PATIENCE);
    // Servers like to repeat whom they refuse; neither the log nor the desk has addresses.
    let shown = reason.replace(&mail.to, "…");
    if let Some(again) = again {
        app.metrics.mail("again");
        tracing::warn!(id = %mail.id, attempts = mail.attempts, reason = shown, %again, "a mail was not taken; it is tried again");
    } else {
        app.metrics.mail("dead");
        tracing::error!(id = %mail.id, attempts = mail.attempts, reason = shown, "a mail was given up");
    }
    app.store.mail_failed(mail, &shown, again, now).await
}

/// Until the next attempt after so many: doubling, and up to a quarter longer by a number that differs
/// from mail to mail, so that those that failed together do not come back together.
fn pause(attempts: u32, random: u128) -> Duration {
    let doubled = FIRST_PAUSE * 2_i32.saturating_pow(attempts.saturating_sub(1).min(16));
    let pause = doubled.min(LONGEST_PAUSE);
    let share = u32::try_from(random % 256).unwrap_or_default();
    pause + pause * f64::from(share) / 1024.0
}

/// Notes how many mails wait. Where nothing sends them the log says so, now and then.
async fn count(app: &App, reminded: &mut Option<Instant>) -> Result<(), StoreError> {
    let counts = app.store.mail_counts().await?;
    app.metrics.mails(counts);
    if counts.waiting == 0 || app.post.is_open() {
        *reminded = None;
    } else if reminded.is_none_or(|at| at.elapsed() >= REMIND) {
        *reminded = Some(Instant::now());
        tracing::warn!(waiting = counts.waiting, "mails wait: no mail server is set (--smtp)");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_and_differ_and_end() {
        for (attempts, minutes) in [(1, 1), (2, 2), (5, 16), (9, 240), (u32::MAX, 240)] {
            assert_eq!(pause(attempts, 0), Duration::minutes(minutes));
            assert!(pause(attempts, 255) < Duration::minutes(minutes) * 1.25);
            assert!(pause(attempts, 255) > pause(attempts, 1));
        }
    }
}
