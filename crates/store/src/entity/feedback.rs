//! What customers answer. Comment, ratings, tags, answers to a shop's own questions and the history lie in tables of
//! their own.

use sea_orm::entity::prelude::*;

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "feedback")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub site_id: Uuid,
    pub shop_id: Uuid,
    #[sea_orm(column_type = "Text", nullable)]
    pub ticket: Option<String>,
    pub round: i16,
    pub verified: bool,
    #[sea_orm(column_type = "Text")]
    pub question: String,
    pub score: i16,
    #[sea_orm(column_type = "Text")]
    pub lang: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub moment: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub agent: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub team: Option<String>,
    pub may_story: bool,
    pub first_on: TimeDate,
    pub first_at: TimeDateTimeWithTimeZone,
    pub changed_at: TimeDateTimeWithTimeZone,
    /// How often it changed: the number of the last change.
    pub changes: i32,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
