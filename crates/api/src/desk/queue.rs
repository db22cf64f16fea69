//! GET `/api/v1/desk/queue`: what waits, longest first, by cursor.

use serde::{Deserialize, Serialize};
use weerklank_domain::desk::Kind;
use weerklank_domain::experience::Side;
use weerklank_domain::{Lang, Moment};

use super::Item;

pub const PATH: &str = "/api/v1/desk/queue";
/// Items on a page, at most and by default.
pub const LIMIT: u32 = 200;

/// What is absent restricts nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(default)]
pub struct Query {
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kind>,
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lang: Option<Lang>,
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub side: Option<Side>,
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moment: Option<Moment>,
    /// Whose: `mine` (held by who asks), `free` (held by nobody else), `decided` (what was decided, the
    /// last first, in the place of what waits).
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub view: Option<View>,
    /// From `next`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// 1 to 200.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

impl Query {
    /// What restricts the queue, without the page of it, in the one order that the desk writes it in:
    /// `kind=comment&view=free`. Empty where nothing does.
    pub fn selection(&self) -> String {
        let pairs = [
            ("kind", self.kind.map(Kind::as_str)),
            ("lang", self.lang.map(Lang::as_str)),
            ("moment", self.moment.map(Moment::as_str)),
            ("side", self.side.map(Side::as_str)),
            ("view", self.view.map(View::as_str)),
        ];
        let pairs = pairs.into_iter().filter_map(|(key, word)| Some(format!("{key}={}", word?)));
        pairs.collect::<Vec<_>>().join("&")
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum View {
    Mine,
    Free,
    Decided,
}

impl View {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Mine => "mine",
            Self::Free => "free",
            Self::Decided => "decided",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = Queue))]
pub struct Response {
    pub items: Vec<Item>,
    /// Absent at the end.
    pub next: Option<String>,
    /// How many there are with this filter, on all pages.
    pub count: u64,
}
