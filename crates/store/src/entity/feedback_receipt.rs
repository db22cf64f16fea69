//! What came with an idempotency key, and the token with which it is changed.

use sea_orm::entity::prelude::*;

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "feedback_receipt")]
pub struct Model {
    /// SHA-256 of the key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key_hash: Vec<u8>,
    /// SHA-256 of what was sent with it.
    pub request_hash: Vec<u8>,
    /// SHA-256 of the token.
    #[sea_orm(unique)]
    pub edit_hash: Vec<u8>,
    /// Whether the answer came with it, and not one that joined it.
    pub was_first: bool,
    pub feedback_id: Uuid,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
