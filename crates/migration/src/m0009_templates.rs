//! The first words of statements, as the desk wrote them.

use sea_orm_migration::async_trait;
use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::shape::word;

#[derive(Debug)]
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0009_templates"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(template(manager.get_database_backend())).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("template").take()).await
    }
}

fn template(backend: DbBackend) -> TableCreateStatement {
    Table::create()
        .table("template")
        .col(word(backend, "lang"))
        .col(word(backend, "verdict"))
        // Empty for a verdict without one.
        .col(word(backend, "ground"))
        // None: those of the program.
        .col(ColumnDef::new("text").text())
        // Counts changes, so that nobody writes over what they have not read.
        .col(ColumnDef::new("version").big_integer().not_null())
        .col(ColumnDef::new("changed_at").timestamp_with_time_zone().not_null())
        .col(ColumnDef::new("changed_by").uuid().not_null())
        .primary_key(Index::create().col("lang").col("verdict").col("ground"))
        .foreign_key(
            ForeignKey::create()
                .name("template_editor")
                .from("template", "changed_by")
                .to("editor", "id")
                .on_delete(ForeignKeyAction::Restrict),
        )
        .take()
}
