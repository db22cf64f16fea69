//! Whole columns, newest first.

use weerklank_domain::{ColumnFilter, Date};

use super::StoredColumn;
use super::row::stored;
use crate::catalogue::Scope;
use crate::{Store, StoreError};

impl Store {
    /// The newest columns that readers see on `today` and that meet the filter; at most `limit`.
    pub async fn feed(
        &self,
        filter: &ColumnFilter,
        limit: u32,
        today: Date,
    ) -> Result<Vec<StoredColumn>, StoreError> {
        let catalogue = self.catalogue().await?;
        let Some(scope) = Scope::of(&catalogue, filter, today) else {
            return Ok(Vec::new());
        };
        let newest = catalogue.entries.iter().filter(|entry| scope.holds(entry)).take(limit as usize);
        let ids: Vec<_> = newest.map(|entry| entry.id).collect();
        stored(&self.snapshot().await?, &ids).await
    }
}
