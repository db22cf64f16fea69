//! What readers write below columns.

use sea_orm::entity::prelude::*;

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "comment")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub column_id: Uuid,
    /// What it answers; that may be gone.
    pub parent_id: Option<Uuid>,
    #[sea_orm(unique)]
    pub secret_hash: Vec<u8>,
    pub request_hash: Vec<u8>,
    #[sea_orm(column_type = "Text")]
    pub state: String,
    #[sea_orm(column_type = "Text")]
    pub lang: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub name: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub text: String,
    /// Words, a space between them.
    #[sea_orm(column_type = "Text")]
    pub marks: String,
    pub received_at: TimeDateTimeWithTimeZone,
    pub changed_at: TimeDateTimeWithTimeZone,
    /// From when readers see it.
    pub public_from: Option<TimeDateTimeWithTimeZone>,
    /// From when they do not any more.
    pub removed_at: Option<TimeDateTimeWithTimeZone>,
    /// The report or appeal that led to it.
    pub removed_by: Option<Uuid>,
    /// Where it was made, if not here.
    #[sea_orm(column_type = "Text", nullable)]
    pub source: Option<String>,
    /// Who wrote what it answers, where that is itself an answer.
    #[sea_orm(column_type = "Text", nullable)]
    pub answers_name: Option<String>,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
