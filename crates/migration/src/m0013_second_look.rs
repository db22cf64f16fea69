//! Columns go, and come back, when a decision is final; who loses an appeal may have it looked at once more; and who
//! shares a column is told that the other left it.

use sea_orm_migration::async_trait;
use sea_orm_migration::prelude::*;

#[derive(Debug)]
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0013_second_look"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Whether no appeal is open against it, whatever it says: it came of two looks already.
        let mut last = ColumnDef::new("is_last");
        last.boolean().not_null().default(false);
        manager.alter_table(Table::alter().table("decision").add_column(&mut last).take()).await?;
        // When somebody else took back what stood in one column with it.
        let mut parted = ColumnDef::new("parted_at");
        parted.timestamp_with_time_zone();
        manager.alter_table(Table::alter().table("experience").add_column(&mut parted).take()).await?;
        manager.create_table(turn()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("column_turn").take()).await?;
        manager.alter_table(Table::alter().table("experience").drop_column("parted_at").take()).await?;
        manager.alter_table(Table::alter().table("decision").drop_column("is_last").take()).await
    }
}

/// A column leaves the board, or comes back, because of what was decided on an item of the queue.
fn turn() -> TableCreateStatement {
    Table::create()
        .table("column_turn")
        // Of the item: a report or an appeal. No key: items are copied after reports.
        .col(ColumnDef::new("id").uuid().not_null().primary_key())
        .col(ColumnDef::new("column_id").uuid().not_null())
        // That began it; none where an editor took the column off without one.
        .col(ColumnDef::new("report_id").uuid())
        .col(ColumnDef::new("is_back").boolean().not_null())
        .col(ColumnDef::new("due_at").timestamp_with_time_zone().not_null())
        // None before it happened.
        .col(ColumnDef::new("done_at").timestamp_with_time_zone())
        .foreign_key(
            ForeignKey::create()
                .name("column_turn_column")
                .from("column_turn", "column_id")
                .to("column", "id")
                .on_delete(ForeignKeyAction::Cascade),
        )
        .foreign_key(
            ForeignKey::create()
                .name("column_turn_report")
                .from("column_turn", "report_id")
                .to("report", "id")
                .on_delete(ForeignKeyAction::Cascade),
        )
        .take()
}
