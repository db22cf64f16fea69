//! Who sends something, as far as anybody needs to know: whether it is who sent something before.

use std::net::IpAddr;

use arc_swap::ArcSwapOption;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use time::OffsetDateTime;
use weerklank_domain::Date;
use weerklank_store::{Hash, Store, StoreError};

use crate::{clock::day_in_amsterdam, secrets::random};

/// Hashes addresses with the key of the day, which the database makes and forgets.
#[derive(Debug, Default)]
pub struct Senders(ArcSwapOption<(Date, Hash)>);

impl Senders {
    /// What an address is known by today: HMAC-SHA-256 of it, under a key that is deleted two days later.
    /// An address of version 6 counts by its first 64 bits, which is what one line of a provider has.
    pub async fn hash(
        &self,
        store: &Store,
        address: IpAddr,
        now: OffsetDateTime,
    ) -> Result<Hash, StoreError> {
        let key = self.key(store, now).await?;
        // A key of any length will do (RFC 2104).
        let mut mac = Hmac::<Sha256>::new_from_slice(&key).expect("HMAC takes keys of any length");
        match address.to_canonical() {
            IpAddr::V4(address) => mac.update(&address.octets()),
            IpAddr::V6(address) => mac.update(&address.octets()[..8]),
        }
        Ok(mac.finalize().into_bytes().into())
    }

    async fn key(&self, store: &Store, now: OffsetDateTime) -> Result<Hash, StoreError> {
        let today = day_in_amsterdam(now);
        if let Some((_, key)) = self.0.load().as_deref().filter(|(day, _)| *day == today) {
            return Ok(*key);
        }
        let key = store.day_key(today, random()).await?;
        self.0.store(Some((today, key).into()));
        Ok(key)
    }
}
