//! Columns leave the board, or come back, at the moment at which a decision is final.

use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    sea_query::OnConflict,
};
use time::OffsetDateTime;
use uuid::Uuid;
use weerklank_domain::desk::{Action, Verdict};

use crate::aside::Aside;
use crate::audit::Deed;
use crate::drafts::{Removal, put_back, take_off_for};
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
    };
    // Decided again after an undoing, it is due anew.
    let anew = [Column::ColumnId, Column::ReportId, Column::IsBack, Column::DueAt, Column::DoneAt];
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
    Ok(found.filter(Column::IsBack.eq(false)).one(connection).await?)
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
        let made = decision::Entity::find()
            .filter(decision::Column::ItemId.eq(turn.id))
            .order_by_desc(decision::Column::Id)
            .one(transaction)
            .await?;
        // What it was about was erased meanwhile, and the decision with it.
        let Some(made) = made else { return Ok(()) };
        let ground = ground(transaction, &made, turn).await?;
        let (action, about) = if turn.is_back {
            (Action::Published, put_back(transaction, &*self.ids, turn.column_id, now).await?)
        } else {
            let removal = Removal {
                editor: made.editor_id,
                reason: made.statement.as_deref().unwrap_or_default(),
                ground: ground.as_deref(),
                automated: made.automated,
                is_last: made.is_last,
            };
            (Action::TakenOff, take_off_for(transaction, &*self.ids, turn.column_id, &removal, now).await?)
        };
        let Some((subject, about)) = about else { return Ok(()) };
        let deed = Deed {
            editor: Some(made.editor_id),
            subject: Some(subject),
            about: Some(about),
            ground: ground.filter(|_| !turn.is_back),
            ..Deed::default()
        };
        self.note(transaction, action, deed, now).await
    }
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
