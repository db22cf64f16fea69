//! Comments in the queue.

use std::collections::HashMap;

use sea_orm::sea_query::SimpleExpr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait};
use time::OffsetDateTime;
use uuid::Uuid;
use weerklank_domain::Lang;
use weerklank_domain::experience::State;

use super::Outline;
use crate::StoreError;
use crate::aside::Aside;
use crate::entity::{comment, queue_item};
use crate::voice::{due_at, marks};

pub(super) async fn outlines(
    connection: &impl ConnectionTrait,
    ids: &[Uuid],
    into: &mut HashMap<Uuid, Outline>,
) -> Result<(), StoreError> {
    if ids.is_empty() {
        return Ok(());
    }
    let found = comment::Entity::find().filter(comment::Column::Id.is_in(ids.iter().copied()));
    for row in found.all(connection).await? {
        into.insert(row.id, Outline::plain(&row.state, &row.lang, &row.text, marks(&row.marks)?)?);
    }
    Ok(())
}

pub(super) async fn state(transaction: &Aside, id: Uuid) -> Result<Option<String>, StoreError> {
    Ok(comment::Entity::find_by_id(id).one(transaction).await?.map(|row| row.state))
}

pub(super) async fn set_state(
    transaction: &Aside,
    id: Uuid,
    state: State,
    now: OffsetDateTime,
) -> Result<(), StoreError> {
    comment::Entity::update_many()
        .col_expr(comment::Column::State, state.as_str().into())
        .col_expr(comment::Column::ChangedAt, now.into())
        .filter(comment::Column::Id.eq(id))
        .exec(transaction)
        .await?;
    Ok(())
}

pub(super) fn of_lang(lang: Lang) -> SimpleExpr {
    those(comment::Column::Lang.eq(lang.as_str()))
}

fn those(which: SimpleExpr) -> SimpleExpr {
    let ids = comment::Entity::find().select_only().column(comment::Column::Id).filter(which);
    queue_item::Column::CommentId.in_subquery(ids.into_query())
}

/// Readers see it from then on.
pub(super) async fn publish(transaction: &Aside, id: Uuid, from: OffsetDateTime) -> Result<(), StoreError> {
    comment::Entity::update_many()
        .col_expr(comment::Column::PublicFrom, Some(from).into())
        .filter(comment::Column::Id.eq(id))
        .exec(transaction)
        .await?;
    drawn_anew(transaction, id, from).await
}

/// They will not, before they do.
pub(super) async fn unpublish(transaction: &Aside, id: Uuid) -> Result<(), StoreError> {
    comment::Entity::update_many()
        .col_expr(comment::Column::PublicFrom, Option::<OffsetDateTime>::None.into())
        .filter(comment::Column::Id.eq(id))
        .exec(transaction)
        .await?;
    Ok(())
}

/// Readers see it no longer from then on. What was removed before stays as it was.
pub(super) async fn remove(
    transaction: &Aside,
    id: Uuid,
    by: Uuid,
    from: OffsetDateTime,
) -> Result<(), StoreError> {
    comment::Entity::update_many()
        .col_expr(comment::Column::RemovedAt, Some(from).into())
        .col_expr(comment::Column::RemovedBy, Some(by).into())
        .filter(comment::Column::Id.eq(id))
        .filter(comment::Column::RemovedAt.is_null())
        .exec(transaction)
        .await?;
    drawn_anew(transaction, id, from).await
}

/// What a report or an appeal removed is there again.
pub(super) async fn put_back(transaction: &Aside, by: Uuid) -> Result<(), StoreError> {
    comment::Entity::update_many()
        .col_expr(comment::Column::RemovedAt, Option::<OffsetDateTime>::None.into())
        .col_expr(comment::Column::RemovedBy, Option::<Uuid>::None.into())
        .filter(comment::Column::RemovedBy.eq(by))
        .exec(transaction)
        .await?;
    Ok(())
}

async fn drawn_anew(transaction: &Aside, id: Uuid, at: OffsetDateTime) -> Result<(), StoreError> {
    match comment::Entity::find_by_id(id).one(transaction).await? {
        Some(row) => due_at(transaction, row.column_id, at).await,
        None => Ok(()),
    }
}

/// What a report removed is there again from then on; which report it was stays known.
pub(super) async fn publish_again(
    transaction: &Aside,
    report: Uuid,
    from: OffsetDateTime,
) -> Result<(), StoreError> {
    let removed = comment::Entity::find().filter(comment::Column::RemovedBy.eq(report));
    for row in removed.all(transaction).await? {
        comment::Entity::update_many()
            .col_expr(comment::Column::PublicFrom, Some(from).into())
            .col_expr(comment::Column::RemovedAt, Option::<OffsetDateTime>::None.into())
            .filter(comment::Column::Id.eq(row.id))
            .exec(transaction)
            .await?;
        due_at(transaction, row.column_id, from).await?;
    }
    Ok(())
}

/// What [`publish_again`] would have shown stays away.
pub(super) async fn remove_again(
    transaction: &Aside,
    report: Uuid,
    now: OffsetDateTime,
) -> Result<(), StoreError> {
    comment::Entity::update_many()
        .col_expr(comment::Column::RemovedAt, Some(now).into())
        .filter(comment::Column::RemovedBy.eq(report))
        .exec(transaction)
        .await?;
    Ok(())
}
