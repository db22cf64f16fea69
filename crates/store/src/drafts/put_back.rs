//! A column comes back to the board, since the decision that took it off was reversed.

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter, QuerySelect,
};
use time::OffsetDateTime;
use uuid::Uuid;
use weerklank_domain::Status;
use weerklank_domain::experience::State;

use super::read;
use crate::StoreError;
use crate::aside::Aside;
use crate::columns::{corrupt, publish_as_it_is};
use crate::entity::{column, draft, draft_experience, draft_revision};
use crate::ids::IdSource;

/// As it was when it left. What it was done to, and its address; `None` where it stands there, or a sender of what it is
/// made of does not want it there any more.
pub(crate) async fn put_back(
    transaction: &Aside,
    ids: &dyn IdSource,
    column: Uuid,
    now: OffsetDateTime,
) -> Result<Option<(Uuid, String)>, StoreError> {
    let Some(found) = column::Entity::find_by_id(column).one(transaction).await? else { return Ok(None) };
    if found.status.parse() != Ok(Status::Withdrawn) {
        return Ok(None);
    }
    let of_column = draft::Entity::find().filter(draft::Column::ColumnId.eq(column));
    let row = of_column.lock_exclusive().one(transaction).await?;
    let Some(row) = row else {
        // Erased, nothing of it is left to come back.
        if found.body.is_empty() {
            return Ok(None);
        }
        publish_as_it_is(transaction, ids, column, now).await?;
        return Ok(Some((column, found.slug)));
    };
    let id = row.id;
    if !is_still_wanted(transaction, &row).await? {
        return Ok(None);
    }
    let hash = publish_as_it_is(transaction, ids, column, now).await?;
    let mut row = row.into_active_model();
    row.column_hash = Set(Some(hash.to_vec()));
    row.withdrawn_at = Set(None);
    row.withdrawn_reason = Set(None);
    row.changed_at = Set(now);
    row.update(&**transaction).await?;
    Ok(Some((id, found.slug)))
}

async fn is_still_wanted(transaction: &Aside, row: &draft::Model) -> Result<bool, StoreError> {
    let revision = draft_revision::Entity::find_by_id((row.id, row.version)).one(transaction).await?;
    let revision = revision.ok_or_else(|| corrupt("a draft has no last revision"))?;
    let sheet = read::sheet(&revision.front, revision.body)?;
    let made_of = read::made_of(&**transaction, row.id, &sheet).await?;
    Ok(made_of.iter().all(|part| part.state == State::Accepted && part.consents))
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
