//! Columns to read after this one.

use std::cmp::Reverse;

use weerklank_domain::{Card, Date, Lang, Slug};

use super::StoredColumn;
use super::row::cards;
use crate::catalogue::{Catalogue, Entry, Moments, tag_hash};
use crate::{Store, StoreError};

impl Store {
    /// Columns near the given one that readers see on `today`, nearest first: those of its language
    /// before others, then by shops in common, moments in common, series and tags in common, then
    /// the newest. Empty where there is no such column, or none that shares anything.
    pub async fn related(&self, slug: &Slug, limit: u32, today: Date) -> Result<Vec<Card>, StoreError> {
        let Some(here) = self.column(slug).await? else {
            return Ok(Vec::new());
        };
        let catalogue = self.catalogue().await?;
        let ties = Ties::of(&here, &catalogue);
        let others = catalogue.entries.iter().filter(|entry| entry.is_visible(today) && entry.id != here.id);
        // Newest first already, and sorting keeps that order among equals.
        let mut near: Vec<_> =
            others.filter_map(|entry| Some((Reverse(ties.nearness(entry)?), entry.id))).collect();
        near.sort_by_key(|(nearness, _)| *nearness);
        let ids: Vec<_> = near.into_iter().take(limit as usize).map(|(_, id)| id).collect();
        cards(&self.snapshot().await?, &ids).await
    }
}

/// What another column can have in common with one.
struct Ties {
    lang: Lang,
    shops: Vec<u32>,
    moments: Moments,
    series: Option<u32>,
    tags: Vec<u64>,
}

impl Ties {
    fn of(here: &StoredColumn, catalogue: &Catalogue) -> Self {
        let card = &here.card;
        Self {
            lang: card.lang,
            shops: card.shops.iter().filter_map(|shop| catalogue.shops.by_slug(&shop.slug)).collect(),
            moments: Moments::of(card.moments.iter().copied()),
            series: card.series.as_ref().and_then(|part| catalogue.series.by_slug(&part.series.slug)),
            tags: here.column.tags.iter().map(|tag| tag_hash(tag)).collect(),
        }
    }

    /// Greater is nearer; `None` where nothing is shared.
    fn nearness(&self, other: &Entry) -> Option<(bool, usize, u32, usize)> {
        let shops = self.shops.iter().filter(|shop| other.shops.contains(shop)).count();
        let moments = self.moments.common(other.moments);
        let tags = self.tags.iter().filter(|tag| other.tags.contains(tag)).count();
        let series = usize::from(self.series.is_some() && self.series == other.series);
        let shares = shops > 0 || moments > 0 || tags + series > 0;
        shares.then_some((self.lang == other.lang, shops, moments, tags + series))
    }
}
