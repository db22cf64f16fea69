//! Passkeys: keys of devices by which editors come in.

use sea_orm_migration::async_trait;
use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::shape::{clustered, index};

#[derive(Debug)]
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0011_passkeys"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(passkey()).await?;
        manager.create_index(index("passkey_by_editor", "passkey").col("editor_id").take()).await?;
        manager.create_table(passkey_challenge(manager.get_database_backend())).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("passkey_challenge").take()).await?;
        manager.drop_table(Table::drop().table("passkey").take()).await
    }
}

fn passkey() -> TableCreateStatement {
    Table::create()
        .table("passkey")
        .col(ColumnDef::new("id").uuid().not_null().primary_key())
        .col(ColumnDef::new("editor_id").uuid().not_null())
        // By which a device names it.
        .col(ColumnDef::new("credential_id").binary().not_null().unique_key())
        // The public key and what is known of the device, as JSON.
        .col(ColumnDef::new("credential").text().not_null())
        // Signatures that the device says it has made; 0 for one that does not count.
        .col(ColumnDef::new("counter").big_integer().not_null())
        // As its owner calls it.
        .col(ColumnDef::new("name").text().not_null())
        .col(ColumnDef::new("made_at").timestamp_with_time_zone().not_null())
        .col(ColumnDef::new("used_at").timestamp_with_time_zone())
        .foreign_key(&mut to_editor("passkey"))
        .take()
}

/// What a device was asked to sign, until it answers.
fn passkey_challenge(backend: DbBackend) -> TableCreateStatement {
    clustered(
        backend,
        Table::create()
            .table("passkey_challenge")
            // SHA-256 of the token in the cookie of the browser that asked.
            .col(ColumnDef::new("hash").binary().not_null().primary_key())
            // Who adds one; none where somebody signs in.
            .col(ColumnDef::new("editor_id").uuid())
            // What to compare the answer with, as JSON.
            .col(ColumnDef::new("state").text().not_null())
            .col(ColumnDef::new("expires_at").timestamp_with_time_zone().not_null())
            .foreign_key(&mut to_editor("passkey_challenge")),
    )
}

fn to_editor(table: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .name(format!("{table}_editor"))
        .from(table, "editor_id")
        .to("editor", "id")
        .on_delete(ForeignKeyAction::Cascade)
        .take()
}
