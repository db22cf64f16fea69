//! `/api/v1/desk/templates`: the first words of statements, in every language (GET, for every editor). Others are
//! written, one at a time (PUT, for chiefs and admins): 409 `changed` where somebody wrote them since, 422
//! `invalid-template`.

use serde::{Deserialize, Serialize};
use weerklank_domain::Lang;
use weerklank_domain::desk::{Ground, Verdict};

pub const PATH: &str = "/api/v1/desk/templates";

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = Templates))]
pub struct Response {
    /// By verdict, then by ground, then by language.
    pub templates: Vec<Entry>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = StatementTemplate))]
pub struct Entry {
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub lang: Lang,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub verdict: Verdict,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub ground: Option<Ground>,
    /// Markdown; what an editor begins with.
    pub text: String,
    /// Whether somebody at the desk wrote it; else it is the program's.
    pub is_own: bool,
    /// A change names the one that it was made on; 0 where there was none.
    pub version: i64,
    /// Who changed it last.
    pub changed_by: Option<String>,
    pub changed_at: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = TemplateChange))]
#[serde(deny_unknown_fields)]
pub struct Request {
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub lang: Lang,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub verdict: Verdict,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    #[serde(default)]
    pub ground: Option<Ground>,
    /// That was read.
    pub version: i64,
    /// 1 to 4,000 characters; absent: the program's again.
    #[serde(default)]
    pub text: Option<String>,
}
