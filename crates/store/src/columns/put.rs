//! One column is put on the board, taken off it, or emptied, in somebody else's transaction.

use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter};
use time::OffsetDateTime;
use uuid::Uuid;
use weerklank_domain::{Column, Comments, Slug, Source, Status};

use super::import::{Run, there};
use super::incoming::Incoming;
use super::row::{corrupt, stored};
use super::{Derived, StoredColumn};
use crate::StoreError;
use crate::entity::column;
use crate::ids::IdSource;
use crate::store::kept;

/// The column with a slug, and the hash of what it says.
pub(crate) async fn standing(
    connection: &impl ConnectionTrait,
    slug: &Slug,
) -> Result<Option<(Uuid, [u8; 32])>, StoreError> {
    Ok(there(connection, [slug]).await?.remove(slug))
}

/// Makes the column, or changes the one with its slug; which that is, and its hash.
pub(crate) async fn put(
    transaction: &DatabaseTransaction,
    ids: &dyn IdSource,
    column: &Column,
    derived: &Derived,
    now: OffsetDateTime,
) -> Result<(Uuid, [u8; 32]), StoreError> {
    let incoming = Incoming::new(column, derived)?;
    let mut run = Run { transaction, ids, now, change: None, may_put_back: true };
    run.take(std::slice::from_ref(&incoming)).await?;
    let put = standing(transaction, &column.slug).await?;
    put.ok_or_else(|| corrupt("a column is not there that was written just now"))
}

/// Withdraws a column: a tombstone with its title stands there. Its new hash; `None` where there is none.
pub(crate) async fn withdraw(
    transaction: &DatabaseTransaction,
    ids: &dyn IdSource,
    id: Uuid,
    now: OffsetDateTime,
) -> Result<Option<[u8; 32]>, StoreError> {
    let Some((StoredColumn { column, .. }, derived)) = whole(transaction, id).await? else {
        return Ok(None);
    };
    let column = Column { status: Status::Withdrawn, ..column };
    let hash = put(transaction, ids, &column, &derived, now).await?.1;
    keep_off(transaction, id, now).await?;
    Ok(Some(hash))
}

/// Puts a column on the board again that was withdrawn, with all that it said. Its new hash.
pub(crate) async fn publish_as_it_is(
    transaction: &DatabaseTransaction,
    ids: &dyn IdSource,
    id: Uuid,
    now: OffsetDateTime,
) -> Result<[u8; 32], StoreError> {
    let found = whole(transaction, id).await?;
    let (StoredColumn { column, .. }, derived) =
        found.ok_or_else(|| corrupt("a column went while it was put back"))?;
    let column = Column { status: Status::Published, ..column };
    Ok(put(transaction, ids, &column, &derived, now).await?.1)
}

/// What stands in the place of a title that is erased: the same word in either language.
const ERASED: &str = "Column";

/// Leaves nothing of a column but its address and that something stood there.
pub(crate) async fn erase(
    transaction: &DatabaseTransaction,
    ids: &dyn IdSource,
    id: Uuid,
    now: OffsetDateTime,
) -> Result<(), StoreError> {
    let Some((StoredColumn { column, .. }, _)) = whole(transaction, id).await? else { return Ok(()) };
    let emptied = Column {
        slug: column.slug,
        title: ERASED.to_owned(),
        date: column.date,
        updated: None,
        authors: Vec::new(),
        lang: column.lang,
        sentiment: column.sentiment,
        moments: Vec::new(),
        shops: Vec::new(),
        series: None,
        guest: None,
        first_published: None,
        summary: None,
        tags: Vec::new(),
        image: None,
        source: Source::Own,
        comments: Comments::Closed,
        status: Status::Withdrawn,
        incomplete: false,
        body: String::new(),
    };
    let derived = Derived { words: 0, reading_minutes: 1, excerpt: String::new() };
    put(transaction, ids, &emptied, &derived, now).await?;
    keep_off(transaction, id, now).await
}

/// No import puts it on the board again; whatever is published at the desk does.
async fn keep_off(
    transaction: &DatabaseTransaction,
    id: Uuid,
    now: OffsetDateTime,
) -> Result<(), StoreError> {
    column::Entity::update_many()
        .col_expr(column::Column::OffSince, Some(kept(now)).into())
        .filter(column::Column::Id.eq(id))
        .exec(transaction)
        .await?;
    Ok(())
}

async fn whole(
    transaction: &DatabaseTransaction,
    id: Uuid,
) -> Result<Option<(StoredColumn, Derived)>, StoreError> {
    let Some(row) = column::Entity::find_by_id(id).one(transaction).await? else { return Ok(None) };
    let Some(found) = stored(transaction, &[id]).await?.pop() else { return Ok(None) };
    let derived =
        Derived { words: found.words, reading_minutes: found.card.reading_minutes, excerpt: row.excerpt };
    Ok(Some((found, derived)))
}
