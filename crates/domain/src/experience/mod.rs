//! What a reader sends in: one positive experience, one negative, or a pair; or a suggestion alone.
//!
//! A [`Draft`] holds what was typed, right or wrong, and is what forms, the API and a device's memory
//! carry. [`Draft::check`] is the one place where it becomes an [`Experience`], or errors by field.

mod draft;
mod email;
mod field;
mod form;
mod promise;
mod sketch;
pub(crate) mod text;

use serde::{Deserialize, Serialize};

pub use draft::{Draft, DraftHalf, limits};
pub use email::Email;
pub use field::{Fault, Field, FieldFault, HalfField};
pub use promise::{Month, Promise};
pub use sketch::Sketch;
pub use text::line as one_line;

use crate::{Lang, Moment, UnknownWord};

vocabulary! {
    /// Which side of a pair an experience is, or would be.
    Side { Positive = "positive", Negative = "negative" }
}

vocabulary! {
    /// What a reader starts to send in.
    Intent {
        Positive = "positive",
        Negative = "negative",
        Pair = "pair",
        /// How something could be better, without a story.
        Suggestion = "suggestion",
    }
}

vocabulary! {
    /// How the purchase was made.
    Channel { Web = "web", Store = "store", Phone = "phone" }
}

vocabulary! {
    /// What a shop did to make up for something.
    Gesture {
        Apology = "apology",
        Explanation = "explanation",
        Fix = "fix",
        Replacement = "replacement",
        Gift = "gift",
        Discount = "discount",
        Visit = "visit",
        /// It did nothing. Never together with another.
        None = "none",
    }
}

vocabulary! {
    /// Whether what went wrong was put right in the end.
    Solved { Yes = "yes", Partly = "partly", No = "no" }
}

vocabulary! {
    /// Whether the sender would buy there again.
    Again { Yes = "yes", Maybe = "maybe", No = "no" }
}

vocabulary! {
    /// Who it happened to.
    Witness { Own = "own", SecondHand = "second-hand" }
}

vocabulary! {
    /// How much a sender says about which shop it was.
    ShopAs {
        Named = "named",
        /// “A shop for lamps in the north”.
        Described = "described",
        Unnamed = "unnamed",
    }
}

vocabulary! {
    /// How far an experience has come.
    State {
        /// It waits for an editor.
        Received = "received",
        /// Its sender was asked something.
        Asked = "asked",
        /// Its sender was asked to mend something.
        Returned = "returned",
        /// It may become a column.
        Accepted = "accepted",
        /// It does not become a column.
        Rejected = "rejected",
        /// Its sender took it back. Nobody but they see it.
        Withdrawn = "withdrawn",
    }
}

impl State {
    /// Whether its sender may change it; it then waits for an editor again.
    pub const fn may_change(self) -> bool {
        !matches!(self, Self::Rejected)
    }

    /// Whether its sender may take it back. What was rejected appears nowhere anyway.
    pub const fn may_withdraw(self) -> bool {
        !matches!(self, Self::Rejected | Self::Withdrawn)
    }
}

vocabulary! {
    /// What an editor should know of how an experience came in. No mark refuses anything: each has
    /// an innocent reason as well.
    Mark {
        /// Something stood in a field that people do not see.
        Trap = "trap",
        /// Sent sooner than anybody reads the form, or without having opened it.
        Quick = "quick",
        /// Without a proof of work, as from a browser that runs no script.
        NoProof = "no-proof",
        /// One of many from the same address.
        Often = "often",
        /// Much like what came before.
        Duplicate = "duplicate",
    }
}

/// A rating: 1 (bad) to 5 (good).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Rating(u8);

impl Rating {
    /// `None` outside 1 to 5.
    pub fn new(value: u8) -> Option<Self> {
        (1..=5).contains(&value).then_some(Self(value))
    }

    /// 1 to 5.
    pub fn get(self) -> u8 {
        self.0
    }

    /// Every rating, the lowest first.
    pub fn all() -> impl Iterator<Item = Self> {
        (1..=5).map(Self)
    }
}

impl TryFrom<u8> for Rating {
    type Error = UnknownWord;

    fn try_from(value: u8) -> Result<Self, UnknownWord> {
        Self::new(value)
            .ok_or_else(|| UnknownWord { found: value.to_string(), expected: "1, 2, 3, 4, 5".to_owned() })
    }
}

impl From<Rating> for u8 {
    fn from(rating: Rating) -> Self {
        rating.0
    }
}

/// The shop that a half is about, as its sender chose to say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "as", content = "text", rename_all = "lowercase")]
pub enum ShopGiven {
    /// Its name, 1 to [`limits::SHOP`] characters. The desk decides which shop that is.
    Named(String),
    /// 1 to [`limits::SHOP`] characters.
    Described(String),
    Unnamed,
}

/// What happened, once: one side of an [`Experience`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Half {
    pub side: Side,
    /// Markdown, 1 to [`limits::STORY`] characters.
    pub story: String,
    pub shop: ShopGiven,
    pub channel: Option<Channel>,
    /// The service moments touched, each once, in the order of [`Moment::ALL`].
    pub ratings: Vec<(Moment, Rating)>,
    pub promise: Option<Promise>,
    /// Each once, in the order of [`Gesture::ALL`].
    pub gestures: Vec<Gesture>,
    pub solved: Option<Solved>,
    pub again: Option<Again>,
    pub witness: Option<Witness>,
    pub when: Option<Month>,
}

/// What its sender allows, each apart. When it was given stands beside it where it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Consents {
    /// The story may be published, edited.
    pub publish: bool,
    /// An editor may write to the sender.
    pub contact: bool,
    /// The shop may be shown the story; never who sent it.
    pub shop: bool,
}

/// What a reader sends in, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Experience {
    /// None for a suggestion alone; else one, or both sides, the positive first.
    pub halves: Vec<Half>,
    /// Markdown, 1 to [`limits::SUGGESTION`] characters.
    pub suggestion: Option<String>,
    /// Under which it may be published; `None`: anonymously.
    pub name: Option<String>,
    pub email: Option<Email>,
    /// That it is written in.
    pub lang: Lang,
    pub consents: Consents,
}

#[cfg(test)]
mod tests;
