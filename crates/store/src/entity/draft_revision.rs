//! Every version of every draft that somebody may still have open, or want back.

use sea_orm::entity::prelude::*;

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "draft_revision")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub draft_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: i64,
    pub editor_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub cause: String,
    pub saved_at: TimeDateTimeWithTimeZone,
    /// When the saves began that the list of revisions shows as one.
    pub run_began_at: TimeDateTimeWithTimeZone,
    /// Since when a later one of the same run stands for it.
    pub superseded_at: Option<TimeDateTimeWithTimeZone>,
    /// JSON: field by field, what was typed.
    #[sea_orm(column_type = "Text")]
    pub front: String,
    #[sea_orm(column_type = "Text")]
    pub body: String,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
