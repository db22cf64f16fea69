//! Everything moves to another database, of either kind.

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait, sea_query::Expr};
use time::OffsetDateTime;

use super::table::copy_all;
use crate::entity::change_sequence;
use crate::store::{change_row, holds_nothing};
use crate::{Store, StoreError};

/// What may happen to columns and experiences that the target has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Present {
    Refuse,
    Replace,
}

impl Store {
    /// Copies everything as it is now into `target`, which is migrated and must hold no column and nothing sent in: all
    /// in one transaction there, compared row by row before it is committed. This store stays as it
    /// is; what is written to it meanwhile is not copied.
    pub async fn transfer_to(&self, target: &Self, now: OffsetDateTime) -> Result<(), StoreError> {
        self.pour_into(target, Present::Refuse, Some(now)).await
    }

    /// With `renewed`, what was built from the target's former content is told to be built anew.
    pub(super) async fn pour_into(
        &self,
        target: &Self,
        present: Present,
        renewed: Option<OffsetDateTime>,
    ) -> Result<(), StoreError> {
        target.migrate().await?;
        let from = self.snapshot().await?;
        let to = target.write().await?;
        if present == Present::Refuse && !holds_nothing(&to).await? {
            return Err(StoreError::NotEmpty);
        }
        for transaction in [&from, &to] {
            take_your_time(transaction).await?;
        }
        let before = change_row(&to).await?.value;
        copy_all(&from, &to).await?;
        if let Some(now) = renewed {
            let value = change_row(&to).await?.value.max(before) + 1;
            change_sequence::Entity::update_many()
                .col_expr(change_sequence::Column::Value, Expr::val(value))
                .col_expr(change_sequence::Column::Epoch, Expr::val(target.ids.next(now)))
                .exec(&to)
                .await?;
        }
        to.commit().await?;
        Ok(())
    }
}

/// The limit for one statement is for readers who wait; copying a large table takes as long as it
/// takes.
async fn take_your_time(transaction: &DatabaseTransaction) -> Result<(), StoreError> {
    if transaction.get_database_backend() == DbBackend::Postgres {
        transaction.execute_unprepared("SET LOCAL statement_timeout = 0").await?;
    }
    Ok(())
}
