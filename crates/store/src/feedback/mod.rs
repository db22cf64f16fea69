//! Shops, their sites and keys, and what customers answer: one file per use case.
//!
//! None of it is on a public page, so none of it moves the change sequence; a shop's name alone does.

mod add;
mod changes;
mod give;
mod keys;
mod list;
mod own;
mod row;
mod shop;
mod site;
mod tallies;

use time::{Duration, OffsetDateTime};
use uuid::Uuid;
use weerklank_domain::feedback::site::{Site, SiteKey};
use weerklank_domain::feedback::token::Round;
use weerklank_domain::feedback::{Answer, Change, FormLang, Label, Tags, Ticket};
use weerklank_domain::{Date, Moment, Named};

pub use add::Added;
pub use give::{Gave, NewFeedback, SentBy};
pub use keys::{ApiKey, NewSigningKey, SigningKey};
pub use list::{FeedbackCursor, FeedbackFilter, FeedbackPage};
pub use own::OwnFeedback;
pub use shop::KnownShop;
pub use tallies::ScoreLine;

/// For how long after it came an answer can be changed. Long enough for who reads a mail at the weekend; short
/// enough that the scores of last month stand.
pub const CHANGEABLE: Duration = Duration::days(7);

/// A site as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredSite {
    pub id: Uuid,
    pub key: SiteKey,
    pub shop_id: Uuid,
    pub shop: Named,
    /// What the shop calls it.
    pub name: String,
    pub site: Site,
    pub created_at: OffsetDateTime,
    /// Since when it takes no first answers.
    pub disabled_at: Option<OffsetDateTime>,
}

/// An answer as a shop reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredFeedback {
    pub id: Uuid,
    pub site: SiteKey,
    pub ticket: Option<Ticket>,
    pub round: Round,
    /// Whether a token proved the ticket.
    pub verified: bool,
    pub lang: FormLang,
    pub moment: Option<Moment>,
    pub agent: Option<Label>,
    pub team: Option<Label>,
    pub tags: Tags,
    pub answer: Answer,
    /// The day of `first_at` in the Netherlands.
    pub first_on: Date,
    pub first_at: OffsetDateTime,
    pub changed_at: OffsetDateTime,
}

/// An answer with what became different in it, the oldest change first: [`Answer::before`] leads back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedbackWhole {
    pub feedback: StoredFeedback,
    pub history: Vec<(OffsetDateTime, Vec<Change>)>,
}
