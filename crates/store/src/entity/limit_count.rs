//! What was counted in a stretch of time.

use sea_orm::entity::prelude::*;

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "limit_count")]
pub struct Model {
    /// SHA-256 of what is counted, of whom, and of the stretch.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Vec<u8>,
    pub count: i32,
    pub ends_at: TimeDateTimeWithTimeZone,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
