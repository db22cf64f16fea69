//! Reads what was written since the last time.

use std::collections::HashMap;
use std::sync::Arc;

use futures_util::TryStreamExt;
use sea_orm::{
    DatabaseTransaction, QueryResult, StreamTrait,
    sea_query::{Condition, Expr, ExprTrait, Query, SelectStatement},
};
use uuid::Uuid;
use weerklank_domain::Date;

use super::register::Register;
use super::{Catalogue, Entry, Moments, tag_hash};
use crate::StoreError;
use crate::columns::{Names, corrupt, named};
use crate::store::change_row;

impl Catalogue {
    /// The same, with all that was written up to the snapshot.
    pub(super) async fn caught_up(&self, snapshot: &DatabaseTransaction) -> Result<Self, StoreError> {
        let row = change_row(snapshot).await?;
        let mut next = if row.epoch == self.epoch { self.clone() } else { Self::default() };
        let changes = Changes { snapshot, since: next.change };
        next.epoch = row.epoch;
        next.change = row.value;

        let written = changes.columns().await?;
        if written.is_empty() {
            return Ok(next);
        }
        changes.names(Names::Shop, Arc::make_mut(&mut next.shops)).await?;
        changes.names(Names::Author, Arc::make_mut(&mut next.authors)).await?;
        changes.names(Names::Series, Arc::make_mut(&mut next.series)).await?;
        let mut shops = changes.numbers(Names::Shop, &next.shops).await?;
        let mut authors = changes.numbers(Names::Author, &next.authors).await?;
        let mut moments = changes
            .values("column_moment", "moment", |row| {
                row.try_get::<String>("", "moment")?.parse().map_err(corrupt)
            })
            .await?;
        let mut tags = changes
            .values("column_tag", "tag", |row| Ok(tag_hash(&row.try_get::<String>("", "tag")?)))
            .await?;

        let mut entries: Vec<Arc<Entry>> =
            next.entries.iter().filter(|entry| !written.contains_key(&entry.id)).cloned().collect();
        entries.extend(written.into_iter().filter_map(|(id, row)| {
            let entry = Entry {
                id,
                slug: row.slug,
                date: row.date,
                lastmod: row.updated.unwrap_or(row.date).max(row.date),
                visible_from: row.visible_from?,
                sentiment: row.sentiment,
                lang: row.lang,
                moments: Moments::of(moments.remove(&id).unwrap_or_default()),
                shops: shops.remove(&id).unwrap_or_default().into(),
                authors: authors.remove(&id).unwrap_or_default().into(),
                series: row.series.and_then(|series| next.series.by_id(series)),
                tags: tags.remove(&id).unwrap_or_default().into(),
            };
            Some(Arc::new(entry))
        }));
        entries.sort_by(|one, other| one.place().cmp(&other.place()));
        next.entries = Arc::new(entries);
        Ok(next)
    }
}

/// A row of `column`.
struct Written {
    slug: weerklank_domain::Slug,
    date: Date,
    updated: Option<Date>,
    visible_from: Option<time::Date>,
    sentiment: weerklank_domain::Sentiment,
    lang: weerklank_domain::Lang,
    series: Option<Uuid>,
}

/// What was written after a change.
struct Changes<'a> {
    snapshot: &'a DatabaseTransaction,
    since: i64,
}

impl Changes<'_> {
    async fn columns(&self) -> Result<HashMap<Uuid, Written>, StoreError> {
        let select = Query::select()
            .columns(["id", "slug", "date", "updated", "visible_from", "sentiment", "lang", "series_id"])
            .from("column")
            .and_where(Expr::col("changed_seq").gt(self.since))
            .take();
        self.read(select, |row| {
            let text = |field| row.try_get::<String>("", field);
            let day = |day: time::Date| Date::try_from(day).map_err(corrupt);
            let updated: Option<time::Date> = row.try_get("", "updated")?;
            let written = Written {
                slug: text("slug")?.parse().map_err(corrupt)?,
                date: day(row.try_get("", "date")?)?,
                updated: updated.map(day).transpose()?,
                visible_from: row.try_get("", "visible_from")?,
                sentiment: text("sentiment")?.parse().map_err(corrupt)?,
                lang: text("lang")?.parse().map_err(corrupt)?,
                series: row.try_get("", "series_id")?,
            };
            Ok((row.try_get("", "id")?, written))
        })
        .await
    }

    /// Enters the names that written columns show.
    async fn names(&self, names: Names, register: &mut Register) -> Result<(), StoreError> {
        let (join, key) = names.join();
        let column = if names == Names::Series { "id" } else { "column_id" };
        let mut shown = Query::select().column(key).from(join).cond_where(self.written(column)).take();
        let mut select = Query::select().columns(["id", "slug", "name"]).from(names.table()).take();
        if self.since > 0 {
            select.and_where(Expr::col("id").in_subquery(shown.take()));
        }
        let mut rows = self.snapshot.stream(&select).await?;
        while let Some(row) = rows.try_next().await? {
            register.enter(row.try_get("", "id")?, named(&row)?);
        }
        Ok(())
    }

    /// The numbers of each written column's shops or authors.
    async fn numbers(
        &self,
        names: Names,
        register: &Register,
    ) -> Result<HashMap<Uuid, Vec<u32>>, StoreError> {
        let (join, key) = names.join();
        self.values(join, key, |row| {
            let id: Uuid = row.try_get("", key)?;
            register.by_id(id).ok_or_else(|| corrupt(format!("`{join}` refers to {id}, which is not there")))
        })
        .await
    }

    /// The values of each written column in a table of its lists.
    async fn values<T>(
        &self,
        table: &'static str,
        field: &'static str,
        read: impl Fn(&QueryResult) -> Result<T, StoreError> + Send,
    ) -> Result<HashMap<Uuid, Vec<T>>, StoreError> {
        let select = Query::select()
            .columns(["column_id", field])
            .from(table)
            .cond_where(self.written("column_id"))
            .take();
        let mut values: HashMap<Uuid, Vec<T>> = HashMap::new();
        let mut rows = self.snapshot.stream(&select).await?;
        while let Some(row) = rows.try_next().await? {
            values.entry(row.try_get("", "column_id")?).or_default().push(read(&row)?);
        }
        Ok(values)
    }

    /// Limits a table to written columns; at first, to nothing.
    fn written(&self, column: &'static str) -> Condition {
        let changed = Query::select()
            .column("id")
            .from("column")
            .and_where(Expr::col("changed_seq").gt(self.since))
            .take();
        Condition::all().add_option((self.since > 0).then(|| Expr::col(column).in_subquery(changed)))
    }

    async fn read<T>(
        &self,
        select: SelectStatement,
        read: impl Fn(&QueryResult) -> Result<(Uuid, T), StoreError> + Send,
    ) -> Result<HashMap<Uuid, T>, StoreError> {
        let mut found = HashMap::new();
        let mut rows = self.snapshot.stream(&select).await?;
        while let Some(row) = rows.try_next().await? {
            let (id, value) = read(&row)?;
            found.insert(id, value);
        }
        Ok(found)
    }
}
