//! What is kept no longer than it is of use: addresses to which nothing is written.

use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait, Select,
    sea_query::SimpleExpr,
};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;
use weerklank_domain::experience::limits::CONFIRM_DAYS;
use weerklank_domain::voice::limits::SHOP_ADDRESS_DAYS;

use crate::aside::Aside;
use crate::entity::{
    comment, experience, experience_contact, outbox, queue_item, reply, reply_request, report, voice_contact,
};
use crate::experiences::contact;
use crate::store::kept;
use crate::{Store, StoreError};

impl Store {
    /// Forgets addresses that were asked whose they are and did not say so within [`CONFIRM_DAYS`] of when that mail left or
    /// was given up, with the mails that waited for that; what was sent in stays. A mail that still waits to leave, as all do
    /// where there is no mail server, holds its address. Gives how many.
    pub async fn forget_unconfirmed(&self, now: OffsetDateTime) -> Result<u64, StoreError> {
        let since = kept(now) - Duration::days(CONFIRM_DAYS);
        // Most of the time there is none, and nothing needs a turn to write.
        if unconfirmed(&self.reader, since).await?.is_empty()
            && unheard(&self.reader, since).await?.is_empty()
        {
            return Ok(0);
        }
        let transaction = self.write_aside().await?;
        let (senders, others) =
            (unconfirmed(&*transaction, since).await?, unheard(&*transaction, since).await?);
        for id in &senders {
            contact::forget(&transaction, *id).await?;
        }
        voice_contact::Entity::delete_many()
            .filter(voice_contact::Column::ItemId.is_in(others.iter().copied()))
            .exec(&transaction)
            .await?;
        unsend(&transaction, outbox::Column::ItemId.is_in(others.iter().copied())).await?;
        transaction.commit().await?;
        self.empty_log().await?;
        Ok((senders.len() + others.len()) as u64)
    }

    /// Forgets the addresses of shops that were asked for a reply, [`SHOP_ADDRESS_DAYS`] after they could answer last and
    /// anything was decided on what they said, unless that waits. What they were asked and said stays. Gives how many.
    pub async fn forget_shop_addresses(&self, now: OffsetDateTime) -> Result<u64, StoreError> {
        let since = kept(now) - Duration::days(SHOP_ADDRESS_DAYS);
        let lately = reply::Entity::find().select_only().column(reply::Column::Id).filter(
            Condition::any()
                .add(reply::Column::ChangedAt.gte(since))
                .add(reply::Column::RemovedAt.gte(since)),
        );
        let waiting = queue_item::Entity::find()
            .select_only()
            .column(queue_item::Column::Id)
            .filter(queue_item::Column::WaitsSince.is_not_null());
        let over = || {
            Condition::all()
                .add(reply_request::Column::Email.is_not_null())
                .add(reply_request::Column::ClosesAt.lt(since))
                .add(reply_request::Column::Id.not_in_subquery(lately.clone().into_query()))
                .add(reply_request::Column::Id.not_in_subquery(waiting.clone().into_query()))
        };
        let ids = ids(&self.reader, reply_request::Entity::find().filter(over()), reply_request::Column::Id);
        if ids.await?.is_empty() {
            return Ok(0);
        }
        let transaction = self.write_aside().await?;
        let forgotten = reply_request::Entity::update_many()
            .col_expr(reply_request::Column::Email, Option::<String>::None.into())
            .filter(over())
            .exec(&transaction)
            .await?;
        transaction.commit().await?;
        self.empty_log().await?;
        Ok(forgotten.rows_affected)
    }
}

/// Mails that ask whose an address is and that may still be answered: they wait to leave, or ended no longer ago than that.
fn asking(since: OffsetDateTime) -> Select<outbox::Entity> {
    let waits = Condition::all().add(outbox::Column::SentAt.is_null()).add(outbox::Column::DeadAt.is_null());
    let ended_since =
        Condition::any().add(outbox::Column::SentAt.gte(since)).add(outbox::Column::DeadAt.gte(since));
    outbox::Entity::find()
        .filter(outbox::Column::Cause.starts_with("confirm:"))
        .filter(Condition::any().add(waits).add(ended_since))
}

/// Experiences with an address that nobody confirmed, and that was not asked since a moment.
async fn unconfirmed(
    connection: &impl ConnectionTrait,
    since: OffsetDateTime,
) -> Result<Vec<Uuid>, StoreError> {
    let old = experience::Entity::find()
        .select_only()
        .column(experience::Column::Id)
        .filter(experience::Column::ReceivedAt.lt(since));
    // Another address may have been given since, and that one was asked.
    let asked = asking(since)
        .select_only()
        .column(outbox::Column::ExperienceId)
        .filter(outbox::Column::ExperienceId.is_not_null());
    let found = experience_contact::Entity::find()
        .filter(experience_contact::Column::ConfirmedAt.is_null())
        .filter(experience_contact::Column::ExperienceId.in_subquery(old.into_query()))
        .filter(experience_contact::Column::ExperienceId.not_in_subquery(asked.into_query()));
    ids(connection, found, experience_contact::Column::ExperienceId).await
}

/// The same of comments and reports, whose address is asked once.
async fn unheard(connection: &impl ConnectionTrait, since: OffsetDateTime) -> Result<Vec<Uuid>, StoreError> {
    let comments = comment::Entity::find()
        .select_only()
        .column(comment::Column::Id)
        .filter(comment::Column::ReceivedAt.lt(since));
    let reports = report::Entity::find()
        .select_only()
        .column(report::Column::Id)
        .filter(report::Column::ReceivedAt.lt(since));
    let old = Condition::any()
        .add(voice_contact::Column::ItemId.in_subquery(comments.into_query()))
        .add(voice_contact::Column::ItemId.in_subquery(reports.into_query()));
    let asked = asking(since)
        .select_only()
        .column(outbox::Column::ItemId)
        .filter(outbox::Column::ItemId.is_not_null());
    let found = voice_contact::Entity::find()
        .filter(voice_contact::Column::ConfirmedAt.is_null())
        .filter(voice_contact::Column::ItemId.not_in_subquery(asked.into_query()))
        .filter(old);
    ids(connection, found, voice_contact::Column::ItemId).await
}

async fn ids<E: EntityTrait>(
    connection: &impl ConnectionTrait,
    found: Select<E>,
    column: E::Column,
) -> Result<Vec<Uuid>, StoreError> {
    Ok(found.select_only().column(column).into_tuple().all(connection).await?)
}

async fn unsend(transaction: &Aside, which: SimpleExpr) -> Result<(), StoreError> {
    let unsent = outbox::Entity::delete_many().filter(which).filter(outbox::Column::SentAt.is_null());
    unsent.exec(transaction).await?;
    Ok(())
}
