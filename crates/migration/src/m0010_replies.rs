//! Shops are asked for a reply, and answer.

use sea_orm_migration::async_trait;
use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::shape::{clustered, index, word};

/// Tables whose rows can be about a reply from here on, and what becomes of them with it.
const ABOUT: [(&str, &str); 3] = [("queue_item", "CASCADE"), ("report", "SET NULL"), ("appeal", "CASCADE")];

#[derive(Debug)]
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0010_replies"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let backend = manager.get_database_backend();
        manager.create_table(request(backend)).await?;
        let mut by_draft = index("reply_request_by_draft", "reply_request");
        manager.create_index(by_draft.col("draft_id").take()).await?;
        manager.create_table(reply(backend)).await?;
        manager.create_table(outcome(backend)).await?;
        for (table, on_delete) in ABOUT {
            // SQLite takes the reference only as a part of the column.
            let mut id = ColumnDef::new("reply_id");
            id.uuid().extra(format!(r#"REFERENCES "reply" ("id") ON DELETE {on_delete}"#));
            manager.alter_table(Table::alter().table(table).add_column(&mut id).take()).await?;
        }
        let mut once = index("queue_item_by_reply", "queue_item");
        manager.create_index(once.col("reply_id").unique().take()).await?;
        manager.create_index(index("report_by_reply", "report").col("reply_id").take()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (name, table) in [("report_by_reply", "report"), ("queue_item_by_reply", "queue_item")] {
            manager.drop_index(Index::drop().name(name).table(table).to_owned()).await?;
        }
        for (table, _) in ABOUT {
            manager.alter_table(Table::alter().table(table).drop_column("reply_id").take()).await?;
        }
        for table in ["reply_outcome", "reply", "reply_request"] {
            manager.drop_table(Table::drop().table(table).take()).await?;
        }
        Ok(())
    }
}

fn request(backend: DbBackend) -> TableCreateStatement {
    Table::create()
        .table("reply_request")
        .col(ColumnDef::new("id").uuid().not_null().primary_key())
        .col(ColumnDef::new("draft_id").uuid().not_null())
        // SHA-256 of the secret in the shop's link, which itself is kept nowhere.
        .col(ColumnDef::new("secret_hash").binary().not_null().unique_key())
        .col(ColumnDef::new("shop").text().not_null())
        .col(word(backend, "lang"))
        .col(ColumnDef::new("email").text())
        .col(ColumnDef::new("question").text())
        // What the shop is asked about, as it was then.
        .col(ColumnDef::new("title").text().not_null())
        .col(ColumnDef::new("body").text().not_null())
        .col(word(backend, "body_lang"))
        .col(ColumnDef::new("asked_by").uuid().not_null())
        .col(ColumnDef::new("asked_at").timestamp_with_time_zone().not_null())
        .col(ColumnDef::new("closes_at").timestamp_with_time_zone().not_null())
        .foreign_key(&mut to("reply_request", "draft_id", "draft", ForeignKeyAction::Cascade))
        .foreign_key(&mut to("reply_request", "asked_by", "editor", ForeignKeyAction::Restrict))
        .take()
}

/// Its id is that of the request.
fn reply(backend: DbBackend) -> TableCreateStatement {
    Table::create()
        .table("reply")
        .col(ColumnDef::new("id").uuid().not_null().primary_key())
        .col(word(backend, "state"))
        .col(word(backend, "lang"))
        .col(ColumnDef::new("name").text())
        .col(ColumnDef::new("text").text().not_null())
        .col(ColumnDef::new("received_at").timestamp_with_time_zone().not_null())
        .col(ColumnDef::new("changed_at").timestamp_with_time_zone().not_null())
        // As of a comment.
        .col(ColumnDef::new("public_from").timestamp_with_time_zone())
        .col(ColumnDef::new("removed_at").timestamp_with_time_zone())
        .col(ColumnDef::new("removed_by").uuid())
        .foreign_key(&mut to("reply", "id", "reply_request", ForeignKeyAction::Cascade))
        .take()
}

/// Whether it was solved, as the sender of an experience sees it after the reply.
fn outcome(backend: DbBackend) -> TableCreateStatement {
    clustered(
        backend,
        Table::create()
            .table("reply_outcome")
            .col(ColumnDef::new("reply_id").uuid().not_null())
            .col(ColumnDef::new("experience_id").uuid().not_null())
            .col(word(backend, "solved"))
            .col(ColumnDef::new("said_at").timestamp_with_time_zone().not_null())
            .primary_key(Index::create().col("reply_id").col("experience_id"))
            .foreign_key(&mut to("reply_outcome", "reply_id", "reply", ForeignKeyAction::Cascade))
            .foreign_key(&mut to("reply_outcome", "experience_id", "experience", ForeignKeyAction::Cascade)),
    )
}

fn to(
    table: &'static str,
    column: &'static str,
    other: &'static str,
    on_delete: ForeignKeyAction,
) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .name(format!("{table}_{other}"))
        .from(table, column)
        .to(other, "id")
        .on_delete(on_delete)
        .take()
}
