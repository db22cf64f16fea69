//! How often something may be done, and what an editor should know of how an experience came in.

use sea_orm_migration::async_trait;
use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::shape::{clustered, index, word};

#[derive(Debug)]
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0004_limits"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let backend = manager.get_database_backend();
        manager.create_table(limit_count(backend)).await?;
        manager.create_index(index("limit_count_by_end", "limit_count").col("ends_at").take()).await?;
        manager.create_table(day_key(backend)).await?;
        manager.create_table(mark(backend)).await?;
        manager.create_table(sender(backend)).await?;
        let by_address = index("experience_sender_by_address", "experience_sender");
        manager.create_index({ by_address }.col("address_hash").take()).await?;
        let by_email = index("experience_contact_by_email", "experience_contact");
        manager.create_index({ by_email }.col("email").take()).await?;
        manager.create_table(sketch(backend)).await?;
        manager.create_table(band(backend)).await?;
        // By which the bands of what is erased are found.
        let by_experience = index("experience_band_by_experience", "experience_band");
        manager.create_index({ by_experience }.col("experience_id").take()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let by_email =
            Index::drop().name("experience_contact_by_email").table("experience_contact").to_owned();
        manager.drop_index(by_email).await?;
        for table in [
            "experience_band",
            "experience_sketch",
            "experience_sender",
            "experience_mark",
            "day_key",
            "limit_count",
        ] {
            manager.drop_table(Table::drop().table(table).take()).await?;
        }
        Ok(())
    }
}

/// What was counted of what, in which stretch of time. In no backup.
fn limit_count(backend: DbBackend) -> TableCreateStatement {
    clustered(
        backend,
        Table::create()
            .table("limit_count")
            // SHA-256 of what is counted, of whom, and of the stretch of time.
            .col(ColumnDef::new("id").binary().not_null().primary_key())
            .col(ColumnDef::new("count").integer().not_null())
            // From then on it counts for nothing.
            .col(ColumnDef::new("ends_at").timestamp_with_time_zone().not_null()),
    )
}

/// Random numbers that addresses are hashed with: a fresh one each day. In no backup, since with the key
/// of a day its hashes could be led back to addresses.
fn day_key(backend: DbBackend) -> TableCreateStatement {
    clustered(
        backend,
        Table::create()
            .table("day_key")
            .col(ColumnDef::new("day").date().not_null().primary_key())
            .col(ColumnDef::new("value").binary().not_null()),
    )
}

fn mark(backend: DbBackend) -> TableCreateStatement {
    clustered(
        backend,
        Table::create()
            .table("experience_mark")
            .col(ColumnDef::new("experience_id").uuid().not_null())
            .col(word(backend, "mark"))
            .primary_key(Index::create().col("experience_id").col("mark"))
            .foreign_key(&mut of_experience("experience_mark")),
    )
}

fn sender(backend: DbBackend) -> TableCreateStatement {
    clustered(
        backend,
        Table::create()
            .table("experience_sender")
            .col(ColumnDef::new("experience_id").uuid().not_null().primary_key())
            // HMAC-SHA-256 of the address that it came from, with the key of its day.
            .col(ColumnDef::new("address_hash").binary().not_null())
            .foreign_key(&mut of_experience("experience_sender")),
    )
}

/// One for each text.
fn sketch(backend: DbBackend) -> TableCreateStatement {
    clustered(
        backend,
        Table::create()
            .table("experience_sketch")
            .col(ColumnDef::new("experience_id").uuid().not_null())
            .col(ColumnDef::new("number").integer().not_null())
            .col(ColumnDef::new("sketch").binary().not_null())
            .primary_key(Index::create().col("experience_id").col("number"))
            .foreign_key(&mut of_experience("experience_sketch")),
    )
}

/// Where texts are found that share a part of their sketch.
fn band(backend: DbBackend) -> TableCreateStatement {
    clustered(
        backend,
        Table::create()
            .table("experience_band")
            .col(ColumnDef::new("band").big_integer().not_null())
            .col(ColumnDef::new("experience_id").uuid().not_null())
            .primary_key(Index::create().col("band").col("experience_id"))
            .foreign_key(&mut of_experience("experience_band")),
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
