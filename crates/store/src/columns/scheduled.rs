//! Scheduled columns whose day has come.

use weerklank_domain::Date;

use super::StoredColumn;
use super::row::stored;
use crate::{Store, StoreError};

impl Store {
    /// Scheduled columns that readers see on `today`, by slug. Nothing was written when their day
    /// came, so no change sequence tells of them.
    pub async fn scheduled_until(&self, today: Date) -> Result<Vec<StoredColumn>, StoreError> {
        let catalogue = self.catalogue().await?;
        let mut due: Vec<_> = catalogue.entries.iter().filter(|entry| entry.is_due(today)).collect();
        due.sort_by_key(|entry| &entry.slug);
        let ids: Vec<_> = due.into_iter().map(|entry| entry.id).collect();
        stored(&self.snapshot().await?, &ids).await
    }
}
