//! Columns, whom they are by and about, and the number by which readers of the database see that
//! something changed.

use sea_orm_migration::async_trait;
use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{DbBackend, prelude::Uuid};

use crate::shape::{clustered, index, word};

#[derive(Debug)]
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0001_columns"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let backend = manager.get_database_backend();
        for table in ["author", "shop", "series"] {
            manager.create_table(named(backend, table)).await?;
        }
        manager.create_table(column(backend)).await?;
        for index in column_indexes() {
            manager.create_index(index).await?;
        }
        manager.create_table(join(backend, "column_author", "author")).await?;
        manager.create_table(join(backend, "column_shop", "shop")).await?;
        manager.create_table(column_moment(backend)).await?;
        manager.create_table(column_tag(backend)).await?;
        for (table, by) in [("column_author", "author_id"), ("column_shop", "shop_id")] {
            let by_value = index(&format!("{table}_by_{by}"), table).col(by).col("column_id").take();
            manager.create_index(by_value).await?;
        }
        manager.create_table(change_sequence()).await?;
        let first = Query::insert()
            .into_table("change_sequence")
            .columns(["id", "value", "epoch"])
            .values_panic([1.into(), 0_i64.into(), Uuid::nil().into()])
            .take();
        manager.execute(first).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            "change_sequence",
            "column_tag",
            "column_moment",
            "column_shop",
            "column_author",
            "column",
            "series",
            "shop",
            "author",
        ] {
            manager.drop_table(Table::drop().table(table).take()).await?;
        }
        Ok(())
    }
}

fn named(backend: DbBackend, table: &'static str) -> TableCreateStatement {
    Table::create()
        .table(table)
        .col(ColumnDef::new("id").uuid().not_null().primary_key())
        .col(word(backend, "slug").unique_key())
        .col(ColumnDef::new("name").text().not_null())
        .take()
}

fn column(backend: DbBackend) -> TableCreateStatement {
    Table::create()
        .table("column")
        .col(ColumnDef::new("id").uuid().not_null().primary_key())
        .col(word(backend, "slug").unique_key())
        .col(ColumnDef::new("title").text().not_null())
        .col(ColumnDef::new("date").date().not_null())
        .col(ColumnDef::new("updated").date())
        .col(word(backend, "lang"))
        .col(word(backend, "sentiment"))
        .col(word(backend, "source"))
        .col(word(backend, "comments"))
        .col(word(backend, "status"))
        .col(ColumnDef::new("incomplete").boolean().not_null())
        .col(ColumnDef::new("summary").text())
        .col(ColumnDef::new("guest_name").text())
        .col(ColumnDef::new("guest_role").text())
        .col(ColumnDef::new("guest_organisation").text())
        .col(ColumnDef::new("first_medium").text())
        .col(ColumnDef::new("first_issue").text())
        .col(ColumnDef::new("first_date").date())
        .col(ColumnDef::new("first_url").text())
        .col(ColumnDef::new("image_src").text())
        .col(ColumnDef::new("image_alt").text())
        .col(ColumnDef::new("image_credit").text())
        .col(ColumnDef::new("series_id").uuid())
        .col(ColumnDef::new("series_number").big_integer())
        .col(ColumnDef::new("visible_from").date())
        .col(ColumnDef::new("words").big_integer().not_null())
        .col(ColumnDef::new("reading_minutes").big_integer().not_null())
        .col(ColumnDef::new("excerpt").text().not_null())
        .col(ColumnDef::new("content_hash").binary().not_null())
        .col(ColumnDef::new("changed_seq").big_integer().not_null())
        .col(ColumnDef::new("created_at").timestamp_with_time_zone().not_null())
        .col(ColumnDef::new("changed_at").timestamp_with_time_zone().not_null())
        // Last, so that SQLite reads the others without walking through the text.
        .col(ColumnDef::new("body").text().not_null())
        .foreign_key(
            ForeignKey::create().name("column_series").from("column", "series_id").to("series", "id"),
        )
        .take()
}

fn column_indexes() -> [IndexCreateStatement; 2] {
    [
        // What was written since a change, with all that lists choose by: read without the rows.
        index("column_by_change", "column")
            .col("changed_seq")
            .col("slug")
            .col("id")
            .col("date")
            .col("updated")
            .col("visible_from")
            .col("sentiment")
            .col("lang")
            .col("series_id")
            .take(),
        index("column_by_series", "column").col("series_id").col("series_number").col("slug").take(),
    ]
}

fn join(backend: DbBackend, table: &'static str, to: &'static str) -> TableCreateStatement {
    let to_id = format!("{to}_id");
    clustered(
        backend,
        Table::create()
            .table(table)
            .col(ColumnDef::new("column_id").uuid().not_null())
            .col(ColumnDef::new(to_id.clone()).uuid().not_null())
            .col(ColumnDef::new("position").integer().not_null())
            .primary_key(Index::create().col("column_id").col(to_id.clone()))
            .foreign_key(&mut of_column(table))
            .foreign_key(ForeignKey::create().name(format!("{table}_{to}")).from(table, to_id).to(to, "id")),
    )
}

fn column_moment(backend: DbBackend) -> TableCreateStatement {
    clustered(
        backend,
        Table::create()
            .table("column_moment")
            .col(ColumnDef::new("column_id").uuid().not_null())
            .col(word(backend, "moment"))
            .col(ColumnDef::new("position").integer().not_null())
            .primary_key(Index::create().col("column_id").col("moment"))
            .foreign_key(&mut of_column("column_moment")),
    )
}

fn column_tag(backend: DbBackend) -> TableCreateStatement {
    clustered(
        backend,
        Table::create()
            .table("column_tag")
            .col(ColumnDef::new("column_id").uuid().not_null())
            .col(ColumnDef::new("position").integer().not_null())
            .col(word(backend, "tag"))
            .primary_key(Index::create().col("column_id").col("position"))
            .foreign_key(&mut of_column("column_tag")),
    )
}

fn of_column(table: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .name(format!("{table}_column"))
        .from(table, "column_id")
        .to("column", "id")
        .on_delete(ForeignKeyAction::Cascade)
        .take()
}

/// One row. `value` grows by one in every transaction that writes; `epoch` names the content: nil
/// until a program that may write opens the database, and another when everything is replaced.
fn change_sequence() -> TableCreateStatement {
    Table::create()
        .table("change_sequence")
        .col(ColumnDef::new("id").integer().not_null().primary_key())
        .col(ColumnDef::new("value").big_integer().not_null())
        .col(ColumnDef::new("epoch").uuid().not_null())
        .check(Expr::col("id").eq(1))
        .take()
}
