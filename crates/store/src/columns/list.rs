//! A page of a list, with the choices beside it.

use std::collections::HashMap;

use sea_orm::sea_query::{Expr, ExprTrait, Query};
use weerklank_domain::{Balance, Card, ColumnFilter, Date, Facets, PageNumber, Slug};

use super::names::CHUNK;
use super::row::{cards, ids, visible};
use crate::catalogue::{Counts, Scope};
use crate::{Store, StoreError};

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
        let catalogue = self.catalogue().await?;
        let Some(scope) = Scope::of(&catalogue, filter, today) else {
            return Ok(ListAnswer::default());
        };
        let Counts { ids, total, facets, balance } =
            catalogue.count(&scope, page.offset(per_page), per_page as usize);
        let cards = cards(&self.snapshot().await?, &ids).await?;
        Ok(ListAnswer { cards, total, facets, balance })
    }

    /// The cards of `slugs` in their order, without those that readers do not see on `today`.
    pub async fn cards(&self, slugs: &[Slug], today: Date) -> Result<Vec<Card>, StoreError> {
        let snapshot = self.snapshot().await?;
        let mut found = HashMap::with_capacity(slugs.len());
        for chunk in slugs.chunks(CHUNK) {
            let select = Query::select()
                .column("id")
                .from("column")
                .and_where(visible(today))
                .and_where(Expr::col("slug").is_in(chunk.iter().map(Slug::as_str)))
                .take();
            let ids = ids(&snapshot, &select).await?;
            for card in cards(&snapshot, &ids).await? {
                found.insert(card.slug.clone(), card);
            }
        }
        Ok(slugs.iter().filter_map(|slug| found.remove(slug)).collect())
    }
}
