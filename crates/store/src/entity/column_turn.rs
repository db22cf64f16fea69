//! Columns that leave the board, or come back, because of a decision.

use sea_orm::entity::prelude::*;

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "column_turn")]
pub struct Model {
    /// Of the report or appeal that was decided on.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub column_id: Uuid,
    /// That began it, if one did.
    pub report_id: Option<Uuid>,
    pub is_back: bool,
    pub due_at: TimeDateTimeWithTimeZone,
    /// None before it happened.
    pub done_at: Option<TimeDateTimeWithTimeZone>,
    /// Why it did not come back; `other` of one that was away already when it was to go.
    #[sea_orm(column_type = "Text", nullable)]
    pub away: Option<String>,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
