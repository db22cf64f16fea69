//! The list of shops.

use weerklank_domain::{Balance, Date, PageNumber, ShopLine};

use crate::catalogue::count_in;
use crate::{Store, StoreError};

impl Store {
    /// A page of the shops that a visible column is about, and how many there are. They stand by
    /// slug, which is their name with accents and case folded.
    pub async fn shops(
        &self,
        page: PageNumber,
        per_page: u32,
        today: Date,
    ) -> Result<(Vec<ShopLine>, u64), StoreError> {
        let catalogue = self.catalogue().await?;
        let mut balances = vec![Balance::default(); catalogue.shops.len()];
        for entry in catalogue.entries.iter().filter(|entry| entry.is_visible(today)) {
            for shop in &entry.shops {
                count_in(&mut balances[*shop as usize], entry.sentiment);
            }
        }
        let mut lines: Vec<_> =
            (0..).zip(balances).filter(|(_, balance)| *balance != Balance::default()).collect();
        lines.sort_by_key(|(shop, _)| &catalogue.shops.name(*shop).slug);
        let total = lines.len() as u64;
        let offset = usize::try_from(page.offset(per_page)).unwrap_or(usize::MAX);
        let page = lines.into_iter().skip(offset).take(per_page as usize);
        let page = page.map(|(shop, balance)| ShopLine { shop: catalogue.shops.name(shop).clone(), balance });
        Ok((page.collect(), total))
    }
}
