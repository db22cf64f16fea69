//! A decision is made, and for a short while can be taken back.

use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder,
    sea_query::{Expr, ExprTrait, Func},
};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;
use weerklank_domain::desk::{Action, Decided, Kind, limits};
use weerklank_domain::experience::State;

use super::take_over::{self, Instead};
use super::{Addressed, Holder, about, claim, list};
use crate::aside::Aside;
use crate::audit::Deed;
use crate::columns::corrupt;
use crate::entity::{decision, queue_item};
use crate::outbox::enqueue::{enqueue_to_sender, unsend};
use crate::store::kept;
use crate::{Store, StoreError};

/// What became of a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Carried {
    Done {
        decision: Uuid,
        /// Until then it can be undone.
        final_at: OffsetDateTime,
        state: State,
    },
    /// Somebody else works on it.
    Held(Holder),
    /// They have not claimed it, or let it go.
    NotHeld,
    /// It changed since it was read: it has another version.
    Changed,
    /// It was decided, or taken back by its sender.
    NotWaiting,
    /// It is an appeal against their own decision.
    Barred,
    Nothing,
}

/// What became of an undoing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undone {
    Done,
    /// It is final, or its sender has already done something about it.
    TooLate,
    /// It is somebody else's decision.
    NotYours,
    Nothing,
}

impl Store {
    /// Decides on the version of an item that its holder has read. `mails` are for its sender and whom else it
    /// concerns, as far as they gave an address; they leave when the decision is final and the address is
    /// confirmed.
    pub async fn decide(
        &self,
        (item, version): (Uuid, i64),
        editor: Uuid,
        decided: &Decided,
        mails: &[Addressed],
        now: OffsetDateTime,
    ) -> Result<Carried, StoreError> {
        let now = kept(now);
        let transaction = self.write_aside().await?;
        // The one statement that decides: of two at the same time, it changes the row for one.
        let taken = queue_item::Entity::update_many()
            .col_expr(queue_item::Column::WaitsSince, Expr::val(None::<OffsetDateTime>))
            .col_expr(queue_item::Column::HolderId, Expr::val(None::<Uuid>))
            .col_expr(queue_item::Column::HeldUntil, Expr::val(None::<OffsetDateTime>))
            .col_expr(queue_item::Column::Version, Expr::col(queue_item::Column::Version).add(1))
            .col_expr(queue_item::Column::ChangedAt, now.into())
            .filter(queue_item::Column::Id.eq(item))
            .filter(queue_item::Column::Version.eq(version))
            .filter(queue_item::Column::HolderId.eq(editor))
            .filter(queue_item::Column::WaitsSince.is_not_null());
        let before = list::row(&transaction, item).await?;
        if taken.exec(&transaction).await?.rows_affected == 0 {
            transaction.rollback().await?;
            return self.not_carried(item, version, editor, now).await;
        }
        let (before, kind) = before.ok_or_else(|| corrupt("an item was decided that is not there"))?;
        let subject = (kind, item);
        if self.is_barred(&transaction, subject, editor).await? {
            transaction.rollback().await?;
            return Ok(Carried::Barred);
        }
        let state_before = about::state(&transaction, subject).await?;
        let state = decided.verdict.leads_to();
        about::set_state(&transaction, subject, state, now).await?;
        let (id, final_at) = (self.ids.next(now), now + Duration::seconds(limits::UNDO_SECONDS));
        about::settle(&transaction, subject, decided.verdict, (now, final_at)).await?;
        let since = before.waits_since.ok_or_else(|| corrupt("an item was decided that did not wait"))?;
        let row = decision::ActiveModel {
            id: Set(id),
            item_id: Set(item),
            editor_id: Set(editor),
            verdict: Set(decided.verdict.to_string()),
            ground: Set(decided.ground.map(|ground| ground.to_string())),
            statement: Set(decided.statement.clone()),
            automated: Set(decided.automated),
            state_before: Set(state_before),
            waited_since: Set(since),
            version: Set(version + 1),
            decided_at: Set(now),
            final_at: Set(final_at),
            is_last: Set(about::is_last(&transaction, subject).await?),
        };
        decision::Entity::insert(row).exec_without_returning(&transaction).await?;
        for mail in mails {
            let cause = format!("{}{}", causes(id), mail.to);
            enqueue_to_sender(&transaction, &*self.ids, (mail.to, &cause), &mail.text, final_at, now).await?;
        }
        let deed = Deed {
            editor: Some(editor),
            kind: Some(kind),
            subject: Some(item),
            verdict: Some(decided.verdict.to_string()),
            ground: decided.ground.map(|ground| ground.to_string()),
            automated: Some(decided.automated),
            since: Some(since),
            about: None,
        };
        self.note(&transaction, Action::Decided, deed, now).await?;
        transaction.commit().await?;
        Ok(Carried::Done { decision: id, final_at, state })
    }

    /// Takes a decision back: the item waits as it did, with who decided. `instead`: what removes the same.
    pub async fn undo(
        &self,
        decision: Uuid,
        editor: Uuid,
        instead: Option<&Instead<'_>>,
        now: OffsetDateTime,
    ) -> Result<Undone, StoreError> {
        let now = kept(now);
        let transaction = self.write_aside().await?;
        let Some(made) = decision::Entity::find_by_id(decision).one(&transaction).await? else {
            return Ok(Undone::Nothing);
        };
        if made.editor_id != editor {
            return Ok(Undone::NotYours);
        }
        if made.final_at <= now {
            return Ok(Undone::TooLate);
        }
        let put_back = queue_item::Entity::update_many()
            .col_expr(queue_item::Column::WaitsSince, Expr::val(Some(made.waited_since)))
            .col_expr(queue_item::Column::Version, Expr::col(queue_item::Column::Version).add(1))
            .col_expr(queue_item::Column::ChangedAt, now.into())
            .filter(queue_item::Column::Id.eq(made.item_id))
            .filter(queue_item::Column::Version.eq(made.version))
            .exec(&transaction)
            .await?;
        if put_back.rows_affected == 0 {
            return Ok(Undone::TooLate);
        }
        claim::hold(&transaction, made.item_id, editor, now).await?;
        let kind = take_back(&transaction, &made, now).await?;
        if !unsend(&transaction, &causes(decision)).await? {
            transaction.rollback().await?;
            return Ok(Undone::TooLate);
        }
        if let Some(instead) = instead {
            take_over::tell(self, &transaction, instead, now).await?;
        }
        let deed = Deed {
            editor: Some(editor),
            kind: Some(kind),
            subject: Some(made.item_id),
            verdict: Some(made.verdict),
            ground: made.ground,
            automated: Some(made.automated),
            since: Some(made.waited_since),
            about: None,
        };
        self.note(&transaction, Action::Undone, deed, now).await?;
        transaction.commit().await?;
        Ok(Undone::Done)
    }

    /// Why a decision could not be carried out.
    async fn not_carried(
        &self,
        item: Uuid,
        version: i64,
        editor: Uuid,
        now: OffsetDateTime,
    ) -> Result<Carried, StoreError> {
        let Some(item) = list::one(&self.reader, item).await? else { return Ok(Carried::Nothing) };
        Ok(match item.holder {
            _ if item.waits_since.is_none() => Carried::NotWaiting,
            Some(holder) if holder.editor != editor && holder.until > now => Carried::Held(holder),
            Some(holder) if holder.editor != editor => Carried::NotHeld,
            Some(_) if item.version != version => Carried::Changed,
            // It became theirs a moment ago.
            None | Some(_) => Carried::NotHeld,
        })
    }
}

/// A sender does something about an item while the decision on it can still be undone, and so has not been
/// told of it: it is undone, and the item waits as it did. `None` where there is no such decision, or its
/// mail may be on its way.
pub(crate) async fn overtake(
    transaction: &Aside,
    item: Uuid,
    now: OffsetDateTime,
) -> Result<Option<Overtaken>, StoreError> {
    let last = decision::Entity::find()
        .filter(decision::Column::ItemId.eq(item))
        .filter(decision::Column::FinalAt.gt(now))
        .order_by_desc(decision::Column::Id)
        .one(transaction)
        .await?;
    let Some(made) = last else { return Ok(None) };
    if !unsend(transaction, &causes(made.id)).await? {
        return Ok(None);
    }
    let since = Func::coalesce([Expr::col(queue_item::Column::WaitsSince), Expr::val(made.waited_since)]);
    queue_item::Entity::update_many()
        .col_expr(queue_item::Column::WaitsSince, since.into())
        .filter(queue_item::Column::Id.eq(item))
        .exec(transaction)
        .await?;
    let state = made.state_before.parse().map_err(corrupt)?;
    let kind = take_back(transaction, &made, now).await?;
    let deed = Deed {
        kind: Some(kind),
        subject: Some(item),
        verdict: Some(made.verdict),
        ground: made.ground,
        automated: Some(made.automated),
        since: Some(made.waited_since),
        ..Deed::default()
    };
    Ok(Some(Overtaken { state, deed }))
}

/// A decision that was overtaken.
pub(crate) struct Overtaken {
    /// Of the item, now again.
    pub state: State,
    /// For the audit log.
    pub deed: Deed,
}

/// With which the causes of the mails begin that tell of a decision.
pub(super) fn causes(decision: Uuid) -> String {
    format!("decision:{decision}:")
}

/// What a decision led to is as it was before; the decision goes.
async fn take_back(
    transaction: &Aside,
    made: &decision::Model,
    now: OffsetDateTime,
) -> Result<Kind, StoreError> {
    let found = list::row(transaction, made.item_id).await?;
    let (_, kind) = found.ok_or_else(|| corrupt("a decision is about nothing"))?;
    let subject = (kind, made.item_id);
    let verdict = made.verdict.parse().map_err(corrupt)?;
    about::unsettle(transaction, subject, verdict, now).await?;
    about::set_state(transaction, subject, made.state_before.parse().map_err(corrupt)?, now).await?;
    decision::Entity::delete_by_id(made.id).exec(transaction).await?;
    Ok(kind)
}
