//! What counts for nothing any more goes.

use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter};
use time::{Duration, OffsetDateTime};

use crate::entity::{day_key, limit_count, passkey_challenge};
use crate::{Store, StoreError};

/// No stretch of time, and nothing that can be used once, goes on for longer: what ends later was counted
/// by a clock that was wrong.
const LONGEST: Duration = Duration::days(2);

impl Store {
    /// Deletes counts of stretches that are over, or that a wrong clock had begun. Gives how many.
    pub async fn forget_counts(&self, now: OffsetDateTime) -> Result<u64, StoreError> {
        let ends_at = limit_count::Column::EndsAt;
        let over = Condition::any().add(ends_at.lte(now)).add(ends_at.gt(now + LONGEST));
        Ok(limit_count::Entity::delete_many().filter(over).exec(&self.writer).await?.rows_affected)
    }

    /// Empties what a copy has no business with: counts, the keys with which hashes lead back to addresses, and what
    /// devices were asked a moment ago.
    pub(crate) async fn forget_senders(&self) -> Result<(), StoreError> {
        limit_count::Entity::delete_many().exec(&self.writer).await?;
        day_key::Entity::delete_many().exec(&self.writer).await?;
        passkey_challenge::Entity::delete_many().exec(&self.writer).await?;
        Ok(())
    }
}
