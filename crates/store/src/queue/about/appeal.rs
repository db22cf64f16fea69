//! Appeals in the queue.

use std::collections::HashMap;

use sea_orm::sea_query::SimpleExpr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect, QueryTrait,
};
use time::OffsetDateTime;
use uuid::Uuid;
use weerklank_domain::Lang;
use weerklank_domain::desk::{Kind, Verdict};
use weerklank_domain::experience::State;
use weerklank_domain::voice::Away;

use super::super::About;
use super::{Outline, standing};
use crate::StoreError;
use crate::aside::Aside;
use crate::columns::corrupt;
use crate::drafts::{left_at, nothing_left};
use crate::entity::{appeal, decision, editor, queue_item, report};
use crate::voice::{
    StoredAppeal, Turn, appeal_by_id, came_back, came_of_an_appeal, ended, kept_away, never_turn, turn_at,
    turn_of,
};

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

/// Whether an editor made the decision that it is against. Against what an appeal came to, it is not for who was
/// appealed against then either, as long as there is a third.
pub(super) async fn is_against(
    connection: &impl ConnectionTrait,
    id: Uuid,
    editor: Uuid,
) -> Result<bool, StoreError> {
    let Some(against) = Against::find(connection, id).await? else { return Ok(false) };
    if against.editor == editor {
        return Ok(true);
    }
    if against.kind != Kind::Appeal {
        return Ok(false);
    }
    match Against::find(connection, against.item).await? {
        Some(first) if first.editor == editor => {
            let others = editor::Entity::find()
                .filter(editor::Column::DisabledAt.is_null())
                .filter(editor::Column::Id.is_not_in([first.editor, against.editor]));
            Ok(others.count(connection).await? > 0)
        }
        _ => Ok(false),
    }
}

/// Whether it is the second look: against what an appeal came to, or against what an appeal did to a column.
pub(super) async fn is_second(connection: &impl ConnectionTrait, id: Uuid) -> Result<bool, StoreError> {
    let Some(against) = Against::find(connection, id).await? else { return Ok(false) };
    match against.kind {
        Kind::Appeal => Ok(true),
        Kind::Experience => match left(connection, &against).await? {
            Some(column) => match turn_of(connection, against.decided_at, column).await? {
                Some(turn) => came_of_an_appeal(connection, &turn).await,
                None => Ok(false),
            },
            None => Ok(false),
        },
        Kind::Comment | Kind::Report | Kind::Reply => Ok(false),
    }
}

/// Why what was removed does not come back; `granted`: once it was.
pub(super) async fn away(
    connection: &impl ConnectionTrait,
    id: Uuid,
    granted: Option<OffsetDateTime>,
) -> Result<Option<Away>, StoreError> {
    let Some(against) = Against::find(connection, id).await? else { return Ok(None) };
    match (against.kind, against.verdict) {
        (Kind::Experience, Verdict::Remove) => {
            if let Some(became) = came_back(connection, id).await? {
                return Ok(became);
            }
            match left(connection, &against).await? {
                Some(column) => kept_away(connection, column, against.decided_at).await,
                None => nothing_left(connection, against.item).await,
            }
        }
        (Kind::Report, Verdict::Remove) => {
            let row = report::Entity::find_by_id(against.item).one(connection).await?;
            let Some(words) = row.and_then(|row| row.comment_id.or(row.reply_id)) else { return Ok(None) };
            let other = standing::another(connection, words, Some(against.item)).await?;
            // What was removed after it came back is another story.
            let other = other.filter(|other| granted.is_none_or(|granted| other.from <= granted));
            Ok(other.map(|_| Away::Other))
        }
        _ => Ok(None),
    }
}

/// What was decided is turned round from then on.
pub(super) async fn overturn(
    transaction: &Aside,
    id: Uuid,
    (now, from): (OffsetDateTime, OffsetDateTime),
) -> Result<(), StoreError> {
    let against = Against::of(transaction, id).await?;
    let item = against.item;
    match (against.kind, against.verdict) {
        (Kind::Experience, Verdict::Reject) => {
            super::experience::set_state(transaction, item, State::Accepted, from).await
        }
        (Kind::Experience, Verdict::Remove) => {
            // Gone with its draft, it cannot come back.
            let Some(column) = left(&**transaction, &against).await? else { return Ok(()) };
            let report = turn_of(&**transaction, against.decided_at, column).await?;
            let report = report.and_then(|turn| turn.report_id);
            // Nobody decides on the same removal for another of its senders meanwhile.
            ended::set_aside(transaction, (column, id), now).await?;
            turn_at(transaction, Turn { by: id, column, report, is_back: true }, from).await
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
        (Kind::Report, Verdict::Keep) => super::report::remove(transaction, item, (id, from)).await,
        (Kind::Appeal, Verdict::Overturn) => turn_again(transaction, id, item, from).await,
        _ => Err(corrupt("an appeal is against what cannot be appealed")),
    }
}

/// What an earlier appeal turned round is turned back.
async fn turn_again(
    transaction: &Aside,
    id: Uuid,
    before: Uuid,
    from: OffsetDateTime,
) -> Result<(), StoreError> {
    let first = Against::of(transaction, before).await?;
    match (first.kind, first.verdict) {
        (Kind::Report, Verdict::Remove) => super::report::remove_again(transaction, first.item, from).await,
        (Kind::Report, Verdict::Keep) => super::report::publish_again(transaction, before, from).await,
        (Kind::Experience, Verdict::Remove) => {
            let row = appeal::Entity::find_by_id(before).one(transaction).await?;
            match row.and_then(|row| row.report_id) {
                Some(report) => super::report::remove(transaction, report, (id, from)).await,
                None => Ok(()),
            }
        }
        _ => Err(corrupt("nobody lost what is appealed against")),
    }
}

/// As if [`overturn`] had not been.
pub(super) async fn uphold_again(
    transaction: &Aside,
    id: Uuid,
    now: OffsetDateTime,
) -> Result<(), StoreError> {
    let against = Against::of(transaction, id).await?;
    let item = against.item;
    match (against.kind, against.verdict) {
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
        (Kind::Appeal, Verdict::Overturn) => {
            let first = Against::of(transaction, item).await?;
            match (first.kind, first.verdict) {
                (Kind::Report, Verdict::Remove) => {
                    super::report::not_removed_again(transaction, first.item).await
                }
                (Kind::Report, Verdict::Keep) => super::report::remove_again(transaction, item, now).await,
                _ => never_turn(transaction, id).await,
            }
        }
        (Kind::Experience, Verdict::Remove) => {
            if let Some(column) = left(&**transaction, &against).await? {
                ended::wait_again(transaction, (column, id), now).await?;
            }
            never_turn(transaction, id).await
        }
        _ => super::report::put_back(transaction, id).await,
    }
}

/// What an appeal is against.
struct Against {
    /// The item that was decided on, and its kind.
    item: Uuid,
    kind: Kind,
    verdict: Verdict,
    editor: Uuid,
    decided_at: OffsetDateTime,
}

impl Against {
    /// `None` where the appeal or the decision is gone.
    async fn find(connection: &impl ConnectionTrait, appeal: Uuid) -> Result<Option<Self>, StoreError> {
        let Some(row) = appeal::Entity::find_by_id(appeal).one(connection).await? else { return Ok(None) };
        let Some(made) = decision::Entity::find_by_id(row.decision_id).one(connection).await? else {
            return Ok(None);
        };
        let Some(item) = queue_item::Entity::find_by_id(made.item_id).one(connection).await? else {
            return Ok(None);
        };
        Ok(Some(Self {
            item: item.id,
            kind: item.kind.parse().map_err(corrupt)?,
            verdict: made.verdict.parse().map_err(corrupt)?,
            editor: made.editor_id,
            decided_at: made.decided_at,
        }))
    }

    async fn of(transaction: &Aside, appeal: Uuid) -> Result<Self, StoreError> {
        let found = Self::find(&**transaction, appeal).await?;
        found.ok_or_else(|| corrupt("an appeal is against nothing"))
    }
}

/// The column whose removal it is against.
async fn left(connection: &impl ConnectionTrait, against: &Against) -> Result<Option<Uuid>, StoreError> {
    left_at(connection, against.item, against.decided_at).await
}
