//! Columns to read after this one.

use std::cmp::Reverse;
use std::collections::HashSet;

use sea_orm::sea_query::{Expr, ExprTrait, Order, Query, SelectStatement};
use uuid::Uuid;
use weerklank_domain::{Card, Date, Slug};

use super::row::{cards, tags};
use super::scope::{ids, visible};
use crate::{Store, StoreError};

/// How many of the newest columns that share something of one kind are weighed.
const WEIGHED: u64 = 200;

/// What two columns can share, by how near it brings them.
const TIES: [(&str, &str); 4] =
    [("column_shop", "shop_id"), ("column_moment", "moment"), ("column", "series_id"), ("column_tag", "tag")];

impl Store {
    /// Columns near the given one that readers see on `today`, nearest first: those of its language
    /// before others, then by shops in common, moments in common, series and tags in common, then
    /// the newest. Empty where there is no such column.
    pub async fn related(&self, slug: &Slug, limit: u32, today: Date) -> Result<Vec<Card>, StoreError> {
        let snapshot = self.snapshot().await?;
        let here =
            Query::select().column("id").from("column").and_where(Expr::col("slug").eq(slug.as_str())).take();
        let Some(here) = ids(&snapshot, &here).await?.first().copied() else {
            return Ok(Vec::new());
        };
        let mut candidates = Vec::from([here]);
        for (table, field) in TIES {
            candidates.extend(ids(&snapshot, &sharing(here, table, field, today)).await?);
        }
        let mut seen = HashSet::new();
        candidates.retain(|id| seen.insert(*id));
        let mut tags = tags(&snapshot, &candidates).await?;
        let mut near = candidates
            .iter()
            .zip(cards(&snapshot, &candidates).await?)
            .map(|(id, card)| Near { card, tags: tags.remove(id).unwrap_or_default() });
        let Some(here) = near.next() else {
            return Ok(Vec::new());
        };
        let mut near: Vec<Near> = near.collect();
        near.sort_by_cached_key(|near| near.distance(&here));
        Ok(near.into_iter().take(limit as usize).map(|near| near.card).collect())
    }
}

struct Near {
    card: Card,
    tags: Vec<String>,
}

impl Near {
    /// Smaller is nearer.
    fn distance(&self, here: &Self) -> impl Ord + use<> {
        let same_series = match (&self.card.series, &here.card.series) {
            (Some(one), Some(other)) => one.series == other.series,
            _ => false,
        };
        let nearness = (
            self.card.lang == here.card.lang,
            common(&here.card.shops, &self.card.shops),
            common(&here.card.moments, &self.card.moments),
            common(&here.tags, &self.tags) + usize::from(same_series),
            self.card.date,
        );
        (Reverse(nearness), self.card.slug.clone())
    }
}

/// The newest other columns that share a value of `field` with the column `here`.
fn sharing(here: Uuid, table: &'static str, field: &'static str, today: Date) -> SelectStatement {
    let key = if table == "column" { "id" } else { "column_id" };
    let values = Query::select().column(field).from(table).and_where(Expr::col(key).eq(here)).take();
    let columns =
        Query::select().column(key).from(table).and_where(Expr::col(field).in_subquery(values)).take();
    Query::select()
        .column(("column", "id"))
        .from("column")
        .and_where(visible(today))
        .and_where(Expr::col(("column", "id")).ne(here))
        .and_where(Expr::col(("column", "id")).in_subquery(columns))
        .order_by(("column", "date"), Order::Desc)
        .order_by(("column", "slug"), Order::Asc)
        .limit(WEIGHED)
        .take()
}

fn common<T: PartialEq>(one: &[T], other: &[T]) -> usize {
    one.iter().filter(|value| other.contains(value)).count()
}
