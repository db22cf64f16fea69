//! Columns come in from files.

use std::collections::{HashMap, HashSet};

use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel,
    QueryFilter,
    sea_query::{Expr, ExprTrait, Query, Value},
};
use sha2::{Digest, Sha256};
use time::OffsetDateTime;
use uuid::Uuid;
use weerklank_domain::{Column, Moment, Slug};

use super::names::{CHUNK, Known, Names, know};
use super::row::{NewRow, stored};
use super::tally::{Changes, Counted};
use super::{Derived, Imported, StoredColumn};
use crate::entity::column;
use crate::store::{kept, next_change};
use crate::{IdSource, Store, StoreError};

/// How many columns are looked up and written together.
const TOGETHER: usize = 100;

impl Store {
    /// Makes the column, or changes the one with its slug; shops, authors and series that are not
    /// known yet are made by name. A column that is there already costs no write.
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
            tally: Changes::default(),
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
        let Run { change, tally, .. } = run;
        tally.write(&transaction).await?;
        match change {
            Some(_) => transaction.commit().await?,
            None => transaction.rollback().await?,
        }
        Ok(done)
    }
}

/// A column with its names as slugs.
struct Incoming<'a> {
    column: &'a Column,
    derived: &'a Derived,
    shops: Vec<(Slug, String)>,
    authors: Vec<(Slug, String)>,
    series: Option<(Slug, String)>,
    moments: Vec<Moment>,
    /// Over all that is kept, with names as slugs: another spelling is no other column.
    hash: [u8; 32],
}

impl<'a> Incoming<'a> {
    fn new(column: &'a Column, derived: &'a Derived) -> Result<Self, StoreError> {
        let shops = slugs(&column.shops)?;
        let authors = slugs(&column.authors)?;
        let series = column.series.as_ref().map(|part| slug(&part.name)).transpose()?;
        let mut moments = column.moments.clone();
        let mut seen = HashSet::new();
        moments.retain(|moment| seen.insert(*moment));
        let mut plain = column.clone();
        plain.shops = shops.iter().map(|(slug, _)| slug.to_string()).collect();
        plain.authors = authors.iter().map(|(slug, _)| slug.to_string()).collect();
        if let (Some(part), Some((slug, _))) = (&mut plain.series, &series) {
            part.name = slug.to_string();
        }
        plain.moments.clone_from(&moments);
        let bytes =
            serde_json::to_vec(&(plain, derived)).map_err(|error| StoreError::Other(error.to_string()))?;
        Ok(Self { column, derived, shops, authors, series, moments, hash: Sha256::digest(bytes).into() })
    }

    fn counted(&self) -> Option<Counted> {
        let slugs = |names: &[(Slug, String)]| names.iter().map(|(slug, _)| slug.clone()).collect::<Vec<_>>();
        Counted::of(
            self.column,
            &self.moments,
            slugs(&self.shops).into_iter(),
            slugs(&self.authors).into_iter(),
            self.series.as_ref().map(|(slug, _)| slug.clone()),
        )
    }
}

impl StoredColumn {
    fn counted(&self) -> Option<Counted> {
        Counted::of(
            &self.column,
            &self.card.moments,
            self.card.shops.iter().map(|shop| shop.slug.clone()),
            self.card.authors.iter().map(|author| author.slug.clone()),
            self.card.series.as_ref().map(|part| part.series.slug.clone()),
        )
    }
}

fn slug(name: &str) -> Result<(Slug, String), StoreError> {
    let slug = Slug::from_name(name).map_err(|_| StoreError::Unnameable(name.to_owned()))?;
    Ok((slug, name.to_owned()))
}

/// Each name once, with its slug.
fn slugs(names: &[String]) -> Result<Vec<(Slug, String)>, StoreError> {
    let mut slugs: Vec<(Slug, String)> = Vec::with_capacity(names.len());
    for name in names {
        let new = slug(name)?;
        if !slugs.iter().any(|(slug, _)| *slug == new.0) {
            slugs.push(new);
        }
    }
    Ok(slugs)
}

/// One transaction's import.
struct Run<'a> {
    transaction: &'a DatabaseTransaction,
    ids: &'a dyn IdSource,
    now: OffsetDateTime,
    /// The number of this change, once there is one.
    change: Option<i64>,
    tally: Changes,
}

impl Run<'_> {
    async fn take(&mut self, incoming: &[Incoming<'_>]) -> Result<Vec<Imported>, StoreError> {
        let there = self.there(incoming).await?;
        let shops = self.know(Names::Shop, incoming.iter().flat_map(|new| &new.shops)).await?;
        let authors = self.know(Names::Author, incoming.iter().flat_map(|new| &new.authors)).await?;
        let series = self.know(Names::Series, incoming.iter().filter_map(|new| new.series.as_ref())).await?;

        let mut done = Vec::with_capacity(incoming.len());
        let mut written = Vec::new();
        let mut changed = Vec::new();
        for new in incoming {
            let id = match there.get(&new.column.slug) {
                Some((_, hash)) if *hash == new.hash => {
                    done.push(Imported::Unchanged);
                    continue;
                }
                Some((id, _)) => {
                    done.push(Imported::Changed);
                    changed.push(*id);
                    *id
                }
                None => {
                    done.push(Imported::Made);
                    self.ids.next(self.now)
                }
            };
            written.push((id, new));
        }
        self.mark_renamed(
            incoming,
            &mut done,
            [(&shops, Names::Shop), (&authors, Names::Author), (&series, Names::Series)],
        )
        .await?;
        if written.is_empty() {
            return Ok(done);
        }
        let created = self.forget(&changed).await?;
        let change = self.change().await?;
        let mut rows = Vec::with_capacity(written.len());
        for (id, new) in &written {
            self.tally.add(new.counted());
            let row = column::Model::from(NewRow {
                id: *id,
                column: new.column,
                derived: new.derived,
                series_id: new.series.as_ref().and_then(|(slug, _)| series.ids.get(slug)).copied(),
                content_hash: new.hash,
                changed_seq: change,
                created_at: created.get(id).copied().unwrap_or(self.now),
                changed_at: self.now,
            });
            rows.push(row);
        }
        self.write_rows(rows, &changed).await?;
        self.link("column_shop", "shop_id", ids_of(&written, |new| &new.shops, &shops)).await?;
        self.link("column_author", "author_id", ids_of(&written, |new| &new.authors, &authors)).await?;
        let moments = written.iter().flat_map(|(id, new)| {
            (0..).zip(&new.moments).map(|(position, moment)| (*id, moment.as_str().into(), position))
        });
        self.link("column_moment", "moment", moments).await?;
        let tags = written.iter().flat_map(|(id, new)| {
            (0..).zip(&new.column.tags).map(|(position, tag)| (*id, tag.as_str().into(), position))
        });
        self.link("column_tag", "tag", tags).await?;
        Ok(done)
    }

    /// Which of the slugs are taken, by whom and with what content.
    async fn there(&self, incoming: &[Incoming<'_>]) -> Result<HashMap<Slug, (Uuid, [u8; 32])>, StoreError> {
        let select = Query::select()
            .columns(["id", "slug", "content_hash"])
            .from("column")
            .and_where(Expr::col("slug").is_in(incoming.iter().map(|new| new.column.slug.as_str())))
            .take();
        let rows = self.transaction.query_all(&select).await?;
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

    async fn know<'n>(
        &self,
        names: Names,
        wanted: impl Iterator<Item = &'n (Slug, String)>,
    ) -> Result<Known, StoreError> {
        know(self.transaction, names, wanted, self.ids, self.now).await
    }

    async fn change(&mut self) -> Result<i64, StoreError> {
        match self.change {
            Some(change) => Ok(change),
            None => Ok(*self.change.insert(next_change(self.transaction).await?)),
        }
    }

    /// Columns that show a name which is now spelled better have changed, too.
    async fn mark_renamed(
        &mut self,
        incoming: &[Incoming<'_>],
        done: &mut [Imported],
        known: [(&Known, Names); 3],
    ) -> Result<(), StoreError> {
        for (known, names) in known {
            if known.renamed.is_empty() {
                continue;
            }
            let change = self.change().await?;
            let update = Query::update()
                .table("column")
                .value("changed_seq", change)
                .value("changed_at", self.now)
                .and_where(Expr::col("id").in_subquery(names.columns_of(known.renamed.iter().copied())))
                .take();
            self.transaction.execute(&update).await?;
            let better = |slug: &Slug| known.ids.get(slug).is_some_and(|id| known.renamed.contains(id));
            for (new, done) in incoming.iter().zip(done.iter_mut()) {
                let mut used: Box<dyn Iterator<Item = &(Slug, String)>> = match names {
                    Names::Shop => Box::new(new.shops.iter()),
                    Names::Author => Box::new(new.authors.iter()),
                    Names::Series => Box::new(new.series.iter()),
                };
                if *done == Imported::Unchanged && used.any(|(slug, _)| better(slug)) {
                    *done = Imported::Changed;
                }
            }
        }
        Ok(())
    }

    /// Uncounts and unties columns that are about to be written anew; says since when they are there.
    async fn forget(&mut self, ids: &[Uuid]) -> Result<HashMap<Uuid, OffsetDateTime>, StoreError> {
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let old = stored(self.transaction, ids).await?;
        for table in ["column_shop", "column_author", "column_moment", "column_tag"] {
            let delete = Query::delete()
                .from_table(table)
                .and_where(Expr::col("column_id").is_in(ids.iter().copied()))
                .take();
            self.transaction.execute(&delete).await?;
        }
        Ok(old
            .into_iter()
            .map(|old| {
                self.tally.remove(old.counted());
                (old.id, old.created_at)
            })
            .collect())
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
        rows: impl Iterator<Item = (Uuid, Value, i32)>,
    ) -> Result<(), StoreError> {
        let rows: Vec<_> = rows.collect();
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

/// The ids of each column's names, in the column's order.
fn ids_of<'n>(
    written: &'n [(Uuid, &'n Incoming<'n>)],
    names: impl Fn(&'n Incoming<'n>) -> &'n [(Slug, String)],
    known: &'n Known,
) -> impl Iterator<Item = (Uuid, Value, i32)> {
    written.iter().flat_map(move |(id, new)| {
        let ids = names(new).iter().filter_map(|(slug, _)| known.ids.get(slug));
        (0..).zip(ids).map(|(position, name)| (*id, (*name).into(), position))
    })
}
