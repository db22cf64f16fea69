//! A column leaves the board: a tombstone stands in its place.

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
};
use time::OffsetDateTime;
use uuid::Uuid;
use weerklank_domain::Status;
use weerklank_domain::desk::{Action, Verdict};

use super::part::{Parted, part};
use crate::aside::Aside;
use crate::audit::Deed;
use crate::columns::{corrupt, withdraw};
use crate::entity::{column, decision, draft, draft_experience, experience, queue_item};
use crate::ids::IdSource;
use crate::outbox::MailText;
use crate::outbox::enqueue::enqueue_to_sender;
use crate::store::kept;
use crate::{Store, StoreError};

/// What became of taking a column off the board.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TakenOff {
    Done,
    /// It does not stand there.
    NotThere,
    Nothing,
}

/// Why an editor takes a column off.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Removal<'a> {
    pub editor: Uuid,
    /// Markdown.
    pub reason: &'a str,
    pub ground: Option<&'a str>,
    pub automated: bool,
    /// Whether no appeal is open against it.
    pub is_last: bool,
}

impl Store {
    /// Takes the column of a draft off the board. `mails` are for the senders of what it is made of, who may appeal
    /// against it. The reason stays, whatever becomes of the column.
    pub async fn take_off(
        &self,
        draft: Uuid,
        reason: &str,
        by: Uuid,
        mails: &[(Uuid, MailText)],
        now: OffsetDateTime,
    ) -> Result<TakenOff, StoreError> {
        let now = kept(now);
        let transaction = Aside::alone(self.write().await?);
        let found = draft::Entity::find_by_id(draft).lock_exclusive().one(&transaction).await?;
        let Some(row) = found else { return Ok(TakenOff::Nothing) };
        let Some(slug) = leave(&transaction, &*self.ids, row, Some(reason), now).await? else {
            return Ok(TakenOff::NotThere);
        };
        let removal = Removal { editor: by, reason, ground: None, automated: false, is_last: false };
        explain(&transaction, &*self.ids, draft, &removal, now).await?;
        for (experience, mail) in mails {
            let cause = format!("taken-off:{draft}:{}:{experience}", now.unix_timestamp());
            enqueue_to_sender(&transaction, &*self.ids, (*experience, &cause), mail, now, now).await?;
        }
        let about = Some(format!("{slug}: {reason}"));
        let deed = Deed { editor: Some(by), subject: Some(draft), about, ..Deed::default() };
        self.note(&transaction, Action::TakenOff, deed, now).await?;
        transaction.commit().await?;
        Ok(TakenOff::Done)
    }
}

/// Takes a column off the board as a decision wants, whether it was written here or came from a file. What it was done
/// to, and its address with the reason; `None` where it does not stand there.
pub(crate) async fn take_off_for(
    transaction: &Aside,
    ids: &dyn IdSource,
    column: Uuid,
    removal: &Removal<'_>,
    now: OffsetDateTime,
) -> Result<Option<(Uuid, String)>, StoreError> {
    let of_column = draft::Entity::find().filter(draft::Column::ColumnId.eq(column));
    if let Some(row) = of_column.lock_exclusive().one(transaction).await? {
        let id = row.id;
        let Some(slug) = leave(transaction, ids, row, Some(removal.reason), now).await? else {
            return Ok(None);
        };
        explain(transaction, ids, id, removal, now).await?;
        return Ok(Some((id, format!("{slug}: {}", removal.reason))));
    }
    let found = column::Entity::find_by_id(column).one(transaction).await?;
    let Some(found) = found.filter(stands) else { return Ok(None) };
    withdraw(transaction, ids, column, now).await?;
    Ok(Some((column, format!("{}: {}", found.slug, removal.reason))))
}

/// A column is off the board for another reason from now on than it left for.
pub(crate) async fn stay_off_for(
    transaction: &Aside,
    ids: &dyn IdSource,
    column: Uuid,
    removal: &Removal<'_>,
    now: OffsetDateTime,
) -> Result<(), StoreError> {
    let of_column = draft::Entity::find().filter(draft::Column::ColumnId.eq(column));
    let Some(row) = of_column.lock_exclusive().one(transaction).await? else { return Ok(()) };
    let id = row.id;
    let mut row = row.into_active_model();
    row.withdrawn_at = Set(Some(now));
    row.withdrawn_reason = Set(Some(removal.reason.to_owned()));
    row.changed_at = Set(now);
    row.update(&**transaction).await?;
    explain(transaction, ids, id, removal, now).await
}

/// Decides on everything that a column was made of that it is removed: that is how its senders see why, and against what
/// they may appeal.
async fn explain(
    transaction: &Aside,
    ids: &dyn IdSource,
    draft: Uuid,
    removal: &Removal<'_>,
    now: OffsetDateTime,
) -> Result<(), StoreError> {
    let ties = draft_experience::Entity::find().filter(draft_experience::Column::DraftId.eq(draft));
    for tie in ties.all(transaction).await? {
        let none = || corrupt("a draft is made of nothing");
        let about = experience::Entity::find_by_id(tie.experience_id).one(transaction).await?;
        let item = queue_item::Entity::find_by_id(tie.experience_id).one(transaction).await?;
        let (about, item) = (about.ok_or_else(none)?, item.ok_or_else(none)?);
        let row = decision::ActiveModel {
            id: Set(ids.next(now)),
            item_id: Set(item.id),
            editor_id: Set(removal.editor),
            verdict: Set(Verdict::Remove.to_string()),
            ground: Set(removal.ground.map(ToOwned::to_owned)),
            statement: Set(Some(removal.reason.to_owned())),
            automated: Set(removal.automated),
            state_before: Set(about.state),
            waited_since: Set(now),
            version: Set(item.version),
            decided_at: Set(now),
            final_at: Set(now),
            is_last: Set(removal.is_last),
        };
        decision::Entity::insert(row).exec_without_returning(transaction).await?;
    }
    Ok(())
}

/// Takes off the board what was made of an experience, as its sender wants; and who shares it with them.
pub(crate) async fn take_off_made_of(
    transaction: &Aside,
    ids: &dyn IdSource,
    experience: Uuid,
    now: OffsetDateTime,
) -> Result<(Vec<Deed>, Vec<Parted>), StoreError> {
    let ties = draft_experience::Entity::find()
        .filter(draft_experience::Column::ExperienceId.eq(experience))
        .all(transaction)
        .await?;
    let (mut deeds, mut parted) = (Vec::new(), Vec::new());
    for tie in ties {
        let found = draft::Entity::find_by_id(tie.draft_id).lock_exclusive().one(transaction).await?;
        let Some(row) = found else { continue };
        if let Some(slug) = leave(transaction, ids, row, None, now).await? {
            parted.extend(part(transaction, tie.draft_id, experience, now).await?);
            deeds.push(Deed { subject: Some(tie.draft_id), about: Some(slug), ..Deed::default() });
        }
    }
    Ok((deeds, parted))
}

pub(super) fn stands(column: &column::Model) -> bool {
    !matches!(column.status.parse(), Ok(Status::Withdrawn | Status::Draft))
}

/// The address of what left; `None` where nothing stands there.
async fn leave(
    transaction: &Aside,
    ids: &dyn IdSource,
    row: draft::Model,
    reason: Option<&str>,
    now: OffsetDateTime,
) -> Result<Option<String>, StoreError> {
    let found = match row.column_id {
        Some(id) => column::Entity::find_by_id(id).one(transaction).await?,
        None => None,
    };
    // What is to be published is not, whether it stands there or not.
    let is_scheduled = row.publish_at.is_some();
    let mut row = row.into_active_model();
    row.publish_at = Set(None);
    row.publish_version = Set(None);
    row.publish_by = Set(None);
    let Some(column) = found.filter(stands) else {
        if is_scheduled {
            row.update(&**transaction).await?;
        }
        return Ok(None);
    };
    let hash = withdraw(transaction, ids, column.id, now).await?;
    row.column_hash =
        Set(Some(hash.ok_or_else(|| corrupt("a column went while it was withdrawn"))?.to_vec()));
    row.withdrawn_at = Set(Some(now));
    row.withdrawn_reason = Set(reason.map(ToOwned::to_owned));
    row.changed_at = Set(now);
    row.update(&**transaction).await?;
    Ok(Some(column.slug))
}
