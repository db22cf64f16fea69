//! What the shop of a half did to make up for it.

use sea_orm::entity::prelude::*;

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "experience_gesture")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub experience_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub side: String,
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub gesture: String,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
