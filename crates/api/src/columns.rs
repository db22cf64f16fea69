//! GET `/api/v1/columns`: published columns, newest first.

use serde::{Deserialize, Serialize};
use weerklank_domain::{Comments, Date, Lang, Moment, Sentiment, Slug, Source};

pub const PATH: &str = "/api/v1/columns";

/// Filters combine; all are optional.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
pub struct Query {
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

/// A page of columns.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ColumnsPage))]
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
    /// In the order in which they sign.
    pub authors: Vec<Name>,
    #[cfg_attr(feature = "openapi", schema(value_type = String, pattern = "^(nl|en)$"))]
    pub lang: Lang,
    #[cfg_attr(feature = "openapi", schema(value_type = String, pattern = "^(positive|negative|mixed)$"))]
    pub sentiment: Sentiment,
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub moments: Vec<Moment>,
    pub shops: Vec<Name>,
    pub series: Option<SeriesRef>,
    pub guest: Option<Guest>,
    pub first_published: Option<FirstPublished>,
    /// Plain text.
    pub summary: String,
    pub tags: Vec<String>,
    pub image: Option<Image>,
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

/// A shop or an author: both have a page, and filter by their slug.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Name {
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub slug: Slug,
    pub name: String,
}

/// Someone from outside the house who wrote or was interviewed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Guest {
    pub name: String,
    pub role: Option<String>,
    pub organisation: Option<String>,
}

/// Where the text stood before it stood here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FirstPublished {
    /// The name of the medium: `in` in the file.
    pub medium: String,
    /// As printed, for instance `11/12-2015`.
    pub issue: Option<String>,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = Date))]
    pub date: Option<Date>,
    /// `http` or `https`.
    pub url: Option<String>,
}

/// The picture above a column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Image {
    /// An absolute address.
    pub src: String,
    /// What it shows, for whom cannot see it; empty only where it is decoration.
    pub alt: String,
    pub credit: Option<String>,
    /// CSS pixels, with `height`; known of pictures that the board itself serves.
    pub width: Option<u32>,
    pub height: Option<u32>,
}
