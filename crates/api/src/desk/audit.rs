//! GET `/api/v1/desk/audit`: who did what and when, the newest first, by cursor; `format=csv` as a file
//! of all that the filter leaves. For chiefs and admins.

use serde::{Deserialize, Serialize};
use weerklank_domain::desk::{Action, Ground, Kind, Verdict};

pub const PATH: &str = "/api/v1/desk/audit";
/// Lines on a page, at most and by default.
pub const LIMIT: u32 = 200;

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(default)]
pub struct Query {
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<Action>,
    /// Of somebody at the desk.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub editor: Option<String>,
    /// Of an item, or somebody at the desk.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// A day in Amsterdam, included.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// A day in Amsterdam, included.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// From `next`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// 1 to 200.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// `csv`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = Audit))]
pub struct Response {
    pub lines: Vec<Line>,
    /// Absent at the end.
    pub next: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = AuditLine))]
pub struct Line {
    pub id: String,
    pub at: String,
    /// Name of the editor; absent for a sender or the program.
    pub editor: Option<String>,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub action: Action,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub kind: Option<Kind>,
    /// What it was done to.
    pub subject: Option<String>,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub verdict: Option<Verdict>,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub ground: Option<Ground>,
    pub automated: Option<bool>,
    /// Since when the subject had waited.
    pub since: Option<String>,
    /// Somebody at the desk: address and role.
    pub about: Option<String>,
}
