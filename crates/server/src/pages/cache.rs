//! Pages are kept, compressed, until their data changes.

use std::sync::Arc;

use quick_cache::{
    DefaultHashBuilder, OptionsBuilder, Weighter,
    sync::{Cache, DefaultLifecycle},
};
use weerklank_domain::Lang;

use super::Form;
use crate::{app::Edition, http::Kept};

/// A page, a feed or an answer of the API is a function of this and nothing else: no header, no
/// unknown query key.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PageKey {
    pub edition: Edition,
    pub ui: Lang,
    /// Whether the language stands in the path.
    pub ui_in_path: bool,
    pub form: Form,
    /// The one address of it, without language: whatever form a request had, equal ones are equal
    /// here, so that what hostile addresses can fill is bounded by what there is to be read.
    pub url: String,
}

#[derive(Clone)]
struct ByBytes;

impl Weighter<PageKey, Arc<Kept>> for ByBytes {
    fn weight(&self, key: &PageKey, kept: &Arc<Kept>) -> u64 {
        kept.weight() + key.url.len() as u64
    }
}

/// The bytes in all codings that can always be kept, if the whole cache is as large.
const LARGEST: u64 = 8 << 20;

/// Kept pages, at most so many bytes of them; the least useful go first.
pub struct PageCache(Cache<PageKey, Arc<Kept>, ByBytes>);

impl PageCache {
    /// `bytes` of bodies in all their codings.
    pub fn new(bytes: u64) -> Self {
        // 40 kB is about what a column takes in its three codings.
        let items = usize::try_from(bytes / 40_000).unwrap_or(1000).max(16);
        // What outweighs a shard is never kept: the longest feeds and sitemaps take some megabytes.
        let shards = usize::try_from(bytes / LARGEST).unwrap_or(8).clamp(1, 8);
        let options = OptionsBuilder::new()
            .estimated_items_capacity(items)
            .weight_capacity(bytes)
            .shards(shards)
            .build()
            .expect("both capacities are given");
        Self(Cache::with_options(
            options,
            ByBytes,
            DefaultHashBuilder::default(),
            DefaultLifecycle::default(),
        ))
    }

    /// The page, if it is kept. To ask first is quick: the future of [`Self::get_or_make`] is as large as
    /// all that goes into making a page, and would be moved about for each request.
    pub fn get(&self, key: &PageKey) -> Option<Arc<Kept>> {
        self.0.get(key)
    }

    /// The kept page, or the one that `make` makes; requests for the same page wait for one maker.
    pub async fn get_or_make<E>(
        &self,
        key: &PageKey,
        make: impl Future<Output = Result<Arc<Kept>, E>>,
    ) -> Result<Arc<Kept>, E> {
        self.0.get_or_insert_async(key, make).await
    }

    /// Bytes that are kept, in all codings.
    pub fn weight(&self) -> u64 {
        self.0.weight()
    }

    /// Lets everything go; pages of an old edition are never asked for again.
    pub fn clear(&self) {
        self.0.clear();
    }
}
