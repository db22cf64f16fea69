//! Columns on their way to the board, and their way back to the desk.

use sea_orm::entity::prelude::*;

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "draft")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// None before it stood on the board.
    pub column_id: Option<Uuid>,
    /// Of the column, as this draft left or found it.
    pub column_hash: Option<Vec<u8>>,
    /// Of the last revision.
    pub version: i64,
    pub published_version: Option<i64>,
    pub publish_at: Option<TimeDateTimeWithTimeZone>,
    pub publish_version: Option<i64>,
    pub publish_by: Option<Uuid>,
    /// Why the last try to publish on time failed.
    #[sea_orm(column_type = "Text", nullable)]
    pub publish_failed: Option<String>,
    pub withdrawn_at: Option<TimeDateTimeWithTimeZone>,
    #[sea_orm(column_type = "Text", nullable)]
    pub withdrawn_reason: Option<String>,
    pub made_at: TimeDateTimeWithTimeZone,
    pub changed_at: TimeDateTimeWithTimeZone,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
