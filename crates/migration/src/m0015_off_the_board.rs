//! What left the board stays away from it until somebody at the desk says otherwise.

use sea_orm_migration::async_trait;
use sea_orm_migration::prelude::*;

#[derive(Debug)]
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0015_off_the_board"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Since when a column is off the board by a decision, its sender's wish, or erasure: an import does not put
        // it back.
        let mut off = ColumnDef::new("off_since");
        off.timestamp_with_time_zone();
        manager.alter_table(Table::alter().table("column").add_column(&mut off).take()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table("column").drop_column("off_since").take()).await
    }
}
