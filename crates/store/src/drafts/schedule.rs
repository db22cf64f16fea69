//! A draft is published later, at a moment that is set.

use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr};
use time::OffsetDateTime;
use uuid::Uuid;
use weerklank_domain::compose::Sheet;
use weerklank_domain::desk::{Action, Role};

use super::publish::{Hindrance, hindrance};
use super::read;
use crate::audit::Deed;
use crate::columns::corrupt;
use crate::entity::{draft, draft_revision, editor};
use crate::store::kept;
use crate::{Store, StoreError};

/// What became of setting a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheduled {
    Done,
    /// Somebody saved since: this version is the last one.
    Changed(i64),
    Hindered(Hindrance),
    Nothing,
}

/// A version whose moment has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueDraft {
    pub draft: Uuid,
    pub version: i64,
    pub sheet: Sheet,
    pub at: OffsetDateTime,
    pub by: Uuid,
    pub role: Role,
    /// Whoever set the moment works at the desk no longer, and answers for nothing.
    pub is_orphaned: bool,
}

impl Store {
    /// Sets the moment at which a version is published; another moment takes the place of one that was set.
    pub async fn schedule_draft(
        &self,
        (draft, version): (Uuid, i64),
        at: OffsetDateTime,
        (by, role): (Uuid, Role),
        now: OffsetDateTime,
    ) -> Result<Scheduled, StoreError> {
        let now = kept(now);
        let transaction = self.write_aside().await?;
        let found = draft::Entity::find_by_id(draft).lock_exclusive().one(&transaction).await?;
        let Some(row) = found else { return Ok(Scheduled::Nothing) };
        if row.version != version {
            return Ok(Scheduled::Changed(row.version));
        }
        if let Some(hindrance) = hindrance(&transaction, (draft, version), role, now).await? {
            return Ok(Scheduled::Hindered(hindrance));
        }
        draft::Entity::update_many()
            .col_expr(draft::Column::PublishAt, Expr::val(Some(kept(at))))
            .col_expr(draft::Column::PublishVersion, Expr::val(Some(version)))
            .col_expr(draft::Column::PublishBy, Expr::val(Some(by)))
            .col_expr(draft::Column::PublishFailed, Expr::val(None::<String>))
            .col_expr(draft::Column::ChangedAt, now.into())
            .filter(draft::Column::Id.eq(draft))
            .exec(&transaction)
            .await?;
        let deed = Deed { editor: Some(by), subject: Some(draft), ..Deed::default() };
        self.note(&transaction, Action::Scheduled, deed, now).await?;
        transaction.commit().await?;
        Ok(Scheduled::Done)
    }

    /// Takes the moment off again; `failed` is the moment that came and why the draft could not be published:
    /// another one that was set since stays. `false` where none was set.
    pub async fn unschedule_draft(
        &self,
        draft: Uuid,
        by: Option<Uuid>,
        failed: Option<(OffsetDateTime, &str)>,
        now: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        let now = kept(now);
        let transaction = self.write_aside().await?;
        let taken_off = draft::Entity::update_many()
            .col_expr(draft::Column::PublishAt, Expr::val(None::<OffsetDateTime>))
            .col_expr(draft::Column::PublishVersion, Expr::val(None::<i64>))
            .col_expr(draft::Column::PublishBy, Expr::val(None::<Uuid>))
            .col_expr(draft::Column::PublishFailed, Expr::val(failed.map(|(_, why)| why.to_owned())))
            .col_expr(draft::Column::ChangedAt, now.into())
            .filter(draft::Column::Id.eq(draft))
            .filter(draft::Column::PublishAt.is_not_null())
            .filter(Condition::all().add_option(failed.map(|(at, _)| draft::Column::PublishAt.eq(at))))
            .exec(&transaction)
            .await?;
        if taken_off.rows_affected == 0 {
            return Ok(false);
        }
        let deed = Deed { editor: by, subject: Some(draft), ..Deed::default() };
        self.note(&transaction, Action::Unscheduled, deed, now).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// What is to be published by now, the earliest first. Whoever set the moment answers for it, with the
    /// role that they have now.
    pub async fn due_drafts(&self, now: OffsetDateTime) -> Result<Vec<DueDraft>, StoreError> {
        let rows = draft::Entity::find()
            .filter(draft::Column::PublishAt.lte(kept(now)))
            .order_by_asc(draft::Column::PublishAt)
            .order_by_asc(draft::Column::Id)
            .all(&self.reader)
            .await?;
        let mut due = Vec::with_capacity(rows.len());
        for row in rows {
            let (Some(at), Some(version), Some(by)) = (row.publish_at, row.publish_version, row.publish_by)
            else {
                continue;
            };
            let found = draft_revision::Entity::find_by_id((row.id, version)).one(&self.reader).await?;
            let found = found.ok_or_else(|| corrupt("a version that is to be published is not there"))?;
            let editor = editor::Entity::find_by_id(by).one(&self.reader).await?;
            let editor = editor.ok_or_else(|| corrupt("nobody set this moment"))?;
            due.push(DueDraft {
                draft: row.id,
                version,
                sheet: read::sheet(&found.front, found.body)?,
                at,
                by,
                role: editor.role.parse().map_err(corrupt)?,
                is_orphaned: editor.disabled_at.is_some(),
            });
        }
        Ok(due)
    }
}
