//! Everything about one item.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::{Answer, PastDecision, QueueWhole, about, list};
use crate::columns::corrupt;
use crate::entity::{decision, editor, experience_answer};
use crate::{Store, StoreError};

impl Store {
    /// An item with what it is about and all that was decided, asked and answered about it.
    pub async fn queue_item(&self, item: Uuid) -> Result<Option<QueueWhole>, StoreError> {
        let snapshot = self.snapshot().await?;
        let Some(item) = list::one(&snapshot, item).await? else { return Ok(None) };
        let Some(about) = about::whole(&snapshot, (item.kind, item.id)).await? else { return Ok(None) };
        let decisions = decisions(&snapshot, item.id).await?;
        let answers = answers(&snapshot, item.id).await?;
        Ok(Some(QueueWhole { item, about, decisions, answers }))
    }
}

/// Of an item, the oldest first.
pub(crate) async fn decisions(
    connection: &impl ConnectionTrait,
    item: Uuid,
) -> Result<Vec<PastDecision>, StoreError> {
    let rows = decision::Entity::find()
        .filter(decision::Column::ItemId.eq(item))
        .order_by_asc(decision::Column::Id)
        .all(connection)
        .await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let editors = rows.iter().map(|row| row.editor_id);
    let names: HashMap<Uuid, String> = editor::Entity::find()
        .filter(editor::Column::Id.is_in(editors))
        .all(connection)
        .await?
        .into_iter()
        .map(|row| (row.id, row.name))
        .collect();
    rows.into_iter()
        .map(|row| {
            Ok(PastDecision {
                id: row.id,
                editor: row.editor_id,
                by: names.get(&row.editor_id).cloned().unwrap_or_default(),
                verdict: row.verdict.parse().map_err(corrupt)?,
                ground: row.ground.map(|word| word.parse().map_err(corrupt)).transpose()?,
                statement: row.statement,
                automated: row.automated,
                state_before: row.state_before.parse().map_err(corrupt)?,
                decided_at: row.decided_at,
                final_at: row.final_at,
                is_last: row.is_last,
            })
        })
        .collect()
}

/// To an experience, the oldest first.
pub(crate) async fn answers(
    connection: &impl ConnectionTrait,
    experience: Uuid,
) -> Result<Vec<Answer>, StoreError> {
    let rows = experience_answer::Entity::find()
        .filter(experience_answer::Column::ExperienceId.eq(experience))
        .order_by_asc(experience_answer::Column::Id)
        .all(connection)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| Answer {
            id: row.id,
            decision: row.decision_id,
            text: row.text,
            written_at: row.written_at,
        })
        .collect())
}
