//! What several pages share.

use serde::{Deserialize, Serialize};

/// Columns in a list, and hits of a search, on one page.
pub const PER_PAGE: u32 = 20;
/// Lines in the list of shops on one page.
pub const SHOPS_PER_PAGE: u32 = 100;

/// Where a list stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pager {
    /// From 1.
    pub page: u32,
    /// At least 1.
    pub pages: u32,
    /// Items over all pages.
    pub total: u64,
}

impl Pager {
    pub fn new(page: u32, per_page: u32, total: u64) -> Self {
        let pages = total.div_ceil(u64::from(per_page.max(1))).max(1);
        Self { page, pages: u32::try_from(pages).unwrap_or(u32::MAX), total }
    }

    /// Whether the list has this page; the first is always there, even when empty.
    pub fn exists(self) -> bool {
        self.page <= self.pages
    }
}
