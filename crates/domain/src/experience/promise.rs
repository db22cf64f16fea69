//! What a shop promised, and what came of it.

use serde::{Deserialize, Serialize};

use crate::Date;

/// A promise of time, as days of the calendar or as a number of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "in", rename_all = "lowercase")]
pub enum Promise {
    /// `actual` is `None` where it has not come.
    Dates { promised: Date, actual: Option<Date> },
    /// 0 to [`super::limits::DAYS`]; `actual` is `None` where it has not come.
    Days { promised: u16, actual: Option<u16> },
}

impl Promise {
    /// Days between promise and outcome: more than 0 is late, less is early. `None` where nothing has
    /// come yet.
    pub fn days_late(self) -> Option<i32> {
        match self {
            Self::Dates { promised, actual } => {
                Some(actual?.as_time().to_julian_day() - promised.as_time().to_julian_day())
            }
            Self::Days { promised, actual } => Some(i32::from(actual?) - i32::from(promised)),
        }
    }
}

/// A month in the calendar, written `2026-05`. When something happened is kept no finer: the day of a
/// purchase can lead to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Month(Date);

/// Why a text is no month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not a month such as 2026-05")]
pub struct NoMonth;

impl Month {
    /// The month that a day is in.
    pub fn of(date: Date) -> Self {
        // Every month has a first day.
        Self(Date::new(date.year(), date.month(), 1).unwrap_or(date))
    }

    pub fn first_day(self) -> Date {
        self.0
    }
}

impl std::str::FromStr for Month {
    type Err = NoMonth;

    /// Takes a day as well, and forgets which.
    fn from_str(text: &str) -> Result<Self, NoMonth> {
        let day = if text.len() == 7 { format!("{text}-01") } else { text.to_owned() };
        day.parse().map(Self::of).map_err(|_| NoMonth)
    }
}

impl std::fmt::Display for Month {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}", self.0.year(), self.0.month())
    }
}

as_text!(Month, NoMonth);
