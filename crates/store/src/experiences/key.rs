//! Random numbers that are made once and then stay.

use sea_orm::{ActiveValue::Set, EntityTrait, sea_query::OnConflict};

use super::Hash;
use crate::entity::server_key::{ActiveModel, Column, Entity};
use crate::{Store, StoreError};

impl Store {
    /// The key of this board for a purpose: `candidate`, fresh random bytes, where there is none yet.
    /// Whoever asks first decides, for every program on this database.
    pub async fn server_key(&self, purpose: &str, candidate: Hash) -> Result<Hash, StoreError> {
        let new = ActiveModel { purpose: Set(purpose.to_owned()), value: Set(candidate.to_vec()) };
        let unless_there = OnConflict::column(Column::Purpose).do_nothing().to_owned();
        let transaction = self.write_aside().await?;
        Entity::insert(new).on_conflict(unless_there).exec_without_returning(&transaction).await?;
        let key = Entity::find_by_id(purpose).one(&transaction).await?;
        transaction.commit().await?;
        key.and_then(|key| Hash::try_from(key.value).ok())
            .ok_or_else(|| StoreError::Corrupt(format!("the key `{purpose}` is none")))
    }
}
