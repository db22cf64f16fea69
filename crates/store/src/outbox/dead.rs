//! Mails that did not leave.

use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use time::OffsetDateTime;
use uuid::Uuid;

use super::{DeadMail, MailCounts, WaitingMail};
use crate::entity::outbox::{Column, Entity};
use crate::store::kept;
use crate::{Store, StoreError};

impl Store {
    /// How many mails wait, and how many were given up.
    pub async fn mail_counts(&self) -> Result<MailCounts, StoreError> {
        let snapshot = self.snapshot().await?;
        let waiting = Entity::find().filter(Column::SentAt.is_null()).filter(Column::DeadAt.is_null());
        let all = waiting.clone().count(&snapshot).await?;
        Ok(MailCounts {
            waiting: all,
            unconfirmed: all - super::take::sendable().count(&snapshot).await?,
            dead: Entity::find().filter(Column::DeadAt.is_not_null()).count(&snapshot).await?,
        })
    }

    /// At most `limit` mails that wait, the oldest first.
    pub async fn waiting_mails(&self, limit: u64) -> Result<Vec<WaitingMail>, StoreError> {
        let rows = Entity::find()
            .filter(Column::SentAt.is_null())
            .filter(Column::DeadAt.is_null())
            .order_by_asc(Column::CreatedAt)
            .order_by_asc(Column::Id)
            .limit(limit)
            .all(&self.reader)
            .await?;
        let shown = rows.into_iter().map(|row| WaitingMail {
            id: row.id,
            subject: row.subject,
            attempts: row.attempts.unsigned_abs(),
            last_error: row.last_error,
            created_at: row.created_at,
        });
        Ok(shown.collect())
    }

    /// At most `limit` mails that were given up, the last one first.
    pub async fn dead_mails(&self, limit: u64) -> Result<Vec<DeadMail>, StoreError> {
        let rows = Entity::find()
            .filter(Column::DeadAt.is_not_null())
            .order_by_desc(Column::DeadAt)
            .order_by_desc(Column::Id)
            .limit(limit)
            .all(&self.reader)
            .await?;
        Ok(rows
            .into_iter()
            .filter_map(|row| {
                Some(DeadMail {
                    id: row.id,
                    cause: row.cause,
                    to: row.to_email,
                    subject: row.subject,
                    attempts: row.attempts.unsigned_abs(),
                    last_error: row.last_error.unwrap_or_default(),
                    created_at: row.created_at,
                    dead_at: row.dead_at?,
                })
            })
            .collect())
    }

    /// Tries a mail again that was given up, with all its patience. `false` where it is no such mail.
    pub async fn retry_mail(&self, id: Uuid, now: OffsetDateTime) -> Result<bool, StoreError> {
        let now = kept(now);
        let transaction = self.write_aside().await?;
        let revived = Entity::update_many()
            .col_expr(Column::DeadAt, Option::<OffsetDateTime>::None.into())
            .col_expr(Column::NotBefore, now.into())
            .col_expr(Column::NextAt, now.into())
            .col_expr(Column::Attempts, 0.into())
            .filter(Column::Id.eq(id))
            .filter(Column::DeadAt.is_not_null())
            .exec(&transaction)
            .await?;
        transaction.commit().await?;
        Ok(revived.rows_affected == 1)
    }
}
