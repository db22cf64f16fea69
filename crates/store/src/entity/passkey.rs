//! Keys of devices by which editors come in.

use sea_orm::entity::prelude::*;

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "passkey")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub editor_id: Uuid,
    /// By which a device names it.
    #[sea_orm(unique)]
    pub credential_id: Vec<u8>,
    /// The public key and what is known of the device, as JSON.
    #[sea_orm(column_type = "Text")]
    pub credential: String,
    /// Signatures that the device says it has made; 0 for one that does not count.
    pub counter: i64,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    pub made_at: TimeDateTimeWithTimeZone,
    pub used_at: Option<TimeDateTimeWithTimeZone>,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::editor::Entity",
        from = "Column::EditorId",
        to = "super::editor::Column::Id"
    )]
    Editor,
}

impl Related<super::editor::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Editor.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
