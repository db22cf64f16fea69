//! What readers send in, how to reach them apart from it, and what makes a retry change nothing.

use sea_orm_migration::async_trait;
use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::shape::{clustered, index, word};

#[derive(Debug)]
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0002_experiences"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let backend = manager.get_database_backend();
        manager.create_table(experience(backend)).await?;
        manager
            .create_index(index("experience_by_state", "experience").col("state").col("received_at").take())
            .await?;
        manager.create_table(half(backend)).await?;
        manager.create_table(rating(backend)).await?;
        manager.create_table(gesture(backend)).await?;
        manager.create_table(contact(backend)).await?;
        manager.create_table(receipt(backend)).await?;
        manager.create_table(server_key(backend)).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            "server_key",
            "receipt",
            "experience_contact",
            "experience_gesture",
            "experience_rating",
            "experience_half",
            "experience",
        ] {
            manager.drop_table(Table::drop().table(table).take()).await?;
        }
        Ok(())
    }
}

fn experience(backend: DbBackend) -> TableCreateStatement {
    Table::create()
        .table("experience")
        .col(ColumnDef::new("id").uuid().not_null().primary_key())
        // SHA-256 of the secret in its sender's link, which itself is kept nowhere.
        .col(ColumnDef::new("secret_hash").binary().not_null().unique_key())
        .col(word(backend, "state"))
        .col(word(backend, "lang"))
        .col(ColumnDef::new("name").text())
        .col(ColumnDef::new("suggestion").text())
        // When each consent was given; none where it was not.
        .col(ColumnDef::new("may_publish_at").timestamp_with_time_zone())
        .col(ColumnDef::new("may_contact_at").timestamp_with_time_zone())
        .col(ColumnDef::new("may_show_shop_at").timestamp_with_time_zone())
        .col(ColumnDef::new("received_at").timestamp_with_time_zone().not_null())
        .col(ColumnDef::new("changed_at").timestamp_with_time_zone().not_null())
        .take()
}

fn half(backend: DbBackend) -> TableCreateStatement {
    Table::create()
        .table("experience_half")
        .col(ColumnDef::new("experience_id").uuid().not_null())
        .col(word(backend, "side"))
        .col(word(backend, "shop_as"))
        .col(ColumnDef::new("shop").text())
        .col(ColumnDef::new("channel").text())
        .col(ColumnDef::new("promised_on").date())
        .col(ColumnDef::new("actual_on").date())
        .col(ColumnDef::new("promised_days").integer())
        .col(ColumnDef::new("actual_days").integer())
        .col(ColumnDef::new("solved").text())
        .col(ColumnDef::new("again").text())
        .col(ColumnDef::new("witness").text())
        // The first day of the month.
        .col(ColumnDef::new("happened_in").date())
        .col(ColumnDef::new("story").text().not_null())
        .primary_key(Index::create().col("experience_id").col("side"))
        .foreign_key(&mut of_experience("experience_half"))
        .take()
}

fn rating(backend: DbBackend) -> TableCreateStatement {
    clustered(
        backend,
        Table::create()
            .table("experience_rating")
            .col(ColumnDef::new("experience_id").uuid().not_null())
            .col(word(backend, "side"))
            .col(word(backend, "moment"))
            .col(ColumnDef::new("rating").integer().not_null())
            .primary_key(Index::create().col("experience_id").col("side").col("moment"))
            .foreign_key(&mut of_experience("experience_rating"))
            .check(Expr::col("rating").between(1, 5)),
    )
}

fn gesture(backend: DbBackend) -> TableCreateStatement {
    clustered(
        backend,
        Table::create()
            .table("experience_gesture")
            .col(ColumnDef::new("experience_id").uuid().not_null())
            .col(word(backend, "side"))
            .col(word(backend, "gesture"))
            .primary_key(Index::create().col("experience_id").col("side").col("gesture"))
            .foreign_key(&mut of_experience("experience_gesture")),
    )
}

/// How to reach a sender: apart from the story, so that what reads stories does not meet it.
fn contact(backend: DbBackend) -> TableCreateStatement {
    clustered(
        backend,
        Table::create()
            .table("experience_contact")
            .col(ColumnDef::new("experience_id").uuid().not_null().primary_key())
            .col(word(backend, "email"))
            .foreign_key(&mut of_experience("experience_contact")),
    )
}

/// What came with an `Idempotency-Key`: written with what it made, and gone with it.
fn receipt(backend: DbBackend) -> TableCreateStatement {
    clustered(
        backend,
        Table::create()
            .table("receipt")
            // SHA-256 of the key.
            .col(ColumnDef::new("key_hash").binary().not_null().primary_key())
            // SHA-256 of what was sent with it.
            .col(ColumnDef::new("request_hash").binary().not_null())
            .col(ColumnDef::new("experience_id").uuid().not_null())
            .foreign_key(&mut of_experience("receipt")),
    )
}

/// Random numbers that this board's secrets are made with, by what they are for.
fn server_key(backend: DbBackend) -> TableCreateStatement {
    clustered(
        backend,
        Table::create()
            .table("server_key")
            .col(word(backend, "purpose").primary_key())
            .col(ColumnDef::new("value").binary().not_null()),
    )
}

fn of_experience(table: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .name(format!("{table}_experience"))
        .from(table, "experience_id")
        .to("experience", "id")
        .on_delete(ForeignKeyAction::Cascade)
        .take()
}
