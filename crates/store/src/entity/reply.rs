//! What shops answered.

use sea_orm::entity::prelude::*;

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reply")]
pub struct Model {
    /// That of the request.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub state: String,
    #[sea_orm(column_type = "Text")]
    pub lang: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub name: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub text: String,
    pub received_at: TimeDateTimeWithTimeZone,
    pub changed_at: TimeDateTimeWithTimeZone,
    /// From when readers see it, once that is decided.
    pub public_from: Option<TimeDateTimeWithTimeZone>,
    /// From when they do not any more, and the report or appeal that led to it.
    pub removed_at: Option<TimeDateTimeWithTimeZone>,
    pub removed_by: Option<Uuid>,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
