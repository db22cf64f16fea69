//! What readers say about columns: one file per use case.
//!
//! A decision shows at the moment at which it is final, so what stands below a column follows from the
//! rows and the time; `due` says when it is to be drawn anew.

mod appeal;
pub(crate) mod contact;
mod due;
pub(crate) mod ended;
mod import;
mod own;
mod public;
mod react;
mod read;
mod receive;
mod turn;

use time::OffsetDateTime;
use uuid::Uuid;
use weerklank_domain::desk::{Ground, Kind};
use weerklank_domain::experience::{Mark, State};
use weerklank_domain::voice::{Away, Party};
use weerklank_domain::{Lang, Slug};

use crate::{PastDecision, StoredReply};

pub use appeal::OwnAppeal;
pub(crate) use appeal::{appeals, open_to_appeal, open_to_sender, told_writer};
pub(crate) use due::due_at;
pub use import::{EarlierThread, TakenOver};
pub use own::{OwnWords, Words};
pub use public::{PublicComment, Voices};
pub use react::{Reacted, Reader};
pub(crate) use read::{appeal_by_id, comment_by_id, marks, report_by_id};
pub use receive::{NewWords, Said};
pub(crate) use turn::{
    Turn, came_back, came_of_an_appeal, kept_away, never_turn, never_turn_column, next, turn_at, turn_of,
};

/// A column that something is said about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AboutColumn {
    pub id: Uuid,
    pub slug: Slug,
    pub title: String,
    pub lang: Lang,
}

/// A comment and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredComment {
    pub id: Uuid,
    pub column: AboutColumn,
    /// What it answers, unless that is gone.
    pub answers: Option<Answered>,
    pub state: State,
    pub lang: Lang,
    pub name: Option<String>,
    /// Markdown.
    pub text: String,
    /// What looked wrong when it came in.
    pub marks: Vec<Mark>,
    pub received_at: OffsetDateTime,
    /// From when readers see it.
    pub public_from: Option<OffsetDateTime>,
    /// From when they do not any more.
    pub removed_at: Option<OffsetDateTime>,
    pub has_address: bool,
    /// It was made elsewhere, before this board, and has no link.
    pub is_imported: bool,
}

/// The comment that another one answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    pub id: Uuid,
    pub name: Option<String>,
    /// Markdown.
    pub text: String,
    pub lang: Lang,
}

/// A report and what it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredReport {
    pub id: Uuid,
    pub column: AboutColumn,
    pub about: Reported,
    pub state: State,
    pub lang: Lang,
    pub ground: Ground,
    /// Markdown.
    pub text: String,
    pub name: Option<String>,
    pub marks: Vec<Mark>,
    pub received_at: OffsetDateTime,
    pub has_address: bool,
}

/// What a report is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reported {
    /// The column itself.
    Column,
    /// A comment below it; `None` where its writer has erased it.
    Comment(Option<Box<StoredComment>>),
    /// A shop's reply below it; `None` where it is gone.
    Reply(Option<Box<StoredReply>>),
}

/// Where what is reported stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot {
    /// The column itself.
    Column,
    /// A comment below it.
    Comment(Uuid),
    /// A shop's reply below it.
    Reply(Uuid),
}

/// An appeal and what it is against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredAppeal {
    pub id: Uuid,
    pub party: Party,
    pub state: State,
    pub lang: Lang,
    /// Markdown.
    pub text: String,
    pub received_at: OffsetDateTime,
    pub against: PastDecision,
    /// The experience, comment, report or reply whose sender appeals.
    pub sent_in: Uuid,
    /// Of what was decided on.
    pub kind: Kind,
    /// The item that was decided on.
    pub item: Uuid,
    /// The report that it all began with, if one did.
    pub report: Option<Box<StoredReport>>,
    /// Whether it is the second look, and the decision on it the last.
    pub is_second: bool,
    /// The column whose removal it is against.
    pub column: Option<AboutColumn>,
    /// Why what was removed does not come back when that decision is reversed.
    pub away: Option<Away>,
    /// When that was undone already, so that nobody had to decide on it.
    pub ended_at: Option<OffsetDateTime>,
}
