//! Pages are kept, compressed, until their data changes.

use std::sync::Arc;

use quick_cache::{Weighter, sync::Cache};
use weerklank_domain::Lang;

use super::Form;
use crate::{app::Edition, http::Kept};

/// A page is a function of this and nothing else: no header, no unknown query key.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PageKey {
    pub edition: Edition,
    pub ui: Lang,
    /// Whether the language stands in the path.
    pub ui_in_path: bool,
    pub form: Form,
    /// The one address of the page, without language.
    pub url: String,
}

#[derive(Clone)]
struct ByBytes;

impl Weighter<PageKey, Arc<Kept>> for ByBytes {
    fn weight(&self, key: &PageKey, kept: &Arc<Kept>) -> u64 {
        kept.weight() + key.url.len() as u64
    }
}

/// Kept pages, at most so many bytes of them; the least useful go first.
pub struct PageCache(Cache<PageKey, Arc<Kept>, ByBytes>);

impl PageCache {
    /// `bytes` of bodies in all their codings.
    pub fn new(bytes: u64) -> Self {
        // 40 kB is about what a column takes in its three codings.
        let items = usize::try_from(bytes / 40_000).unwrap_or(1000).max(16);
        Self(Cache::with_weighter(items, bytes, ByBytes))
    }

    /// The kept page, or the one that `make` makes; requests for the same page wait for one maker.
    pub async fn get_or_make<E>(
        &self,
        key: &PageKey,
        make: impl Future<Output = Result<Arc<Kept>, E>>,
    ) -> Result<Arc<Kept>, E> {
        self.0.get_or_insert_async(key, make).await
    }

    /// Lets everything go; pages of an old edition are never asked for again.
    pub fn clear(&self) {
        self.0.clear();
    }
}
