//! What a device was asked to sign, until it answers.

use sea_orm::entity::prelude::*;

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "passkey_challenge")]
pub struct Model {
    /// SHA-256 of the token in the cookie of the browser that asked.
    #[sea_orm(primary_key, auto_increment = false)]
    pub hash: Vec<u8>,
    /// Who adds a passkey; `None` where somebody signs in.
    pub editor_id: Option<Uuid>,
    /// What to compare the answer with, as JSON.
    #[sea_orm(column_type = "Text")]
    pub state: String,
    pub expires_at: TimeDateTimeWithTimeZone,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
