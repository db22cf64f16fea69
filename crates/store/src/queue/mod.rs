//! What waits at the desk: one file per use case.
//!
//! An item waits from `waits_since` on until somebody decides; who claims it holds it for a while. Its
//! version counts what changed in it, and a decision names the version that it was made on, so no two
//! editors decide the same, and nobody decides on what they have not read.

mod about;
mod claim;
mod decide;
mod list;
mod read;
mod take_over;
mod views;
pub(crate) mod wait;

use time::OffsetDateTime;
use uuid::Uuid;
use weerklank_domain::desk::{Ground, Kind, Verdict};
use weerklank_domain::experience::{Mark, ShopGiven, Side, State};
use weerklank_domain::{Lang, Moment};

use crate::{Hints, MailText, StoredAppeal, StoredComment, StoredExperience, StoredReply, StoredReport};

pub(crate) use about::{away, is_last};
pub(crate) use decide::overtake;
pub(crate) use read::{answers, decisions};

pub use claim::Claimed;
pub use decide::{Carried, Undone};
pub use list::{QueueCursor, QueueFilter, QueuePage};
pub use take_over::Instead;
pub use views::{QueueView, ViewKept};

/// An item of the queue, as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueItem {
    pub id: Uuid,
    pub kind: Kind,
    pub came_at: OffsetDateTime,
    /// `None` where nobody at the desk has to do anything.
    pub waits_since: Option<OffsetDateTime>,
    pub holder: Option<Holder>,
    /// Counts what changed in it.
    pub version: i64,
    /// When it changed last, its holder included.
    pub changed_at: OffsetDateTime,
    pub state: State,
    pub lang: Lang,
    /// The start of its text, at most 600 characters: Markdown.
    pub start: String,
    /// Of the halves, the positive first; none for a suggestion alone, and for what is no experience.
    pub sides: Vec<Side>,
    /// Of the first half that says.
    pub shop: Option<ShopGiven>,
    /// What looked wrong when it came in.
    pub marks: Vec<Mark>,
    /// Touched by any half, in the order of [`Moment::ALL`].
    pub moments: Vec<Moment>,
}

/// Who is working on an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    pub editor: Uuid,
    pub name: String,
    pub until: OffsetDateTime,
}

/// Everything that somebody who decides on an item has to see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueWhole {
    pub item: QueueItem,
    pub about: About,
    /// The oldest first.
    pub decisions: Vec<PastDecision>,
    /// The oldest first.
    pub answers: Vec<Answer>,
}

/// What an item is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    Experience {
        stored: Box<StoredExperience>,
        /// How it came in, and what may have to do with it.
        hints: Hints,
    },
    Comment(StoredComment),
    Report(StoredReport),
    Reply(Box<StoredReply>),
    Appeal {
        appeal: StoredAppeal,
        /// What was decided on, where it is still there.
        about: Option<Box<Self>>,
    },
}

/// A mail that a decision causes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addressed {
    /// The experience, comment, report or reply whose sender it is for.
    pub to: Uuid,
    pub text: MailText,
}

/// What was decided before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastDecision {
    pub id: Uuid,
    pub editor: Uuid,
    /// The editor's name.
    pub by: String,
    pub verdict: Verdict,
    pub ground: Option<Ground>,
    /// Markdown.
    pub statement: Option<String>,
    pub automated: bool,
    pub state_before: State,
    pub decided_at: OffsetDateTime,
    /// Until then it can be undone.
    pub final_at: OffsetDateTime,
    /// Whether no appeal is open against it, whatever it says.
    pub is_last: bool,
}

/// What a sender answered, or told later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub id: Uuid,
    /// The question.
    pub decision: Option<Uuid>,
    pub text: String,
    pub written_at: OffsetDateTime,
}
