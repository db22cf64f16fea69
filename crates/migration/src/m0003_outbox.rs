//! Mails that wait to be sent, and whether the address of a sender is theirs.

use sea_orm_migration::async_trait;
use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::shape::{index, word};

#[derive(Debug)]
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0003_outbox"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(outbox(manager.get_database_backend())).await?;
        let due = Expr::col("sent_at").is_null().and(Expr::col("dead_at").is_null());
        manager.create_index(index("outbox_by_due", "outbox").col("next_at").cond_where(due).take()).await?;
        manager
            .create_index(index("outbox_by_experience", "outbox").col("experience_id").col("cause").take())
            .await?;
        // SQLite takes one column at a time.
        for mut column in confirmation() {
            manager
                .alter_table(Table::alter().table("experience_contact").add_column(&mut column).take())
                .await?;
        }
        let mut confirm = index("experience_contact_by_confirm", "experience_contact");
        manager.create_index(confirm.col("confirm_hash").unique().take()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut confirm = Index::drop();
        confirm.name("experience_contact_by_confirm").table("experience_contact");
        manager.drop_index(confirm).await?;
        for column in confirmation() {
            let gone = column.get_column_name();
            manager.alter_table(Table::alter().table("experience_contact").drop_column(gone).take()).await?;
        }
        manager.drop_table(Table::drop().table("outbox").take()).await
    }
}

fn outbox(backend: DbBackend) -> TableCreateStatement {
    Table::create()
        .table("outbox")
        .col(ColumnDef::new("id").uuid().not_null().primary_key())
        // What a mail is sent for: one mail for each.
        .col(word(backend, "cause").unique_key())
        // Without its brackets; the same at each attempt.
        .col(ColumnDef::new("message_id").text().not_null())
        // Whose experience it is about, and with which it goes.
        .col(ColumnDef::new("experience_id").uuid())
        .col(ColumnDef::new("to_email").text().not_null())
        .col(word(backend, "lang"))
        .col(ColumnDef::new("subject").text().not_null())
        .col(ColumnDef::new("text").text().not_null())
        .col(ColumnDef::new("html").text().not_null())
        .col(ColumnDef::new("created_at").timestamp_with_time_zone().not_null())
        .col(ColumnDef::new("not_before").timestamp_with_time_zone().not_null())
        // Not sent before its address is confirmed.
        .col(ColumnDef::new("waits_for_opt_in").boolean().not_null())
        .col(ColumnDef::new("attempts").integer().not_null())
        .col(ColumnDef::new("next_at").timestamp_with_time_zone().not_null())
        // Until then it is somebody's to send; never yet where there is none.
        .col(ColumnDef::new("leased_until").timestamp_with_time_zone())
        .col(ColumnDef::new("last_error").text())
        .col(ColumnDef::new("sent_at").timestamp_with_time_zone())
        // Given up.
        .col(ColumnDef::new("dead_at").timestamp_with_time_zone())
        .foreign_key(
            ForeignKey::create()
                .name("outbox_experience")
                .from("outbox", "experience_id")
                .to("experience", "id")
                .on_delete(ForeignKeyAction::Cascade),
        )
        .take()
}

fn confirmation() -> [ColumnDef; 3] {
    [
        ColumnDef::new("confirmed_at").timestamp_with_time_zone().take(),
        // SHA-256 of the secret in the mail that asks whether the address is its reader's.
        ColumnDef::new("confirm_hash").binary().take(),
        // Of the sender's link, so that mails can lead there.
        ColumnDef::new("link_secret").text().take(),
    ]
}
