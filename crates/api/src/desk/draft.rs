//! `/api/v1/desk/drafts/{id}`: a draft as it was saved last (GET), saving it (PUT), throwing it away (DELETE).
//!
//! The `ETag` is the version. A save names in `If-Match` the version that it was made on: 428
//! `version-needed` without it, 412 `draft-changed` where somebody saved since; `merge` makes one of both.
//! 409 `on-the-board` to throwing away what stands there, or did.

use serde::{Deserialize, Serialize};
use weerklank_domain::Lang;
use weerklank_domain::compose::Sheet;
use weerklank_domain::experience::State;

use super::drafts::Place;

pub const PATH: &str = "/api/v1/desk/drafts/{id}";

/// Bytes of a body that holds a sheet: a column and what JSON makes of it.
pub const MAX_BODY: usize = 2_200_000;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    pub sheet: Sheet,
    /// What an import changed in the column was taken in: `column` of the merge in which it was.
    #[serde(default)]
    pub seen_column: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    /// The one it was made on where nothing differs.
    pub version: i64,
    pub saved_at: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Response {
    pub id: String,
    pub version: i64,
    pub sheet: Sheet,
    pub saved_at: String,
    pub saved_by: String,
    pub place: Place,
    /// Whether readers see it now, in whatever version.
    pub is_public: bool,
    /// The slug on the board, which does not change any more.
    pub slug: Option<String>,
    /// Something else changed the column since, an import: it is merged before it is published.
    pub column_changed: bool,
    pub scheduled: Option<Scheduled>,
    /// Why it was not published when its moment came: a code.
    pub publish_failed: Option<String>,
    pub made_of: Vec<MadeOf>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scheduled {
    /// In words, Amsterdam's time.
    pub at: String,
    pub by: String,
    /// Of which version; another than the last where it was changed since.
    pub version: i64,
}

/// An experience that it is made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MadeOf {
    pub experience: String,
    pub state: State,
    pub lang: Lang,
    /// Under which it may be published; absent: anonymously.
    pub name: Option<String>,
    /// Whether its sender lets it be published.
    pub consents: bool,
    /// Whether mail reaches its sender.
    pub has_address: bool,
    pub approval: ApprovalWord,
    /// What its sender said about the text.
    pub remark: Option<String>,
}

/// What a sender thinks of the text as it is now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ApprovalWord {
    /// They were not asked about it.
    NotAsked,
    /// They cannot be: there is no address.
    CannotBeAsked,
    /// They have not answered yet.
    Asked,
    Approved,
    Refused,
}
