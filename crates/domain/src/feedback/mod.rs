//! Feedback: a score that a customer gives after a support contact, and what they say beside it.
//!
//! A [`FirstDraft`] is the first tap, a [`RestDraft`] all that follows; [`Answer::merge`] puts the two
//! together and says what changed. What is asked stands in [`Question`] and [`Own`], where it is asked in
//! [`site`], what an invitation says in [`token`], and what is worked out of all answers in [`scores`].

mod answer;
mod draft;
mod field;
mod form;
mod own;
mod own_draft;
mod question;
mod said;
pub mod scores;
pub mod site;
mod spoken;
pub mod token;
mod whole;

pub use answer::{Answer, Change, First, Rest};
pub use draft::{FirstDraft, RestDraft};
pub use field::{FeedbackFault, FeedbackFaults, FieldFault};
pub use own::{Own, OwnAnswer, OwnOption, OwnQuestion, Shape, When};
pub use own_draft::{OptionDraft, OwnDraft};
pub use question::{NoScore, Question, Regard, Score};
pub use said::{Label, Tags, Ticket};
pub use spoken::{FormLang, Spoken};
pub use whole::WholeDraft;

/// How much of each there may be, in characters where nothing else is said.
pub mod limits {
    /// A reference to a ticket.
    pub const TICKET: usize = 64;
    /// The name of an agent, a team or a tag.
    pub const LABEL: usize = 80;
    /// Tags of one answer.
    pub const TAGS: usize = 10;
    /// A comment.
    pub const COMMENT: usize = 4_000;
    /// Questions of a shop's own, per site.
    pub const OWN: usize = 5;
    /// The words of such a question.
    pub const OWN_WORDS: usize = 160;
    /// The words of an option, and at the end of a scale.
    pub const OPTION_WORDS: usize = 60;
    /// Options of one choice, at least and at most.
    pub const OPTIONS: std::ops::RangeInclusive<usize> = 2..=10;
    /// Points of a scale.
    pub const POINTS: std::ops::RangeInclusive<u8> = 2..=10;
    /// Characters that a shop can allow in an answer in words.
    pub const OWN_TEXT: std::ops::RangeInclusive<u16> = 1..=1_000;
}
