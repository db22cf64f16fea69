//! Appeals on which nobody has to decide any more: the removal that they are against is undone already.
//!
//! A column may be of two senders, and each may appeal against its removal. One decision turns it round for both; what
//! another came to would change nothing, and tell one of them what is not so.

use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, sea_query::Expr};
use time::OffsetDateTime;
use uuid::Uuid;
use weerklank_domain::desk::Verdict;
use weerklank_domain::experience::State;
use weerklank_domain::voice::Party;

use crate::StoreError;
use crate::aside::Aside;
use crate::entity::{appeal, decision, draft, draft_experience, queue_item};
use crate::queue::wait;

/// They do not wait as long as a decision on one of them can be undone.
pub(crate) async fn set_aside(
    transaction: &Aside,
    (column, but): (Uuid, Uuid),
    now: OffsetDateTime,
) -> Result<(), StoreError> {
    for row in undecided(transaction, column, Some(but)).await? {
        wait::no_longer(transaction, row.id, now).await?;
    }
    Ok(())
}

/// It was undone: they wait, since when they came.
pub(crate) async fn wait_again(
    transaction: &Aside,
    (column, but): (Uuid, Uuid),
    now: OffsetDateTime,
) -> Result<(), StoreError> {
    for row in undecided(transaction, column, Some(but)).await? {
        wait::again(transaction, row.id, now).await?;
        queue_item::Entity::update_many()
            .col_expr(queue_item::Column::WaitsSince, Expr::col(queue_item::Column::CameAt))
            .filter(queue_item::Column::Id.eq(row.id))
            .exec(transaction)
            .await?;
    }
    Ok(())
}

/// It is final, or the column stands again by itself: they end, and say so to who made them.
pub(crate) async fn end(
    transaction: &Aside,
    (column, but): (Uuid, Option<Uuid>),
    now: OffsetDateTime,
) -> Result<(), StoreError> {
    for row in undecided(transaction, column, but).await? {
        appeal::Entity::update_many()
            .col_expr(appeal::Column::State, State::Accepted.as_str().into())
            .col_expr(appeal::Column::ChangedAt, now.into())
            .col_expr(appeal::Column::EndedAt, Some(now).into())
            .filter(appeal::Column::Id.eq(row.id))
            .exec(transaction)
            .await?;
        wait::no_longer(transaction, row.id, now).await?;
    }
    Ok(())
}

/// Of the senders of what a column is made of, against its removal; all but one.
async fn undecided(
    transaction: &Aside,
    column: Uuid,
    but: Option<Uuid>,
) -> Result<Vec<appeal::Model>, StoreError> {
    let of_column = draft::Entity::find().filter(draft::Column::ColumnId.eq(column));
    let Some(draft) = of_column.one(transaction).await? else { return Ok(Vec::new()) };
    let ties = draft_experience::Entity::find().filter(draft_experience::Column::DraftId.eq(draft.id));
    let experiences = ties.all(transaction).await?.into_iter().map(|tie| tie.experience_id);
    let rows = appeal::Entity::find()
        .filter(appeal::Column::ExperienceId.is_in(experiences))
        .filter(appeal::Column::Party.eq(Party::Sender.as_str()))
        .filter(appeal::Column::EndedAt.is_null());
    let mut found = Vec::new();
    for row in rows.all(transaction).await? {
        let is_decided = decision::Entity::find().filter(decision::Column::ItemId.eq(row.id));
        if Some(row.id) == but || is_decided.count(transaction).await? > 0 {
            continue;
        }
        let against = decision::Entity::find_by_id(row.decision_id).one(transaction).await?;
        if against.is_some_and(|made| made.verdict == Verdict::Remove.as_str()) {
            found.push(row);
        }
    }
    Ok(found)
}
