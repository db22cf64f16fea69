//! Columns leave the board, or come back, at the moment at which a decision is final.

use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    sea_query::OnConflict,
};
use time::OffsetDateTime;
use uuid::Uuid;
use weerklank_domain::desk::{Action, Verdict};
use weerklank_domain::voice::Away;

use super::ended;
use crate::aside::Aside;
use crate::audit::Deed;
use crate::columns::corrupt;
use crate::drafts::{PutBack, Removal, hindrance_to_return, put_back, stay_off_for, take_off_for};
use crate::entity::column_turn::{ActiveModel, Column, Entity, Model};
use crate::entity::{appeal, decision, report};
use crate::{Store, StoreError};

/// What is to happen to a column.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Turn {
    /// The report or appeal that was decided on.
    pub by: Uuid,
    pub column: Uuid,
    pub report: Option<Uuid>,
    pub is_back: bool,
}

/// It happens then, unless the decision is undone before.
pub(crate) async fn turn_at(transaction: &Aside, turn: Turn, at: OffsetDateTime) -> Result<(), StoreError> {
    let row = ActiveModel {
        id: Set(turn.by),
        column_id: Set(turn.column),
        report_id: Set(turn.report),
        is_back: Set(turn.is_back),
        due_at: Set(at),
        done_at: Set(None),
        away: Set(None),
    };
    // Decided again after an undoing, it is due anew.
    let anew =
        [Column::ColumnId, Column::ReportId, Column::IsBack, Column::DueAt, Column::DoneAt, Column::Away];
    let anew = OnConflict::column(Column::Id).update_columns(anew).to_owned();
    Entity::insert(row).on_conflict(anew).exec_without_returning(transaction).await?;
    Ok(())
}

/// It does not happen: the decision was undone.
pub(crate) async fn never_turn(transaction: &Aside, by: Uuid) -> Result<(), StoreError> {
    let waits = Entity::delete_many().filter(Column::Id.eq(by)).filter(Column::DoneAt.is_null());
    waits.exec(transaction).await?;
    Ok(())
}

/// What took a column off at that very moment, if a decision did.
pub(crate) async fn turn_of(
    connection: &impl ConnectionTrait,
    at: OffsetDateTime,
    column: Uuid,
) -> Result<Option<Model>, StoreError> {
    let found = Entity::find().filter(Column::DoneAt.eq(at)).filter(Column::ColumnId.eq(column));
    let found = found.filter(Column::IsBack.eq(false)).filter(Column::Away.is_null());
    Ok(found.one(connection).await?)
}

/// Why a column that left the board at a moment does not come back, although what took it off then is reversed.
pub(crate) async fn kept_away(
    connection: &impl ConnectionTrait,
    column: Uuid,
    left: OffsetDateTime,
) -> Result<Option<Away>, StoreError> {
    if found_away(connection, column, left).await?.is_empty() {
        return hindrance_to_return(connection, column).await;
    }
    Ok(Some(Away::Other))
}

/// What became of a coming back: `None` before it is due; then why it stays away, if it does.
pub(crate) async fn came_back(
    connection: &impl ConnectionTrait,
    by: Uuid,
) -> Result<Option<Option<Away>>, StoreError> {
    let done = Entity::find_by_id(by).one(connection).await?.filter(|turn| turn.done_at.is_some());
    done.map(|turn| turn.away.map(|word| word.parse().map_err(corrupt)).transpose()).transpose()
}

/// Whether a column is to come back by a decision that can still be undone.
pub(super) async fn comes_back(connection: &impl ConnectionTrait, column: Uuid) -> Result<bool, StoreError> {
    Ok(next(connection, (column, true), None).await?.is_some())
}

/// The next thing that is to happen to a column: whether it comes back, or goes; but for one.
pub(crate) async fn next(
    connection: &impl ConnectionTrait,
    (column, is_back): (Uuid, bool),
    but: Option<Uuid>,
) -> Result<Option<Model>, StoreError> {
    let mut waits = Entity::find().filter(Column::ColumnId.eq(column)).filter(Column::DoneAt.is_null());
    if let Some(but) = but {
        waits = waits.filter(Column::Id.ne(but));
    }
    Ok(waits.filter(Column::IsBack.eq(is_back)).order_by_asc(Column::DueAt).one(connection).await?)
}

/// The removals that found a column away already, since it left: each keeps it away by itself.
async fn found_away(
    connection: &impl ConnectionTrait,
    column: Uuid,
    left: OffsetDateTime,
) -> Result<Vec<Model>, StoreError> {
    let found = Entity::find()
        .filter(Column::ColumnId.eq(column))
        .filter(Column::IsBack.eq(false))
        .filter(Column::Away.eq(Away::Other.as_str()))
        .filter(Column::DoneAt.gte(left));
    Ok(found.order_by_asc(Column::DoneAt).order_by_asc(Column::Id).all(connection).await?)
}

/// The decision that a turn carries out, and the rule that it rests on.
struct Cause {
    made: decision::Model,
    ground: Option<String>,
}

impl Cause {
    /// `None` where what it was about was erased meanwhile, and the decision with it.
    async fn of(transaction: &Aside, turn: &Model) -> Result<Option<Self>, StoreError> {
        let made = decision::Entity::find()
            .filter(decision::Column::ItemId.eq(turn.id))
            .order_by_desc(decision::Column::Id)
            .one(transaction)
            .await?;
        let Some(made) = made else { return Ok(None) };
        let ground = ground(transaction, &made, turn).await?;
        Ok(Some(Self { made, ground }))
    }

    fn removal(&self) -> Removal<'_> {
        Removal {
            editor: self.made.editor_id,
            reason: self.made.statement.as_deref().unwrap_or_default(),
            ground: self.ground.as_deref(),
            automated: self.made.automated,
            is_last: self.made.is_last,
        }
    }
}

/// Nothing happens to a column any more that has not yet: it is erased.
pub(crate) async fn never_turn_column(transaction: &Aside, column: Uuid) -> Result<(), StoreError> {
    let waits = Entity::delete_many().filter(Column::ColumnId.eq(column)).filter(Column::DoneAt.is_null());
    waits.exec(transaction).await?;
    Ok(())
}

pub(super) async fn due(
    connection: &impl ConnectionTrait,
    now: OffsetDateTime,
) -> Result<Vec<Model>, StoreError> {
    let due = Entity::find().filter(Column::DoneAt.is_null()).filter(Column::DueAt.lte(now));
    Ok(due.order_by_asc(Column::DueAt).order_by_asc(Column::Id).all(connection).await?)
}

impl Store {
    /// Does what is due. A column that is where it should be already is left there.
    pub(super) async fn turn(
        &self,
        transaction: &Aside,
        turn: &Model,
        now: OffsetDateTime,
    ) -> Result<(), StoreError> {
        // Of two programs on one database, one does it.
        let taken = Entity::update_many()
            .col_expr(Column::DoneAt, Some(now).into())
            .filter(Column::Id.eq(turn.id))
            .filter(Column::DoneAt.is_null());
        if taken.exec(transaction).await?.rows_affected == 0 {
            return Ok(());
        }
        let Some(cause) = Cause::of(transaction, turn).await? else { return Ok(()) };
        let (action, about) = if turn.is_back {
            (Action::Published, self.bring_back(transaction, turn, now).await?)
        } else {
            let removal = cause.removal();
            let gone = take_off_for(transaction, &*self.ids, turn.column_id, &removal, now).await?;
            if gone.is_none() {
                is_away(transaction, turn.id, Some(Away::Other), now).await?;
            }
            (Action::TakenOff, gone)
        };
        let Some((subject, about)) = about else { return Ok(()) };
        let deed = Deed {
            editor: Some(cause.made.editor_id),
            subject: Some(subject),
            about: Some(about),
            ground: cause.ground.filter(|_| !turn.is_back),
            ..Deed::default()
        };
        self.note(transaction, action, deed, now).await
    }

    /// Puts a column back as an appeal wants it, unless something keeps it away. Of several removals the next one takes
    /// the place of the one that is reversed: its senders are told of that one, and may appeal against it.
    async fn bring_back(
        &self,
        transaction: &Aside,
        turn: &Model,
        now: OffsetDateTime,
    ) -> Result<Option<(Uuid, String)>, StoreError> {
        let about = appeal::Entity::find_by_id(turn.id).one(transaction).await?;
        let about = about.ok_or_else(|| corrupt("a column comes back by no appeal"))?;
        let against = decision::Entity::find_by_id(about.decision_id).one(transaction).await?;
        let left = against.ok_or_else(|| corrupt("an appeal is against nothing"))?.decided_at;
        let others = found_away(&**transaction, turn.column_id, left).await?;
        let (back, away) = if let Some((next, rest)) = others.split_first() {
            if let Some(cause) = Cause::of(transaction, next).await? {
                stay_off_for(transaction, &*self.ids, turn.column_id, &cause.removal(), now).await?;
            }
            is_away(transaction, next.id, None, now).await?;
            for other in rest {
                is_away(transaction, other.id, Some(Away::Other), now).await?;
            }
            (None, Some(Away::Other))
        } else {
            match put_back(transaction, &*self.ids, turn.column_id, now).await? {
                PutBack::Done(draft, slug) => (Some((draft, slug)), None),
                PutBack::StoodThere => (None, None),
                PutBack::Away(why) => (None, Some(why)),
            }
        };
        is_away(transaction, turn.id, away, now).await?;
        ended::end(transaction, (turn.column_id, Some(turn.id)), now).await?;
        Ok(back)
    }
}

/// What a turn came to at that moment.
async fn is_away(
    transaction: &Aside,
    id: Uuid,
    why: Option<Away>,
    now: OffsetDateTime,
) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::Away, why.map(|why| why.to_string()).into())
        .col_expr(Column::DoneAt, Some(now).into())
        .filter(Column::Id.eq(id))
        .exec(transaction)
        .await?;
    Ok(())
}

/// Of a removal; one that an appeal led to rests on what its reporter named.
async fn ground(
    transaction: &Aside,
    made: &decision::Model,
    turn: &Model,
) -> Result<Option<String>, StoreError> {
    if made.ground.is_some() || made.verdict != Verdict::Overturn.as_str() {
        return Ok(made.ground.clone());
    }
    let report = report::Entity::find_by_id(turn.report_id.unwrap_or_default()).one(transaction).await?;
    Ok(report.map(|report| report.ground))
}

/// Whether it was an appeal that led to it.
pub(crate) async fn came_of_an_appeal(
    connection: &impl ConnectionTrait,
    turn: &Model,
) -> Result<bool, StoreError> {
    Ok(appeal::Entity::find_by_id(turn.id).one(connection).await?.is_some())
}
