//! Comments that were made elsewhere, before this board.

use sea_orm_migration::async_trait;
use sea_orm_migration::prelude::*;

#[derive(Debug)]
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0012_earlier_comments"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Where it was made; none for what was made here. And who wrote what it answers, where that is itself an
        // answer: elsewhere they go deeper.
        for column in ["source", "answers_name"] {
            let mut text = ColumnDef::new(column);
            text.text();
            manager.alter_table(Table::alter().table("comment").add_column(&mut text).take()).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in ["source", "answers_name"] {
            manager.alter_table(Table::alter().table("comment").drop_column(column).take()).await?;
        }
        Ok(())
    }
}
