//! A draft is saved, on the version that it was made on.

use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, ExprTrait},
};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;
use weerklank_domain::compose::{Cause, Sheet, limits};

use super::read;
use crate::aside::Aside;
use crate::columns::corrupt;
use crate::entity::{draft, draft_experience, draft_revision};
use crate::store::kept;
use crate::{Store, StoreError};

/// What became of a save.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saved {
    /// It is kept, as this version; the one it was made on where nothing differs.
    Done(i64),
    /// Somebody saved since: this version is the last one.
    Changed(i64),
    Nothing,
}

impl Store {
    /// Keeps a new version of a draft, made on `version`.
    pub async fn save_draft(
        &self,
        (draft, version): (Uuid, i64),
        sheet: &Sheet,
        cause: Cause,
        editor: Uuid,
        now: OffsetDateTime,
    ) -> Result<Saved, StoreError> {
        let now = kept(now);
        let transaction = self.write_aside().await?;
        let Some(row) = draft::Entity::find_by_id(draft).lock_exclusive().one(&transaction).await? else {
            return Ok(Saved::Nothing);
        };
        if row.version != version {
            return Ok(Saved::Changed(row.version));
        }
        let last = draft_revision::Entity::find_by_id((draft, version)).one(&transaction).await?;
        let last = last.ok_or_else(|| corrupt("a draft has no last revision"))?;
        if read::sheet(&last.front, last.body.clone())? == *sheet {
            return Ok(Saved::Done(version));
        }
        let goes_on = cause == Cause::Saved
            && last.cause == Cause::Saved.as_str()
            && last.editor_id == editor
            && now - last.run_began_at < Duration::minutes(limits::RUN_MINUTES)
            && !is_pinned(&transaction, &row, version).await?;
        let run = if goes_on { last.run_began_at } else { now };
        revision(&transaction, (draft, version + 1), sheet, (cause, run), editor, now).await?;
        if goes_on {
            draft_revision::Entity::update_many()
                .col_expr(draft_revision::Column::SupersededAt, Expr::val(Some(now)))
                .filter(draft_revision::Column::DraftId.eq(draft))
                .filter(draft_revision::Column::Version.eq(version))
                .exec(&transaction)
                .await?;
        }
        draft::Entity::update_many()
            .col_expr(draft::Column::Version, Expr::col(draft::Column::Version).add(1))
            .col_expr(draft::Column::ChangedAt, now.into())
            .filter(draft::Column::Id.eq(draft))
            .exec(&transaction)
            .await?;
        transaction.commit().await?;
        Ok(Saved::Done(version + 1))
    }
}

/// Whether a version was published, is to be, or was shown to a sender.
async fn is_pinned(transaction: &Aside, row: &draft::Model, version: i64) -> Result<bool, StoreError> {
    if row.published_version == Some(version) || row.publish_version == Some(version) {
        return Ok(true);
    }
    let asked = draft_experience::Entity::find()
        .filter(draft_experience::Column::DraftId.eq(row.id))
        .filter(draft_experience::Column::AskedVersion.eq(version));
    Ok(asked.one(transaction).await?.is_some())
}

/// Writes a revision; `run` is when the saves began that are shown as one with it.
pub(super) async fn revision(
    transaction: &Aside,
    (draft, version): (Uuid, i64),
    sheet: &Sheet,
    (cause, run): (Cause, OffsetDateTime),
    editor: Uuid,
    now: OffsetDateTime,
) -> Result<(), StoreError> {
    let front = serde_json::to_string(&sheet.front).map_err(|error| StoreError::Other(error.to_string()))?;
    let row = draft_revision::ActiveModel {
        draft_id: Set(draft),
        version: Set(version),
        editor_id: Set(editor),
        cause: Set(cause.to_string()),
        saved_at: Set(now),
        run_began_at: Set(run),
        superseded_at: Set(None),
        front: Set(front),
        body: Set(sheet.body.clone()),
    };
    draft_revision::Entity::insert(row).exec_without_returning(transaction).await?;
    Ok(())
}
