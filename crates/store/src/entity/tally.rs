//! How many published columns there are of each kind.

use sea_orm::entity::prelude::*;

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tally")]
pub struct Model {
    /// `all`, `moment`, `shop`, `series` or `author`.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub kind: String,
    /// The moment, or the slug; empty for `all`.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub value: String,
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub sentiment: String,
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub lang: String,
    pub columns: i64,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
