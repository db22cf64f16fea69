//! What readers say about columns: comments, reactions, reports and appeals.

use sea_orm_migration::async_trait;
use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::shape::{clustered, index, word};

/// Kinds that an item of the queue can be about from here on.
const KINDS: [&str; 3] = ["comment", "report", "appeal"];

#[derive(Debug)]
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0007_voice"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let backend = manager.get_database_backend();
        manager.create_table(comment(backend)).await?;
        manager.create_index(index("comment_by_column", "comment").col("column_id").col("id").take()).await?;
        manager.create_table(reaction(backend)).await?;
        manager.create_table(report(backend)).await?;
        manager.create_index(index("report_by_comment", "report").col("comment_id").take()).await?;
        manager.create_table(appeal(backend)).await?;
        let mut once = index("appeal_once", "appeal");
        manager.create_index(once.col("decision_id").col("party").unique().take()).await?;
        for kind in KINDS {
            let column = format!("{kind}_id");
            add(manager, "queue_item", &column, kind).await?;
            let mut by_kind = index(&format!("queue_item_by_{kind}"), "queue_item");
            manager.create_index(by_kind.col(column).unique().take()).await?;
        }
        manager.create_table(contact(backend)).await?;
        add(manager, "outbox", "item_id", "queue_item").await?;
        manager.create_index(index("outbox_by_item", "outbox").col("item_id").take()).await?;
        manager.create_table(due(backend)).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("voice_due").take()).await?;
        manager.drop_index(Index::drop().name("outbox_by_item").table("outbox").to_owned()).await?;
        manager.alter_table(Table::alter().table("outbox").drop_column("item_id").take()).await?;
        manager.drop_table(Table::drop().table("voice_contact").take()).await?;
        for kind in KINDS {
            let name = format!("queue_item_by_{kind}");
            manager.drop_index(Index::drop().name(name).table("queue_item").to_owned()).await?;
            let column = format!("{kind}_id");
            manager.alter_table(Table::alter().table("queue_item").drop_column(column).take()).await?;
        }
        for table in ["appeal", "report", "reaction", "comment"] {
            manager.drop_table(Table::drop().table(table).take()).await?;
        }
        Ok(())
    }
}

/// Adds the id of a row of another table, with which this one goes. SQLite takes the reference only as a
/// part of the column.
async fn add(manager: &SchemaManager<'_>, table: &'static str, column: &str, to: &str) -> Result<(), DbErr> {
    let mut id = ColumnDef::new(column.to_owned());
    id.uuid().extra(format!(r#"REFERENCES "{to}" ("id") ON DELETE CASCADE"#));
    manager.alter_table(Table::alter().table(table).add_column(&mut id).take()).await
}

fn comment(backend: DbBackend) -> TableCreateStatement {
    Table::create()
        .table("comment")
        .col(ColumnDef::new("id").uuid().not_null().primary_key())
        .col(ColumnDef::new("column_id").uuid().not_null())
        // What it answers. No key: an answer stays when that is erased.
        .col(ColumnDef::new("parent_id").uuid())
        // SHA-256 of the secret in its writer's link, which itself is kept nowhere.
        .col(ColumnDef::new("secret_hash").binary().not_null().unique_key())
        // SHA-256 of what was sent, so that a retry is known from another comment.
        .col(ColumnDef::new("request_hash").binary().not_null())
        .col(word(backend, "state"))
        .col(word(backend, "lang"))
        .col(ColumnDef::new("name").text())
        .col(ColumnDef::new("text").text().not_null())
        // What looked wrong when it came in: words, a space between them.
        .col(ColumnDef::new("marks").text().not_null())
        .col(ColumnDef::new("received_at").timestamp_with_time_zone().not_null())
        .col(ColumnDef::new("changed_at").timestamp_with_time_zone().not_null())
        // From when readers see it, once that is decided.
        .col(ColumnDef::new("public_from").timestamp_with_time_zone())
        // From when they do not any more, and the report or appeal that led to it.
        .col(ColumnDef::new("removed_at").timestamp_with_time_zone())
        .col(ColumnDef::new("removed_by").uuid())
        .foreign_key(&mut to("comment", "column", ForeignKeyAction::Cascade))
        .take()
}

/// "Recognisable": one for each reader who keeps the token, and nothing of who that is.
fn reaction(backend: DbBackend) -> TableCreateStatement {
    clustered(
        backend,
        Table::create()
            .table("reaction")
            .col(ColumnDef::new("column_id").uuid().not_null())
            // SHA-256 of the token in the reader's cookie.
            .col(ColumnDef::new("token_hash").binary().not_null())
            .col(ColumnDef::new("made_at").timestamp_with_time_zone().not_null())
            .primary_key(Index::create().col("column_id").col("token_hash"))
            .foreign_key(&mut to("reaction", "column", ForeignKeyAction::Cascade)),
    )
}

fn report(backend: DbBackend) -> TableCreateStatement {
    Table::create()
        .table("report")
        .col(ColumnDef::new("id").uuid().not_null().primary_key())
        .col(ColumnDef::new("secret_hash").binary().not_null().unique_key())
        .col(ColumnDef::new("request_hash").binary().not_null())
        .col(word(backend, "state"))
        .col(word(backend, "lang"))
        // `column` or `comment`; the column is that of the comment then.
        .col(word(backend, "about"))
        .col(ColumnDef::new("column_id").uuid().not_null())
        // None where its writer has erased it.
        .col(ColumnDef::new("comment_id").uuid())
        .col(word(backend, "ground"))
        .col(ColumnDef::new("text").text().not_null())
        .col(ColumnDef::new("name").text())
        .col(ColumnDef::new("marks").text().not_null())
        .col(ColumnDef::new("received_at").timestamp_with_time_zone().not_null())
        .col(ColumnDef::new("changed_at").timestamp_with_time_zone().not_null())
        .foreign_key(&mut to("report", "column", ForeignKeyAction::Cascade))
        .foreign_key(&mut to("report", "comment", ForeignKeyAction::SetNull))
        .take()
}

/// Somebody does not agree with a decision. The decision is not referred to by a key: it is of an item of the
/// queue, which an appeal is as well, and tables are copied one after the other.
fn appeal(backend: DbBackend) -> TableCreateStatement {
    Table::create()
        .table("appeal")
        .col(ColumnDef::new("id").uuid().not_null().primary_key())
        .col(ColumnDef::new("decision_id").uuid().not_null())
        // `sender` or `reporter`: each may once.
        .col(word(backend, "party"))
        // What the decision is about, and with which the appeal goes.
        .col(ColumnDef::new("experience_id").uuid())
        .col(ColumnDef::new("comment_id").uuid())
        .col(ColumnDef::new("report_id").uuid())
        .col(word(backend, "state"))
        .col(word(backend, "lang"))
        .col(ColumnDef::new("text").text().not_null())
        .col(ColumnDef::new("received_at").timestamp_with_time_zone().not_null())
        .col(ColumnDef::new("changed_at").timestamp_with_time_zone().not_null())
        .foreign_key(&mut to("appeal", "experience", ForeignKeyAction::Cascade))
        .foreign_key(&mut to("appeal", "comment", ForeignKeyAction::Cascade))
        .foreign_key(&mut to("appeal", "report", ForeignKeyAction::Cascade))
        .take()
}

/// How to reach who wrote a comment or a report: apart from it, so that what reads those does not meet it.
fn contact(backend: DbBackend) -> TableCreateStatement {
    clustered(
        backend,
        Table::create()
            .table("voice_contact")
            .col(ColumnDef::new("item_id").uuid().not_null().primary_key())
            .col(word(backend, "email"))
            .col(ColumnDef::new("confirmed_at").timestamp_with_time_zone())
            // SHA-256 of the secret in the mail that asks whether the address is its reader's.
            .col(ColumnDef::new("confirm_hash").binary().not_null().unique_key())
            // Of the writer's link, so that mails can lead there.
            .col(ColumnDef::new("link_secret").text().not_null())
            .foreign_key(
                ForeignKey::create()
                    .name("voice_contact_queue_item")
                    .from("voice_contact", "item_id")
                    .to("queue_item", "id")
                    .on_delete(ForeignKeyAction::Cascade),
            ),
    )
}

/// When what stands below a column is to be drawn anew.
fn due(backend: DbBackend) -> TableCreateStatement {
    clustered(
        backend,
        Table::create()
            .table("voice_due")
            .col(ColumnDef::new("column_id").uuid().not_null())
            .col(ColumnDef::new("due_at").timestamp_with_time_zone().not_null())
            .primary_key(Index::create().col("due_at").col("column_id"))
            .foreign_key(&mut to("voice_due", "column", ForeignKeyAction::Cascade)),
    )
}

fn to(table: &'static str, other: &'static str, on_delete: ForeignKeyAction) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .name(format!("{table}_{other}"))
        .from(table, format!("{other}_id"))
        .to(other, "id")
        .on_delete(on_delete)
        .take()
}
