//! What editors keep of the review queue's filters.

use sea_orm::entity::prelude::*;

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "queue_view")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub editor_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// As the address of the queue has it.
    #[sea_orm(column_type = "Text")]
    pub query: String,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
