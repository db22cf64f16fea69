//! What was decided. One that is undone is deleted; the audit log has both.

use sea_orm::entity::prelude::*;

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "decision")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub item_id: Uuid,
    pub editor_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub verdict: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub ground: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub statement: Option<String>,
    pub automated: bool,
    /// What an undoing puts back.
    #[sea_orm(column_type = "Text")]
    pub state_before: String,
    pub waited_since: TimeDateTimeWithTimeZone,
    /// Of the item, as the decision left it.
    pub version: i64,
    pub decided_at: TimeDateTimeWithTimeZone,
    /// Until then it can be undone.
    pub final_at: TimeDateTimeWithTimeZone,
    /// Whether no appeal is open against it, whatever it says.
    pub is_last: bool,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
