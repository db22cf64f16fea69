//! Somebody takes an item to work on, keeps it, or lets it go.

use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, sea_query::Expr};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;
use weerklank_domain::desk::{Action, limits};

use super::{Holder, QueueItem, list};
use crate::aside::Aside;
use crate::audit::Deed;
use crate::entity::queue_item::{Column, Entity, Model};
use crate::store::kept;
use crate::{Store, StoreError};

/// What became of a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claimed {
    /// It is theirs, until then.
    Yours(Box<QueueItem>),
    /// Somebody else works on it.
    Held(Holder),
    /// Nobody at the desk has to do anything about it any more.
    NotWaiting,
    /// It is an appeal against their own decision.
    Barred,
    Nothing,
}

impl Store {
    /// Gives an item to an editor for [`limits::CLAIM_MINUTES`] from now on, also one that they hold. With
    /// `by_force` it is taken from whoever holds it, which is written down.
    pub async fn claim(
        &self,
        item: Uuid,
        editor: Uuid,
        by_force: bool,
        now: OffsetDateTime,
    ) -> Result<Claimed, StoreError> {
        let now = kept(now);
        let transaction = self.write_aside().await?;
        let is_free = Condition::any()
            .add(Column::HolderId.is_null())
            .add(Column::HolderId.eq(editor))
            .add(Column::HeldUntil.lte(now));
        // Read before: who held it is told of in the log.
        let before = list::row(&transaction, item).await?;
        if let Some((_, kind)) = &before
            && self.is_barred(&transaction, (*kind, item), editor).await?
        {
            transaction.rollback().await?;
            return Ok(Claimed::Barred);
        }
        let mut claim = Entity::update_many()
            .col_expr(Column::HolderId, Expr::val(Some(editor)))
            .col_expr(Column::HeldUntil, Expr::val(Some(until(now))))
            .col_expr(Column::ChangedAt, now.into())
            .filter(Column::Id.eq(item))
            .filter(Column::WaitsSince.is_not_null());
        if !by_force {
            claim = claim.filter(is_free);
        }
        if claim.exec(&transaction).await?.rows_affected == 0 {
            transaction.rollback().await?;
            return self.refused(item).await;
        }
        if by_force
            && let Some((before, kind)) = before
            && let Some(other) = held_by_other(&before, editor, now)
        {
            let deed = Deed {
                editor: Some(editor),
                kind: Some(kind),
                subject: Some(item),
                about: list::name_of(&transaction, other).await?,
                ..Deed::default()
            };
            self.note(&transaction, Action::TakenOver, deed, now).await?;
        }
        let claimed = list::one(&transaction, item).await?;
        transaction.commit().await?;
        Ok(claimed.map_or(Claimed::Nothing, |item| Claimed::Yours(Box::new(item))))
    }

    /// Lets go of an item. `false` where they did not hold it.
    pub async fn release(&self, item: Uuid, editor: Uuid, now: OffsetDateTime) -> Result<bool, StoreError> {
        let transaction = self.write_aside().await?;
        let released = Entity::update_many()
            .col_expr(Column::HolderId, Expr::val(None::<Uuid>))
            .col_expr(Column::HeldUntil, Expr::val(None::<OffsetDateTime>))
            .col_expr(Column::ChangedAt, kept(now).into())
            .filter(Column::Id.eq(item))
            .filter(Column::HolderId.eq(editor))
            .exec(&transaction)
            .await?;
        transaction.commit().await?;
        Ok(released.rows_affected == 1)
    }

    /// Why an item could not be had.
    async fn refused(&self, item: Uuid) -> Result<Claimed, StoreError> {
        Ok(match list::one(&self.reader, item).await? {
            None => Claimed::Nothing,
            Some(QueueItem { waits_since: Some(_), holder: Some(holder), .. }) => Claimed::Held(holder),
            Some(_) => Claimed::NotWaiting,
        })
    }
}

/// How long a claim of now lasts.
fn until(now: OffsetDateTime) -> OffsetDateTime {
    now + Duration::minutes(limits::CLAIM_MINUTES)
}

fn held_by_other(item: &Model, editor: Uuid, now: OffsetDateTime) -> Option<Uuid> {
    item.holder_id.filter(|holder| *holder != editor && item.held_until.is_some_and(|until| until > now))
}

/// Gives it back to an editor whose decision was undone.
pub(super) async fn hold(
    transaction: &Aside,
    item: Uuid,
    editor: Uuid,
    now: OffsetDateTime,
) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::HolderId, Expr::val(Some(editor)))
        .col_expr(Column::HeldUntil, Expr::val(Some(until(now))))
        .filter(Column::Id.eq(item))
        .exec(transaction)
        .await?;
    Ok(())
}
