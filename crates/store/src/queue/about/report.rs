//! Reports in the queue.

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
use crate::entity::{queue_item, report};
use crate::voice::{Turn, marks, never_turn, turn_at};

pub(super) async fn outlines(
    connection: &impl ConnectionTrait,
    ids: &[Uuid],
    into: &mut HashMap<Uuid, Outline>,
) -> Result<(), StoreError> {
    if ids.is_empty() {
        return Ok(());
    }
    let found = report::Entity::find().filter(report::Column::Id.is_in(ids.iter().copied()));
    for row in found.all(connection).await? {
        into.insert(row.id, Outline::plain(&row.state, &row.lang, &row.text, marks(&row.marks)?)?);
    }
    Ok(())
}

pub(super) async fn state(transaction: &Aside, id: Uuid) -> Result<Option<String>, StoreError> {
    Ok(report::Entity::find_by_id(id).one(transaction).await?.map(|row| row.state))
}

pub(super) async fn set_state(
    transaction: &Aside,
    id: Uuid,
    state: State,
    now: OffsetDateTime,
) -> Result<(), StoreError> {
    report::Entity::update_many()
        .col_expr(report::Column::State, state.as_str().into())
        .col_expr(report::Column::ChangedAt, now.into())
        .filter(report::Column::Id.eq(id))
        .exec(transaction)
        .await?;
    Ok(())
}

pub(super) fn of_lang(lang: Lang) -> SimpleExpr {
    those(report::Column::Lang.eq(lang.as_str()))
}

fn those(which: SimpleExpr) -> SimpleExpr {
    let ids = report::Entity::find().select_only().column(report::Column::Id).filter(which);
    queue_item::Column::ReportId.in_subquery(ids.into_query())
}

/// What a report is about goes from then on; `by` is what led to it, the report itself or an appeal.
pub(super) async fn remove(
    transaction: &Aside,
    id: Uuid,
    (by, from): (Uuid, OffsetDateTime),
) -> Result<(), StoreError> {
    let Some(row) = report::Entity::find_by_id(id).one(transaction).await? else { return Ok(()) };
    match (row.comment_id, row.reply_id) {
        (Some(comment), _) => super::comment::remove(transaction, comment, by, from).await,
        (_, Some(reply)) => super::reply::remove(transaction, reply, by, from).await,
        (None, None) if row.about == "column" => {
            let turn = Turn { by, column: row.column_id, report: Some(id), is_back: false };
            turn_at(transaction, turn, from).await
        }
        // A comment that its writer has erased, a reply that is gone.
        (None, None) => Ok(()),
    }
}

/// As if [`remove`] had not been.
pub(super) async fn put_back(transaction: &Aside, by: Uuid) -> Result<(), StoreError> {
    super::comment::put_back(transaction, by).await?;
    super::reply::put_back(transaction, by).await?;
    never_turn(transaction, by).await
}

/// What a report or an appeal removed is there again from then on; which it was stays known.
pub(super) async fn publish_again(
    transaction: &Aside,
    by: Uuid,
    from: OffsetDateTime,
) -> Result<(), StoreError> {
    super::comment::publish_again(transaction, by, from).await?;
    super::reply::publish_again(transaction, by, from).await
}

/// What [`publish_again`] showed, or would have, goes from then on.
pub(super) async fn remove_again(
    transaction: &Aside,
    by: Uuid,
    from: OffsetDateTime,
) -> Result<(), StoreError> {
    super::comment::remove_again(transaction, by, from).await?;
    super::reply::remove_again(transaction, by, from).await
}

/// It does not: what [`remove_again`] would have taken away stays.
pub(super) async fn not_removed_again(transaction: &Aside, by: Uuid) -> Result<(), StoreError> {
    super::comment::not_removed_again(transaction, by).await?;
    super::reply::not_removed_again(transaction, by).await
}
