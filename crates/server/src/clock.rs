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

/// The moment at which a day begins in the Netherlands, or the one after it.
pub fn midnight_in_amsterdam(day: Date, after: bool) -> OffsetDateTime {
    let seconds = i16::try_from(day.year())
        .ok()
        .zip(i8::try_from(day.month()).ok().zip(i8::try_from(day.day()).ok()))
        .and_then(|(year, (month, day))| jiff::civil::Date::new(year, month, day).ok())
        .and_then(|day| if after { day.tomorrow().ok() } else { Some(day) })
        .and_then(|day| day.in_tz("Europe/Amsterdam").ok())
        .map_or(0, |midnight| midnight.timestamp().as_second());
    OffsetDateTime::from_unix_timestamp(seconds).unwrap_or(OffsetDateTime::UNIX_EPOCH)
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn a_midnight_is_when_a_day_starts() {
        for (day, after, moment) in [
            ("2026-07-02", false, datetime!(2026-07-01 22:00 UTC)),
            ("2026-12-31", true, datetime!(2026-12-31 23:00 UTC)),
        ] {
            assert_eq!(midnight_in_amsterdam(day.parse().unwrap(), after), moment);
        }
    }

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
