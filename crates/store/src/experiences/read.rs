//! What a sender sees of what they sent.

use super::{Hash, StoredExperience, receive, row};
use crate::{Store, StoreError};

impl Store {
    /// The experience whose sender's link has a secret of that hash.
    pub async fn experience_by_secret(&self, secret: &Hash) -> Result<Option<StoredExperience>, StoreError> {
        let snapshot = self.snapshot().await?;
        match receive::find(&snapshot, secret).await? {
            Some(found) => Ok(Some(row::whole(&snapshot, found).await?)),
            None => Ok(None),
        }
    }
}
