//! What is known of drafts.

use std::collections::HashMap;

use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use time::OffsetDateTime;
use uuid::Uuid;
use weerklank_domain::compose::{Approval, Sheet, SheetKey};
use weerklank_domain::{Slug, Status};

use super::{Draft, DraftColumn, DraftLine, MadeOf, Revision, Schedule};
use crate::columns::corrupt;
use crate::entity::{
    column, draft, draft_experience, draft_revision, editor, experience, experience_contact,
};
use crate::replies::of_draft;
use crate::{OwnReply, Store, StoreError};

/// A text that was made of an experience, as its sender is shown it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnText {
    pub draft: Uuid,
    /// Whether it is made of what somebody else sent in as well.
    pub is_shared: bool,
    /// What they were asked about: the version, and what it says.
    pub asked: Option<(i64, Sheet)>,
    pub approval: Approval,
    pub remark: Option<String>,
    /// Where it stands, or stood, on the board.
    pub column: Option<(Slug, String, Status)>,
    /// Why an editor took it off the board.
    pub withdrawn_reason: Option<String>,
    /// What shops answered to it, the oldest first.
    pub replies: Vec<OwnReply>,
}

impl Store {
    /// A draft as it was saved last.
    pub async fn draft(&self, id: Uuid) -> Result<Option<Draft>, StoreError> {
        whole(&self.snapshot().await?, id).await
    }

    /// The draft that a column is of; `None` where it came from a file alone.
    pub async fn draft_of(&self, column: Uuid) -> Result<Option<Draft>, StoreError> {
        let snapshot = self.snapshot().await?;
        let found = draft::Entity::find().filter(draft::Column::ColumnId.eq(column));
        match found.one(&snapshot).await? {
            Some(row) => whole(&snapshot, row.id).await,
            None => Ok(None),
        }
    }

    /// Those that changed last come first; `before` is where the page before ended.
    pub async fn drafts(
        &self,
        before: Option<(OffsetDateTime, Uuid)>,
        limit: u64,
    ) -> Result<Vec<DraftLine>, StoreError> {
        use draft::Column as C;
        let snapshot = self.snapshot().await?;
        let earlier = before.map(|(at, id)| {
            let same = Condition::all().add(C::ChangedAt.eq(at)).add(C::Id.lt(id));
            Condition::any().add(C::ChangedAt.lt(at)).add(same)
        });
        let rows = draft::Entity::find()
            .filter(Condition::all().add_option(earlier))
            .order_by_desc(C::ChangedAt)
            .order_by_desc(C::Id)
            .limit(limit)
            .all(&snapshot)
            .await?;
        let mut lines = Vec::with_capacity(rows.len());
        for row in rows {
            let revision = last(&snapshot, &row).await?;
            let column = column_of(&snapshot, &row).await?;
            let sheet = sheet(&revision.front, revision.body)?;
            let made_of = made_of(&snapshot, row.id, &sheet).await?;
            lines.push(DraftLine {
                id: row.id,
                title: sheet.get(SheetKey::Title).to_owned(),
                slug: column.as_ref().map(|column| column.slug.clone()),
                status: column.as_ref().map(|column| column.status),
                has_changes: row.published_version != Some(row.version),
                publish_at: row.publish_at,
                publish_failed: row.publish_failed.is_some(),
                saved_at: revision.saved_at,
                saved_by: name(&snapshot, revision.editor_id).await?,
                changed_at: row.changed_at,
                approvals: made_of.iter().map(|part| part.approval).collect(),
            });
        }
        Ok(lines)
    }

    /// The versions of a draft that no later one stands for, the newest first. `None` where there is no
    /// such draft.
    pub async fn revisions(&self, draft: Uuid) -> Result<Option<Vec<Revision>>, StoreError> {
        let snapshot = self.snapshot().await?;
        let Some(row) = draft::Entity::find_by_id(draft).one(&snapshot).await? else { return Ok(None) };
        let found: Vec<(i64, OffsetDateTime, Uuid, String)> = draft_revision::Entity::find()
            .select_only()
            .columns([
                draft_revision::Column::Version,
                draft_revision::Column::SavedAt,
                draft_revision::Column::EditorId,
                draft_revision::Column::Cause,
            ])
            .filter(draft_revision::Column::DraftId.eq(draft))
            .filter(draft_revision::Column::SupersededAt.is_null())
            .order_by_desc(draft_revision::Column::Version)
            .into_tuple()
            .all(&snapshot)
            .await?;
        let editors = editor::Entity::find()
            .filter(editor::Column::Id.is_in(found.iter().map(|(_, _, editor, _)| *editor)));
        let names: HashMap<Uuid, String> =
            editors.all(&snapshot).await?.into_iter().map(|row| (row.id, row.name)).collect();
        let revisions = found.into_iter().map(|(version, saved_at, editor, cause)| {
            Ok(Revision {
                version,
                saved_at,
                saved_by: names.get(&editor).cloned().unwrap_or_default(),
                cause: cause.parse().map_err(corrupt)?,
                is_published: row.published_version == Some(version),
            })
        });
        Ok(Some(revisions.collect::<Result<_, StoreError>>()?))
    }

    /// What a version says.
    pub async fn revision(&self, draft: Uuid, version: i64) -> Result<Option<Sheet>, StoreError> {
        let row = draft_revision::Entity::find_by_id((draft, version)).one(&self.reader).await?;
        row.map(|row| sheet(&row.front, row.body)).transpose()
    }
}

pub(super) async fn whole(connection: &impl ConnectionTrait, id: Uuid) -> Result<Option<Draft>, StoreError> {
    let Some(row) = draft::Entity::find_by_id(id).one(connection).await? else { return Ok(None) };
    let revision = last(connection, &row).await?;
    let sheet = sheet(&revision.front, revision.body)?;
    let scheduled = match (row.publish_at, row.publish_version, row.publish_by) {
        (Some(at), Some(version), Some(by)) => {
            Some(Schedule { at, version, by: name(connection, by).await? })
        }
        _ => None,
    };
    Ok(Some(Draft {
        id,
        version: row.version,
        saved_at: revision.saved_at,
        saved_by: name(connection, revision.editor_id).await?,
        column: column_of(connection, &row).await?,
        published_version: row.published_version,
        scheduled,
        publish_failed: row.publish_failed,
        made_of: made_of(connection, id, &sheet).await?,
        sheet,
    }))
}

/// A sheet as a revision holds it.
pub(crate) fn sheet(front: &str, body: String) -> Result<Sheet, StoreError> {
    Ok(Sheet { front: serde_json::from_str(front).map_err(corrupt)?, body })
}

async fn last(
    connection: &impl ConnectionTrait,
    row: &draft::Model,
) -> Result<draft_revision::Model, StoreError> {
    let found = draft_revision::Entity::find_by_id((row.id, row.version)).one(connection).await?;
    found.ok_or_else(|| corrupt("a draft has no last revision"))
}

async fn column_of(
    connection: &impl ConnectionTrait,
    row: &draft::Model,
) -> Result<Option<DraftColumn>, StoreError> {
    let Some(id) = row.column_id else { return Ok(None) };
    let found = column::Entity::find_by_id(id).one(connection).await?;
    let found = found.ok_or_else(|| corrupt("a draft is of a column that is not there"))?;
    Ok(Some(DraftColumn {
        slug: found.slug.parse().map_err(corrupt)?,
        status: found.status.parse().map_err(corrupt)?,
        is_changed: row.column_hash.as_ref() != Some(&found.content_hash),
    }))
}

async fn name(connection: &impl ConnectionTrait, editor: Uuid) -> Result<String, StoreError> {
    let found = editor::Entity::find_by_id(editor).one(connection).await?;
    Ok(found.map(|editor| editor.name).unwrap_or_default())
}

/// What a draft that says `sheet` now is made of.
pub(super) async fn made_of(
    connection: &impl ConnectionTrait,
    draft: Uuid,
    sheet: &Sheet,
) -> Result<Vec<MadeOf>, StoreError> {
    let ties = draft_experience::Entity::find()
        .filter(draft_experience::Column::DraftId.eq(draft))
        .order_by_asc(draft_experience::Column::Position)
        .all(connection)
        .await?;
    let mut parts = Vec::with_capacity(ties.len());
    for tie in ties {
        let found = experience::Entity::find_by_id(tie.experience_id).one(connection).await?;
        let found = found.ok_or_else(|| corrupt("a draft is made of nothing"))?;
        let contact = experience_contact::Entity::find_by_id(tie.experience_id).one(connection).await?;
        let reached_since = contact.and_then(|contact| contact.confirmed_at);
        let has_address = reached_since.is_some();
        parts.push(MadeOf {
            experience: found.id,
            state: found.state.parse().map_err(corrupt)?,
            lang: found.lang.parse().map_err(corrupt)?,
            name: found.name,
            consents: found.may_publish_at.is_some(),
            has_address,
            approval: approval(connection, &tie, sheet, reached_since).await?,
            remark: tie.remark,
        });
    }
    Ok(parts)
}

/// What a sender is shown and says yes or no to: all that readers see of it as words and picture.
const SHOWN: [SheetKey; 8] = [
    SheetKey::Title,
    SheetKey::Summary,
    SheetKey::Authors,
    SheetKey::Shops,
    SheetKey::ImageSrc,
    SheetKey::ImageAlt,
    SheetKey::GuestName,
    SheetKey::GuestRole,
];

/// Whether two versions say the same to readers.
pub(super) fn is_same_text(one: &Sheet, other: &Sheet) -> bool {
    one.body == other.body && SHOWN.iter().all(|key| one.get(*key) == other.get(*key))
}

/// What a sender thinks of the text as it is now: what they said of another text counts for that one.
async fn approval(
    connection: &impl ConnectionTrait,
    tie: &draft_experience::Model,
    now: &Sheet,
    reached_since: Option<OffsetDateTime>,
) -> Result<Approval, StoreError> {
    let can_be = reached_since.is_some();
    let not_asked = Approval::NotAsked { can_be };
    let (Some(version), Some(at)) = (tie.asked_version, tie.asked_at) else { return Ok(not_asked) };
    // Whom no mail reached was not asked, whatever an editor did; they may have answered all the same.
    if !can_be && tie.approved.is_none() {
        return Ok(not_asked);
    }
    let shown = draft_revision::Entity::find_by_id((tie.draft_id, version)).one(connection).await?;
    let Some(shown) = shown else { return Ok(not_asked) };
    let shown = sheet(&shown.front, shown.body)?;
    if !is_same_text(&shown, now) {
        // A no is not undone by a comma: it stands until they are asked about another text.
        return Ok(if tie.approved == Some(false) { Approval::Refused } else { not_asked });
    }
    Ok(match tie.approved {
        Some(true) => Approval::Approved,
        Some(false) => Approval::Refused,
        // The mail waited until the address was confirmed.
        None => Approval::Asked { at: reached_since.map_or(at, |since| since.max(at)) },
    })
}

/// What was made of an experience, and shown to its sender or to everybody.
pub(crate) async fn texts_of(
    connection: &impl ConnectionTrait,
    experience: Uuid,
    now: OffsetDateTime,
) -> Result<Vec<OwnText>, StoreError> {
    let ties = draft_experience::Entity::find()
        .filter(draft_experience::Column::ExperienceId.eq(experience))
        .all(connection)
        .await?;
    let mut texts = Vec::new();
    for tie in ties {
        let Some(row) = draft::Entity::find_by_id(tie.draft_id).one(connection).await? else { continue };
        let asked = match tie.asked_version {
            Some(version) => draft_revision::Entity::find_by_id((tie.draft_id, version))
                .one(connection)
                .await?
                .map(|shown| Ok::<_, StoreError>((version, sheet(&shown.front, shown.body)?)))
                .transpose()?,
            None => None,
        };
        let column = match row.column_id {
            Some(id) => column::Entity::find_by_id(id).one(connection).await?,
            None => None,
        };
        if asked.is_none() && column.is_none() {
            continue;
        }
        let column = column
            .map(|found| {
                let (slug, status) =
                    (found.slug.parse().map_err(corrupt)?, found.status.parse().map_err(corrupt)?);
                Ok::<_, StoreError>((slug, found.title, status))
            })
            .transpose()?;
        let all = draft_experience::Entity::find().filter(draft_experience::Column::DraftId.eq(row.id));
        texts.push(OwnText {
            draft: row.id,
            is_shared: all.count(connection).await? > 1,
            asked,
            // Of the text that they were shown, whatever became of it since.
            approval: match (tie.approved, tie.asked_at) {
                (Some(true), _) => Approval::Approved,
                (Some(false), _) => Approval::Refused,
                (None, Some(at)) => Approval::Asked { at },
                (None, None) => Approval::NotAsked { can_be: true },
            },
            remark: tie.remark,
            column,
            withdrawn_reason: row.withdrawn_reason,
            replies: of_draft(connection, (row.id, experience), now).await?,
        });
    }
    Ok(texts)
}
