//! What became different in an answer, and when.

use sea_orm::entity::prelude::*;

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "feedback_change")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub feedback_id: Uuid,
    /// From 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i32,
    pub at: TimeDateTimeWithTimeZone,
    /// JSON, as what follows.
    #[sea_orm(column_type = "Text")]
    pub changes: String,
    /// Changes of what the customer wrote.
    #[sea_orm(column_type = "Text", nullable)]
    pub words: Option<String>,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
