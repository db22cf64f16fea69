//! Who is signed in, with which browser.

use sea_orm::entity::prelude::*;

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "session")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// SHA-256 of the token in the cookie.
    #[sea_orm(unique)]
    pub hash: Vec<u8>,
    pub editor_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub agent: String,
    pub began_at: TimeDateTimeWithTimeZone,
    pub seen_at: TimeDateTimeWithTimeZone,
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
