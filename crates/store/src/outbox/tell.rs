//! What became of a mail that was taken.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use time::OffsetDateTime;

use super::DueMail;
use crate::entity::outbox::{Column, Entity};
use crate::store::kept;
use crate::{Store, StoreError};

impl Store {
    /// It was accepted. What it said is forgotten; that it was sent, and for what, is kept.
    pub async fn mail_sent(&self, mail: &DueMail, now: OffsetDateTime) -> Result<(), StoreError> {
        let transaction = self.write_aside().await?;
        Entity::update_many()
            .col_expr(Column::SentAt, kept(now).into())
            .col_expr(Column::ToEmail, "".into())
            .col_expr(Column::Subject, "".into())
            .col_expr(Column::Text, "".into())
            .col_expr(Column::Html, "".into())
            .col_expr(Column::LastError, Option::<String>::None.into())
            // Whoever sent it: also after the lease, it was sent.
            .filter(Column::Id.eq(mail.id))
            .exec(&transaction)
            .await?;
        transaction.commit().await?;
        Ok(())
    }

    /// It was not accepted: `again` says when it may be tried once more, `None` gives it up. Changes
    /// nothing where the lease had ended and somebody else took it.
    pub async fn mail_failed(
        &self,
        mail: &DueMail,
        reason: &str,
        again: Option<OffsetDateTime>,
        now: OffsetDateTime,
    ) -> Result<(), StoreError> {
        let transaction = self.write_aside().await?;
        let failed = Entity::update_many()
            .col_expr(Column::LastError, reason.into())
            .col_expr(Column::LeasedUntil, kept(now).into());
        let failed = match again {
            Some(again) => failed.col_expr(Column::NextAt, kept(again).into()),
            None => failed.col_expr(Column::DeadAt, kept(now).into()),
        };
        failed
            .filter(Column::Id.eq(mail.id))
            .filter(Column::LeasedUntil.eq(mail.leased_until))
            .filter(Column::SentAt.is_null())
            .exec(&transaction)
            .await?;
        transaction.commit().await?;
        Ok(())
    }
}
