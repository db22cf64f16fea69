//! Where time comes from: the only place that asks the system.

use std::sync::Arc;

use time::OffsetDateTime;
use weerklank_domain::Date;

/// Tells the time. Handlers and jobs are given one; tests give their own.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> OffsetDateTime + Send + Sync>);

impl Clock {
    /// The time of this machine.
    #[expect(clippy::disallowed_methods, reason = "this is the clock that everyone else is given")]
    pub fn system() -> Self {
        Self(Arc::new(OffsetDateTime::now_utc))
    }

    /// A clock that tells what `read` says.
    pub fn from_fn(read: impl Fn() -> OffsetDateTime + Send + Sync + 'static) -> Self {
        Self(Arc::new(read))
    }

    pub fn now(&self) -> OffsetDateTime {
        (self.0)()
    }

    /// The day it is in the Netherlands, where scheduled columns appear at the start of theirs.
    pub fn today(&self) -> Date {
        day_in_amsterdam(self.now())
    }
}

impl std::fmt::Debug for Clock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Clock")
    }
}

/// The day it is then in the Netherlands.
pub fn day_in_amsterdam(now: OffsetDateTime) -> Date {
    let earliest = Date::new(1900, 1, 1).expect("a day of the calendar");
    jiff::Timestamp::from_second(now.unix_timestamp())
        .and_then(|now| now.in_tz("Europe/Amsterdam"))
        .ok()
        .and_then(|now| Date::new(now.year().into(), now.month().unsigned_abs(), now.day().unsigned_abs()))
        .unwrap_or(earliest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn a_day_starts_at_midnight_in_amsterdam_summer_and_winter() {
        for (now, day) in [
            (datetime!(2026-07-01 21:59:59 UTC), "2026-07-01"),
            (datetime!(2026-07-01 22:00:00 UTC), "2026-07-02"),
            (datetime!(2026-12-31 22:59:59 UTC), "2026-12-31"),
            (datetime!(2026-12-31 23:00:00 UTC), "2027-01-01"),
        ] {
            assert_eq!(day_in_amsterdam(now).to_string(), day);
        }
    }
}
