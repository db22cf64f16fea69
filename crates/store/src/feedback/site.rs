//! Where shops ask.

use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use serde::{Serialize, de::DeserializeOwned};
use time::OffsetDateTime;
use uuid::Uuid;
use weerklank_domain::feedback::site::{Site, SiteKey};

use super::keys::{self, NewSigningKey};
use super::{StoredSite, shop};
use crate::columns::corrupt;
use crate::entity;
use crate::store::kept;
use crate::{Store, StoreError};

impl Store {
    /// Makes a site of a shop, with the key that its invitations are signed with.
    pub async fn add_site(
        &self,
        shop: Uuid,
        (key, name, site): (&SiteKey, &str, &Site),
        signing: &NewSigningKey<'_>,
        now: OffsetDateTime,
    ) -> Result<(), StoreError> {
        let now = kept(now);
        let id = self.ids.next(now);
        let row = entity::site::ActiveModel {
            id: Set(id),
            key: Set(key.to_string()),
            shop_id: Set(shop),
            name: Set(name.to_owned()),
            question: Set(site.question.to_string()),
            lang: Set(site.lang.to_string()),
            origins: Set(json(&site.origins)?),
            own: Set(json(&site.own)?),
            looks: Set(json(&site.looks)?),
            words: Set(json(&site.words)?),
            created_at: Set(now),
            disabled_at: Set(None),
        };
        let transaction = self.write_aside().await?;
        entity::site::Entity::insert(row).exec_without_returning(&transaction).await?;
        keys::insert_signing(&transaction, id, signing, now).await?;
        transaction.commit().await
    }

    /// The site of a key, also where it takes no answers any more ([`StoredSite::disabled_at`]).
    pub async fn site_by_key(&self, key: &SiteKey) -> Result<Option<StoredSite>, StoreError> {
        let found = entity::site::Entity::find().filter(entity::site::Column::Key.eq(key.as_str()));
        one(&self.reader, found).await
    }

    /// All sites of a shop, the oldest first.
    pub async fn sites_of(&self, shop: Uuid) -> Result<Vec<StoredSite>, StoreError> {
        let found = entity::site::Entity::find()
            .filter(entity::site::Column::ShopId.eq(shop))
            .order_by_asc(entity::site::Column::Id);
        all(&self.reader, found).await
    }

    /// Lets a site take no first answers any more, or take them again. `false` where the shop has no such site.
    pub async fn disable_site(
        &self,
        shop: Uuid,
        key: &SiteKey,
        since: Option<OffsetDateTime>,
    ) -> Result<bool, StoreError> {
        let transaction = self.write_aside().await?;
        let changed = entity::site::Entity::update_many()
            .col_expr(entity::site::Column::DisabledAt, since.map(kept).into())
            .filter(entity::site::Column::ShopId.eq(shop))
            .filter(entity::site::Column::Key.eq(key.as_str()))
            .exec(&transaction)
            .await?;
        transaction.commit().await?;
        Ok(changed.rows_affected == 1)
    }
}

/// The site with an id.
pub(super) async fn by_id(
    connection: &impl ConnectionTrait,
    id: Uuid,
) -> Result<Option<StoredSite>, StoreError> {
    one(connection, entity::site::Entity::find_by_id(id)).await
}

async fn one(
    connection: &impl ConnectionTrait,
    found: sea_orm::Select<entity::site::Entity>,
) -> Result<Option<StoredSite>, StoreError> {
    Ok(all(connection, found.limit(1)).await?.pop())
}

async fn all(
    connection: &impl ConnectionTrait,
    found: sea_orm::Select<entity::site::Entity>,
) -> Result<Vec<StoredSite>, StoreError> {
    let rows = found.find_also_related(entity::shop::Entity).all(connection).await?;
    rows.into_iter()
        .map(|(row, shop)| stored(row, shop.ok_or_else(|| corrupt("a site is of no shop"))?))
        .collect()
}

fn stored(row: entity::site::Model, shop: entity::shop::Model) -> Result<StoredSite, StoreError> {
    Ok(StoredSite {
        id: row.id,
        key: row.key.parse().map_err(corrupt)?,
        shop_id: row.shop_id,
        shop: shop::known(shop)?.shop,
        name: row.name,
        site: Site {
            origins: from_json(&row.origins)?,
            question: row.question.parse().map_err(corrupt)?,
            lang: row.lang.parse().map_err(corrupt)?,
            own: from_json(&row.own)?,
            looks: from_json(&row.looks)?,
            words: from_json(&row.words)?,
        },
        created_at: row.created_at,
        disabled_at: row.disabled_at,
    })
}

pub(super) fn json(value: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Other(error.to_string()))
}

pub(super) fn from_json<T: DeserializeOwned>(text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(corrupt)
}
