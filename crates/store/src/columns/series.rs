//! Numbered columns.

use sea_orm::{
    ConnectionTrait, DatabaseTransaction, ExprTrait,
    sea_query::{Asterisk, Condition, Expr, Func, Order, Query, SelectStatement},
};
use uuid::Uuid;
use weerklank_domain::{Card, Date, Named, Neighbour, SeriesPosition, Slug};

use super::names::{Names, by_slug, named};
use super::row::{cards, corrupt, ids, visible};
use crate::{Store, StoreError};

impl Store {
    /// A series with its parts by number, as readers see them on `today`; `None` where they see none.
    pub async fn series(&self, slug: &Slug, today: Date) -> Result<Option<(Named, Vec<Card>)>, StoreError> {
        let snapshot = self.snapshot().await?;
        let Some((id, series)) = by_slug(&snapshot, Names::Series, [slug]).await?.remove(slug) else {
            return Ok(None);
        };
        let select = in_order(parts(id, today).column(("column", "id")).take(), Order::Asc);
        let parts = cards(&snapshot, &ids(&snapshot, &select).await?).await?;
        Ok((!parts.is_empty()).then_some((series, parts)))
    }

    /// Where a column stands among the parts that readers see on `today`; `None` where it is in no
    /// series. The column itself may be one they do not see (a preview).
    pub async fn series_position(
        &self,
        slug: &Slug,
        today: Date,
    ) -> Result<Option<SeriesPosition>, StoreError> {
        let snapshot = self.snapshot().await?;
        let select = Query::select()
            .column(("column", "series_number"))
            .columns([("series", "id"), ("series", "slug"), ("series", "name")])
            .from("column")
            .inner_join("series", Expr::col(("series", "id")).equals(("column", "series_id")))
            .and_where(Expr::col(("column", "slug")).eq(slug.as_str()))
            .take();
        let Some(row) = snapshot.query_one(&select).await? else {
            return Ok(None);
        };
        let series: Uuid = row.try_get("", "id")?;
        let number: i64 = row.try_get("", "series_number")?;
        let count = parts(series, today).expr_as(Func::count(Expr::col(Asterisk)), "count").take();
        let count = snapshot.query_one(&count).await?;
        let count: i64 = count.map(|row| row.try_get("", "count")).transpose()?.unwrap_or(0);
        let here = Place { series, number, slug, today };
        Ok(Some(SeriesPosition {
            series: named(&row)?,
            number: u32::try_from(number).map_err(corrupt)?,
            parts: u32::try_from(count).map_err(corrupt)?,
            previous: here.neighbour(&snapshot, Order::Desc).await?,
            next: here.neighbour(&snapshot, Order::Asc).await?,
        }))
    }
}

/// A place in a series. Parts of one number stand by slug.
struct Place<'a> {
    series: Uuid,
    number: i64,
    slug: &'a Slug,
    today: Date,
}

impl Place<'_> {
    /// The nearest part after this place in the given direction.
    async fn neighbour(
        &self,
        connection: &DatabaseTransaction,
        direction: Order,
    ) -> Result<Option<Neighbour>, StoreError> {
        let number = || Expr::col(("column", "series_number"));
        let slug = Expr::col(("column", "slug"));
        let (beyond, beside) = match direction {
            Order::Desc => (number().lt(self.number), slug.lt(self.slug.as_str())),
            _ => (number().gt(self.number), slug.gt(self.slug.as_str())),
        };
        let select = parts(self.series, self.today)
            .columns([("column", "slug"), ("column", "title"), ("column", "series_number")])
            .cond_where(
                Condition::any().add(beyond).add(Condition::all().add(number().eq(self.number)).add(beside)),
            )
            .limit(1)
            .take();
        let row = connection.query_one(&in_order(select, direction)).await?;
        row.map(|row| {
            Ok(Neighbour {
                slug: row.try_get::<String>("", "slug")?.parse().map_err(corrupt)?,
                title: row.try_get("", "title")?,
                number: u32::try_from(row.try_get::<i64>("", "series_number")?).map_err(corrupt)?,
            })
        })
        .transpose()
    }
}

fn parts(series: Uuid, today: Date) -> SelectStatement {
    Query::select()
        .from("column")
        .and_where(Expr::col(("column", "series_id")).eq(series))
        .and_where(visible(today))
        .take()
}

fn in_order(mut select: SelectStatement, direction: Order) -> SelectStatement {
    select
        .order_by(("column", "series_number"), direction.clone())
        .order_by(("column", "slug"), direction)
        .take()
}
