//! Which columns a list shows.

use serde::{Deserialize, Serialize};

use crate::{Lang, Moment, Sentiment, Slug};

/// The facets of a list. They combine: a column is listed when it meets every one that is set.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ColumnFilter {
    pub sentiment: Option<Sentiment>,
    pub moment: Option<Moment>,
    pub shop: Option<Slug>,
    pub series: Option<Slug>,
    pub author: Option<Slug>,
    pub lang: Option<Lang>,
}

impl ColumnFilter {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A page of a list, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PageNumber(std::num::NonZeroU32);

impl PageNumber {
    pub const FIRST: Self = Self(std::num::NonZeroU32::MIN);
    /// A bound that keeps `offset` far from overflow and a crawler from walking forever.
    pub const MAX: u32 = 1_000_000;

    /// `None` for 0 and for numbers over [`Self::MAX`].
    pub fn new(number: u32) -> Option<Self> {
        (number <= Self::MAX).then(|| std::num::NonZeroU32::new(number)).flatten().map(Self)
    }

    pub fn get(self) -> u32 {
        self.0.get()
    }

    /// How many items come before this page.
    pub fn offset(self, per_page: u32) -> u64 {
        u64::from(self.get() - 1) * u64::from(per_page)
    }
}

impl Default for PageNumber {
    fn default() -> Self {
        Self::FIRST
    }
}
