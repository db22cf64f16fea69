//! GET `/api/v1/columns`: published columns, newest first.

use serde::{Deserialize, Serialize};
use weerklank_domain::{Comments, Date, FirstPublished, Guest, Lang, Moment, Named, Sentiment, Slug, Source};

pub const PATH: &str = "/api/v1/columns";

/// Filters combine; all are optional.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
pub struct Query {
    /// `positive`, `negative` or `mixed`.
    pub sentiment: Option<String>,
    /// A service moment, such as `delivery`.
    pub moment: Option<String>,
    /// The slug of a shop.
    pub shop: Option<String>,
    /// The slug of a series.
    pub series: Option<String>,
    /// The slug of an author.
    pub author: Option<String>,
    /// `nl` or `en`.
    pub lang: Option<String>,
    /// Where the page before ended: its `next`.
    pub cursor: Option<String>,
    /// How many to return, 1 to 100; 20 if absent.
    pub limit: Option<u32>,
}

/// A page of columns.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Response {
    pub items: Vec<Item>,
    /// The cursor of the page after; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// A column: its metadata, its Markdown and what the board makes of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Item {
    #[cfg_attr(feature = "openapi", schema(value_type = String, pattern = "^[a-z0-9]+(-[a-z0-9]+)*$"))]
    pub slug: Slug,
    /// Where people read it.
    pub url: String,
    pub title: String,
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub date: Date,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = Date))]
    pub updated: Option<Date>,
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Object>))]
    pub authors: Vec<Named>,
    #[cfg_attr(feature = "openapi", schema(value_type = String, pattern = "^(nl|en)$"))]
    pub lang: Lang,
    #[cfg_attr(feature = "openapi", schema(value_type = String, pattern = "^(positive|negative|mixed)$"))]
    pub sentiment: Sentiment,
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub moments: Vec<Moment>,
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Object>))]
    pub shops: Vec<Named>,
    pub series: Option<SeriesRef>,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub guest: Option<Guest>,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub first_published: Option<FirstPublished>,
    /// Plain text.
    pub summary: String,
    pub tags: Vec<String>,
    #[cfg_attr(feature = "openapi", schema(value_type = String, pattern = "^(own|second-hand|research)$"))]
    pub source: Source,
    #[cfg_attr(feature = "openapi", schema(value_type = String, pattern = "^(open|closed)$"))]
    pub comments: Comments,
    /// The source text breaks off.
    pub incomplete: bool,
    /// Whole minutes, at least 1.
    pub reading_minutes: u32,
    /// The body as written.
    pub markdown: String,
    /// The body as HTML: safe to place as it is.
    pub html: String,
}

/// A column's place in its series.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SeriesRef {
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub slug: Slug,
    pub name: String,
    pub number: u32,
}
