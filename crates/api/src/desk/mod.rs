//! The desk, for who is signed in: one file per address. All are below `/api/v1/desk`, answer 401
//! `not-signed-in` without a session (but signing in and setting up), 403 `not-allowed` to a role that may
//! not, and 403 `cross-site` to a write that comes from elsewhere. Times are RFC 3339, ids UUIDs.

pub mod approval;
pub mod audit;
pub mod claim;
pub mod decision;
pub mod decisions;
pub mod draft;
pub mod drafts;
pub mod events;
pub mod images;
pub mod item;
pub mod link;
pub mod mails;
pub mod merging;
pub mod passkeys;
pub mod password;
pub mod people;
pub mod person;
pub mod preview;
pub mod publication;
pub mod queue;
pub mod replies;
pub mod revisions;
pub mod second_factor;
pub mod session;
pub mod sessions;
pub mod set_up;
pub mod templates;
pub mod views;

use serde::{Deserialize, Serialize};
use weerklank_domain::desk::{Ground, Kind, Role, Verdict};
use weerklank_domain::experience::{Mark, Side, State};
use weerklank_domain::{Lang, Moment};

/// Every address below this is the desk's.
pub const ANY: &str = "/api/v1/desk/{*path}";

/// Somebody at the desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Person {
    pub id: String,
    pub email: String,
    pub name: String,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub role: Role,
    /// That the desk speaks to them.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub lang: Lang,
    /// Whether they have used their set-up link.
    pub has_password: bool,
    /// Whether they are asked for a code as well.
    pub has_second_factor: bool,
    pub disabled: bool,
}

/// Something that waits, or did, as lists show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Item {
    pub id: String,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub kind: Kind,
    pub came_at: String,
    /// Absent where nobody at the desk has to do anything.
    pub waits_since: Option<String>,
    /// Absent where nobody holds it at the moment.
    pub holder: Option<Holder>,
    /// A decision names it.
    pub version: i64,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub state: State,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub lang: Lang,
    /// The start of its text on one line.
    pub excerpt: String,
    /// `positive`, `negative`, both, or none for a suggestion.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub sides: Vec<Side>,
    /// As its sender named or described it.
    pub shop: Option<String>,
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub moments: Vec<Moment>,
    /// What looked wrong when it came in.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub marks: Vec<Mark>,
}

/// Who is working on an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Holder {
    /// Of the editor.
    pub id: String,
    pub name: String,
    pub until: String,
}

/// What was decided before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PastDecision {
    pub id: String,
    /// The editor's name.
    pub by: String,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub verdict: Verdict,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub ground: Option<Ground>,
    /// HTML, safe to place as it is.
    pub statement_html: Option<String>,
    /// Whether something that is no human helped to find or decide it.
    pub automated: bool,
    pub decided_at: String,
    /// Until then it can be undone, by who made it.
    pub final_at: String,
}

/// What a sender answered, or told later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Answer {
    /// Of the decision that asked.
    pub to: Option<String>,
    /// HTML, safe to place as it is.
    pub html: String,
    pub written_at: String,
}
