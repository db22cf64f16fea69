//! Whole columns, newest first.

use weerklank_domain::{ColumnFilter, Date};

use super::StoredColumn;
use super::row::stored;
use super::scope::{Scope, ids};
use crate::{Store, StoreError};

impl Store {
    /// The newest columns that readers see on `today` and that meet the filter; at most `limit`.
    pub async fn feed(
        &self,
        filter: &ColumnFilter,
        limit: u32,
        today: Date,
    ) -> Result<Vec<StoredColumn>, StoreError> {
        let snapshot = self.snapshot().await?;
        let Some(scope) = Scope::of(&snapshot, filter, today).await? else {
            return Ok(Vec::new());
        };
        let select = scope.ids().limit(u64::from(limit)).take();
        stored(&snapshot, &ids(&snapshot, &select).await?).await
    }
}
