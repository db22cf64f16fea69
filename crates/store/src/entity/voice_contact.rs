//! How to reach who wrote a comment or a report.

use sea_orm::entity::prelude::*;

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "voice_contact")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub item_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub email: String,
    /// When its reader said that the address is theirs.
    pub confirmed_at: Option<TimeDateTimeWithTimeZone>,
    /// SHA-256 of the secret in the mail that asks.
    #[sea_orm(unique)]
    pub confirm_hash: Vec<u8>,
    /// Of the writer's link, for the mails that lead there.
    #[sea_orm(column_type = "Text")]
    pub link_secret: String,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
