//! Which service moments a column is about, in the order of its front matter.

use sea_orm::entity::prelude::*;

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "column_moment")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub column_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub moment: String,
    pub position: i32,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
