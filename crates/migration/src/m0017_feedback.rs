//! Sites where shops ask, the keys that they do it with, and what customers answer.

use sea_orm_migration::async_trait;
use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::shape::{clustered, index, word};

#[derive(Debug)]
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0017_feedback"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let backend = manager.get_database_backend();
        manager.create_table(site(backend)).await?;
        manager.create_index(index("site_by_shop", "site").col("shop_id").take()).await?;
        manager.create_table(api_key()).await?;
        manager.create_index(index("api_key_by_shop", "api_key").col("shop_id").take()).await?;
        manager.create_table(signing_key(backend)).await?;
        manager.create_index(index("signing_key_by_site", "signing_key").col("site_id").take()).await?;
        manager.create_table(feedback(backend)).await?;
        // One answer to a question for a ticket and each time that it was opened. Where there is no ticket, nothing
        // is the same: NULL differs from NULL.
        let mut once = index("feedback_once", "feedback");
        for column in ["ticket", "site_id", "round", "question", "verified"] {
            once.col(column);
        }
        manager.create_index(once.unique().take()).await?;
        // A shop's answers by day, and everything that its scores are made of, without looking at the rows.
        let mut by_day = index("feedback_by_day", "feedback");
        for column in ["shop_id", "first_on", "id", "question", "verified", "score"] {
            by_day.col(column);
        }
        manager.create_index(by_day.take()).await?;
        manager.create_table(comment()).await?;
        manager.create_table(rating(backend)).await?;
        manager.create_table(answer(backend)).await?;
        manager.create_table(tag(backend)).await?;
        manager.create_table(change(backend)).await?;
        manager.create_table(receipt(backend)).await?;
        manager.create_index(index("feedback_receipt_of", "feedback_receipt").col("feedback_id").take()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            "feedback_receipt",
            "feedback_change",
            "feedback_tag",
            "feedback_answer",
            "feedback_rating",
            "feedback_comment",
            "feedback",
            "signing_key",
            "api_key",
            "site",
        ] {
            manager.drop_table(Table::drop().table(table).take()).await?;
        }
        Ok(())
    }
}

fn site(backend: DbBackend) -> TableCreateStatement {
    Table::create()
        .table("site")
        .col(ColumnDef::new("id").uuid().not_null().primary_key())
        // Public: it stands in the shop's pages.
        .col(word(backend, "key").unique_key())
        .col(ColumnDef::new("shop_id").uuid().not_null())
        .col(ColumnDef::new("name").text().not_null())
        .col(word(backend, "question"))
        .col(word(backend, "lang"))
        // JSON, checked each time it is read.
        .col(ColumnDef::new("origins").text().not_null())
        .col(ColumnDef::new("own").text().not_null())
        .col(ColumnDef::new("looks").text().not_null())
        .col(ColumnDef::new("words").text().not_null())
        .col(ColumnDef::new("created_at").timestamp_with_time_zone().not_null())
        .col(ColumnDef::new("disabled_at").timestamp_with_time_zone())
        .foreign_key(&mut to("site", "shop_id", "shop", ForeignKeyAction::Restrict))
        .take()
}

fn api_key() -> TableCreateStatement {
    Table::create()
        .table("api_key")
        .col(ColumnDef::new("id").uuid().not_null().primary_key())
        .col(ColumnDef::new("shop_id").uuid().not_null())
        // SHA-256 of the key, which itself is kept nowhere.
        .col(ColumnDef::new("key_hash").binary().not_null().unique_key())
        .col(ColumnDef::new("made_at").timestamp_with_time_zone().not_null())
        .col(ColumnDef::new("revoked_at").timestamp_with_time_zone())
        .foreign_key(&mut to("api_key", "shop_id", "shop", ForeignKeyAction::Cascade))
        .take()
}

fn signing_key(backend: DbBackend) -> TableCreateStatement {
    Table::create()
        .table("signing_key")
        .col(word(backend, "id").primary_key())
        .col(ColumnDef::new("site_id").uuid().not_null())
        // As it is: an HMAC is checked by making it again.
        .col(ColumnDef::new("secret").binary().not_null())
        .col(ColumnDef::new("made_at").timestamp_with_time_zone().not_null())
        .col(ColumnDef::new("revoked_at").timestamp_with_time_zone())
        .foreign_key(&mut to("signing_key", "site_id", "site", ForeignKeyAction::Cascade))
        .take()
}

fn feedback(backend: DbBackend) -> TableCreateStatement {
    Table::create()
        .table("feedback")
        .col(ColumnDef::new("id").uuid().not_null().primary_key())
        .col(ColumnDef::new("site_id").uuid().not_null())
        // That of the site, so that a shop's answers need no other table.
        .col(ColumnDef::new("shop_id").uuid().not_null())
        .col(nullable(word(backend, "ticket")))
        .col(ColumnDef::new("round").small_integer().not_null())
        .col(ColumnDef::new("verified").boolean().not_null())
        .col(word(backend, "question"))
        .col(ColumnDef::new("score").small_integer().not_null())
        .col(word(backend, "lang"))
        .col(nullable(word(backend, "moment")))
        .col(nullable(word(backend, "agent")))
        .col(nullable(word(backend, "team")))
        .col(ColumnDef::new("may_story").boolean().not_null())
        // The day on which it came in the Netherlands: weeks and months are made of these.
        .col(ColumnDef::new("first_on").date().not_null())
        .col(ColumnDef::new("first_at").timestamp_with_time_zone().not_null())
        .col(ColumnDef::new("changed_at").timestamp_with_time_zone().not_null())
        // How often it changed.
        .col(ColumnDef::new("changes").integer().not_null())
        .foreign_key(&mut to("feedback", "site_id", "site", ForeignKeyAction::Cascade))
        .foreign_key(&mut to("feedback", "shop_id", "shop", ForeignKeyAction::Restrict))
        .take()
}

/// Apart from the score, so that it can go while that stays.
fn comment() -> TableCreateStatement {
    Table::create()
        .table("feedback_comment")
        .col(ColumnDef::new("feedback_id").uuid().not_null().primary_key())
        .col(ColumnDef::new("text").text().not_null())
        .foreign_key(&mut of_feedback("feedback_comment"))
        .take()
}

fn rating(backend: DbBackend) -> TableCreateStatement {
    clustered(
        backend,
        Table::create()
            .table("feedback_rating")
            .col(ColumnDef::new("feedback_id").uuid().not_null())
            .col(word(backend, "moment"))
            .col(ColumnDef::new("rating").small_integer().not_null())
            .primary_key(Index::create().col("feedback_id").col("moment"))
            .foreign_key(&mut of_feedback("feedback_rating"))
            .check(Expr::col("rating").between(1, 5)),
    )
}

/// To a question of the shop's own.
fn answer(backend: DbBackend) -> TableCreateStatement {
    clustered(
        backend,
        Table::create()
            .table("feedback_answer")
            .col(ColumnDef::new("feedback_id").uuid().not_null())
            .col(word(backend, "question"))
            // JSON.
            .col(ColumnDef::new("answer").text().not_null())
            .primary_key(Index::create().col("feedback_id").col("question"))
            .foreign_key(&mut of_feedback("feedback_answer")),
    )
}

fn tag(backend: DbBackend) -> TableCreateStatement {
    clustered(
        backend,
        Table::create()
            .table("feedback_tag")
            .col(ColumnDef::new("feedback_id").uuid().not_null())
            .col(word(backend, "tag"))
            .col(ColumnDef::new("place").small_integer().not_null())
            .primary_key(Index::create().col("feedback_id").col("tag"))
            .foreign_key(&mut of_feedback("feedback_tag")),
    )
}

fn change(backend: DbBackend) -> TableCreateStatement {
    clustered(
        backend,
        Table::create()
            .table("feedback_change")
            .col(ColumnDef::new("feedback_id").uuid().not_null())
            // From 1: two that come at once have the same time.
            .col(ColumnDef::new("number").integer().not_null())
            .col(ColumnDef::new("at").timestamp_with_time_zone().not_null())
            // JSON.
            .col(ColumnDef::new("changes").text().not_null())
            // The same of what the customer wrote, apart so that it can go with the comment.
            .col(ColumnDef::new("words").text())
            .primary_key(Index::create().col("feedback_id").col("number"))
            .foreign_key(&mut of_feedback("feedback_change")),
    )
}

/// What came with an idempotency key, and the token with which it is changed.
fn receipt(backend: DbBackend) -> TableCreateStatement {
    clustered(
        backend,
        Table::create()
            .table("feedback_receipt")
            // SHA-256 of the key.
            .col(ColumnDef::new("key_hash").binary().not_null().primary_key())
            // SHA-256 of what was sent with it.
            .col(ColumnDef::new("request_hash").binary().not_null())
            // SHA-256 of the token, which is made from the key.
            .col(ColumnDef::new("edit_hash").binary().not_null().unique_key())
            // Whether the answer came with it, and not one that joined it.
            .col(ColumnDef::new("was_first").boolean().not_null())
            .col(ColumnDef::new("feedback_id").uuid().not_null())
            .foreign_key(&mut of_feedback("feedback_receipt")),
    )
}

/// The column without its `NOT NULL`.
fn nullable(mut column: ColumnDef) -> ColumnDef {
    column.null().take()
}

fn of_feedback(table: &'static str) -> ForeignKeyCreateStatement {
    to(table, "feedback_id", "feedback", ForeignKeyAction::Cascade)
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
