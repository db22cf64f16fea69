//! What a draft is made of, and what the sender of that thinks of it.

use sea_orm::entity::prelude::*;

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "draft_experience")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub draft_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub experience_id: Uuid,
    pub position: i32,
    /// The version that the sender was shown.
    pub asked_version: Option<i64>,
    pub asked_at: Option<TimeDateTimeWithTimeZone>,
    pub answered_at: Option<TimeDateTimeWithTimeZone>,
    pub approved: Option<bool>,
    #[sea_orm(column_type = "Text", nullable)]
    pub remark: Option<String>,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
