//! What is thrown away, and what goes by itself.

use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;
use weerklank_domain::compose::limits;
use weerklank_domain::desk::Action;

use super::part::{Parted, part};
use super::take_off::stands;
use crate::aside::Aside;
use crate::audit::Deed;
use crate::columns::erase;
use crate::entity::{column, draft, draft_experience, draft_revision};
use crate::ids::IdSource;
use crate::replies::call_off_all;
use crate::voice::never_turn_column;
use crate::{Store, StoreError};

/// What became of throwing a draft away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Discarded {
    Done,
    /// Somebody saved since: this version is the last one.
    Changed(i64),
    /// It stands on the board, or did.
    OnTheBoard,
    /// A shop answered to it.
    Answered,
    Nothing,
}

impl Store {
    /// Throws a draft away that never stood on the board, as it was at a version, and calls off what shops were asked
    /// about it.
    pub async fn discard_draft(
        &self,
        (draft, version): (Uuid, i64),
        by: Uuid,
        now: OffsetDateTime,
    ) -> Result<Discarded, StoreError> {
        let transaction = self.write_aside().await?;
        let found = draft::Entity::find_by_id(draft).lock_exclusive().one(&transaction).await?;
        match found {
            None => return Ok(Discarded::Nothing),
            Some(row) if row.column_id.is_some() => return Ok(Discarded::OnTheBoard),
            Some(row) if row.version != version => return Ok(Discarded::Changed(row.version)),
            Some(_) => {}
        }
        // What a shop said is nobody's to throw away in silence: it is decided on.
        if !call_off_all(&transaction, draft).await? {
            transaction.rollback().await?;
            return Ok(Discarded::Answered);
        }
        draft::Entity::delete_by_id(draft).exec(&transaction).await?;
        let deed = Deed { editor: Some(by), subject: Some(draft), ..Deed::default() };
        self.note(&transaction, Action::Discarded, deed, now).await?;
        transaction.commit().await?;
        Ok(Discarded::Done)
    }

    /// Deletes revisions for which a later one has stood long enough. Gives how many.
    pub async fn forget_superseded(&self, now: OffsetDateTime) -> Result<u64, StoreError> {
        let since = now - Duration::days(limits::SUPERSEDED_DAYS);
        let over = Condition::all().add(draft_revision::Column::SupersededAt.lt(since));
        Ok(draft_revision::Entity::delete_many().filter(over).exec(&self.writer).await?.rows_affected)
    }
}

/// Nothing stays of what was made of an experience that is erased: the draft goes with all its revisions, and
/// of the column a tombstone stays that says nothing. What else it was made of can be made into another; whose that is, is
/// given where it stood on the board.
pub(crate) async fn erase_made_of(
    transaction: &Aside,
    ids: &dyn IdSource,
    experience: Uuid,
    now: OffsetDateTime,
) -> Result<Vec<Parted>, StoreError> {
    let ties = draft_experience::Entity::find()
        .filter(draft_experience::Column::ExperienceId.eq(experience))
        .all(transaction)
        .await?;
    let mut parted = Vec::new();
    for tie in ties {
        let found = draft::Entity::find_by_id(tie.draft_id).lock_exclusive().one(transaction).await?;
        let Some(row) = found else { continue };
        let stood = match row.column_id {
            Some(id) => {
                column::Entity::find_by_id(id).one(transaction).await?.is_some_and(|row| stands(&row))
            }
            None => false,
        };
        if stood {
            parted.extend(part(transaction, row.id, experience, now).await?);
        }
        call_off_all(transaction, row.id).await?;
        draft::Entity::delete_by_id(row.id).exec(transaction).await?;
        if let Some(column) = row.column_id {
            never_turn_column(transaction, column).await?;
            erase(transaction, ids, column, now).await?;
        }
    }
    Ok(parted)
}
