//! What happened, once: one side of an experience.

use sea_orm::entity::prelude::*;

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "experience_half")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub experience_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub side: String,
    #[sea_orm(column_type = "Text")]
    pub shop_as: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub shop: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub channel: Option<String>,
    pub promised_on: Option<TimeDate>,
    pub actual_on: Option<TimeDate>,
    pub promised_days: Option<i32>,
    pub actual_days: Option<i32>,
    #[sea_orm(column_type = "Text", nullable)]
    pub solved: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub again: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub witness: Option<String>,
    /// The first day of the month.
    pub happened_in: Option<TimeDate>,
    #[sea_orm(column_type = "Text")]
    pub story: String,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
