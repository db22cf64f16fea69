//! A column comes back to the board, since the decision that took it off was reversed.

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter, QuerySelect,
};
use time::OffsetDateTime;
use uuid::Uuid;
use weerklank_domain::Status;
use weerklank_domain::experience::State;
use weerklank_domain::voice::Away;

use super::read;
use super::take_off::stands;
use crate::aside::Aside;
use crate::columns::{corrupt, publish_as_it_is};
use crate::entity::{column, draft, draft_experience, draft_revision};
use crate::ids::IdSource;
use crate::{Store, StoreError};

/// What became of a coming back.
pub(crate) enum PutBack {
    /// What it was done to, and the address.
    Done(Uuid, String),
    StoodThere,
    Away(Away),
}

/// As it was when it left, unless a sender of what it is made of does not want it there any more.
pub(crate) async fn put_back(
    transaction: &Aside,
    ids: &dyn IdSource,
    column: Uuid,
    now: OffsetDateTime,
) -> Result<PutBack, StoreError> {
    let Some(found) = column::Entity::find_by_id(column).one(transaction).await? else {
        return Ok(PutBack::Away(Away::Erased));
    };
    if found.status.parse() != Ok(Status::Withdrawn) {
        return Ok(PutBack::StoodThere);
    }
    let of_column = draft::Entity::find().filter(draft::Column::ColumnId.eq(column));
    let row = of_column.lock_exclusive().one(transaction).await?;
    if let Some(why) = hindrance_to_return(&**transaction, column).await? {
        return Ok(PutBack::Away(why));
    }
    let hash = publish_as_it_is(transaction, ids, column, now).await?;
    let Some(row) = row else { return Ok(PutBack::Done(column, found.slug)) };
    let id = row.id;
    let mut row = row.into_active_model();
    row.column_hash = Set(Some(hash.to_vec()));
    row.withdrawn_at = Set(None);
    row.withdrawn_reason = Set(None);
    row.changed_at = Set(now);
    row.update(&**transaction).await?;
    Ok(PutBack::Done(id, found.slug))
}

/// Why a column that is off the board could not come back as it was.
pub(crate) async fn hindrance_to_return(
    connection: &impl ConnectionTrait,
    column: Uuid,
) -> Result<Option<Away>, StoreError> {
    let Some(found) = column::Entity::find_by_id(column).one(connection).await? else {
        return Ok(Some(Away::Erased));
    };
    let of_column = draft::Entity::find().filter(draft::Column::ColumnId.eq(column));
    let Some(row) = of_column.one(connection).await? else {
        // Erased, nothing of it is left to come back.
        return Ok(found.body.is_empty().then_some(Away::Erased));
    };
    let revision = draft_revision::Entity::find_by_id((row.id, row.version)).one(connection).await?;
    let revision = revision.ok_or_else(|| corrupt("a draft has no last revision"))?;
    let sheet = read::sheet(&revision.front, revision.body)?;
    let made_of = read::made_of(connection, row.id, &sheet).await?;
    if made_of.iter().any(|part| part.state == State::Withdrawn || !part.consents) {
        return Ok(Some(Away::TakenBack));
    }
    Ok(made_of.iter().any(|part| part.state != State::Accepted).then_some(Away::Changed))
}

/// Why there is nothing to come back of what is made of an experience, where its removal is not the last thing that
/// happened to it; `None` where it stands there.
pub(crate) async fn nothing_left(
    connection: &impl ConnectionTrait,
    experience: Uuid,
) -> Result<Option<Away>, StoreError> {
    let ties = draft_experience::Entity::find().filter(draft_experience::Column::ExperienceId.eq(experience));
    let mut why = Away::Erased;
    for tie in ties.all(connection).await? {
        let found = draft::Entity::find_by_id(tie.draft_id).one(connection).await?;
        let Some(id) = found.and_then(|row| row.column_id) else { continue };
        let Some(found) = column::Entity::find_by_id(id).one(connection).await? else { continue };
        if found.status.parse() != Ok(Status::Withdrawn) {
            return Ok(None);
        }
        why = Away::Other;
    }
    Ok(Some(why))
}

impl Store {
    /// Whether a column that is made of an experience stands on the board.
    pub async fn stands_of(&self, experience: Uuid) -> Result<bool, StoreError> {
        let snapshot = self.snapshot().await?;
        let ties =
            draft_experience::Entity::find().filter(draft_experience::Column::ExperienceId.eq(experience));
        for tie in ties.all(&snapshot).await? {
            let found = draft::Entity::find_by_id(tie.draft_id).one(&snapshot).await?;
            let Some(id) = found.and_then(|row| row.column_id) else { continue };
            if column::Entity::find_by_id(id).one(&snapshot).await?.is_some_and(|row| stands(&row)) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// The column that left the board at that moment and is made of an experience.
pub(crate) async fn left_at(
    connection: &impl ConnectionTrait,
    experience: Uuid,
    at: OffsetDateTime,
) -> Result<Option<Uuid>, StoreError> {
    let ties = draft_experience::Entity::find().filter(draft_experience::Column::ExperienceId.eq(experience));
    for tie in ties.all(connection).await? {
        let found = draft::Entity::find_by_id(tie.draft_id).filter(draft::Column::WithdrawnAt.eq(at));
        if let Some(column) = found.one(connection).await?.and_then(|row| row.column_id) {
            return Ok(Some(column));
        }
    }
    Ok(None)
}
