//! When what stands below columns is drawn anew.

use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, sea_query::OnConflict,
};
use time::OffsetDateTime;
use uuid::Uuid;

use super::turn;
use crate::aside::Aside;
use crate::entity::voice_due::{ActiveModel, Column, Entity};
use crate::store::{kept, next_change};
use crate::{Store, StoreError};

impl Store {
    /// Moves the change sequence where something below a column is due to change, or a column itself to leave or to come
    /// back, so that pages are drawn anew. Says whether it did.
    pub async fn show_what_is_due(&self, now: OffsetDateTime) -> Result<bool, StoreError> {
        let due = || Column::DueAt.lte(kept(now));
        // Most of the time there is nothing, and nothing needs a turn to write.
        let columns = turn::due(&self.reader, kept(now)).await?;
        if columns.is_empty() && Entity::find().filter(due()).count(&self.reader).await? == 0 {
            return Ok(false);
        }
        let transaction = Aside::alone(self.write().await?);
        let shown = Entity::delete_many().filter(due()).exec(&transaction).await?.rows_affected;
        if shown > 0 {
            next_change(&transaction).await?;
        }
        transaction.commit().await?;
        // Each by itself: one that cannot be carried out holds back no other, and no page.
        let mut failed = None;
        for turn in &columns {
            let transaction = Aside::alone(self.write().await?);
            match self.turn(&transaction, turn, kept(now)).await {
                Ok(()) => transaction.commit().await?,
                Err(error) => {
                    transaction.rollback().await?;
                    failed = Some(error);
                }
            }
        }
        if let Some(error) = failed {
            return Err(error);
        }
        Ok(shown > 0 || !columns.is_empty())
    }
}

/// What stands below a column changes at a moment.
pub(crate) async fn due_at(transaction: &Aside, column: Uuid, at: OffsetDateTime) -> Result<(), StoreError> {
    let row = ActiveModel { column_id: Set(column), due_at: Set(kept(at)) };
    let unless_there = OnConflict::columns([Column::DueAt, Column::ColumnId]).do_nothing().to_owned();
    Entity::insert(row).on_conflict(unless_there).exec_without_returning(transaction).await?;
    Ok(())
}
