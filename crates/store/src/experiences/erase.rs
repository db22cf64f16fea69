//! Nothing of an experience stays.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::Hash;
use crate::entity::experience;
use crate::{Store, StoreError};

impl Store {
    /// Deletes an experience with all that belongs to it. `false` where the secret is nobody's.
    ///
    /// On SQLite what is deleted is overwritten at once (`secure_delete`), and the log that may hold it
    /// is emptied, unless a reader needs it at that moment (see `empty_log`).
    pub async fn erase_experience(&self, secret: &Hash) -> Result<bool, StoreError> {
        let transaction = self.write_aside().await?;
        let erased = experience::Entity::delete_many()
            .filter(experience::Column::SecretHash.eq(secret.as_slice()))
            .exec(&transaction)
            .await?;
        transaction.commit().await?;
        if erased.rows_affected == 0 {
            return Ok(false);
        }
        self.empty_log().await?;
        Ok(true)
    }
}
