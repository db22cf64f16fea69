//! How often something may be done: counted in stretches of time, in the transaction of what it limits.
//!
//! Who does it is known by a hash alone; what it is of, only the caller knows. The stretch that counts
//! follows from the time, so a clock that jumps leads to another stretch, and whoever was refused by a wrong
//! one is refused no longer than the stretch lasts.

mod day_key;
mod tidy;

use sea_orm::{
    ActiveValue::Set,
    ConnectionTrait, EntityTrait,
    sea_query::{Expr, ExprTrait, OnConflict},
};
use sha2::{Digest, Sha256};
use time::{Duration, OffsetDateTime};

use crate::aside::Aside;
use crate::entity::limit_count::{ActiveModel, Column, Entity};
use crate::experiences::Hash;
use crate::{Store, StoreError};

/// How often something may be done by the same sender.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// What is counted, such as `share`.
    pub what: &'static str,
    /// The stretch of time; from a second to a day.
    pub within: Duration,
    /// More often is worth noting. `None`: never.
    pub soft: Option<u32>,
    /// More often is refused. `None`: never.
    pub hard: Option<u32>,
}

/// What counting came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    Within,
    /// More often than the soft limit.
    Often,
    /// More often than the hard limit: it is not done, and not counted.
    TooOften {
        /// When the next stretch of time begins.
        again_at: OffsetDateTime,
    },
}

impl Store {
    /// Counts an act that writes nothing else, such as a wrong password. `whom` is a hash of who does it;
    /// `weight` is how many it counts for.
    pub async fn count_act(
        &self,
        limit: &Limit,
        whom: &Hash,
        weight: u32,
        now: OffsetDateTime,
    ) -> Result<Counted, StoreError> {
        if let Some(again_at) = reached(&self.reader, limit, whom, weight, now).await? {
            return Ok(Counted::TooOften { again_at });
        }
        let transaction = self.write_aside().await?;
        let counted = count(&transaction, limit, whom, weight, now).await?;
        match counted {
            Counted::TooOften { .. } => transaction.rollback().await?,
            Counted::Within | Counted::Often => transaction.commit().await?,
        }
        Ok(counted)
    }
}

/// Counts within a transaction, which is to be rolled back where it is too often.
pub(crate) async fn count(
    transaction: &Aside,
    limit: &Limit,
    whom: &Hash,
    weight: u32,
    now: OffsetDateTime,
) -> Result<Counted, StoreError> {
    if limit.soft.is_none() && limit.hard.is_none() {
        return Ok(Counted::Within);
    }
    let stretch = Stretch::of(limit, whom, now);
    let weight = i32::try_from(weight).unwrap_or(i32::MAX);
    let first =
        ActiveModel { id: Set(stretch.id.to_vec()), count: Set(weight), ends_at: Set(stretch.ends_at) };
    let or_more = OnConflict::column(Column::Id)
        .value(Column::Count, Expr::col((Entity, Column::Count)).add(weight))
        .to_owned();
    Entity::insert(first).on_conflict(or_more).exec_without_returning(transaction).await?;
    let count = counted(transaction, &stretch).await?;
    Ok(if limit.hard.is_some_and(|hard| count > hard) {
        Counted::TooOften { again_at: stretch.ends_at }
    } else if limit.soft.is_some_and(|soft| count > soft) {
        Counted::Often
    } else {
        Counted::Within
    })
}

/// When it may be done again, where once more would be too often: asked without writing, so that whoever
/// is refused costs no turn to write.
pub(crate) async fn reached(
    connection: &impl ConnectionTrait,
    limit: &Limit,
    whom: &Hash,
    weight: u32,
    now: OffsetDateTime,
) -> Result<Option<OffsetDateTime>, StoreError> {
    let Some(hard) = limit.hard else { return Ok(None) };
    let stretch = Stretch::of(limit, whom, now);
    let count = counted(connection, &stretch).await?;
    Ok((count.saturating_add(weight) > hard).then_some(stretch.ends_at))
}

/// Notes that something was used which can be used once, until `ends_at`. `false` where it was before.
pub(crate) async fn spend(
    transaction: &Aside,
    what: &str,
    which: &Hash,
    ends_at: OffsetDateTime,
) -> Result<bool, StoreError> {
    let row = ActiveModel { id: Set(id(what, which, 0).to_vec()), count: Set(1), ends_at: Set(ends_at) };
    let unless_there = OnConflict::column(Column::Id).do_nothing().to_owned();
    Ok(Entity::insert(row).on_conflict(unless_there).exec_without_returning(transaction).await? == 1)
}

async fn counted(connection: &impl ConnectionTrait, stretch: &Stretch) -> Result<u32, StoreError> {
    let row = Entity::find_by_id(stretch.id.to_vec()).one(connection).await?;
    Ok(row.map_or(0, |row| row.count.unsigned_abs()))
}

/// What is counted together.
struct Stretch {
    id: Hash,
    ends_at: OffsetDateTime,
}

impl Stretch {
    /// Stretches of a length begin at multiples of it, counted from 1970.
    fn of(limit: &Limit, whom: &Hash, now: OffsetDateTime) -> Self {
        let length = Ord::max(limit.within.whole_seconds(), 1);
        let now = now.unix_timestamp();
        let start = now - now.rem_euclid(length);
        let ends_at = OffsetDateTime::from_unix_timestamp(start.saturating_add(length));
        Self { id: id(limit.what, whom, start), ends_at: ends_at.unwrap_or(OffsetDateTime::UNIX_EPOCH) }
    }
}

fn id(what: &str, whom: &Hash, start: i64) -> Hash {
    let mut hash = Sha256::new();
    // What is counted holds no NUL that would make two of them one.
    hash.update(what.as_bytes());
    hash.update([0]);
    hash.update(whom);
    hash.update(start.to_be_bytes());
    hash.finalize().into()
}
