//! Between rows and the domain's types. Whatever the number of columns, it takes the same number
//! of queries.

use std::collections::HashMap;

use sea_orm::{
    ColumnTrait, ConnectionTrait, DerivePartialModel, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait, Order, Query, SelectStatement},
};
use time::OffsetDateTime;
use uuid::Uuid;
use weerklank_domain::{
    Card, CardSeries, Column, Date, FirstPublished, Guest, Image, Moment, Named, SeriesPart, Status,
};

use super::names::{CHUNK, Names, named};
use super::{Derived, StoredColumn};
use crate::StoreError;
use crate::entity::column::{self, Entity, Model};

/// The day from which published columns are seen: before any that a column can be dated.
pub(crate) const ALWAYS: time::Date = match time::Date::from_calendar_date(1899, time::Month::December, 31) {
    Ok(day) => day,
    Err(_) => panic!("every December has 31 days"),
};

/// A value of the database that this program could not have written.
pub(crate) fn corrupt(error: impl std::fmt::Display) -> StoreError {
    StoreError::Corrupt(error.to_string())
}

/// What of a row a card needs: not the text.
#[derive(Debug, DerivePartialModel)]
#[sea_orm(entity = "Entity")]
pub(super) struct CardRow {
    id: Uuid,
    slug: String,
    title: String,
    summary: Option<String>,
    excerpt: String,
    date: time::Date,
    lang: String,
    sentiment: String,
    series_id: Option<Uuid>,
    series_number: Option<i64>,
    reading_minutes: i64,
    image_src: Option<String>,
    image_alt: Option<String>,
    image_credit: Option<String>,
}

impl From<&Model> for CardRow {
    fn from(row: &Model) -> Self {
        Self {
            id: row.id,
            slug: row.slug.clone(),
            title: row.title.clone(),
            summary: row.summary.clone(),
            excerpt: row.excerpt.clone(),
            date: row.date,
            lang: row.lang.clone(),
            sentiment: row.sentiment.clone(),
            series_id: row.series_id,
            series_number: row.series_number,
            reading_minutes: row.reading_minutes,
            image_src: row.image_src.clone(),
            image_alt: row.image_alt.clone(),
            image_credit: row.image_credit.clone(),
        }
    }
}

/// The cards of columns, in the order of `ids`; those that are not there are left out.
pub(super) async fn cards(connection: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<Card>, StoreError> {
    let mut found = HashMap::with_capacity(ids.len());
    for chunk in ids.chunks(CHUNK) {
        let rows = Entity::find()
            .filter(column::Column::Id.is_in(chunk.iter().copied()))
            .into_partial_model::<CardRow>()
            .all(connection)
            .await?;
        for (row, card) in dress(connection, rows).await? {
            found.insert(row.id, card);
        }
    }
    Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
}

/// Columns whole, in the order of `ids`; those that are not there are left out.
pub(super) async fn stored(
    connection: &impl ConnectionTrait,
    ids: &[Uuid],
) -> Result<Vec<StoredColumn>, StoreError> {
    let mut found = HashMap::with_capacity(ids.len());
    for chunk in ids.chunks(CHUNK) {
        let rows =
            Entity::find().filter(column::Column::Id.is_in(chunk.iter().copied())).all(connection).await?;
        let cards = dress(connection, rows.iter().map(CardRow::from).collect()).await?;
        let mut tags = tags(connection, chunk).await?;
        for (row, (_, card)) in rows.into_iter().zip(cards) {
            let id = row.id;
            found.insert(id, whole(row, card, tags.remove(&id).unwrap_or_default())?);
        }
    }
    Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
}

/// Makes a card of each row, in their order.
async fn dress(
    connection: &impl ConnectionTrait,
    rows: Vec<CardRow>,
) -> Result<Vec<(CardRow, Card)>, StoreError> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let mut shops = joined(connection, Names::Shop, &ids).await?;
    let mut authors = joined(connection, Names::Author, &ids).await?;
    let mut moments = moments(connection, &ids).await?;
    let series = series(connection, rows.iter().filter_map(|row| row.series_id).collect()).await?;
    rows.into_iter()
        .map(|row| {
            let card = Card {
                slug: row.slug.parse().map_err(corrupt)?,
                title: row.title.clone(),
                summary: row.summary.clone().unwrap_or_else(|| row.excerpt.clone()),
                date: row.date.try_into().map_err(corrupt)?,
                lang: row.lang.parse().map_err(corrupt)?,
                sentiment: row.sentiment.parse().map_err(corrupt)?,
                moments: moments.remove(&row.id).unwrap_or_default(),
                shops: shops.remove(&row.id).unwrap_or_default(),
                authors: authors.remove(&row.id).unwrap_or_default(),
                series: match (row.series_id.and_then(|id| series.get(&id)), row.series_number) {
                    (Some(series), Some(number)) => {
                        Some(CardSeries { series: series.clone(), number: small(number)? })
                    }
                    _ => None,
                },
                reading_minutes: small(row.reading_minutes)?,
                image: image(row.image_src.clone(), row.image_alt.clone(), row.image_credit.clone()),
            };
            Ok((row, card))
        })
        .collect()
}

fn whole(row: Model, card: Card, tags: Vec<String>) -> Result<StoredColumn, StoreError> {
    let date = |date: Option<time::Date>| date.map(Date::try_from).transpose().map_err(corrupt);
    let column = Column {
        slug: card.slug.clone(),
        title: row.title,
        date: card.date,
        updated: date(row.updated)?,
        authors: card.authors.iter().map(|author| author.name.clone()).collect(),
        lang: card.lang,
        sentiment: card.sentiment,
        moments: card.moments.clone(),
        shops: card.shops.iter().map(|shop| shop.name.clone()).collect(),
        series: card
            .series
            .as_ref()
            .map(|part| SeriesPart { name: part.series.name.clone(), number: part.number }),
        guest: row.guest_name.map(|name| Guest {
            name,
            role: row.guest_role,
            organisation: row.guest_organisation,
        }),
        first_published: match row.first_medium {
            Some(medium) => Some(FirstPublished {
                medium,
                issue: row.first_issue,
                date: date(row.first_date)?,
                url: row.first_url,
            }),
            None => None,
        },
        summary: row.summary,
        tags,
        image: card.image.clone(),
        source: row.source.parse().map_err(corrupt)?,
        comments: row.comments.parse().map_err(corrupt)?,
        status: row.status.parse().map_err(corrupt)?,
        incomplete: row.incomplete,
        body: row.body,
    };
    Ok(StoredColumn {
        id: row.id,
        column,
        card,
        words: small(row.words)?,
        changed_seq: row.changed_seq.unsigned_abs(),
        created_at: row.created_at,
        changed_at: row.changed_at,
    })
}

/// What an import puts into the row itself.
pub(super) struct NewRow<'a> {
    pub id: Uuid,
    pub column: &'a Column,
    pub derived: &'a Derived,
    pub series_id: Option<Uuid>,
    pub content_hash: [u8; 32],
    pub changed_seq: i64,
    pub created_at: OffsetDateTime,
    pub changed_at: OffsetDateTime,
}

impl From<NewRow<'_>> for Model {
    fn from(new: NewRow<'_>) -> Self {
        let Column { guest, first_published: first, image, .. } = new.column;
        Self {
            id: new.id,
            slug: new.column.slug.to_string(),
            title: new.column.title.clone(),
            date: new.column.date.as_time(),
            updated: new.column.updated.map(Date::as_time),
            lang: new.column.lang.to_string(),
            sentiment: new.column.sentiment.to_string(),
            source: new.column.source.to_string(),
            comments: new.column.comments.to_string(),
            status: new.column.status.to_string(),
            incomplete: new.column.incomplete,
            summary: new.column.summary.clone(),
            guest_name: guest.as_ref().map(|guest| guest.name.clone()),
            guest_role: guest.as_ref().and_then(|guest| guest.role.clone()),
            guest_organisation: guest.as_ref().and_then(|guest| guest.organisation.clone()),
            first_medium: first.as_ref().map(|first| first.medium.clone()),
            first_issue: first.as_ref().and_then(|first| first.issue.clone()),
            first_date: first.as_ref().and_then(|first| first.date).map(Date::as_time),
            first_url: first.as_ref().and_then(|first| first.url.clone()),
            image_src: image.as_ref().map(|image| image.src.clone()),
            image_alt: image.as_ref().map(|image| image.alt.clone()),
            image_credit: image.as_ref().and_then(|image| image.credit.clone()),
            series_id: new.series_id,
            series_number: new.column.series.as_ref().map(|part| i64::from(part.number)),
            visible_from: match new.column.status {
                Status::Published => Some(ALWAYS),
                Status::Scheduled => Some(new.column.date.as_time()),
                Status::Draft | Status::Withdrawn => None,
            },
            words: i64::from(new.derived.words),
            reading_minutes: i64::from(new.derived.reading_minutes),
            excerpt: new.derived.excerpt.clone(),
            content_hash: new.content_hash.to_vec(),
            off_since: None,
            changed_seq: new.changed_seq,
            created_at: new.created_at,
            changed_at: new.changed_at,
            body: new.column.body.clone(),
        }
    }
}

fn image(src: Option<String>, alt: Option<String>, credit: Option<String>) -> Option<Image> {
    src.map(|src| Image { src, alt: alt.unwrap_or_default(), credit })
}

fn small(number: i64) -> Result<u32, StoreError> {
    u32::try_from(number).map_err(corrupt)
}

/// The shops or authors of columns, each column's in its own order.
async fn joined(
    connection: &impl ConnectionTrait,
    names: Names,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, Vec<Named>>, StoreError> {
    let (join, key) = names.join();
    let select = Query::select()
        .column((join, "column_id"))
        .columns([(names.table(), "slug"), (names.table(), "name")])
        .from(join)
        .inner_join(names.table(), Expr::col((names.table(), "id")).equals((join, key)))
        .and_where(Expr::col((join, "column_id")).is_in(ids.iter().copied()))
        .order_by((join, "position"), Order::Asc)
        .take();
    grouped(connection, &select, named).await
}

async fn moments(
    connection: &impl ConnectionTrait,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, Vec<Moment>>, StoreError> {
    let select = of_columns("column_moment", "moment", ids);
    grouped(connection, &select, |row| row.try_get::<String>("", "moment")?.parse().map_err(corrupt)).await
}

async fn tags(
    connection: &impl ConnectionTrait,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, Vec<String>>, StoreError> {
    grouped(connection, &of_columns("column_tag", "tag", ids), |row| Ok(row.try_get("", "tag")?)).await
}

fn of_columns(table: &'static str, field: &'static str, ids: &[Uuid]) -> SelectStatement {
    Query::select()
        .columns(["column_id", field])
        .from(table)
        .and_where(Expr::col("column_id").is_in(ids.iter().copied()))
        .order_by("position", Order::Asc)
        .take()
}

async fn grouped<T>(
    connection: &impl ConnectionTrait,
    select: &SelectStatement,
    read: impl Fn(&sea_orm::QueryResult) -> Result<T, StoreError>,
) -> Result<HashMap<Uuid, Vec<T>>, StoreError> {
    let mut groups: HashMap<Uuid, Vec<T>> = HashMap::new();
    for row in connection.query_all(select).await? {
        groups.entry(row.try_get("", "column_id")?).or_default().push(read(&row)?);
    }
    Ok(groups)
}

async fn series(
    connection: &impl ConnectionTrait,
    mut ids: Vec<Uuid>,
) -> Result<HashMap<Uuid, Named>, StoreError> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    ids.sort_unstable();
    ids.dedup();
    let select = Query::select()
        .columns(["id", "slug", "name"])
        .from(Names::Series.table())
        .and_where(Expr::col("id").is_in(ids))
        .take();
    let rows = connection.query_all(&select).await?;
    rows.iter().map(|row| Ok((row.try_get("", "id")?, named(row)?))).collect()
}

/// Runs a query for ids.
pub(super) async fn ids(
    connection: &impl ConnectionTrait,
    select: &SelectStatement,
) -> Result<Vec<Uuid>, StoreError> {
    let rows = connection.query_all(select).await?;
    Ok(rows.iter().map(|row| row.try_get("", "id")).collect::<Result<_, _>>()?)
}

/// Whether readers see a row of `column` on `today`.
pub(super) fn visible(today: Date) -> Expr {
    Expr::col(("column", "visible_from")).lte(today.as_time())
}
