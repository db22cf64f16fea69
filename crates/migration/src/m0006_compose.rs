//! Columns on their way to the board: drafts, their revisions, and the experiences that they are made of.

use sea_orm_migration::async_trait;
use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::shape::{clustered, index, word};

#[derive(Debug)]
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0006_compose"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let backend = manager.get_database_backend();
        manager.create_table(draft()).await?;
        manager.create_index(index("draft_by_publish_at", "draft").col("publish_at").take()).await?;
        manager.create_table(revision(backend)).await?;
        manager.create_table(made_of(backend)).await?;
        manager
            .create_index(index("draft_by_experience", "draft_experience").col("experience_id").take())
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["draft_experience", "draft_revision", "draft"] {
            manager.drop_table(Table::drop().table(table).take()).await?;
        }
        Ok(())
    }
}

fn draft() -> TableCreateStatement {
    Table::create()
        .table("draft")
        .col(ColumnDef::new("id").uuid().not_null().primary_key())
        // None before it stood on the board.
        .col(ColumnDef::new("column_id").uuid().unique_key())
        // Of the column, as this draft left or found it.
        .col(ColumnDef::new("column_hash").binary())
        // Of the last revision.
        .col(ColumnDef::new("version").big_integer().not_null())
        .col(ColumnDef::new("published_version").big_integer())
        .col(ColumnDef::new("publish_at").timestamp_with_time_zone())
        .col(ColumnDef::new("publish_version").big_integer())
        .col(ColumnDef::new("publish_by").uuid())
        // Why the last try to publish on time failed, for whoever opens it.
        .col(ColumnDef::new("publish_failed").text())
        .col(ColumnDef::new("withdrawn_at").timestamp_with_time_zone())
        .col(ColumnDef::new("withdrawn_reason").text())
        .col(ColumnDef::new("made_at").timestamp_with_time_zone().not_null())
        .col(ColumnDef::new("changed_at").timestamp_with_time_zone().not_null())
        .foreign_key(
            ForeignKey::create()
                .name("draft_column")
                .from("draft", "column_id")
                .to("column", "id")
                .on_delete(ForeignKeyAction::Cascade),
        )
        .foreign_key(
            ForeignKey::create()
                .name("draft_editor")
                .from("draft", "publish_by")
                .to("editor", "id")
                .on_delete(ForeignKeyAction::Restrict),
        )
        .take()
}

fn revision(backend: DbBackend) -> TableCreateStatement {
    Table::create()
        .table("draft_revision")
        .col(ColumnDef::new("draft_id").uuid().not_null())
        .col(ColumnDef::new("version").big_integer().not_null())
        .col(ColumnDef::new("editor_id").uuid().not_null())
        .col(word(backend, "cause"))
        .col(ColumnDef::new("saved_at").timestamp_with_time_zone().not_null())
        // When the saves began that the list of revisions shows as one.
        .col(ColumnDef::new("run_began_at").timestamp_with_time_zone().not_null())
        // Since when a later one of the same run stands for it.
        .col(ColumnDef::new("superseded_at").timestamp_with_time_zone())
        // JSON: field by field, what was typed.
        .col(ColumnDef::new("front").text().not_null())
        .col(ColumnDef::new("body").text().not_null())
        .primary_key(Index::create().col("draft_id").col("version"))
        .foreign_key(&mut to_draft("draft_revision"))
        .foreign_key(
            ForeignKey::create()
                .name("draft_revision_editor")
                .from("draft_revision", "editor_id")
                .to("editor", "id")
                .on_delete(ForeignKeyAction::Restrict),
        )
        .take()
}

/// What a draft is made of, and what the sender of that thinks of it.
fn made_of(backend: DbBackend) -> TableCreateStatement {
    clustered(
        backend,
        Table::create()
            .table("draft_experience")
            .col(ColumnDef::new("draft_id").uuid().not_null())
            .col(ColumnDef::new("experience_id").uuid().not_null())
            .col(ColumnDef::new("position").integer().not_null())
            .col(ColumnDef::new("asked_version").big_integer())
            .col(ColumnDef::new("asked_at").timestamp_with_time_zone())
            .col(ColumnDef::new("answered_at").timestamp_with_time_zone())
            .col(ColumnDef::new("approved").boolean())
            .col(ColumnDef::new("remark").text())
            .primary_key(Index::create().col("draft_id").col("experience_id"))
            .foreign_key(&mut to_draft("draft_experience"))
            .foreign_key(
                ForeignKey::create()
                    .name("draft_experience_experience")
                    .from("draft_experience", "experience_id")
                    .to("experience", "id")
                    .on_delete(ForeignKeyAction::Cascade),
            ),
    )
}

fn to_draft(table: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .name(format!("{table}_draft"))
        .from(table, "draft_id")
        .to("draft", "id")
        .on_delete(ForeignKeyAction::Cascade)
        .take()
}
