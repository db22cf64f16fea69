//! Columns. Lists of names (shops, authors, moments, tags) lie in tables of their own.

use sea_orm::entity::prelude::*;

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "column")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(column_type = "Text", unique)]
    pub slug: String,
    #[sea_orm(column_type = "Text")]
    pub title: String,
    pub date: TimeDate,
    pub updated: Option<TimeDate>,
    #[sea_orm(column_type = "Text")]
    pub lang: String,
    #[sea_orm(column_type = "Text")]
    pub sentiment: String,
    #[sea_orm(column_type = "Text")]
    pub source: String,
    #[sea_orm(column_type = "Text")]
    pub comments: String,
    #[sea_orm(column_type = "Text")]
    pub status: String,
    pub incomplete: bool,
    #[sea_orm(column_type = "Text", nullable)]
    pub summary: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub guest_name: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub guest_role: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub guest_organisation: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub first_medium: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub first_issue: Option<String>,
    pub first_date: Option<TimeDate>,
    #[sea_orm(column_type = "Text", nullable)]
    pub first_url: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub image_src: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub image_alt: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub image_credit: Option<String>,
    pub series_id: Option<Uuid>,
    pub series_number: Option<i64>,
    /// The day from which readers see it: 1899-12-31 when published, its date when scheduled, none
    /// when draft or withdrawn. So `visible_from <= today` is `Column::is_public`.
    pub visible_from: Option<TimeDate>,
    pub words: i64,
    pub reading_minutes: i64,
    #[sea_orm(column_type = "Text")]
    pub excerpt: String,
    /// SHA-256 over everything above that came from outside.
    pub content_hash: Vec<u8>,
    /// Since when it is off the board by a decision, its sender's wish, or erasure.
    pub off_since: Option<TimeDateTimeWithTimeZone>,
    /// The number of the change that wrote it last.
    pub changed_seq: i64,
    pub created_at: TimeDateTimeWithTimeZone,
    pub changed_at: TimeDateTimeWithTimeZone,
    #[sea_orm(column_type = "Text")]
    pub body: String,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
