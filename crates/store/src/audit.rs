//! Who did what, when and why. Rows are only ever added.

use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use time::OffsetDateTime;
use uuid::Uuid;
use weerklank_domain::desk::{Action, Ground, Kind, Verdict};

use crate::aside::Aside;
use crate::columns::corrupt;
use crate::entity::{audit, editor};
use crate::store::kept;
use crate::{Store, StoreError};

/// A line of the audit log. It holds no words of anyone who sent something in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditLine {
    pub id: Uuid,
    pub at: OffsetDateTime,
    /// Name of the editor; `None` for a sender.
    pub editor: Option<String>,
    pub action: Action,
    pub kind: Option<Kind>,
    /// What it was done to: an item of the queue, or somebody at the desk.
    pub subject: Option<Uuid>,
    pub verdict: Option<Verdict>,
    pub ground: Option<Ground>,
    pub automated: Option<bool>,
    /// Since when the subject had waited.
    pub since: Option<OffsetDateTime>,
    /// Of somebody at the desk: address and role.
    pub about: Option<String>,
}

/// Which lines. What is `None` restricts nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AuditFilter {
    pub action: Option<Action>,
    pub editor: Option<Uuid>,
    pub subject: Option<Uuid>,
    pub from: Option<OffsetDateTime>,
    /// Not itself included.
    pub until: Option<OffsetDateTime>,
    /// Older than this line.
    pub before: Option<Uuid>,
}

/// What happened, to be written down in the transaction in which it does.
#[derive(Debug, Clone, Default)]
pub(crate) struct Deed {
    pub editor: Option<Uuid>,
    pub kind: Option<Kind>,
    pub subject: Option<Uuid>,
    pub verdict: Option<String>,
    pub ground: Option<String>,
    pub automated: Option<bool>,
    pub since: Option<OffsetDateTime>,
    pub about: Option<String>,
}

impl Store {
    /// The lines that tell of something erased, from a moment on, the oldest first.
    pub async fn erasures(&self, since: OffsetDateTime) -> Result<Vec<Uuid>, StoreError> {
        let lines = audit::Entity::find()
            .filter(audit::Column::Action.eq(Action::Erased.as_str()))
            // By the key, which sorts by the moment and has an index: no other does.
            .filter(audit::Column::Id.gte(first_id(since)))
            .order_by_asc(audit::Column::Id);
        Ok(lines.all(&self.reader).await?.into_iter().map(|line| line.id).collect())
    }

    /// The newest lines first, at most `limit`.
    pub async fn audit(&self, filter: &AuditFilter, limit: u64) -> Result<Vec<AuditLine>, StoreError> {
        let rows = audit::Entity::find()
            .find_also_related(editor::Entity)
            .filter(filter.condition())
            .order_by_desc(audit::Column::Id)
            .limit(limit)
            .all(&self.reader)
            .await?;
        rows.into_iter().map(|(row, editor)| line(row, editor)).collect()
    }

    /// Every line of an action before a moment, in no order to count on.
    pub async fn audit_of(
        &self,
        action: Action,
        until: OffsetDateTime,
    ) -> Result<Vec<AuditLine>, StoreError> {
        let rows = audit::Entity::find()
            .filter(audit::Column::Action.eq(action.as_str()))
            .filter(audit::Column::At.lt(kept(until)))
            .all(&self.reader)
            .await?;
        rows.into_iter().map(|row| line(row, None)).collect()
    }

    /// Writes down what happens in `transaction`.
    pub(crate) async fn note(
        &self,
        transaction: &Aside,
        action: Action,
        deed: Deed,
        now: OffsetDateTime,
    ) -> Result<(), StoreError> {
        let row = audit::ActiveModel {
            id: Set(self.ids.next(now)),
            at: Set(kept(now)),
            editor_id: Set(deed.editor),
            action: Set(action.to_string()),
            kind: Set(deed.kind.map(|kind| kind.to_string())),
            subject_id: Set(deed.subject),
            verdict: Set(deed.verdict),
            ground: Set(deed.ground),
            automated: Set(deed.automated),
            since: Set(deed.since),
            about: Set(deed.about),
        };
        audit::Entity::insert(row).exec_without_returning(transaction).await?;
        Ok(())
    }
}

impl AuditFilter {
    fn condition(&self) -> Condition {
        Condition::all()
            .add_option(self.action.map(|action| audit::Column::Action.eq(action.as_str())))
            .add_option(self.editor.map(|editor| audit::Column::EditorId.eq(editor)))
            .add_option(self.subject.map(|subject| audit::Column::SubjectId.eq(subject)))
            .add_option(self.from.map(|from| audit::Column::At.gte(kept(from))))
            .add_option(self.until.map(|until| audit::Column::At.lt(kept(until))))
            .add_option(self.before.map(|before| audit::Column::Id.lt(before)))
    }
}

fn line(row: audit::Model, editor: Option<editor::Model>) -> Result<AuditLine, StoreError> {
    Ok(AuditLine {
        id: row.id,
        at: row.at,
        editor: editor.map(|editor| editor.name),
        action: row.action.parse().map_err(corrupt)?,
        kind: row.kind.map(|word| word.parse().map_err(corrupt)).transpose()?,
        subject: row.subject_id,
        verdict: row.verdict.map(|word| word.parse().map_err(corrupt)).transpose()?,
        ground: row.ground.map(|word| word.parse().map_err(corrupt)).transpose()?,
        automated: row.automated,
        since: row.since,
        about: row.about,
    })
}

/// The least id that could be made at a moment (UUID version 7, RFC 9562).
fn first_id(at: OffsetDateTime) -> Uuid {
    let millis = u64::try_from(at.unix_timestamp_nanos() / 1_000_000).unwrap_or(0);
    Uuid::from_u64_pair(millis << 16, 0)
}
