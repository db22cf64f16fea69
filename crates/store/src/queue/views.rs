//! Selections of the queue that an editor gave a name: theirs alone.

use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder,
    sea_query::Expr,
};
use time::OffsetDateTime;
use uuid::Uuid;
use weerklank_domain::desk::limits;

use crate::editors::locked;
use crate::entity::queue_view;
use crate::{Store, StoreError};

/// A name for filters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueView {
    pub id: Uuid,
    pub name: String,
    /// As it was given; the store reads nothing in it.
    pub query: String,
}

/// What became of keeping one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ViewKept {
    Done,
    /// They have [`limits::VIEWS`], and none of that name.
    TooMany,
    /// They are not there, or disabled.
    Nobody,
}

impl Store {
    /// An editor's views, the first kept first.
    pub async fn queue_views(&self, editor: Uuid) -> Result<Vec<QueueView>, StoreError> {
        let rows = queue_view::Entity::find()
            .filter(queue_view::Column::EditorId.eq(editor))
            .order_by_asc(queue_view::Column::Id)
            .all(&self.reader)
            .await?;
        Ok(rows.into_iter().map(|row| QueueView { id: row.id, name: row.name, query: row.query }).collect())
    }

    /// Keeps a query under a name; the one that they called so before stays where it is, with this query.
    pub async fn keep_queue_view(
        &self,
        editor: Uuid,
        (name, query): (&str, &str),
        now: OffsetDateTime,
    ) -> Result<ViewKept, StoreError> {
        let transaction = self.write_aside().await?;
        // Of two at once, the second sees what the first kept.
        if locked(&transaction, editor).await?.is_none() {
            return Ok(ViewKept::Nobody);
        }
        let replaced = queue_view::Entity::update_many()
            .col_expr(queue_view::Column::Query, Expr::val(query))
            .filter(queue_view::Column::EditorId.eq(editor))
            .filter(queue_view::Column::Name.eq(name))
            .exec(&transaction)
            .await?;
        if replaced.rows_affected == 0 {
            let theirs = queue_view::Entity::find().filter(queue_view::Column::EditorId.eq(editor));
            let count = usize::try_from(theirs.count(&transaction).await?).unwrap_or(usize::MAX);
            if count >= limits::VIEWS {
                return Ok(ViewKept::TooMany);
            }
            let row = queue_view::Model {
                id: self.ids.next(now),
                editor_id: editor,
                name: name.to_owned(),
                query: query.to_owned(),
            };
            queue_view::Entity::insert(row.into_active_model().reset_all())
                .exec_without_returning(&transaction)
                .await?;
        }
        transaction.commit().await?;
        Ok(ViewKept::Done)
    }

    /// Removes one of an editor's views. `false` where they have no such one.
    pub async fn drop_queue_view(&self, editor: Uuid, view: Uuid) -> Result<bool, StoreError> {
        let transaction = self.write_aside().await?;
        let gone = queue_view::Entity::delete_many()
            .filter(queue_view::Column::Id.eq(view))
            .filter(queue_view::Column::EditorId.eq(editor))
            .exec(&transaction)
            .await?;
        transaction.commit().await?;
        Ok(gone.rows_affected == 1)
    }
}
