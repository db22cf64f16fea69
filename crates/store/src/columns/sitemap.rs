//! Everything that has a public address, and when it last changed.

use std::collections::BTreeMap;

use sea_orm::{
    ConnectionTrait, ExprTrait,
    sea_query::{Expr, Func, Order, Query, SelectStatement},
};
use weerklank_domain::{Date, Moment, Slug};

use super::names::Names;
use super::row::corrupt;
use super::scope::visible;
use crate::{Store, StoreError};

/// What readers can reach on a day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sitemap {
    /// By slug, as are the others.
    pub columns: Vec<SitemapEntry<Slug>>,
    pub series: Vec<SitemapEntry<Slug>>,
    pub shops: Vec<SitemapEntry<Slug>>,
    pub authors: Vec<SitemapEntry<Slug>>,
    /// In the order of the vocabulary.
    pub moments: Vec<SitemapEntry<Moment>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SitemapEntry<T> {
    pub what: T,
    /// The latest date or update among the columns it shows.
    pub lastmod: Date,
}

impl Store {
    /// What readers can reach on `today`. Reads every column's date: for now and then, not for each
    /// request.
    pub async fn sitemap(&self, today: Date) -> Result<Sitemap, StoreError> {
        let snapshot = self.snapshot().await?;
        let latest = || {
            let changed = Func::coalesce([Expr::col(("column", "updated")), Expr::col(("column", "date"))]);
            Query::select()
                .expr_as(Expr::expr(changed).max(), "lastmod")
                .from("column")
                .and_where(visible(today))
                .take()
        };
        let named = |names: Names| {
            let (join, key) = names.join();
            let mut select = latest();
            if names != Names::Series {
                select.inner_join(join, Expr::col((join, "column_id")).equals(("column", "id")));
            }
            select
                .inner_join(names.table(), Expr::col((names.table(), "id")).equals((join, key)))
                .expr_as(Expr::col((names.table(), "slug")), "what")
                .group_by_col((names.table(), "slug"))
                .take()
        };
        let columns =
            latest().expr_as(Expr::col(("column", "slug")), "what").group_by_col(("column", "slug")).take();
        let moments = latest()
            .inner_join("column_moment", Expr::col(("column_moment", "column_id")).equals(("column", "id")))
            .expr_as(Expr::col(("column_moment", "moment")), "what")
            .group_by_col(("column_moment", "moment"))
            .take();
        let moments: BTreeMap<Moment, Date> =
            entries(&snapshot, moments).await?.into_iter().map(|entry| (entry.what, entry.lastmod)).collect();
        Ok(Sitemap {
            columns: entries(&snapshot, columns).await?,
            series: entries(&snapshot, named(Names::Series)).await?,
            shops: entries(&snapshot, named(Names::Shop)).await?,
            authors: entries(&snapshot, named(Names::Author)).await?,
            moments: moments.into_iter().map(|(what, lastmod)| SitemapEntry { what, lastmod }).collect(),
        })
    }
}

async fn entries<T>(
    connection: &impl ConnectionTrait,
    mut select: SelectStatement,
) -> Result<Vec<SitemapEntry<T>>, StoreError>
where
    T: std::str::FromStr<Err: std::fmt::Display>,
{
    let rows = connection.query_all(select.order_by("what", Order::Asc)).await?;
    rows.iter()
        .map(|row| {
            Ok(SitemapEntry {
                what: row.try_get::<String>("", "what")?.parse().map_err(corrupt)?,
                lastmod: row.try_get::<time::Date>("", "lastmod")?.try_into().map_err(corrupt)?,
            })
        })
        .collect()
}
