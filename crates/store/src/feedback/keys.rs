//! Keys of two kinds: with one a shop's programs read its answers, with the other its server signs invitations.

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use time::OffsetDateTime;
use uuid::Uuid;
use weerklank_domain::feedback::site::KeyId;

use super::shop::{KnownShop, known};
use super::{StoredSite, site};
use crate::aside::Aside;
use crate::columns::corrupt;
use crate::entity::{api_key, shop, signing_key};
use crate::store::kept;
use crate::{Hash, Store, StoreError};

/// A key with which a shop's programs read its answers. Of the key itself only a hash is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ApiKey {
    pub id: Uuid,
    pub made_at: OffsetDateTime,
    /// Since when it opens nothing.
    pub revoked_at: Option<OffsetDateTime>,
}

/// A key with which invitations to a site are signed, on its way in.
#[derive(Clone, Copy)]
pub struct NewSigningKey<'a> {
    pub id: &'a KeyId,
    /// As the shop gets it.
    pub secret: &'a [u8],
}

/// A key with which invitations to a site are signed.
///
/// The secret is kept as it is, and not as a hash: whoever checks an HMAC has to make it again. So who reads the
/// database, or a backup, can invite in the shop's name until the key is revoked; they can read nothing with it.
#[derive(Clone, PartialEq, Eq)]
pub struct SigningKey {
    pub id: KeyId,
    pub secret: Vec<u8>,
    pub site: StoredSite,
}

// By hand: what is secret does not show in logs.
impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SigningKey")
            .field("id", &self.id)
            .field("site", &self.site.key)
            .finish_non_exhaustive()
    }
}

impl std::fmt::Debug for NewSigningKey<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewSigningKey").field("id", &self.id).finish_non_exhaustive()
    }
}

impl Store {
    /// Gives a shop one key more; `hash` is of what its programs send. Gives the name by which it is revoked.
    pub async fn add_api_key(
        &self,
        shop: Uuid,
        hash: &Hash,
        now: OffsetDateTime,
    ) -> Result<Uuid, StoreError> {
        let id = self.ids.next(now);
        let row = api_key::ActiveModel {
            id: Set(id),
            shop_id: Set(shop),
            key_hash: Set(hash.to_vec()),
            made_at: Set(kept(now)),
            revoked_at: Set(None),
        };
        let transaction = self.write_aside().await?;
        api_key::Entity::insert(row).exec_without_returning(&transaction).await?;
        transaction.commit().await?;
        Ok(id)
    }

    /// All keys of a shop, the oldest first, revoked ones included.
    pub async fn api_keys(&self, shop: Uuid) -> Result<Vec<ApiKey>, StoreError> {
        let found = api_key::Entity::find()
            .filter(api_key::Column::ShopId.eq(shop))
            .order_by_asc(api_key::Column::Id);
        let key =
            |row: api_key::Model| ApiKey { id: row.id, made_at: row.made_at, revoked_at: row.revoked_at };
        Ok(found.all(&self.reader).await?.into_iter().map(key).collect())
    }

    /// Makes a shop's key worthless. `false` where the shop has no such key, or it was revoked before.
    pub async fn revoke_api_key(
        &self,
        shop: Uuid,
        id: Uuid,
        now: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        let transaction = self.write_aside().await?;
        let changed = api_key::Entity::update_many()
            .col_expr(api_key::Column::RevokedAt, Some(kept(now)).into())
            .filter(api_key::Column::ShopId.eq(shop))
            .filter(api_key::Column::Id.eq(id))
            .filter(api_key::Column::RevokedAt.is_null())
            .exec(&transaction)
            .await?;
        transaction.commit().await?;
        Ok(changed.rows_affected == 1)
    }

    /// Whose key it is that has this hash; `None` also where it was revoked. How long that takes tells how much of the
    /// hash is that of a key, and nothing of the key.
    pub async fn shop_by_api_key(&self, hash: &Hash) -> Result<Option<KnownShop>, StoreError> {
        let found = api_key::Entity::find()
            .filter(api_key::Column::KeyHash.eq(hash.as_slice()))
            .filter(api_key::Column::RevokedAt.is_null())
            .find_also_related(shop::Entity)
            .one(&self.reader)
            .await?;
        found.and_then(|(_, shop)| shop).map(known).transpose()
    }

    /// Gives a site a key to sign with, which is the one that is used from now on. The others still count.
    pub async fn add_signing_key(
        &self,
        site: Uuid,
        new: &NewSigningKey<'_>,
        now: OffsetDateTime,
    ) -> Result<(), StoreError> {
        let transaction = self.write_aside().await?;
        insert_signing(&transaction, site, new, kept(now)).await?;
        transaction.commit().await
    }

    /// The key of an id, and so the site of a token; `None` where it was revoked.
    pub async fn signing_key(&self, id: &KeyId) -> Result<Option<SigningKey>, StoreError> {
        let found = signing_key::Entity::find_by_id(id.as_str())
            .filter(signing_key::Column::RevokedAt.is_null())
            .one(&self.reader)
            .await?;
        self.with_site(found).await
    }

    /// The key that a site's invitations are signed with: the newest that was not revoked.
    pub async fn current_signing_key(&self, site: Uuid) -> Result<Option<SigningKey>, StoreError> {
        let found = signing_key::Entity::find()
            .filter(signing_key::Column::SiteId.eq(site))
            .filter(signing_key::Column::RevokedAt.is_null())
            .order_by_desc(signing_key::Column::MadeAt)
            .order_by_desc(signing_key::Column::Id)
            .one(&self.reader)
            .await?;
        self.with_site(found).await
    }

    /// Makes a key, and every token that was signed with it, worthless. `false` where the site has no such key, or it
    /// was revoked before.
    pub async fn revoke_signing_key(
        &self,
        site: Uuid,
        id: &KeyId,
        now: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        let transaction = self.write_aside().await?;
        let changed = signing_key::Entity::update_many()
            .col_expr(signing_key::Column::RevokedAt, Some(kept(now)).into())
            .filter(signing_key::Column::SiteId.eq(site))
            .filter(signing_key::Column::Id.eq(id.as_str()))
            .filter(signing_key::Column::RevokedAt.is_null())
            .exec(&transaction)
            .await?;
        transaction.commit().await?;
        Ok(changed.rows_affected == 1)
    }

    async fn with_site(&self, row: Option<signing_key::Model>) -> Result<Option<SigningKey>, StoreError> {
        let Some(row) = row else { return Ok(None) };
        let Some(site) = site::by_id(&self.reader, row.site_id).await? else { return Ok(None) };
        Ok(Some(SigningKey { id: row.id.parse().map_err(corrupt)?, secret: row.secret, site }))
    }
}

pub(super) async fn insert_signing(
    transaction: &Aside,
    site: Uuid,
    new: &NewSigningKey<'_>,
    now: OffsetDateTime,
) -> Result<(), StoreError> {
    let row = signing_key::ActiveModel {
        id: Set(new.id.to_string()),
        site_id: Set(site),
        secret: Set(new.secret.to_vec()),
        made_at: Set(now),
        revoked_at: Set(None),
    };
    signing_key::Entity::insert(row).exec_without_returning(transaction).await?;
    Ok(())
}
