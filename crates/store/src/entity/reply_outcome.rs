//! Whether it was solved, as senders see it after a shop's reply.

use sea_orm::entity::prelude::*;

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reply_outcome")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub reply_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub experience_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub solved: String,
    pub said_at: TimeDateTimeWithTimeZone,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
