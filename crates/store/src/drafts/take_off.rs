//! A column leaves the board: a tombstone stands in its place.

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
};
use time::OffsetDateTime;
use uuid::Uuid;
use weerklank_domain::Status;
use weerklank_domain::desk::Action;

use crate::aside::Aside;
use crate::audit::Deed;
use crate::columns::{corrupt, withdraw};
use crate::entity::{column, draft, draft_experience};
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

impl Store {
    /// Takes the column of a draft off the board. `mails` are for the senders of what it is made of.
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
        for (experience, mail) in mails {
            let cause = format!("taken-off:{draft}:{}:{experience}", now.unix_timestamp());
            enqueue_to_sender(&transaction, &*self.ids, (*experience, &cause), mail, now, now).await?;
        }
        let deed = Deed { editor: Some(by), subject: Some(draft), about: Some(slug), ..Deed::default() };
        self.note(&transaction, Action::TakenOff, deed, now).await?;
        transaction.commit().await?;
        Ok(TakenOff::Done)
    }
}

/// Takes off the board what was made of an experience, as its sender wants.
pub(crate) async fn take_off_made_of(
    transaction: &Aside,
    ids: &dyn IdSource,
    experience: Uuid,
    now: OffsetDateTime,
) -> Result<Vec<Deed>, StoreError> {
    let ties = draft_experience::Entity::find()
        .filter(draft_experience::Column::ExperienceId.eq(experience))
        .all(transaction)
        .await?;
    let mut deeds = Vec::new();
    for tie in ties {
        let found = draft::Entity::find_by_id(tie.draft_id).lock_exclusive().one(transaction).await?;
        let Some(row) = found else { continue };
        if let Some(slug) = leave(transaction, ids, row, None, now).await? {
            deeds.push(Deed { subject: Some(tie.draft_id), about: Some(slug), ..Deed::default() });
        }
    }
    Ok(deeds)
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
    let stands =
        found.filter(|column| !matches!(column.status.parse(), Ok(Status::Withdrawn | Status::Draft)));
    let Some(column) = stands else {
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
