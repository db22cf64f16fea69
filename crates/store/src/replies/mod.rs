//! Both sides are heard: a shop is asked for a reply to a column, before or after it stands on the board, and
//! answers by a link of its own. One file per use case.
//!
//! A reply waits at the desk as a comment does, and shows at the moment at which the decision is final. It is of
//! the draft, so that it is there when the column is.

mod answer;
mod ask;
mod erase;
mod outcome;
mod public;
mod read;

use time::OffsetDateTime;
use uuid::Uuid;
use weerklank_domain::experience::{Solved, State};
use weerklank_domain::{Lang, Status};

use crate::voice::AboutColumn;
use crate::{OwnAppeal, PastDecision};

pub(crate) use ask::call_off_all;
pub use ask::{AskedShop, NewReplyRequest};
pub use public::{OwnReply, PublicReply};
pub(crate) use public::{of_column, of_draft};
pub(crate) use read::{by_secret, column_of, reply_by_id, told};

/// A shop that was asked, and what it answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredReply {
    pub id: Uuid,
    pub draft: Uuid,
    pub shop: String,
    /// That the shop is spoken to in.
    pub lang: Lang,
    /// Markdown.
    pub question: Option<String>,
    /// Whether a mail reaches the shop.
    pub has_address: bool,
    /// Name of the editor.
    pub asked_by: String,
    pub asked_at: OffsetDateTime,
    /// From then on there is no answering any more.
    pub closes_at: OffsetDateTime,
    /// What the shop was asked about.
    pub about: RepliedTo,
    /// Whose experiences the text is made of, as far as they are accepted.
    pub senders: Vec<ToldSender>,
    pub answer: Option<ReplyAnswer>,
}

/// A text that a shop is asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RepliedTo {
    pub title: String,
    /// Markdown; `None` where there is a column in its place, and where the shop must not see it: its sender does not
    /// want that, or took it back.
    pub body: Option<String>,
    pub lang: Lang,
    /// Where it stands, or stood, on the board.
    pub column: Option<(AboutColumn, Status)>,
}

/// Somebody to be told of a reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldSender {
    pub experience: Uuid,
    pub lang: Lang,
    pub received_at: OffsetDateTime,
}

/// What a shop answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplyAnswer {
    pub state: State,
    /// Who wrote it.
    pub name: Option<String>,
    /// Markdown.
    pub text: String,
    pub received_at: OffsetDateTime,
    pub changed_at: OffsetDateTime,
    /// From when readers see it.
    pub public_from: Option<OffsetDateTime>,
    /// From when they do not any more.
    pub removed_at: Option<OffsetDateTime>,
    /// What senders said of it since.
    pub outcomes: Vec<Solved>,
}

/// As the shop sees it. A decision that can still be undone is not told of yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShopsReply {
    pub reply: StoredReply,
    /// The oldest first; what led to its removal is the last.
    pub decisions: Vec<PastDecision>,
    /// The oldest first.
    pub appeals: Vec<OwnAppeal>,
    /// The decision that the shop may appeal against now.
    pub may_appeal: Option<Uuid>,
    /// Whether it can be written, or written anew, now.
    pub may_write: bool,
}
