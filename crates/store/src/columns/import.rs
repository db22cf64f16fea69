//! Columns come in from files.

use std::collections::{HashMap, HashSet};

use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, IntoActiveModel,
    QueryFilter,
    sea_query::{Expr, ExprTrait, Query, Value},
};
use time::OffsetDateTime;
use uuid::Uuid;
use weerklank_domain::{Column, Slug};

use super::incoming::Incoming;
use super::names::{CHUNK, Known, Names, know};
use super::row::NewRow;
use super::{Derived, Imported};
use crate::entity::column;
use crate::store::{kept, next_change};
use crate::{IdSource, Store, StoreError};

/// How many columns are looked up and written together.
const TOGETHER: usize = 100;

impl Store {
    /// Makes the column, or changes the one with its slug; shops, authors and series that are not
    /// known yet are made by name, and those that are take its spelling. A column that is there
    /// already, as it was last imported, costs no write and spells no name.
    pub async fn import_column(
        &self,
        column: &Column,
        derived: &Derived,
        now: OffsetDateTime,
    ) -> Result<Imported, StoreError> {
        let done = self.import(&[(column, derived)], now).await?;
        Ok(done.first().copied().unwrap_or(Imported::Unchanged))
    }

    /// The same for many, in one transaction: all or none. The answer is in their order. A
    /// transaction of a few thousand is fast and keeps others waiting for less than a second.
    pub async fn import_columns(
        &self,
        columns: &[(Column, Derived)],
        now: OffsetDateTime,
    ) -> Result<Vec<Imported>, StoreError> {
        let columns: Vec<_> = columns.iter().map(|(column, derived)| (column, derived)).collect();
        self.import(&columns, now).await
    }

    /// What [`Self::import_column`] would do; writes nothing.
    pub async fn would_import(&self, column: &Column, derived: &Derived) -> Result<Imported, StoreError> {
        let new = Incoming::new(column, derived)?;
        let snapshot = self.snapshot().await?;
        if off(&snapshot, [&new.column.slug]).await?.contains(&new.column.slug) {
            return Ok(Imported::Off);
        }
        let there = there(&snapshot, [&new.column.slug]).await?;
        Ok(new.compared(there.get(&new.column.slug).map(|(_, hash)| *hash)))
    }

    async fn import(
        &self,
        columns: &[(&Column, &Derived)],
        now: OffsetDateTime,
    ) -> Result<Vec<Imported>, StoreError> {
        let incoming: Vec<Incoming> = columns
            .iter()
            .map(|(column, derived)| Incoming::new(column, derived))
            .collect::<Result<_, _>>()?;
        let transaction = self.write().await?;
        let mut run = Run {
            transaction: &transaction,
            ids: self.ids.as_ref(),
            now: kept(now),
            change: None,
            may_put_back: false,
        };
        let mut done = Vec::with_capacity(incoming.len());
        let mut rest = &*incoming;
        while !rest.is_empty() {
            // A slug that comes twice is imported twice, one after the other.
            let mut slugs = HashSet::new();
            let together =
                rest.iter().take(TOGETHER).take_while(|new| slugs.insert(&new.column.slug)).count();
            let (now, later) = rest.split_at(together);
            done.extend(run.take(now).await?);
            rest = later;
        }
        match run.change {
            Some(_) => transaction.commit().await?,
            None => transaction.rollback().await?,
        }
        Ok(done)
    }
}

/// One transaction's import.
pub(super) struct Run<'a> {
    pub transaction: &'a DatabaseTransaction,
    pub ids: &'a dyn IdSource,
    pub now: OffsetDateTime,
    /// The number of this change, once there is one.
    pub change: Option<i64>,
    /// Whether what left the board may come back: where somebody at the desk says so, and not by a file.
    pub may_put_back: bool,
}

impl Run<'_> {
    pub async fn take(&mut self, incoming: &[Incoming<'_>]) -> Result<Vec<Imported>, StoreError> {
        let there = there(self.transaction, incoming.iter().map(|new| &new.column.slug)).await?;
        let off = if self.may_put_back {
            HashSet::new()
        } else {
            off(self.transaction, incoming.iter().map(|new| &new.column.slug)).await?
        };
        let mut done = Vec::with_capacity(incoming.len());
        let mut written = Vec::new();
        let mut changed = Vec::new();
        for new in incoming {
            if off.contains(&new.column.slug) {
                done.push(Imported::Off);
                continue;
            }
            let known = there.get(&new.column.slug);
            let imported = new.compared(known.map(|(_, hash)| *hash));
            done.push(imported);
            match known {
                Some(_) if imported == Imported::Unchanged => {}
                Some((id, _)) => {
                    changed.push(*id);
                    written.push((*id, new));
                }
                None => written.push((self.ids.next(self.now), new)),
            }
        }
        if written.is_empty() {
            return Ok(done);
        }
        let shops = self.know(Names::Shop, &written).await?;
        let authors = self.know(Names::Author, &written).await?;
        let series = self.know(Names::Series, &written).await?;
        let created = self.untie(&changed).await?;
        let change = self.change().await?;
        let mut rows = Vec::with_capacity(written.len());
        for (id, new) in &written {
            let row = column::Model::from(NewRow {
                id: *id,
                column: new.column,
                derived: new.derived,
                series_id: series.of(new.names(Names::Series)).next(),
                content_hash: new.hash,
                changed_seq: change,
                created_at: created.get(id).copied().unwrap_or(self.now),
                changed_at: self.now,
            });
            rows.push(row);
        }
        self.write_rows(rows, &changed).await?;
        for (names, known) in [(Names::Shop, &shops), (Names::Author, &authors)] {
            let (table, key) = names.join();
            self.link(table, key, links(&written, |new| known.of(new.names(names)))).await?;
        }
        let moments = links(&written, |new| new.moments.iter().map(|moment| moment.as_str()));
        self.link("column_moment", "moment", moments).await?;
        self.link("column_tag", "tag", links(&written, |new| new.column.tags.iter().map(String::as_str)))
            .await?;
        Ok(done)
    }

    /// Finds or makes the names of one sort. Columns that show one that is spelled otherwise now have
    /// changed with it: their pages are drawn anew.
    async fn know(&mut self, names: Names, written: &[(Uuid, &Incoming<'_>)]) -> Result<Known, StoreError> {
        let wanted: Vec<_> = written.iter().flat_map(|(_, new)| new.names(names)).collect();
        let known = know(self.transaction, names, &wanted, self.ids, self.now).await?;
        if !known.renamed.is_empty() {
            let change = self.change().await?;
            let update = Query::update()
                .table("column")
                .value("changed_seq", change)
                .value("changed_at", self.now)
                .and_where(Expr::col("id").in_subquery(names.columns_of(known.renamed.iter().copied())))
                .take();
            self.transaction.execute(&update).await?;
        }
        Ok(known)
    }

    async fn change(&mut self) -> Result<i64, StoreError> {
        match self.change {
            Some(change) => Ok(change),
            None => Ok(*self.change.insert(next_change(self.transaction).await?)),
        }
    }

    /// Unties columns that are about to be written anew; says since when they are there.
    async fn untie(&self, ids: &[Uuid]) -> Result<HashMap<Uuid, OffsetDateTime>, StoreError> {
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        for table in ["column_shop", "column_author", "column_moment", "column_tag"] {
            let delete = Query::delete()
                .from_table(table)
                .and_where(Expr::col("column_id").is_in(ids.iter().copied()))
                .take();
            self.transaction.execute(&delete).await?;
        }
        let select = Query::select()
            .columns(["id", "created_at"])
            .from("column")
            .and_where(Expr::col("id").is_in(ids.iter().copied()))
            .take();
        let rows = self.transaction.query_all(&select).await?;
        Ok(rows
            .iter()
            .map(|row| Ok((row.try_get("", "id")?, row.try_get("", "created_at")?)))
            .collect::<Result<_, DbErr>>()?)
    }

    /// Updates the rows of `changed`, inserts the others.
    async fn write_rows(&self, rows: Vec<column::Model>, changed: &[Uuid]) -> Result<(), StoreError> {
        let (old, new): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| changed.contains(&row.id));
        for row in old {
            let id = row.id;
            column::Entity::update_many()
                .set(row.into_active_model().reset_all())
                .filter(column::Column::Id.eq(id))
                .exec(self.transaction)
                .await?;
        }
        if !new.is_empty() {
            let new = new.into_iter().map(|row| row.into_active_model().reset_all());
            column::Entity::insert_many(new).exec_without_returning(self.transaction).await?;
        }
        Ok(())
    }

    /// Fills a table that ties values to columns, each with its position.
    async fn link(
        &self,
        table: &'static str,
        field: &'static str,
        rows: Vec<(Uuid, Value, i32)>,
    ) -> Result<(), StoreError> {
        for chunk in rows.chunks(CHUNK) {
            let mut insert =
                Query::insert().into_table(table).columns(["column_id", field, "position"]).take();
            for (column, value, position) in chunk {
                insert.values_panic([(*column).into(), value.clone().into(), (*position).into()]);
            }
            self.transaction.execute(&insert).await?;
        }
        Ok(())
    }
}

/// Which of the slugs are taken, by whom and with what content.
pub(super) async fn there<'s>(
    connection: &impl ConnectionTrait,
    slugs: impl IntoIterator<Item = &'s Slug>,
) -> Result<HashMap<Slug, (Uuid, [u8; 32])>, StoreError> {
    let select = Query::select()
        .columns(["id", "slug", "content_hash"])
        .from("column")
        .and_where(Expr::col("slug").is_in(slugs.into_iter().map(Slug::as_str)))
        .take();
    let rows = connection.query_all(&select).await?;
    rows.iter()
        .map(|row| {
            let slug: String = row.try_get("", "slug")?;
            let hash: Vec<u8> = row.try_get("", "content_hash")?;
            // A hash of another length is none of ours: that column counts as changed.
            let hash = hash.try_into().unwrap_or([0; 32]);
            Ok((slug.parse().map_err(super::row::corrupt)?, (row.try_get("", "id")?, hash)))
        })
        .collect()
}

/// Which of the slugs are of columns that left the board, and that only the desk puts back.
async fn off<'s>(
    connection: &impl ConnectionTrait,
    slugs: impl IntoIterator<Item = &'s Slug>,
) -> Result<HashSet<Slug>, StoreError> {
    let select = Query::select()
        .column("slug")
        .from("column")
        .and_where(Expr::col("slug").is_in(slugs.into_iter().map(Slug::as_str)))
        .and_where(Expr::col("off_since").is_not_null())
        .take();
    let rows = connection.query_all(&select).await?;
    rows.iter().map(|row| row.try_get::<String>("", "slug")?.parse().map_err(super::row::corrupt)).collect()
}

/// Each column's values with their positions.
fn links<'n, V: Into<Value>, I: Iterator<Item = V>>(
    written: &[(Uuid, &'n Incoming<'n>)],
    values: impl Fn(&'n Incoming<'n>) -> I,
) -> Vec<(Uuid, Value, i32)> {
    let each = |(id, new): &(Uuid, &'n Incoming<'n>)| {
        let id = *id;
        (0..).zip(values(new)).map(move |(position, value)| (id, value.into(), position))
    };
    written.iter().flat_map(each).collect()
}
