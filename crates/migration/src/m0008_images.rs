//! Pictures that the board keeps, each in a few sizes.

use sea_orm_migration::async_trait;
use sea_orm_migration::prelude::*;

#[derive(Debug)]
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0008_images"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(picture()).await?;
        manager.create_table(picture_file()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("picture_file").take()).await?;
        manager.drop_table(Table::drop().table("picture").take()).await
    }
}

fn picture() -> TableCreateStatement {
    Table::create()
        .table("picture")
        // The first half of the SHA-256 of its largest file.
        .col(ColumnDef::new("hash").binary().not_null().primary_key())
        // Of that file.
        .col(ColumnDef::new("width").integer().not_null())
        .col(ColumnDef::new("height").integer().not_null())
        // By an editor, the last time.
        .col(ColumnDef::new("brought_at").timestamp_with_time_zone().not_null())
        .col(ColumnDef::new("made_by").uuid().not_null())
        .foreign_key(
            ForeignKey::create()
                .name("picture_editor")
                .from("picture", "made_by")
                .to("editor", "id")
                .on_delete(ForeignKeyAction::Restrict),
        )
        .take()
}

/// Apart from the picture, so that lists of pictures read no bytes.
fn picture_file() -> TableCreateStatement {
    Table::create()
        .table("picture_file")
        .col(ColumnDef::new("picture_hash").binary().not_null())
        .col(ColumnDef::new("width").integer().not_null())
        .col(ColumnDef::new("height").integer().not_null())
        // WebP.
        .col(ColumnDef::new("file").binary().not_null())
        .primary_key(Index::create().col("picture_hash").col("width"))
        .foreign_key(
            ForeignKey::create()
                .name("picture_file_picture")
                .from("picture_file", "picture_hash")
                .to("picture", "hash")
                .on_delete(ForeignKeyAction::Cascade),
        )
        .take()
}
