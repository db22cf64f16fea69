//! Notices that something should not be there.

use sea_orm::entity::prelude::*;

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "report")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(unique)]
    pub secret_hash: Vec<u8>,
    pub request_hash: Vec<u8>,
    #[sea_orm(column_type = "Text")]
    pub state: String,
    #[sea_orm(column_type = "Text")]
    pub lang: String,
    /// `column`, `comment` or `reply`.
    #[sea_orm(column_type = "Text")]
    pub about: String,
    pub column_id: Uuid,
    pub comment_id: Option<Uuid>,
    pub reply_id: Option<Uuid>,
    #[sea_orm(column_type = "Text")]
    pub ground: String,
    #[sea_orm(column_type = "Text")]
    pub text: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub name: Option<String>,
    /// Words, a space between them.
    #[sea_orm(column_type = "Text")]
    pub marks: String,
    pub received_at: TimeDateTimeWithTimeZone,
    pub changed_at: TimeDateTimeWithTimeZone,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
