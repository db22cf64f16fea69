//! The list of shops.

use std::collections::BTreeMap;

use sea_orm::{
    ConnectionTrait, ExprTrait,
    sea_query::{Asterisk, Expr, Func, Query},
};
use weerklank_domain::{Balance, Date, PageNumber, Sentiment, ShopLine, Slug};

use super::names::{Names, by_slug};
use super::row::corrupt;
use super::scope::due;
use crate::{Store, StoreError};

impl Store {
    /// A page of the shops that a visible column is about, and how many there are. They stand by
    /// slug, which is their name with accents and case folded.
    pub async fn shops(
        &self,
        page: PageNumber,
        per_page: u32,
        today: Date,
    ) -> Result<(Vec<ShopLine>, u64), StoreError> {
        let snapshot = self.snapshot().await?;
        let tallied = Query::select()
            .columns(["value", "sentiment"])
            .expr_as(Expr::col("columns").sum().cast_as("bigint"), "count")
            .from("tally")
            .and_where(Expr::col("kind").eq("shop"))
            .group_by_columns(["value", "sentiment"])
            .take();
        let scheduled = Query::select()
            .expr_as(Expr::col(("shop", "slug")), "value")
            .column(("column", "sentiment"))
            .expr_as(Func::count(Expr::col(Asterisk)), "count")
            .from("column")
            .inner_join("column_shop", Expr::col(("column_shop", "column_id")).equals(("column", "id")))
            .inner_join("shop", Expr::col(("shop", "id")).equals(("column_shop", "shop_id")))
            .cond_where(due(today))
            .group_by_columns([("shop", "slug"), ("column", "sentiment")])
            .take();
        let mut balances: BTreeMap<Slug, Balance> = BTreeMap::new();
        for select in [tallied, scheduled] {
            for row in snapshot.query_all(&select).await? {
                let slug: String = row.try_get("", "value")?;
                let sentiment: String = row.try_get("", "sentiment")?;
                let balance = balances.entry(slug.parse().map_err(corrupt)?).or_default();
                let count = match sentiment.parse().map_err(corrupt)? {
                    Sentiment::Positive => &mut balance.positive,
                    Sentiment::Negative => &mut balance.negative,
                    Sentiment::Mixed => &mut balance.mixed,
                };
                *count += row.try_get::<i64>("", "count")?.unsigned_abs();
            }
        }
        let total = balances.len() as u64;
        let offset = usize::try_from(page.offset(per_page)).unwrap_or(usize::MAX);
        let page: Vec<(Slug, Balance)> = balances.into_iter().skip(offset).take(per_page as usize).collect();
        let mut names = by_slug(&snapshot, Names::Shop, page.iter().map(|(slug, _)| slug)).await?;
        let lines = page
            .into_iter()
            .filter_map(|(slug, balance)| Some(ShopLine { shop: names.remove(&slug)?.1, balance }))
            .collect();
        Ok((lines, total))
    }
}
