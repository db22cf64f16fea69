//! How to reach who sent in an experience.

use sea_orm::entity::prelude::*;

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "experience_contact")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub experience_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub email: String,
    /// When its reader said that the address is theirs.
    pub confirmed_at: Option<TimeDateTimeWithTimeZone>,
    /// SHA-256 of the secret in the mail that asks.
    #[sea_orm(unique)]
    pub confirm_hash: Option<Vec<u8>>,
    /// Of the sender's link, for the mails that lead there.
    #[sea_orm(column_type = "Text", nullable)]
    pub link_secret: Option<String>,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
