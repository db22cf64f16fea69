//! One column.

use sea_orm::sea_query::{Expr, ExprTrait, Query};
use weerklank_domain::Slug;

use super::StoredColumn;
use super::row::{ids, stored};
use crate::{Store, StoreError};

impl Store {
    /// A column in whatever status; whether a reader may see it is for the caller to say
    /// (`Column::is_public`).
    pub async fn column(&self, slug: &Slug) -> Result<Option<StoredColumn>, StoreError> {
        let snapshot = self.snapshot().await?;
        let select =
            Query::select().column("id").from("column").and_where(Expr::col("slug").eq(slug.as_str())).take();
        Ok(stored(&snapshot, &ids(&snapshot, &select).await?).await?.pop())
    }
}
