//! Scheduled columns whose day has come.

use sea_orm::sea_query::{Order, Query};
use weerklank_domain::Date;

use super::StoredColumn;
use super::row::stored;
use super::scope::{due, ids};
use crate::{Store, StoreError};

impl Store {
    /// Scheduled columns that readers see on `today`, by slug. Nothing was written when their day
    /// came, so no change sequence tells of them.
    pub async fn scheduled_until(&self, today: Date) -> Result<Vec<StoredColumn>, StoreError> {
        let snapshot = self.snapshot().await?;
        let select = Query::select()
            .column("id")
            .from("column")
            .cond_where(due(today))
            .order_by("slug", Order::Asc)
            .take();
        stored(&snapshot, &ids(&snapshot, &select).await?).await
    }
}
