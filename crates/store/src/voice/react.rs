//! "Recognisable": a reader says so, and takes it back.

use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter,
    sea_query::OnConflict,
};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;
use weerklank_domain::voice::limits::{REACTIONS, REACTIONS_IN_ALL};
use weerklank_domain::{Date, Slug};

use super::due::due_at;
use super::receive::public_column;
use crate::aside::Aside;
use crate::entity::reaction::{ActiveModel, Column, Entity};
use crate::limits::{Counted, Limit, count};
use crate::store::kept;
use crate::{Hash, Store, StoreError};

/// From one address for one column.
const FOR_ONE: Limit = Limit { what: "reaction", within: Duration::DAY, soft: None, hard: Some(REACTIONS) };
/// From one address, whichever columns.
const IN_ALL: Limit =
    Limit { what: "reactions", within: Duration::DAY, soft: None, hard: Some(REACTIONS_IN_ALL) };

/// Who reacts.
#[derive(Debug, Clone, Copy)]
pub struct Reader {
    /// Of the token in their cookie and the column, so that nobody sees what else they reacted to.
    pub token: Hash,
    /// Keyed hashes of the address that it comes from: with the column, and alone.
    pub here: Hash,
    pub anywhere: Hash,
}

/// What became of a reaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reacted {
    /// It counts, now or already.
    Counts,
    /// Too many came from that address today; it does not count.
    TooOften { again_at: OffsetDateTime },
    /// There is no such column for readers.
    Nothing,
}

impl Store {
    /// Counts a reader's reaction to a column, once for each token.
    pub async fn react(
        &self,
        column: &Slug,
        reader: &Reader,
        today: Date,
        now: OffsetDateTime,
    ) -> Result<Reacted, StoreError> {
        let transaction = self.write_aside().await?;
        let Some(about) = public_column(&*transaction, column, today).await? else {
            transaction.rollback().await?;
            return Ok(Reacted::Nothing);
        };
        let row = ActiveModel {
            column_id: Set(about.id),
            token_hash: Set(reader.token.to_vec()),
            made_at: Set(kept(now)),
        };
        let unless_there = OnConflict::columns([Column::ColumnId, Column::TokenHash]).do_nothing().to_owned();
        let made = Entity::insert(row).on_conflict(unless_there).exec_without_returning(&transaction).await?;
        if made > 0 {
            for (limit, whom) in [(FOR_ONE, reader.here), (IN_ALL, reader.anywhere)] {
                if let Counted::TooOften { again_at } = count(&transaction, &limit, &whom, 1, now).await? {
                    transaction.rollback().await?;
                    return Ok(Reacted::TooOften { again_at });
                }
            }
            shown_soon(&transaction, about.id, now).await?;
        }
        transaction.commit().await?;
        Ok(Reacted::Counts)
    }

    /// Takes a reaction back. `false` where there is none of that token.
    pub async fn take_back_reaction(
        &self,
        column: &Slug,
        token: &Hash,
        today: Date,
        now: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        let transaction = self.write_aside().await?;
        let Some(about) = public_column(&*transaction, column, today).await? else {
            transaction.rollback().await?;
            return Ok(false);
        };
        let gone = Entity::delete_by_id((about.id, token.to_vec())).exec(&transaction).await?.rows_affected;
        if gone > 0 {
            shown_soon(&transaction, about.id, now).await?;
        }
        transaction.commit().await?;
        Ok(gone > 0)
    }

    /// How many found a column recognisable, and whether whoever has that token did. `None` where there is no
    /// such column for readers.
    pub async fn reactions(
        &self,
        column: &Slug,
        token: Option<&Hash>,
        today: Date,
    ) -> Result<Option<(u64, bool)>, StoreError> {
        let snapshot = self.snapshot().await?;
        let Some(about) = public_column(&snapshot, column, today).await? else { return Ok(None) };
        let is_theirs = match token {
            Some(token) => Entity::find_by_id((about.id, token.to_vec())).one(&snapshot).await?.is_some(),
            None => false,
        };
        Ok(Some((reactions(&snapshot, about.id).await?, is_theirs)))
    }
}

pub(super) async fn reactions(connection: &impl ConnectionTrait, column: Uuid) -> Result<u64, StoreError> {
    Ok(Entity::find().filter(Column::ColumnId.eq(column)).count(connection).await?)
}

/// With all others of the same minute.
async fn shown_soon(transaction: &Aside, column: Uuid, now: OffsetDateTime) -> Result<(), StoreError> {
    let minute = now.unix_timestamp().div_euclid(60) + 1;
    let at = OffsetDateTime::from_unix_timestamp(minute * 60).unwrap_or(now);
    due_at(transaction, column, at).await
}
