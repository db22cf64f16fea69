//! Shops, authors and series: things that are known by name and found by slug.

use std::collections::{BTreeMap, HashMap};

use sea_orm::{
    ConnectionTrait, DatabaseTransaction, QueryResult,
    sea_query::{Expr, ExprTrait, Order, Query, SelectStatement},
};
use time::OffsetDateTime;
use uuid::Uuid;
use weerklank_domain::{Named, Slug};

use super::row::corrupt;
use crate::{IdSource, Store, StoreError};

/// How many values one statement takes; well below SQLite's 32,766 and PostgreSQL's 65,535.
pub(super) const CHUNK: usize = 500;

/// A table of names and how columns refer to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Names {
    Shop,
    Author,
    Series,
}

impl Names {
    pub fn table(self) -> &'static str {
        match self {
            Self::Shop => "shop",
            Self::Author => "author",
            Self::Series => "series",
        }
    }

    /// The table and the field that tie columns to it; a series is a field of the column itself.
    pub fn join(self) -> (&'static str, &'static str) {
        match self {
            Self::Shop => ("column_shop", "shop_id"),
            Self::Author => ("column_author", "author_id"),
            Self::Series => ("column", "series_id"),
        }
    }

    /// The ids of the columns that refer to one of `ids`.
    pub fn columns_of(self, ids: impl IntoIterator<Item = Uuid>) -> SelectStatement {
        let (join, key) = self.join();
        let column = if self == Self::Series { "id" } else { "column_id" };
        Query::select().column(column).from(join).and_where(Expr::col(key).is_in(ids)).take()
    }
}

/// Reads `slug` and `name` of a row.
pub(crate) fn named(row: &QueryResult) -> Result<Named, StoreError> {
    let slug: String = row.try_get("", "slug")?;
    Ok(Named { slug: slug.parse().map_err(corrupt)?, name: row.try_get("", "name")? })
}

/// Those of `slugs` that are known.
pub(super) async fn by_slug(
    connection: &impl ConnectionTrait,
    names: Names,
    slugs: impl IntoIterator<Item = &Slug>,
) -> Result<HashMap<Slug, (Uuid, Named)>, StoreError> {
    let slugs: Vec<&str> = slugs.into_iter().map(Slug::as_str).collect();
    let mut found = HashMap::with_capacity(slugs.len());
    for chunk in slugs.chunks(CHUNK) {
        let select = Query::select()
            .columns(["id", "slug", "name"])
            .from(names.table())
            .and_where(Expr::col("slug").is_in(chunk.iter().copied()))
            .take();
        for row in connection.query_all(&select).await? {
            let one = named(&row)?;
            found.insert(one.slug.clone(), (row.try_get("", "id")?, one));
        }
    }
    Ok(found)
}

/// What became of the names that an import brought.
#[derive(Debug, Default)]
pub(super) struct Known {
    pub ids: HashMap<Slug, Uuid>,
    /// Those that are spelled otherwise now.
    pub renamed: Vec<Uuid>,
}

impl Known {
    /// The ids of some of the names, in their order.
    pub fn of(&self, names: &[(Slug, String)]) -> impl Iterator<Item = Uuid> {
        names.iter().filter_map(|(slug, _)| self.ids.get(slug)).copied()
    }
}

/// Finds or makes each name. The last spelling wins, since a correction comes later; but a name that
/// is no more than its own slug only refers to one, and never takes the place of a spelling.
pub(super) async fn know(
    transaction: &DatabaseTransaction,
    names: Names,
    wanted: &[&(Slug, String)],
    ids: &dyn IdSource,
    now: OffsetDateTime,
) -> Result<Known, StoreError> {
    // Sorted: writers of the same names never wait for one another in a circle.
    let mut spelled: BTreeMap<&Slug, &str> = BTreeMap::new();
    for (slug, name) in wanted {
        let kept = spelled.entry(slug).or_insert(name);
        if name != slug.as_str() {
            *kept = name;
        }
    }
    let found = by_slug(transaction, names, spelled.keys().copied()).await?;
    let mut known = Known::default();
    let mut missing = Vec::new();
    for (slug, name) in spelled {
        if let Some((id, kept)) = found.get(slug) {
            if kept.name != name && name != slug.as_str() {
                let update = Query::update()
                    .table(names.table())
                    .value("name", name)
                    .and_where(Expr::col("id").eq(*id))
                    .take();
                transaction.execute(&update).await?;
                known.renamed.push(*id);
            }
            known.ids.insert(slug.clone(), *id);
        } else {
            let id = ids.next(now);
            missing.push((id, slug.as_str(), name));
            known.ids.insert(slug.clone(), id);
        }
    }
    for chunk in missing.chunks(CHUNK) {
        let mut insert = Query::insert().into_table(names.table()).columns(["id", "slug", "name"]).take();
        for (id, slug, name) in chunk {
            insert.values_panic([(*id).into(), (*slug).into(), (*name).into()]);
        }
        transaction.execute(&insert).await?;
    }
    Ok(known)
}

/// Every name that the board knows, by slug.
#[derive(Debug, Default)]
pub struct KnownNames {
    pub authors: Vec<Named>,
    pub shops: Vec<Named>,
    pub series: Vec<Named>,
}

impl Store {
    /// The names of all authors, shops and series, whether a column is left that shows them or not.
    pub async fn known_names(&self) -> Result<KnownNames, StoreError> {
        let snapshot = self.snapshot().await?;
        let mut known = KnownNames::default();
        for (names, list) in [
            (Names::Author, &mut known.authors),
            (Names::Shop, &mut known.shops),
            (Names::Series, &mut known.series),
        ] {
            let select = Query::select()
                .columns(["slug", "name"])
                .from(names.table())
                .order_by("slug", Order::Asc)
                .take();
            *list = snapshot.query_all(&select).await?.iter().map(named).collect::<Result<_, _>>()?;
        }
        Ok(known)
    }

    /// A shop, whatever is written about it.
    pub async fn shop(&self, slug: &Slug) -> Result<Option<Named>, StoreError> {
        one(&self.reader, Names::Shop, slug).await
    }

    /// An author, whatever is written by them.
    pub async fn author(&self, slug: &Slug) -> Result<Option<Named>, StoreError> {
        one(&self.reader, Names::Author, slug).await
    }
}

async fn one(
    connection: &impl ConnectionTrait,
    names: Names,
    slug: &Slug,
) -> Result<Option<Named>, StoreError> {
    Ok(by_slug(connection, names, [slug]).await?.remove(slug).map(|(_, named)| named))
}
