//! The organisations that ask.

use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use time::OffsetDateTime;
use uuid::Uuid;
use weerklank_domain::{Named, Slug};

use crate::columns::corrupt;
use crate::entity::shop;
use crate::store::next_change;
use crate::{Store, StoreError};

/// A shop, and what it is found by in here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownShop {
    /// What every method that serves a shop takes.
    pub id: Uuid,
    pub shop: Named,
}

impl Store {
    /// The shop of that name, made where there is none, and whether it was. One that columns are about already is the
    /// same shop, and keeps the spelling that it has.
    pub async fn add_shop(&self, name: &str, now: OffsetDateTime) -> Result<(KnownShop, bool), StoreError> {
        let slug = Slug::from_name(name).map_err(|_| StoreError::Unnameable(name.to_owned()))?;
        // It has a page from now on.
        let transaction = self.write().await?;
        if let Some(known) = by_slug(&transaction, &slug).await? {
            return Ok((known, false));
        }
        let id = self.ids.next(now);
        let row = shop::ActiveModel { id: Set(id), slug: Set(slug.to_string()), name: Set(name.to_owned()) };
        shop::Entity::insert(row).exec_without_returning(&transaction).await?;
        next_change(&transaction).await?;
        transaction.commit().await?;
        Ok((KnownShop { id, shop: Named { slug, name: name.to_owned() } }, true))
    }

    /// The shop with a slug.
    pub async fn known_shop(&self, slug: &Slug) -> Result<Option<KnownShop>, StoreError> {
        by_slug(&self.reader, slug).await
    }
}

async fn by_slug(connection: &impl ConnectionTrait, slug: &Slug) -> Result<Option<KnownShop>, StoreError> {
    let found = shop::Entity::find().filter(shop::Column::Slug.eq(slug.as_str()));
    found.one(connection).await?.map(known).transpose()
}

pub(super) fn known(row: shop::Model) -> Result<KnownShop, StoreError> {
    let slug = row.slug.parse().map_err(corrupt)?;
    Ok(KnownShop { id: row.id, shop: Named { slug, name: row.name } })
}
