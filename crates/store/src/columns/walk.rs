//! All columns, a page at a time, each exactly once however much is written meanwhile: a page
//! starts after a place, not after a number of rows.

use std::cmp::Reverse;

use sea_orm::sea_query::{Condition, Expr, ExprTrait, Order, Query};
use weerklank_domain::{ColumnFilter, Date, Slug};

use super::StoredColumn;
use super::row::{ids, stored};
use crate::catalogue::Scope;
use crate::{Store, StoreError};

/// A place in the list of public columns. Opaque to clients of the API: they get it as text and
/// give it back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnCursor {
    date: Date,
    slug: Slug,
}

/// A text that no [`ColumnCursor`] was shown as.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("this cursor was not made here; start without one")]
pub struct CursorError;

impl std::fmt::Display for ColumnCursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}_{}", self.date, self.slug)
    }
}

impl std::str::FromStr for ColumnCursor {
    type Err = CursorError;

    fn from_str(text: &str) -> Result<Self, CursorError> {
        let (date, slug) = text.split_once('_').ok_or(CursorError)?;
        Ok(Self {
            date: date.parse().map_err(|_| CursorError)?,
            slug: slug.parse().map_err(|_| CursorError)?,
        })
    }
}

/// A place in the order of changes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChangePoint {
    pub seq: u64,
    /// The last column seen of that change; none where all of it was.
    pub slug: Option<Slug>,
}

impl ChangePoint {
    /// Everything up to and with this change was seen.
    pub fn after(seq: u64) -> Self {
        Self { seq, slug: None }
    }
}

impl Store {
    /// Columns that readers see on `today` and that meet the filter, newest first, after `cursor`;
    /// with the cursor of the next page, if there is one.
    pub async fn public_columns_after(
        &self,
        cursor: Option<&ColumnCursor>,
        filter: &ColumnFilter,
        limit: u32,
        today: Date,
    ) -> Result<(Vec<StoredColumn>, Option<ColumnCursor>), StoreError> {
        let catalogue = self.catalogue().await?;
        let Some(scope) = Scope::of(&catalogue, filter, today) else {
            return Ok((Vec::new(), None));
        };
        let entries = &catalogue.entries;
        let start = cursor.map_or(0, |cursor| {
            let place = (Reverse(cursor.date), &cursor.slug);
            entries.partition_point(|entry| entry.place() <= place)
        });
        let mut rest = entries[start..].iter().filter(|entry| scope.holds(entry));
        let page: Vec<_> = rest.by_ref().take(limit as usize).collect();
        let next = match (page.last(), rest.next()) {
            (Some(last), Some(_)) => Some(ColumnCursor { date: last.date, slug: last.slug.clone() }),
            _ => None,
        };
        let ids: Vec<_> = page.into_iter().map(|entry| entry.id).collect();
        Ok((stored(&self.snapshot().await?, &ids).await?, next))
    }

    /// Columns in any status that were written after `point`, in the order of the changes; with the
    /// point to go on from. Fewer than `limit` are the last there are.
    pub async fn changed_since(
        &self,
        point: &ChangePoint,
        limit: u32,
    ) -> Result<(Vec<StoredColumn>, ChangePoint), StoreError> {
        let snapshot = self.snapshot().await?;
        let seq = i64::try_from(point.seq).unwrap_or(i64::MAX);
        let change = || Expr::col("changed_seq");
        let mut later = Condition::any().add(change().gt(seq));
        if let Some(slug) = &point.slug {
            later = later.add(Expr::col("slug").gt(slug.as_str()));
        }
        let select = Query::select()
            .column("id")
            .from("column")
            .and_where(change().gte(seq))
            .cond_where(later)
            .order_by("changed_seq", Order::Asc)
            .order_by("slug", Order::Asc)
            .limit(u64::from(limit))
            .take();
        let columns = stored(&snapshot, &ids(&snapshot, &select).await?).await?;
        let next = columns.last().map_or_else(
            || point.clone(),
            |last| ChangePoint { seq: last.changed_seq, slug: Some(last.column.slug.clone()) },
        );
        Ok((columns, next))
    }

    /// Columns in any status by slug, after the given one.
    pub async fn all_columns(
        &self,
        after: Option<&Slug>,
        limit: u32,
    ) -> Result<Vec<StoredColumn>, StoreError> {
        let snapshot = self.snapshot().await?;
        let select = Query::select()
            .column("id")
            .from("column")
            .cond_where(Condition::all().add_option(after.map(|slug| Expr::col("slug").gt(slug.as_str()))))
            .order_by("slug", Order::Asc)
            .limit(u64::from(limit))
            .take();
        stored(&snapshot, &ids(&snapshot, &select).await?).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cursors_survive_a_round_trip() {
        let text = "2026-05-01_een-titel";
        assert_eq!(text.parse::<ColumnCursor>().unwrap().to_string(), text);
        for text in ["", "2026-05-01", "2026-05-01_", "x_een-titel", "2026-05-01_een titel"] {
            assert_eq!(text.parse::<ColumnCursor>(), Err(CursorError), "{text}");
        }
    }
}
