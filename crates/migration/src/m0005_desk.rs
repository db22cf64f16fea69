//! The desk: who works there, what waits, what was decided, and who did what.

use sea_orm_migration::async_trait;
use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::append_only;
use crate::shape::{clustered, index, word};

#[derive(Debug)]
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0005_desk"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let backend = manager.get_database_backend();
        manager.create_table(editor(backend)).await?;
        manager.create_table(set_up_link(backend)).await?;
        manager.create_table(session()).await?;
        manager.create_index(index("session_by_editor", "session").col("editor_id").take()).await?;
        manager.create_table(queue_item(backend)).await?;
        manager
            .create_index(index("queue_by_wait", "queue_item").col("waits_since").col("id").take())
            .await?;
        manager.create_index(index("queue_by_change", "queue_item").col("changed_at").take()).await?;
        manager.create_table(decision(backend)).await?;
        manager.create_index(index("decision_by_item", "decision").col("item_id").take()).await?;
        manager.create_table(answer()).await?;
        manager
            .create_index(index("answer_by_experience", "experience_answer").col("experience_id").take())
            .await?;
        manager.create_table(audit(backend)).await?;
        manager.create_index(index("audit_by_subject", "audit").col("subject_id").take()).await?;
        // What came in before there was a desk waits as well.
        manager
            .get_connection()
            .execute_unprepared(
                "INSERT INTO queue_item (id, kind, experience_id, came_at, waits_since, version, changed_at) \
                 SELECT id, 'experience', id, received_at, CASE WHEN state = 'received' THEN received_at END, 1, \
                 changed_at FROM experience",
            )
            .await?;
        append_only::protect(manager.get_connection()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        append_only::release(manager.get_connection()).await?;
        for table in
            ["audit", "experience_answer", "decision", "queue_item", "session", "set_up_link", "editor"]
        {
            manager.drop_table(Table::drop().table(table).take()).await?;
        }
        Ok(())
    }
}

fn editor(backend: DbBackend) -> TableCreateStatement {
    Table::create()
        .table("editor")
        .col(ColumnDef::new("id").uuid().not_null().primary_key())
        // In small letters.
        .col(word(backend, "email").unique_key())
        .col(ColumnDef::new("name").text().not_null())
        .col(word(backend, "role"))
        .col(word(backend, "lang"))
        // A PHC string; none before a password was set.
        .col(ColumnDef::new("password_hash").text())
        // Shared with the device that shows the codes; none without one.
        .col(ColumnDef::new("totp_secret").binary())
        // The last time step whose code was taken, so that none is taken twice (RFC 6238, 5.2).
        .col(ColumnDef::new("totp_step").big_integer())
        .col(ColumnDef::new("made_at").timestamp_with_time_zone().not_null())
        .col(ColumnDef::new("disabled_at").timestamp_with_time_zone())
        .take()
}

fn set_up_link(backend: DbBackend) -> TableCreateStatement {
    clustered(
        backend,
        Table::create()
            .table("set_up_link")
            // SHA-256 of the token in the link.
            .col(ColumnDef::new("hash").binary().not_null().primary_key())
            .col(ColumnDef::new("editor_id").uuid().not_null())
            .col(ColumnDef::new("expires_at").timestamp_with_time_zone().not_null())
            .foreign_key(&mut to_editor("set_up_link", "editor_id", ForeignKeyAction::Cascade)),
    )
}

fn session() -> TableCreateStatement {
    Table::create()
        .table("session")
        .col(ColumnDef::new("id").uuid().not_null().primary_key())
        // SHA-256 of the token in the cookie.
        .col(ColumnDef::new("hash").binary().not_null().unique_key())
        .col(ColumnDef::new("editor_id").uuid().not_null())
        // What the browser calls itself, so that its owner knows it again.
        .col(ColumnDef::new("agent").text().not_null())
        .col(ColumnDef::new("began_at").timestamp_with_time_zone().not_null())
        .col(ColumnDef::new("seen_at").timestamp_with_time_zone().not_null())
        .foreign_key(&mut to_editor("session", "editor_id", ForeignKeyAction::Cascade))
        .take()
}

fn queue_item(backend: DbBackend) -> TableCreateStatement {
    Table::create()
        .table("queue_item")
        .col(ColumnDef::new("id").uuid().not_null().primary_key())
        .col(word(backend, "kind"))
        .col(ColumnDef::new("experience_id").uuid().unique_key())
        .col(ColumnDef::new("came_at").timestamp_with_time_zone().not_null())
        // None while nobody at the desk has to do anything.
        .col(ColumnDef::new("waits_since").timestamp_with_time_zone())
        .col(ColumnDef::new("holder_id").uuid())
        .col(ColumnDef::new("held_until").timestamp_with_time_zone())
        // Counts changes, so that a decision names what it was made on.
        .col(ColumnDef::new("version").big_integer().not_null())
        .col(ColumnDef::new("changed_at").timestamp_with_time_zone().not_null())
        .foreign_key(
            ForeignKey::create()
                .name("queue_item_experience")
                .from("queue_item", "experience_id")
                .to("experience", "id")
                .on_delete(ForeignKeyAction::Cascade),
        )
        .foreign_key(&mut to_editor("queue_item", "holder_id", ForeignKeyAction::SetNull))
        .take()
}

fn decision(backend: DbBackend) -> TableCreateStatement {
    Table::create()
        .table("decision")
        .col(ColumnDef::new("id").uuid().not_null().primary_key())
        .col(ColumnDef::new("item_id").uuid().not_null())
        .col(ColumnDef::new("editor_id").uuid().not_null())
        .col(word(backend, "verdict"))
        .col(ColumnDef::new("ground").text())
        .col(ColumnDef::new("statement").text())
        .col(ColumnDef::new("automated").boolean().not_null())
        // What an undoing puts back.
        .col(word(backend, "state_before"))
        .col(ColumnDef::new("waited_since").timestamp_with_time_zone().not_null())
        // Of the item, as the decision left it.
        .col(ColumnDef::new("version").big_integer().not_null())
        .col(ColumnDef::new("decided_at").timestamp_with_time_zone().not_null())
        // Until then it can be undone.
        .col(ColumnDef::new("final_at").timestamp_with_time_zone().not_null())
        .foreign_key(
            ForeignKey::create()
                .name("decision_item")
                .from("decision", "item_id")
                .to("queue_item", "id")
                .on_delete(ForeignKeyAction::Cascade),
        )
        .foreign_key(&mut to_editor("decision", "editor_id", ForeignKeyAction::Restrict))
        .take()
}

/// What a sender answered, or told later.
fn answer() -> TableCreateStatement {
    Table::create()
        .table("experience_answer")
        .col(ColumnDef::new("id").uuid().not_null().primary_key())
        .col(ColumnDef::new("experience_id").uuid().not_null())
        // The question; none where the sender wrote by themselves.
        .col(ColumnDef::new("decision_id").uuid())
        .col(ColumnDef::new("text").text().not_null())
        .col(ColumnDef::new("written_at").timestamp_with_time_zone().not_null())
        .foreign_key(
            ForeignKey::create()
                .name("experience_answer_experience")
                .from("experience_answer", "experience_id")
                .to("experience", "id")
                .on_delete(ForeignKeyAction::Cascade),
        )
        .foreign_key(
            ForeignKey::create()
                .name("experience_answer_decision")
                .from("experience_answer", "decision_id")
                .to("decision", "id")
                .on_delete(ForeignKeyAction::Cascade),
        )
        .take()
}

/// No words of anyone who sent something in stand here, so that what they erase is gone.
fn audit(backend: DbBackend) -> TableCreateStatement {
    Table::create()
        .table("audit")
        .col(ColumnDef::new("id").uuid().not_null().primary_key())
        .col(ColumnDef::new("at").timestamp_with_time_zone().not_null())
        // None: a sender, or the program itself.
        .col(ColumnDef::new("editor_id").uuid())
        .col(word(backend, "action"))
        .col(ColumnDef::new("kind").text())
        .col(ColumnDef::new("subject_id").uuid())
        .col(ColumnDef::new("verdict").text())
        .col(ColumnDef::new("ground").text())
        .col(ColumnDef::new("automated").boolean())
        // Since when the subject had waited.
        .col(ColumnDef::new("since").timestamp_with_time_zone())
        // Who else it is about: an e-mail address or role of somebody at the desk.
        .col(ColumnDef::new("about").text())
        .foreign_key(&mut to_editor("audit", "editor_id", ForeignKeyAction::Restrict))
        .take()
}

fn to_editor(
    table: &'static str,
    column: &'static str,
    on_delete: ForeignKeyAction,
) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .name(format!("{table}_editor"))
        .from(table, column)
        .to("editor", "id")
        .on_delete(on_delete)
        .take()
}
