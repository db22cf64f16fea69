//! A filter, made ready for queries.

use sea_orm::{
    ConnectionTrait,
    sea_query::{Condition, Expr, ExprTrait, Order, Query, SelectStatement},
};
use uuid::Uuid;
use weerklank_domain::{ColumnFilter, Date, Lang, Moment, Named, Sentiment};

use super::names::{Names, by_slug};
use super::row::ALWAYS;
use super::tally::Kind;
use crate::StoreError;

/// What a list is limited to.
#[derive(Debug, Clone)]
pub(super) struct Scope {
    pub sentiment: Option<Sentiment>,
    pub lang: Option<Lang>,
    pub moment: Option<Moment>,
    pub shop: Option<(Uuid, Named)>,
    pub series: Option<(Uuid, Named)>,
    pub author: Option<(Uuid, Named)>,
    pub today: Date,
}

impl Scope {
    /// `None` where the filter names a shop, a series or an author that there is not.
    pub async fn of(
        connection: &impl ConnectionTrait,
        filter: &ColumnFilter,
        today: Date,
    ) -> Result<Option<Self>, StoreError> {
        let mut scope = Self {
            sentiment: filter.sentiment,
            lang: filter.lang,
            moment: filter.moment,
            shop: None,
            series: None,
            author: None,
            today,
        };
        for (names, slug, found) in [
            (Names::Shop, &filter.shop, &mut scope.shop),
            (Names::Series, &filter.series, &mut scope.series),
            (Names::Author, &filter.author, &mut scope.author),
        ] {
            if let Some(slug) = slug {
                *found = by_slug(connection, names, [slug]).await?.remove(slug);
                if found.is_none() {
                    return Ok(None);
                }
            }
        }
        Ok(Some(scope))
    }

    /// The facets that are set and lie in the tally, sentiment and language apart.
    pub fn ties(&self) -> Vec<(Kind, &str)> {
        [
            self.moment.map(|moment| (Kind::Moment, moment.as_str())),
            self.shop.as_ref().map(|(_, named)| (Kind::Shop, named.slug.as_str())),
            self.series.as_ref().map(|(_, named)| (Kind::Series, named.slug.as_str())),
            self.author.as_ref().map(|(_, named)| (Kind::Author, named.slug.as_str())),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// The same without one facet: what its choices are counted in.
    pub fn without(&self, kind: Kind) -> Self {
        let mut scope = self.clone();
        match kind {
            Kind::All => {}
            Kind::Moment => scope.moment = None,
            Kind::Shop => scope.shop = None,
            Kind::Series => scope.series = None,
            Kind::Author => scope.author = None,
        }
        scope
    }

    /// What a row of `column` must meet.
    pub fn condition(&self) -> Condition {
        let tied = |names: Names, found: &Option<(Uuid, Named)>| {
            found.as_ref().map(|(id, _)| match names {
                Names::Series => Expr::col(("column", "series_id")).eq(*id),
                Names::Shop | Names::Author => {
                    Expr::col(("column", "id")).in_subquery(names.columns_of([*id]))
                }
            })
        };
        Condition::all()
            .add(visible(self.today))
            .add_option(self.sentiment.map(|it| Expr::col(("column", "sentiment")).eq(it.as_str())))
            .add_option(self.lang.map(|it| Expr::col(("column", "lang")).eq(it.as_str())))
            .add_option(self.moment.map(|it| {
                let columns = Query::select()
                    .column("column_id")
                    .from("column_moment")
                    .and_where(Expr::col("moment").eq(it.as_str()))
                    .take();
                Expr::col(("column", "id")).in_subquery(columns)
            }))
            .add_option(tied(Names::Shop, &self.shop))
            .add_option(tied(Names::Series, &self.series))
            .add_option(tied(Names::Author, &self.author))
    }

    /// The ids of its columns, newest first; one order on both databases.
    pub fn ids(&self) -> SelectStatement {
        Query::select()
            .column(("column", "id"))
            .from("column")
            .cond_where(self.condition())
            .order_by(("column", "date"), Order::Desc)
            .order_by(("column", "slug"), Order::Asc)
            .take()
    }
}

/// Whether readers see a row of `column` on `today`.
pub(super) fn visible(today: Date) -> Expr {
    Expr::col(("column", "visible_from")).lte(today.as_time())
}

/// Whether a row of `column` was scheduled and its day has come.
pub(super) fn due(today: Date) -> Condition {
    Condition::all().add(Expr::col(("column", "visible_from")).gt(ALWAYS)).add(visible(today))
}

/// Runs a query for ids.
pub(super) async fn ids(
    connection: &impl ConnectionTrait,
    select: &SelectStatement,
) -> Result<Vec<Uuid>, StoreError> {
    let rows = connection.query_all(select).await?;
    Ok(rows.iter().map(|row| row.try_get("", "id")).collect::<Result<_, _>>()?)
}
