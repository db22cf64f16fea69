//! What waits at the desk, or did.

use sea_orm::entity::prelude::*;

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "queue_item")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    /// One of these is there: what it is about, whose id is its own.
    pub experience_id: Option<Uuid>,
    pub comment_id: Option<Uuid>,
    pub report_id: Option<Uuid>,
    pub appeal_id: Option<Uuid>,
    pub reply_id: Option<Uuid>,
    pub came_at: TimeDateTimeWithTimeZone,
    /// None while nobody at the desk has to do anything.
    pub waits_since: Option<TimeDateTimeWithTimeZone>,
    pub holder_id: Option<Uuid>,
    pub held_until: Option<TimeDateTimeWithTimeZone>,
    /// Counts changes.
    pub version: i64,
    pub changed_at: TimeDateTimeWithTimeZone,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
