//! GET `/api/v1/search`: published columns that a query finds, best first.

use serde::{Deserialize, Serialize};
use weerklank_domain::{Date, Facets, Lang, Sentiment, Slug};

pub const PATH: &str = "/api/v1/search";

/// The query and the filters; filters combine.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
pub struct Query {
    /// What to look for, at most 200 characters; required.
    #[cfg_attr(feature = "openapi", param(min_length = 1, max_length = 200, required = true))]
    pub q: Option<String>,
    /// `positive`, `negative` or `mixed`.
    #[cfg_attr(feature = "openapi", param(value_type = Option<crate::schema::Sentiment>, inline))]
    pub sentiment: Option<String>,
    /// A service moment, such as `delivery`.
    #[cfg_attr(feature = "openapi", param(value_type = Option<crate::schema::Moment>, inline))]
    pub moment: Option<String>,
    /// The slug of a shop.
    #[cfg_attr(feature = "openapi", param(pattern = "^[a-z0-9]+(-[a-z0-9]+)*$"))]
    pub shop: Option<String>,
    /// The slug of a series.
    #[cfg_attr(feature = "openapi", param(pattern = "^[a-z0-9]+(-[a-z0-9]+)*$"))]
    pub series: Option<String>,
    /// The slug of an author.
    #[cfg_attr(feature = "openapi", param(pattern = "^[a-z0-9]+(-[a-z0-9]+)*$"))]
    pub author: Option<String>,
    /// `nl` or `en`.
    #[cfg_attr(feature = "openapi", param(value_type = Option<crate::schema::Lang>, inline))]
    pub lang: Option<String>,
    /// Where the page before ended: its `next`.
    pub cursor: Option<String>,
    /// How many to return, 1 to 100; 20 if absent.
    #[cfg_attr(feature = "openapi", param(minimum = 1, maximum = 100, default = 20))]
    pub limit: Option<u32>,
}

/// A page of what was found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = SearchPage))]
pub struct Response {
    /// Over all pages.
    pub total: u64,
    pub items: Vec<Hit>,
    /// Counts of what each further filter would leave.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub facets: Facets,
    /// The cursor of the page after; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// A found column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Hit {
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub slug: Slug,
    /// Where people read it.
    pub url: String,
    pub title: String,
    /// A passage around the matches, plain text.
    pub snippet: String,
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub date: Date,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub lang: Lang,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub sentiment: Sentiment,
}
