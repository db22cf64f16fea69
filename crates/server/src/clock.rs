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

/// The day, the hour and the minute that the clocks show then in the Netherlands.
pub fn in_amsterdam(at: OffsetDateTime) -> (Date, u8, u8) {
    let zoned = jiff::Timestamp::from_second(at.unix_timestamp()).and_then(|at| at.in_tz("Europe/Amsterdam"));
    let (hour, minute) = zoned.map_or((0, 0), |at| (at.hour().unsigned_abs(), at.minute().unsigned_abs()));
    (day_in_amsterdam(at), hour, minute)
}

/// The moment at which the clocks in the Netherlands show `2026-11-22T14:05`. What they show twice, when
/// summer ends, is the first; what they skip is as long after it as it was meant to be before. `None` where it is
/// none.
pub fn from_amsterdam(text: &str) -> Option<OffsetDateTime> {
    let shown: jiff::civil::DateTime = text.parse().ok()?;
    let at = shown.in_tz("Europe/Amsterdam").ok()?;
    OffsetDateTime::from_unix_timestamp(at.timestamp().as_second()).ok()
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
    fn a_clock_in_amsterdam_is_read_and_shown() {
        for (text, moment) in [
            ("2026-07-02T14:05", datetime!(2026-07-02 12:05 UTC)),
            ("2026-12-02T14:05", datetime!(2026-12-02 13:05 UTC)),
            // Shown twice.
            ("2026-10-25T02:30", datetime!(2026-10-25 00:30 UTC)),
            // Never shown.
            ("2026-03-29T02:30", datetime!(2026-03-29 01:30 UTC)),
        ] {
            assert_eq!(from_amsterdam(text), Some(moment), "{text}");
        }
        assert_eq!(in_amsterdam(datetime!(2026-07-01 22:07 UTC)), ("2026-07-02".parse().unwrap(), 0, 7));
        for wrong in ["", "morgen", "2026-13-01T10:00", "2026-11-22T25:00"] {
            assert_eq!(from_amsterdam(wrong), None, "{wrong}");
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
