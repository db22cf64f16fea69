//! What readers send in. Halves, ratings, gestures and the contact lie in tables of their own.

use sea_orm::entity::prelude::*;

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "experience")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// SHA-256 of the secret in its sender's link.
    #[sea_orm(unique)]
    pub secret_hash: Vec<u8>,
    #[sea_orm(column_type = "Text")]
    pub state: String,
    #[sea_orm(column_type = "Text")]
    pub lang: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub name: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub suggestion: Option<String>,
    pub may_publish_at: Option<TimeDateTimeWithTimeZone>,
    pub may_contact_at: Option<TimeDateTimeWithTimeZone>,
    pub may_show_shop_at: Option<TimeDateTimeWithTimeZone>,
    pub received_at: TimeDateTimeWithTimeZone,
    pub changed_at: TimeDateTimeWithTimeZone,
    /// When somebody else took back what stood in one column with it, as long as that does not stand again.
    pub parted_at: Option<TimeDateTimeWithTimeZone>,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
