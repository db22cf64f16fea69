//! Appeals in the queue.

use std::collections::HashMap;

use sea_orm::sea_query::SimpleExpr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait};
use time::OffsetDateTime;
use uuid::Uuid;
use weerklank_domain::Lang;
use weerklank_domain::experience::State;

use super::super::About;
use super::Outline;
use crate::StoreError;
use crate::aside::Aside;
use crate::columns::corrupt;
use crate::entity::{appeal, decision, queue_item};
use crate::voice::{StoredAppeal, appeal_by_id};
use weerklank_domain::desk::{Kind, Verdict};

pub(super) async fn outlines(
    connection: &impl ConnectionTrait,
    ids: &[Uuid],
    into: &mut HashMap<Uuid, Outline>,
) -> Result<(), StoreError> {
    if ids.is_empty() {
        return Ok(());
    }
    let found = appeal::Entity::find().filter(appeal::Column::Id.is_in(ids.iter().copied()));
    for row in found.all(connection).await? {
        into.insert(row.id, Outline::plain(&row.state, &row.lang, &row.text, Vec::new())?);
    }
    Ok(())
}

pub(super) async fn state(transaction: &Aside, id: Uuid) -> Result<Option<String>, StoreError> {
    Ok(appeal::Entity::find_by_id(id).one(transaction).await?.map(|row| row.state))
}

pub(super) async fn set_state(
    transaction: &Aside,
    id: Uuid,
    state: State,
    now: OffsetDateTime,
) -> Result<(), StoreError> {
    appeal::Entity::update_many()
        .col_expr(appeal::Column::State, state.as_str().into())
        .col_expr(appeal::Column::ChangedAt, now.into())
        .filter(appeal::Column::Id.eq(id))
        .exec(transaction)
        .await?;
    Ok(())
}

pub(super) fn of_lang(lang: Lang) -> SimpleExpr {
    those(appeal::Column::Lang.eq(lang.as_str()))
}

fn those(which: SimpleExpr) -> SimpleExpr {
    let ids = appeal::Entity::find().select_only().column(appeal::Column::Id).filter(which);
    queue_item::Column::AppealId.in_subquery(ids.into_query())
}

/// With what was decided on, where that is still there.
pub(super) async fn whole(
    connection: &impl ConnectionTrait,
    id: Uuid,
) -> Result<Option<(StoredAppeal, Option<About>)>, StoreError> {
    let Some(appeal) = appeal_by_id(connection, id).await? else { return Ok(None) };
    let about = super::decided_on(connection, (appeal.kind, appeal.item)).await?;
    Ok(Some((appeal, about)))
}

/// Whether an editor made the decision that it is against.
pub(super) async fn is_against(
    connection: &impl ConnectionTrait,
    id: Uuid,
    editor: Uuid,
) -> Result<bool, StoreError> {
    let Some(appeal) = appeal::Entity::find_by_id(id).one(connection).await? else { return Ok(false) };
    let made = decision::Entity::find_by_id(appeal.decision_id).one(connection).await?;
    Ok(made.is_some_and(|made| made.editor_id == editor))
}

/// What was decided is turned round from then on.
pub(super) async fn overturn(transaction: &Aside, id: Uuid, from: OffsetDateTime) -> Result<(), StoreError> {
    let (item, kind, verdict) = against(transaction, id).await?;
    match (kind, verdict) {
        (Kind::Experience, Verdict::Reject) => {
            super::experience::set_state(transaction, item, State::Accepted, from).await
        }
        (Kind::Comment, Verdict::Reject) => {
            super::comment::set_state(transaction, item, State::Accepted, from).await?;
            super::comment::publish(transaction, item, from).await
        }
        (Kind::Reply, Verdict::Reject) => {
            super::reply::set_state(transaction, item, State::Accepted, from).await?;
            super::reply::publish(transaction, item, from).await
        }
        (Kind::Report, Verdict::Remove) => super::report::publish_again(transaction, item, from).await,
        (Kind::Report, Verdict::Keep) => super::report::remove(transaction, item, id, from).await,
        _ => Err(corrupt("an appeal is against what cannot be appealed")),
    }
}

/// As if [`overturn`] had not been.
pub(super) async fn uphold_again(
    transaction: &Aside,
    id: Uuid,
    now: OffsetDateTime,
) -> Result<(), StoreError> {
    let (item, kind, verdict) = against(transaction, id).await?;
    match (kind, verdict) {
        (Kind::Experience, Verdict::Reject) => {
            super::experience::set_state(transaction, item, State::Rejected, now).await
        }
        (Kind::Comment, Verdict::Reject) => {
            super::comment::set_state(transaction, item, State::Rejected, now).await?;
            super::comment::unpublish(transaction, item).await
        }
        (Kind::Reply, Verdict::Reject) => {
            super::reply::set_state(transaction, item, State::Rejected, now).await?;
            super::reply::unpublish(transaction, item).await
        }
        (Kind::Report, Verdict::Remove) => super::report::remove_again(transaction, item, now).await,
        _ => super::report::put_back(transaction, id).await,
    }
}

/// The item, its kind, and what was decided on it.
async fn against(transaction: &Aside, id: Uuid) -> Result<(Uuid, Kind, Verdict), StoreError> {
    let none = || corrupt("an appeal is against nothing");
    let appeal = appeal::Entity::find_by_id(id).one(transaction).await?.ok_or_else(none)?;
    let made = decision::Entity::find_by_id(appeal.decision_id).one(transaction).await?.ok_or_else(none)?;
    let item = queue_item::Entity::find_by_id(made.item_id).one(transaction).await?.ok_or_else(none)?;
    Ok((item.id, item.kind.parse().map_err(corrupt)?, made.verdict.parse().map_err(corrupt)?))
}
