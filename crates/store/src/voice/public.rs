//! What readers see below a column.

use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder};
use time::OffsetDateTime;
use uuid::Uuid;
use weerklank_domain::Lang;

use super::react::reactions;
use crate::columns::corrupt;
use crate::entity::comment;
use crate::replies::of_column;
use crate::store::kept;
use crate::{PublicReply, Store, StoreError};

/// What stands below a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voices {
    /// How many found it recognisable.
    pub reactions: u64,
    /// Of shops, the oldest first.
    pub replies: Vec<PublicReply>,
    /// The oldest first.
    pub comments: Vec<PublicComment>,
}

/// A comment that readers see, or saw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicComment {
    pub id: Uuid,
    /// What it answers; that may be gone.
    pub parent: Option<Uuid>,
    pub name: Option<String>,
    /// Markdown; `None` where it was removed.
    pub text: Option<String>,
    pub lang: Lang,
    pub received_at: OffsetDateTime,
    /// It was made elsewhere, before this board.
    pub is_imported: bool,
    /// Who wrote what it answers, where that is itself an answer.
    pub answers_name: Option<String>,
}

impl Store {
    /// What readers see below a column at a moment.
    pub async fn voices(&self, column: Uuid, now: OffsetDateTime) -> Result<Voices, StoreError> {
        let now = kept(now);
        let snapshot = self.snapshot().await?;
        let rows = comment::Entity::find()
            .filter(comment::Column::ColumnId.eq(column))
            .filter(
                // What was removed had been published.
                Condition::any()
                    .add(comment::Column::PublicFrom.lte(now))
                    .add(comment::Column::RemovedAt.lte(now)),
            )
            .order_by_asc(comment::Column::Id)
            .all(&snapshot)
            .await?;
        let comments = rows.into_iter().map(|row| {
            let is_removed = row.removed_at.is_some_and(|at| at <= now);
            Ok(PublicComment {
                id: row.id,
                parent: row.parent_id,
                name: row.name.filter(|_| !is_removed),
                text: (!is_removed).then_some(row.text),
                lang: row.lang.parse().map_err(corrupt)?,
                received_at: row.received_at,
                is_imported: row.source.is_some(),
                answers_name: row.answers_name.filter(|_| !is_removed),
            })
        });
        Ok(Voices {
            comments: comments.collect::<Result<_, StoreError>>()?,
            replies: of_column(&snapshot, column, now).await?,
            reactions: reactions(&snapshot, column).await?,
        })
    }
}
