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
use crate::voice::marks;

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

/// What a report is about goes from then on; `by` is what led to it, the report itself or an appeal. Of a
/// column it is only written down: whoever withdraws columns does that.
pub(super) async fn remove(
    transaction: &Aside,
    id: Uuid,
    by: Uuid,
    from: OffsetDateTime,
) -> Result<(), StoreError> {
    let Some(row) = report::Entity::find_by_id(id).one(transaction).await? else { return Ok(()) };
    match (row.comment_id, row.reply_id) {
        (Some(comment), _) => super::comment::remove(transaction, comment, by, from).await,
        (_, Some(reply)) => super::reply::remove(transaction, reply, by, from).await,
        (None, None) => Ok(()),
    }
}

/// What [`remove`] took away is there again.
pub(super) async fn put_back(transaction: &Aside, by: Uuid) -> Result<(), StoreError> {
    super::comment::put_back(transaction, by).await?;
    super::reply::put_back(transaction, by).await
}

/// What a report removed is there again from then on; which report it was stays known.
pub(super) async fn publish_again(
    transaction: &Aside,
    id: Uuid,
    from: OffsetDateTime,
) -> Result<(), StoreError> {
    super::comment::publish_again(transaction, id, from).await?;
    super::reply::publish_again(transaction, id, from).await
}

/// What [`publish_again`] would have shown stays away.
pub(super) async fn remove_again(
    transaction: &Aside,
    id: Uuid,
    now: OffsetDateTime,
) -> Result<(), StoreError> {
    super::comment::remove_again(transaction, id, now).await?;
    super::reply::remove_again(transaction, id, now).await
}
