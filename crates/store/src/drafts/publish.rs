//! A draft becomes a column that readers see.

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
};
use time::OffsetDateTime;
use uuid::Uuid;
use weerklank_domain::Column;
use weerklank_domain::compose::may_publish;
use weerklank_domain::desk::{Action, Role};
use weerklank_domain::experience::State;

use super::part::set_parted;
use super::{MadeOf, read};
use crate::aside::Aside;
use crate::audit::Deed;
use crate::columns::{Derived, corrupt, put, standing};
use crate::entity::{column, draft, draft_experience, draft_revision};
use crate::outbox::MailText;
use crate::outbox::enqueue::enqueue_to_sender;
use crate::store::kept;
use crate::voice::ended;
use crate::{Store, StoreError};

/// A version that is to be published, and the column that it makes.
#[derive(Debug, Clone, Copy)]
pub struct Publishing<'a> {
    pub draft: Uuid,
    /// The last one, or the one that was scheduled.
    pub version: i64,
    pub column: &'a Column,
    pub derived: &'a Derived,
    pub by: Uuid,
    pub role: Role,
    /// The moment that was set for it, where that has come; another that was set since is waited for.
    pub due: Option<OffsetDateTime>,
    /// For the senders of what it is made of, by experience: told when it comes to stand on the board.
    pub mails: &'a [(Uuid, MailText)],
}

/// Why what is made of experiences is not published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hindrance {
    /// A sender does not let it be published.
    NoConsent,
    /// One of them was taken back, or changed and not accepted again.
    NotAccepted,
    /// A sender was not asked, has not answered yet, or does not want it.
    NotApproved,
}

/// What became of a publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Published {
    Done,
    /// Somebody saved since: this version is the last one.
    Changed(i64),
    /// Another column has the address.
    SlugTaken,
    /// It stands on the board under another address, which does not change any more.
    SlugFixed,
    /// Something else than this draft changed the column since.
    ColumnChanged,
    Hindered(Hindrance),
    Nothing,
}

impl Store {
    /// Puts a version on the board.
    pub async fn publish_draft(
        &self,
        publishing: &Publishing<'_>,
        now: OffsetDateTime,
    ) -> Result<Published, StoreError> {
        let now = kept(now);
        let Publishing { draft: id, version, column, derived, by, role, due, mails } = *publishing;
        let transaction = Aside::alone(self.write().await?);
        let found = draft::Entity::find_by_id(id).lock_exclusive().one(&transaction).await?;
        let Some(row) = found else { return Ok(Published::Nothing) };
        let is_meant = match due {
            Some(due) => row.publish_at == Some(due) && row.publish_version == Some(version),
            None => row.version == version,
        };
        if !is_meant {
            return Ok(Published::Changed(row.version));
        }
        let there = standing(&transaction, &column.slug).await?;
        match (row.column_id, there) {
            (None, Some(_)) => return Ok(Published::SlugTaken),
            (Some(_), None) => return Ok(Published::SlugFixed),
            (Some(own), Some((found, _))) if own != found => return Ok(Published::SlugFixed),
            (Some(_), Some((_, hash))) if row.column_hash.as_deref() != Some(&hash[..]) => {
                return Ok(Published::ColumnChanged);
            }
            _ => {}
        }
        if let Some(hindrance) = hindrance(&transaction, (id, version), role, now).await? {
            return Ok(Published::Hindered(hindrance));
        }
        let (column_id, hash) = put(&transaction, &*self.ids, column, derived, now).await?;
        let is_new = row.published_version.is_none() || row.withdrawn_at.is_some();
        let mut row = row.into_active_model();
        row.column_id = Set(Some(column_id));
        row.column_hash = Set(Some(hash.to_vec()));
        row.published_version = Set(Some(version));
        row.publish_at = Set(None);
        row.publish_version = Set(None);
        row.publish_by = Set(None);
        row.publish_failed = Set(None);
        row.withdrawn_at = Set(None);
        row.withdrawn_reason = Set(None);
        row.changed_at = Set(now);
        row.update(&*transaction).await?;
        let tied = draft_experience::Entity::find().filter(draft_experience::Column::DraftId.eq(id));
        let tied: Vec<_> = tied.all(&transaction).await?.iter().map(|tie| tie.experience_id).collect();
        set_parted(&transaction, &tied, None).await?;
        // Whoever appeals against its removal has what they want.
        ended::end(&transaction, (column_id, None), now).await?;
        if is_new {
            for (experience, mail) in mails {
                // Put back on the board as it was, it is news again.
                let cause = format!("published:{id}:{}:{experience}", now.unix_timestamp());
                enqueue_to_sender(&transaction, &*self.ids, (*experience, &cause), mail, now, now).await?;
            }
        }
        let deed = Deed {
            editor: Some(by),
            subject: Some(id),
            about: Some(column.slug.to_string()),
            ..Deed::default()
        };
        self.note(&transaction, Action::Published, deed, now).await?;
        transaction.commit().await?;
        Ok(Published::Done)
    }

    /// An editor has taken in what else changed the column of a draft, as it was with that hash: published, the
    /// draft goes over that and over nothing later.
    pub async fn take_note_of_column(&self, draft: Uuid, seen: &[u8; 32]) -> Result<(), StoreError> {
        let transaction = self.write_aside().await?;
        draft::Entity::update_many()
            .col_expr(draft::Column::ColumnHash, Some(seen.to_vec()).into())
            .filter(draft::Column::Id.eq(draft))
            .filter(draft::Column::ColumnId.is_not_null())
            .exec(&transaction)
            .await?;
        transaction.commit().await?;
        Ok(())
    }

    /// The hash of the column of a draft as it is now; `None` where it has none.
    pub async fn column_hash(&self, draft: Uuid) -> Result<Option<[u8; 32]>, StoreError> {
        let found = draft::Entity::find_by_id(draft).one(&self.reader).await?;
        let Some(id) = found.and_then(|row| row.column_id) else { return Ok(None) };
        let found = column::Entity::find_by_id(id).one(&self.reader).await?;
        Ok(found.and_then(|column| column.content_hash.try_into().ok()))
    }
}

/// What of the experiences stands in the way of a version.
pub(super) async fn hindrance(
    transaction: &Aside,
    (draft, version): (Uuid, i64),
    role: Role,
    now: OffsetDateTime,
) -> Result<Option<Hindrance>, StoreError> {
    let revision = draft_revision::Entity::find_by_id((draft, version)).one(transaction).await?;
    let revision = revision.ok_or_else(|| corrupt("a version that is to be published is not there"))?;
    let sheet = read::sheet(&revision.front, revision.body)?;
    let made_of = read::made_of(&**transaction, draft, &sheet).await?;
    Ok(hindrance_of(&made_of, role, now))
}

fn hindrance_of(made_of: &[MadeOf], role: Role, now: OffsetDateTime) -> Option<Hindrance> {
    let approvals: Vec<_> = made_of.iter().map(|part| part.approval).collect();
    if made_of.iter().any(|part| part.state != State::Accepted) {
        Some(Hindrance::NotAccepted)
    } else if made_of.iter().any(|part| !part.consents) {
        Some(Hindrance::NoConsent)
    } else if !may_publish(&approvals, role, now) {
        Some(Hindrance::NotApproved)
    } else {
        None
    }
}
