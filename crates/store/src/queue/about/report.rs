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
    match report::Entity::find_by_id(id).one(transaction).await?.and_then(|row| row.comment_id) {
        Some(about) => super::comment::remove(transaction, about, by, from).await,
        None => Ok(()),
    }
}
