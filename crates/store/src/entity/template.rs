//! The first words of statements, as the desk wrote them.

use sea_orm::entity::prelude::*;

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "template")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub lang: String,
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub verdict: String,
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub ground: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub text: Option<String>,
    pub version: i64,
    pub changed_at: TimeDateTimeWithTimeZone,
    pub changed_by: Uuid,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::editor::Entity",
        from = "Column::ChangedBy",
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
