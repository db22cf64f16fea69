//! The places of a draft, and what can be wrong in them.

use super::Side;
#[cfg(doc)]
use super::{Draft, DraftHalf, limits};
use crate::Moment;

/// A place in a [`Draft`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    Intent,
    Half(Side, HalfField),
    Suggestion,
    Name,
    Email,
    Lang,
}

/// A place in a [`DraftHalf`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HalfField {
    Story,
    ShopAs,
    Shop,
    Channel,
    /// All of them, where one is of no moment that there is.
    Ratings,
    Rating(Moment),
    Promised,
    Actual,
    Gestures,
    Solved,
    Again,
    Witness,
    When,
}

/// What is wrong with a field. The words for it are in `locales/`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Nothing was told: the one thing that is asked for.
    Missing,
    /// Characters that there may be, and that there are.
    TooLong {
        max: usize,
        found: usize,
    },
    /// Not a word of its list.
    UnknownWord,
    NotARating,
    NotAnEmail,
    /// Neither a day of the calendar nor a number of days.
    NotATime,
    /// One is a day and the other a number of days.
    MixedTimes,
    /// More than [`limits::DAYS`].
    TooManyDays,
    NotAMonth,
    /// It lies in the future.
    Future,
    /// `none` stands beside another gesture.
    NoneAndSome,
    /// An outcome without a promise.
    NoPromise,
    /// It may be written to, and there is no address.
    NowhereToWrite,
    /// A shop is to be named or described, and nothing says which.
    ShopMissing,
}

/// A field and what is wrong with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldFault {
    pub field: Field,
    pub fault: Fault,
}

impl Field {
    /// The name of a form's field and of a problem's pointer: `negative.ratings.delivery`.
    pub fn name(self) -> String {
        let (side, field) = match self {
            Self::Intent => return "intent".to_owned(),
            Self::Suggestion => return "suggestion".to_owned(),
            Self::Name => return "name".to_owned(),
            Self::Email => return "email".to_owned(),
            Self::Lang => return "lang".to_owned(),
            Self::Half(side, field) => (side, field),
        };
        let field = match field {
            HalfField::Story => "story",
            HalfField::ShopAs => "shop_as",
            HalfField::Shop => "shop",
            HalfField::Channel => "channel",
            HalfField::Ratings => "ratings",
            HalfField::Rating(moment) => return format!("{side}.ratings.{moment}"),
            HalfField::Promised => "promised",
            HalfField::Actual => "actual",
            HalfField::Gestures => "gestures",
            HalfField::Solved => "solved",
            HalfField::Again => "again",
            HalfField::Witness => "witness",
            HalfField::When => "when",
        };
        format!("{side}.{field}")
    }
}
