//! Everything Weerklank remembers, behind methods named after use cases.
//!
//! One transaction is one method. Rows and SQL stay in here; what goes in and comes out are the
//! domain's types. "Not found" is `Option`. There is no clock: today's date and the present moment
//! are arguments, and ids come from an [`IdSource`]. SQLite and PostgreSQL answer alike, down to
//! the order of lists.
//!
//! Reading order: `url`, `store` (opening, migrating), `aside` (many writes, one commit), `entity` (the
//! tables), `catalogue` (what lists are made from), `columns`, `drafts`, `experiences`, `feedback`, `voice`, `replies`, `queue`, `outbox` and `editors`
//! (one file per use case), `pictures`, `templates`, `limits` (how often something may be done), `audit`, `copy` (backup, restore,
//! transfer).

#[cfg(all(feature = "acknowledge-early", not(debug_assertions)))]
compile_error!("`acknowledge-early` loses what was acknowledged: it is for a control in tests alone");

mod aside;
mod audit;
mod batch;
mod catalogue;
mod columns;
mod connect;
mod copy;
mod drafts;
mod editors;
mod entity;
mod error;
mod experiences;
mod feedback;
mod ids;
mod limits;
mod outbox;
mod pictures;
mod queue;
mod replies;
mod retention;
mod store;
mod templates;
mod url;
mod voice;

pub use audit::{AuditFilter, AuditLine};
pub use columns::{
    ChangePoint, ColumnCursor, CursorError, Derived, Imported, KnownNames, ListAnswer, Sitemap, SitemapEntry,
    StoredColumn,
};
pub use connect::PoolOptions;
pub use copy::check_backup;
pub use drafts::{
    ApprovalGiven, AskedApproval, Begun, Discarded, Draft, DraftColumn, DraftLine, DueDraft, Hindrance,
    MadeOf, NewDraft, OwnText, Partner, Published, Publishing, Revision, Saved, Schedule, Scheduled,
    TakenOff,
};
pub use editors::{
    Editor, Invitation, Invited, NewPasskey, NewSession, Passkey, PasskeyAdded, PasskeyChallenge,
    PasskeyEntry, PasskeyFacts, PasskeyUse, PeopleChange, SecondFactor, Session, SignIn, Signed,
};
pub use error::StoreError;
pub use experiences::{
    Alike, Arrival, Asked, AskedAddress, Changed, Confirm, Hash, Hints, NewExperience, Other, OwnExperience,
    Proof, Received, SameSender, StoredExperience, WITHOUT_PROOF,
};
pub use feedback::{
    Added, ApiKey, CHANGEABLE, FeedbackCursor, FeedbackFilter, FeedbackPage, FeedbackWhole, Gave, KnownShop,
    NewFeedback, NewSigningKey, OwnFeedback, ScoreLine, SentBy, SigningKey, StoredFeedback, StoredSite,
};
pub use ids::{IdSource, OsIds};
pub use limits::{Counted, Limit};
pub use outbox::{DeadMail, DueMail, MailCounts, MailText, WaitingMail};
pub use queue::{
    About, Addressed, Answer, Carried, Claimed, Holder, Instead, PastDecision, QueueCursor, QueueFilter,
    QueueItem, QueuePage, QueueView, QueueWhole, Undone, ViewKept,
};
pub use replies::{
    AskedShop, NewReplyRequest, OwnReply, PublicReply, RepliedTo, ReplyAnswer, ShopsReply, StoredReply,
    ToldSender,
};
pub use store::Store;
pub use templates::{StoredTemplate, TemplateWritten};
pub use url::{DatabaseUrl, DatabaseUrlError};
pub use voice::{
    AboutColumn, Answered, EarlierThread, NewWords, OwnAppeal, OwnWords, PublicComment, Reacted, Reader,
    Reported, Said, Spot, StoredAppeal, StoredComment, StoredReport, TakenOver, Voices, Words,
};
