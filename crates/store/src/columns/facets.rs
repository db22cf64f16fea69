//! Counts the choices that a list offers.
//!
//! Published columns are counted in the tally wherever at most one of moment, shop, series and
//! author limits the count; else in the rows, which the limits have then made few. Scheduled
//! columns whose day has come are always counted in the rows and added.

use std::collections::HashMap;

use sea_orm::{
    ConnectionTrait, ExprTrait,
    sea_query::{Asterisk, Condition, Expr, Func, Order, Query, SelectStatement},
};
use uuid::Uuid;
use weerklank_domain::{Balance, FacetCount, Facets, Lang, Moment, Named, Sentiment};

use super::names::{Names, named};
use super::row::corrupt;
use super::scope::{Scope, due};
use super::tally::Kind;
use crate::StoreError;

/// How many shops and series are offered.
const OFFERED: u32 = 20;

/// The numbers beside a list.
#[derive(Debug, Default)]
pub(super) struct Counts {
    pub total: u64,
    pub facets: Facets,
    pub balance: Balance,
}

pub(super) async fn count(connection: &impl ConnectionTrait, scope: &Scope) -> Result<Counts, StoreError> {
    let due = any_due(connection, scope).await?;
    let counter = Counter { connection, scope, due };
    let tones = counter.tones().await?;
    let sum = |wanted: &dyn Fn(Sentiment, Lang) -> bool| -> u64 {
        tones.iter().filter(|((sentiment, lang), _)| wanted(*sentiment, *lang)).map(|(_, count)| count).sum()
    };
    let meets_lang = |lang| scope.lang.is_none_or(|chosen| chosen == lang);
    let meets_sentiment = |sentiment| scope.sentiment.is_none_or(|chosen| chosen == sentiment);
    let of = |one| sum(&|sentiment, lang| sentiment == one && meets_lang(lang));
    let total = sum(&|sentiment, lang| meets_sentiment(sentiment) && meets_lang(lang));
    let facets = Facets {
        sentiments: offered(Sentiment::ALL, scope.sentiment, of),
        moments: {
            let counts: HashMap<String, u64> = counter.values(Kind::Moment).await?.into_iter().collect();
            offered(Moment::ALL, scope.moment, |one| counts.get(one.as_str()).copied().unwrap_or(0))
        },
        langs: offered(Lang::ALL, scope.lang, |one| {
            sum(&|sentiment, lang| lang == one && meets_sentiment(sentiment))
        }),
        shops: counter.named(Kind::Shop, Names::Shop, scope.shop.as_ref(), total).await?,
        series: counter.named(Kind::Series, Names::Series, scope.series.as_ref(), total).await?,
    };
    let balance = Balance {
        positive: of(Sentiment::Positive),
        negative: of(Sentiment::Negative),
        mixed: of(Sentiment::Mixed),
    };
    Ok(Counts { total, facets, balance })
}

/// Choices that would leave something, and the chosen one.
fn offered<T: Copy + PartialEq>(
    all: &[T],
    chosen: Option<T>,
    count: impl Fn(T) -> u64,
) -> Vec<FacetCount<T>> {
    all.iter()
        .map(|value| FacetCount { value: *value, count: count(*value) })
        .filter(|choice| choice.count > 0 || chosen == Some(choice.value))
        .collect()
}

/// Whether scheduled columns have become visible.
pub(super) async fn any_due(connection: &impl ConnectionTrait, scope: &Scope) -> Result<bool, StoreError> {
    let select =
        Query::select().column(("column", "id")).from("column").cond_where(due(scope.today)).limit(1).take();
    Ok(connection.query_one(&select).await?.is_some())
}

struct Counter<'a, C> {
    connection: &'a C,
    scope: &'a Scope,
    due: bool,
}

impl<C: ConnectionTrait> Counter<'_, C> {
    /// By sentiment and language, whichever of them are chosen.
    async fn tones(&self) -> Result<HashMap<(Sentiment, Lang), u64>, StoreError> {
        let scope = Scope { sentiment: None, lang: None, ..self.scope.clone() };
        let ties = scope.ties();
        let mut selects = Vec::new();
        if ties.len() <= 1 {
            let (kind, value) = ties.first().copied().unwrap_or((Kind::All, ""));
            selects.push(
                Query::select()
                    .columns(["sentiment", "lang"])
                    .expr_as(Expr::col("columns"), "count")
                    .from("tally")
                    .and_where(Expr::col("kind").eq(kind.as_str()))
                    .and_where(Expr::col("value").eq(value))
                    .take(),
            );
        }
        selects.extend(self.rows(&scope, ties.len() <= 1).map(|mut select| {
            select
                .columns([("column", "sentiment"), ("column", "lang")])
                .group_by_columns([("column", "sentiment"), ("column", "lang")])
                .take()
        }));
        let mut counts = HashMap::new();
        for select in selects {
            for row in self.connection.query_all(&select).await? {
                let sentiment: String = row.try_get("", "sentiment")?;
                let lang: String = row.try_get("", "lang")?;
                let key = (sentiment.parse().map_err(corrupt)?, lang.parse().map_err(corrupt)?);
                *counts.entry(key).or_default() += counted(&row)?;
            }
        }
        Ok(counts)
    }

    /// By moment, or by the slug of a shop or series: most first, then by slug. At least the first
    /// [`OFFERED`].
    async fn values(&self, kind: Kind) -> Result<Vec<(String, u64)>, StoreError> {
        let scope = self.scope.without(kind);
        let tallied = scope.ties().is_empty();
        let limit = if kind == Kind::Moment || (tallied && self.due) { u64::MAX } else { u64::from(OFFERED) };
        let mut selects = Vec::new();
        if tallied {
            let sum = Expr::col("columns").sum().cast_as("bigint");
            let condition = Condition::all()
                .add(Expr::col("kind").eq(kind.as_str()))
                .add_option(scope.sentiment.map(|it| Expr::col("sentiment").eq(it.as_str())))
                .add_option(scope.lang.map(|it| Expr::col("lang").eq(it.as_str())));
            selects.push(
                Query::select()
                    .column("value")
                    .expr_as(sum, "count")
                    .from("tally")
                    .cond_where(condition)
                    .group_by_col("value")
                    .take(),
            );
        }
        selects.extend(self.rows(&scope, tallied).map(|select| by_value(select, kind)));
        let mut counts: HashMap<String, u64> = HashMap::new();
        for mut select in selects {
            select.order_by("count", Order::Desc).order_by("value", Order::Asc);
            if limit != u64::MAX {
                select.limit(limit);
            }
            for row in self.connection.query_all(&select).await? {
                *counts.entry(row.try_get("", "value")?).or_default() += counted(&row)?;
            }
        }
        let mut counts: Vec<_> = counts.into_iter().collect();
        counts.sort_unstable_by(|(a, n), (b, m)| m.cmp(n).then_with(|| a.cmp(b)));
        Ok(counts)
    }

    /// The shops or series with most columns, and the chosen one, which leaves what is listed.
    async fn named(
        &self,
        kind: Kind,
        names: Names,
        chosen: Option<&(Uuid, Named)>,
        total: u64,
    ) -> Result<Vec<FacetCount<Named>>, StoreError> {
        let mut counts = self.values(kind).await?;
        counts.truncate(OFFERED as usize);
        let select = Query::select()
            .columns(["slug", "name"])
            .from(names.table())
            .and_where(Expr::col("slug").is_in(counts.iter().map(|(slug, _)| slug)))
            .take();
        let mut known = HashMap::new();
        for row in self.connection.query_all(&select).await? {
            let found = named(&row)?;
            known.insert(found.slug.to_string(), found);
        }
        let mut choices: Vec<FacetCount<Named>> = counts
            .into_iter()
            .filter_map(|(slug, count)| Some(FacetCount { value: known.remove(&slug)?, count }))
            .collect();
        if let Some((_, chosen)) = chosen
            && !choices.iter().any(|choice| choice.value == *chosen)
        {
            choices.push(FacetCount { value: chosen.clone(), count: total });
        }
        Ok(choices)
    }

    /// A count over the rows of `column`: those the tally does not hold, or all.
    fn rows(&self, scope: &Scope, tallied: bool) -> Option<SelectStatement> {
        let condition = match (tallied, self.due) {
            (true, false) => return None,
            (true, true) => due(scope.today).add(scope.condition()),
            (false, _) => scope.condition(),
        };
        Some(
            Query::select()
                .expr_as(Func::count(Expr::col(Asterisk)), "count")
                .from("column")
                .cond_where(condition)
                .take(),
        )
    }
}

fn by_value(mut select: SelectStatement, kind: Kind) -> SelectStatement {
    let id = ("column", "id");
    match kind {
        Kind::Moment => select
            .inner_join("column_moment", Expr::col(("column_moment", "column_id")).equals(id))
            .expr_as(Expr::col(("column_moment", "moment")), "value")
            .group_by_col(("column_moment", "moment")),
        Kind::Series => select
            .inner_join("series", Expr::col(("series", "id")).equals(("column", "series_id")))
            .expr_as(Expr::col(("series", "slug")), "value")
            .group_by_col(("series", "slug")),
        Kind::All | Kind::Shop | Kind::Author => select
            .inner_join("column_shop", Expr::col(("column_shop", "column_id")).equals(id))
            .inner_join("shop", Expr::col(("shop", "id")).equals(("column_shop", "shop_id")))
            .expr_as(Expr::col(("shop", "slug")), "value")
            .group_by_col(("shop", "slug")),
    }
    .take()
}

fn counted(row: &sea_orm::QueryResult) -> Result<u64, StoreError> {
    Ok(row.try_get::<i64>("", "count")?.unsigned_abs())
}
