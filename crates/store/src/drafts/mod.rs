//! Columns while they are written: one file per use case.
//!
//! Every save is a revision, and a save names the version that it was made on: of two people who write at the
//! same time, the second is told, and both versions are there to be merged. A draft that stands on the board
//! remembers the column by its hash, so that an import in between is noticed.

mod approve;
mod begin;
mod forget;
mod part;
mod publish;
mod put_back;
mod read;
mod save;
mod schedule;
mod take_off;

use time::OffsetDateTime;
use uuid::Uuid;
use weerklank_domain::compose::{Approval, Cause, Sheet};
use weerklank_domain::experience::State;
use weerklank_domain::{Lang, Slug, Status};

pub use approve::{ApprovalGiven, AskedApproval};
pub use begin::{Begun, NewDraft};
pub use forget::Discarded;
pub(crate) use forget::erase_made_of;
pub use part::Partner;
pub(crate) use part::tell_parted;
pub use publish::{Hindrance, Published, Publishing};
pub(crate) use put_back::{PutBack, hindrance_to_return, left_at, nothing_left, put_back};
pub use read::OwnText;
pub(crate) use read::{sheet, texts_of};
pub use save::Saved;
pub use schedule::{DueDraft, Scheduled};
pub use take_off::TakenOff;
pub(crate) use take_off::{Removal, stay_off_for, take_off_for, take_off_made_of};

/// A draft with its last revision.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    pub id: Uuid,
    pub version: i64,
    pub sheet: Sheet,
    pub saved_at: OffsetDateTime,
    /// Name of who saved it last.
    pub saved_by: String,
    /// None before it stood on the board.
    pub column: Option<DraftColumn>,
    /// The version that stands on the board, or did.
    pub published_version: Option<i64>,
    pub scheduled: Option<Schedule>,
    /// Why the last try to publish on time failed: the code of a problem.
    pub publish_failed: Option<String>,
    /// What it is made of, in the order of the text.
    pub made_of: Vec<MadeOf>,
}

/// The column that a draft is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftColumn {
    pub slug: Slug,
    pub status: Status,
    /// Something else than this draft changed it since: an import.
    pub is_changed: bool,
}

/// When a version is to be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    pub at: OffsetDateTime,
    pub version: i64,
    /// Name of who said so.
    pub by: String,
}

/// An experience that a draft is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadeOf {
    pub experience: Uuid,
    pub state: State,
    pub lang: Lang,
    /// Under which it may be published.
    pub name: Option<String>,
    /// Whether its sender lets it be published.
    pub consents: bool,
    /// Whether mail reaches its sender.
    pub has_address: bool,
    pub approval: Approval,
    /// What its sender said about the text.
    pub remark: Option<String>,
}

/// A draft as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftLine {
    pub id: Uuid,
    /// As typed; may be empty.
    pub title: String,
    pub slug: Option<Slug>,
    pub status: Option<Status>,
    /// Whether the board shows another version, or none.
    pub has_changes: bool,
    pub publish_at: Option<OffsetDateTime>,
    pub publish_failed: bool,
    pub saved_at: OffsetDateTime,
    pub saved_by: String,
    /// When anything about it changed last: lists are in this order.
    pub changed_at: OffsetDateTime,
    /// What the senders think of it; none for what an editor wrote from nothing.
    pub approvals: Vec<Approval>,
}

/// A version that can be looked at, compared and put back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    pub version: i64,
    pub saved_at: OffsetDateTime,
    /// Name of who saved it.
    pub saved_by: String,
    pub cause: Cause,
    pub is_published: bool,
}
