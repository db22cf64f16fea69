//! What editors keep of the review queue's filters.

use sea_orm_migration::async_trait;
use sea_orm_migration::prelude::*;

use crate::shape::index;

#[derive(Debug)]
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0014_views"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(queue_view()).await?;
        let of_name = index("queue_view_name", "queue_view").col("editor_id").col("name").unique().take();
        manager.create_index(of_name).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("queue_view").take()).await
    }
}

fn queue_view() -> TableCreateStatement {
    Table::create()
        .table("queue_view")
        .col(ColumnDef::new("id").uuid().not_null().primary_key())
        .col(ColumnDef::new("editor_id").uuid().not_null())
        // As its editor calls it.
        .col(ColumnDef::new("name").text().not_null())
        // As the address of the queue has it.
        .col(ColumnDef::new("query").text().not_null())
        .foreign_key(
            ForeignKey::create()
                .name("queue_view_editor")
                .from("queue_view", "editor_id")
                .to("editor", "id")
                .on_delete(ForeignKeyAction::Cascade),
        )
        .take()
}
