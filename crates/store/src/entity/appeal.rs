//! Objections to decisions.

use sea_orm::entity::prelude::*;

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "appeal")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub decision_id: Uuid,
    /// `sender` or `reporter`.
    #[sea_orm(column_type = "Text")]
    pub party: String,
    pub experience_id: Option<Uuid>,
    pub comment_id: Option<Uuid>,
    pub report_id: Option<Uuid>,
    pub reply_id: Option<Uuid>,
    #[sea_orm(column_type = "Text")]
    pub state: String,
    #[sea_orm(column_type = "Text")]
    pub lang: String,
    #[sea_orm(column_type = "Text")]
    pub text: String,
    pub received_at: TimeDateTimeWithTimeZone,
    pub changed_at: TimeDateTimeWithTimeZone,
    /// When what it is against was undone already, so that nobody has to decide on it.
    pub ended_at: Option<TimeDateTimeWithTimeZone>,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
