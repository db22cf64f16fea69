//! A random number for each day.

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::OnConflict};
use weerklank_domain::Date;

use crate::entity::day_key::{ActiveModel, Column, Entity};
use crate::experiences::Hash;
use crate::{Store, StoreError};

impl Store {
    /// The key that addresses are hashed with on a day (in Amsterdam): `candidate`, fresh random bytes, where
    /// there is none yet. Keys of other days are deleted, but for the day before and the day after: clocks of several
    /// programs differ. Once its key is gone, no hash leads back to an address.
    pub async fn day_key(&self, day: Date, candidate: Hash) -> Result<Hash, StoreError> {
        let day = day.as_time();
        let new = ActiveModel { day: Set(day), value: Set(candidate.to_vec()) };
        let unless_there = OnConflict::column(Column::Day).do_nothing().to_owned();
        let beside = [day.previous_day(), Some(day), day.next_day()];
        let transaction = self.write_aside().await?;
        Entity::insert(new).on_conflict(unless_there).exec_without_returning(&transaction).await?;
        let others = Column::Day.is_not_in(beside.into_iter().flatten());
        let deleted = Entity::delete_many().filter(others).exec(&transaction).await?;
        let key = Entity::find_by_id(day).one(&transaction).await?;
        transaction.commit().await?;
        if deleted.rows_affected > 0 {
            self.empty_log().await?;
        }
        key.and_then(|key| Hash::try_from(key.value).ok())
            .ok_or_else(|| StoreError::Corrupt("the key of a day is none".to_owned()))
    }
}
