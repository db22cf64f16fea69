//! A page of a list, with the choices beside it.

use weerklank_domain::{Balance, Card, ColumnFilter, Date, Facets, PageNumber, Slug};

use super::facets::{Counts, count};
use super::row::cards;
use super::scope::{Scope, ids, visible};
use crate::{Store, StoreError};
use sea_orm::sea_query::{Expr, ExprTrait, Query};

/// One page of the columns that meet a filter.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListAnswer {
    /// Newest first; of one day, by slug.
    pub cards: Vec<Card>,
    /// Over all pages.
    pub total: u64,
    pub facets: Facets,
    /// Under all chosen facets but the sentiment.
    pub balance: Balance,
}

impl Store {
    /// The columns readers see on `today`. A filter that names an unknown shop, series or author
    /// lists nothing.
    pub async fn list(
        &self,
        filter: &ColumnFilter,
        page: PageNumber,
        per_page: u32,
        today: Date,
    ) -> Result<ListAnswer, StoreError> {
        let snapshot = self.snapshot().await?;
        let Some(scope) = Scope::of(&snapshot, filter, today).await? else {
            return Ok(ListAnswer::default());
        };
        let Counts { total, facets, balance } = count(&snapshot, &scope).await?;
        let offset = page.offset(per_page);
        let cards = if offset < total {
            let select = scope.ids().limit(u64::from(per_page)).offset(offset).take();
            cards(&snapshot, &ids(&snapshot, &select).await?).await?
        } else {
            Vec::new()
        };
        Ok(ListAnswer { cards, total, facets, balance })
    }

    /// The cards of `slugs` in their order, without those that readers do not see on `today`.
    pub async fn cards(&self, slugs: &[Slug], today: Date) -> Result<Vec<Card>, StoreError> {
        let snapshot = self.snapshot().await?;
        let mut found = std::collections::HashMap::with_capacity(slugs.len());
        for chunk in slugs.chunks(super::names::CHUNK) {
            let select = Query::select()
                .column(("column", "id"))
                .from("column")
                .and_where(visible(today))
                .and_where(Expr::col(("column", "slug")).is_in(chunk.iter().map(Slug::as_str)))
                .take();
            let ids = ids(&snapshot, &select).await?;
            for card in cards(&snapshot, &ids).await? {
                found.insert(card.slug.clone(), card);
            }
        }
        Ok(slugs.iter().filter_map(|slug| found.remove(slug)).collect())
    }
}
