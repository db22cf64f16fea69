//! Mails that are due, for one program alone.

use sea_orm::{
    ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{Expr, ExprTrait, LockBehavior, LockType, Query},
};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::DueMail;
use crate::columns::corrupt;
use crate::entity::{experience_contact, outbox, voice_contact};
use crate::store::kept;
use crate::{Store, StoreError};

impl Store {
    /// At most `limit` mails that are due, the longest waiting first. Nobody else gets them for as long
    /// as `lease`; say before that what became of each.
    pub async fn take_due_mails(
        &self,
        limit: u64,
        lease: Duration,
        now: OffsetDateTime,
    ) -> Result<Vec<DueMail>, StoreError> {
        let now = kept(now);
        // Most of the time there is none, and nothing needs a turn to write.
        if due(now).count(&self.reader).await? == 0 {
            return Ok(Vec::new());
        }
        let until = now + lease;
        let transaction = self.write_aside().await?;
        let mut rows = due(now)
            .order_by_asc(outbox::Column::NextAt)
            .order_by_asc(outbox::Column::Id)
            .limit(limit)
            .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
            .all(&transaction)
            .await?;
        let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
        outbox::Entity::update_many()
            .col_expr(outbox::Column::LeasedUntil, until.into())
            .col_expr(outbox::Column::Attempts, Expr::col(outbox::Column::Attempts).add(1))
            .filter(outbox::Column::Id.is_in(ids))
            .exec(&transaction)
            .await?;
        transaction.commit().await?;
        for row in &mut rows {
            row.attempts += 1;
        }
        rows.into_iter().map(|row| taken(row, until)).collect()
    }

    /// Keeps mails whose sending takes its time: for as long as `lease` from now. What somebody else
    /// has taken meanwhile stays theirs.
    pub async fn keep_mails(
        &self,
        mails: &mut [DueMail],
        lease: Duration,
        now: OffsetDateTime,
    ) -> Result<(), StoreError> {
        let until = kept(now) + lease;
        let transaction = self.write_aside().await?;
        for mail in &mut *mails {
            let kept = outbox::Entity::update_many()
                .col_expr(outbox::Column::LeasedUntil, until.into())
                .filter(outbox::Column::Id.eq(mail.id))
                .filter(outbox::Column::LeasedUntil.eq(mail.leased_until))
                .exec(&transaction)
                .await?;
            if kept.rows_affected == 1 {
                mail.leased_until = until;
            }
        }
        transaction.commit().await?;
        Ok(())
    }
}

/// What is neither sent nor given up, and whose address is confirmed where that matters.
pub(super) fn sendable() -> Select<outbox::Entity> {
    let confirmed = Query::select()
        .expr(Expr::val(1))
        .from(experience_contact::Entity)
        .and_where(
            Expr::col((experience_contact::Entity, experience_contact::Column::ExperienceId))
                .equals((outbox::Entity, outbox::Column::ExperienceId)),
        )
        .and_where(
            Expr::col((experience_contact::Entity, experience_contact::Column::Email))
                .equals((outbox::Entity, outbox::Column::ToEmail)),
        )
        .and_where(
            Expr::col((experience_contact::Entity, experience_contact::Column::ConfirmedAt)).is_not_null(),
        )
        .take();
    let confirmed_too = Query::select()
        .expr(Expr::val(1))
        .from(voice_contact::Entity)
        .and_where(
            Expr::col((voice_contact::Entity, voice_contact::Column::ItemId))
                .equals((outbox::Entity, outbox::Column::ItemId)),
        )
        .and_where(
            Expr::col((voice_contact::Entity, voice_contact::Column::Email))
                .equals((outbox::Entity, outbox::Column::ToEmail)),
        )
        .and_where(Expr::col((voice_contact::Entity, voice_contact::Column::ConfirmedAt)).is_not_null())
        .take();
    let may_leave = Condition::any()
        .add(outbox::Column::WaitsForOptIn.eq(false))
        .add(Expr::exists(confirmed))
        .add(Expr::exists(confirmed_too));
    outbox::Entity::find()
        .filter(outbox::Column::SentAt.is_null())
        .filter(outbox::Column::DeadAt.is_null())
        .filter(may_leave)
}

fn due(now: OffsetDateTime) -> Select<outbox::Entity> {
    let free =
        Condition::any().add(outbox::Column::LeasedUntil.is_null()).add(outbox::Column::LeasedUntil.lte(now));
    sendable().filter(outbox::Column::NextAt.lte(now)).filter(free)
}

fn taken(row: outbox::Model, leased_until: OffsetDateTime) -> Result<DueMail, StoreError> {
    Ok(DueMail {
        id: row.id,
        message_id: row.message_id,
        to: row.to_email,
        lang: row.lang.parse().map_err(corrupt)?,
        subject: row.subject,
        text: row.text,
        html: row.html,
        attempts: row.attempts.unsigned_abs(),
        created_at: row.created_at,
        not_before: row.not_before,
        leased_until,
    })
}
