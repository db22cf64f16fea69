//! What answers are counted by.

use serde::{Deserialize, Serialize};
use time::Duration;

use crate::{Date, UnknownWord};

vocabulary! {
    /// By what figures are told apart.
    Grouping {
        /// Named by its Monday: `2026-11-16`.
        Week = "week",
        /// `2026-11`.
        Month = "month",
        /// What the contact was about, a word of [`crate::Moment`].
        Moment = "moment",
        Agent = "agent",
        Team = "team",
        Tag = "tag",
        /// That the form was in, a word of [`crate::feedback::FormLang`].
        Lang = "lang",
    }
}

impl Grouping {
    /// The week, or else the month, that a day is in.
    pub fn of_day(self, day: Date) -> String {
        if self == Self::Week {
            let day = day.as_time();
            let since_monday = Duration::days(day.weekday().number_days_from_monday().into());
            return day.saturating_sub(since_monday).to_string();
        }
        format!("{:04}-{:02}", day.year(), day.month())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_in_a_week_and_in_a_month() {
        for (day, week, month) in [
            ("2026-11-16", "2026-11-16", "2026-11"),
            ("2026-11-22", "2026-11-16", "2026-11"),
            ("2027-01-01", "2026-12-28", "2027-01"),
        ] {
            let day = day.parse().unwrap();
            assert_eq!(
                (Grouping::Week.of_day(day).as_str(), Grouping::Month.of_day(day).as_str()),
                (week, month)
            );
        }
    }
}
