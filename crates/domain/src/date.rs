//! A day in the calendar, written `2026-05-01` everywhere.

use serde::{Deserialize, Serialize};

/// A day between 1900-01-01 and 2199-12-31, in the Gregorian calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Date(time::Date);

/// Why a text is no date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    #[error("`{0}` is not a date such as 2026-05-01")]
    Form(String),
    #[error("`{0}` is not a date between 1900-01-01 and 2199-12-31")]
    Range(String),
}

impl Date {
    /// `None` where the calendar has no such day or the year is outside 1900 to 2199.
    pub fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        calendar(year, month, day).and_then(Self::in_range)
    }

    fn in_range(date: time::Date) -> Option<Self> {
        (1900..2200).contains(&date.year()).then_some(Self(date))
    }

    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// 1 to 12.
    pub fn month(self) -> u8 {
        self.0.month() as u8
    }

    /// 1 to 31.
    pub fn day(self) -> u8 {
        self.0.day()
    }

    pub fn as_time(self) -> time::Date {
        self.0
    }
}

fn calendar(year: i32, month: u8, day: u8) -> Option<time::Date> {
    time::Date::from_calendar_date(year, time::Month::try_from(month).ok()?, day).ok()
}

impl TryFrom<time::Date> for Date {
    type Error = DateError;

    fn try_from(date: time::Date) -> Result<Self, DateError> {
        Self::in_range(date).ok_or_else(|| DateError::Range(date.to_string()))
    }
}

impl std::str::FromStr for Date {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        let parse = || {
            let bytes = text.as_bytes();
            if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
                return None;
            }
            let number = |range: std::ops::Range<usize>| {
                let digits = &bytes[range];
                digits
                    .iter()
                    .all(u8::is_ascii_digit)
                    .then(|| digits.iter().fold(0_u16, |n, d| n * 10 + u16::from(d - b'0')))
            };
            let small = |range| number(range).and_then(|n| u8::try_from(n).ok());
            calendar(i32::from(number(0..4)?), small(5..7)?, small(8..10)?)
        };
        let date = parse().ok_or_else(|| DateError::Form(text.to_owned()))?;
        Self::in_range(date).ok_or_else(|| DateError::Range(text.to_owned()))
    }
}

as_text!(Date, DateError);

impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_survive_a_round_trip() {
        for text in ["2026-05-01", "2024-02-29", "1900-01-01", "2199-12-31"] {
            assert_eq!(text.parse::<Date>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn days_that_are_not_there_are_refused() {
        for text in [
            "2026-02-29",
            "2026-13-01",
            "26-1-1",
            "0000-01-01",
            "9999-12-31",
            "2026-05-01T00:00",
            "1899-12-31",
            "2026-0é-01",
            "+026-05-01",
        ] {
            assert!(text.parse::<Date>().is_err(), "{text}");
        }
        let said = |text: &str| text.parse::<Date>().unwrap_err().to_string();
        assert_eq!(said("2026-02-29"), "`2026-02-29` is not a date such as 2026-05-01");
        assert_eq!(said("2200-01-01"), "`2200-01-01` is not a date between 1900-01-01 and 2199-12-31");
    }
}
