//! An appeal ends when what it is against is undone already; what keeps a column away is known; no line of the audit log
//! is replaced; and what came with a key is found by what it is of.

use sea_orm_migration::async_trait;
use sea_orm_migration::prelude::*;

use crate::append_only;
use crate::shape::index;

#[derive(Debug)]
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0016_standing"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // When nobody had to decide on it any more.
        let mut ended = ColumnDef::new("ended_at");
        ended.timestamp_with_time_zone();
        manager.alter_table(Table::alter().table("appeal").add_column(&mut ended).take()).await?;
        // Why a column that was to come back did not; or that it was away already when it was to go.
        let mut away = ColumnDef::new("away");
        away.text();
        manager.alter_table(Table::alter().table("column_turn").add_column(&mut away).take()).await?;
        // An experience that is erased takes its receipts along.
        manager.create_index(index("receipt_by_experience", "receipt").col("experience_id").take()).await?;
        append_only::refuse_replacing(manager.get_connection()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        append_only::allow_replacing(manager.get_connection()).await?;
        manager.drop_index(Index::drop().name("receipt_by_experience").table("receipt").to_owned()).await?;
        manager.alter_table(Table::alter().table("column_turn").drop_column("away").take()).await?;
        manager.alter_table(Table::alter().table("appeal").drop_column("ended_at").take()).await
    }
}
