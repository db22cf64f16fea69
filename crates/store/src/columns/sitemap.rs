//! Everything that has a public address, and when it last changed.

use std::collections::BTreeMap;

use weerklank_domain::{Date, Moment, Slug};

use crate::{Store, StoreError};

/// What readers can reach on a day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sitemap {
    /// By slug, as are the others.
    pub columns: Vec<SitemapEntry<Slug>>,
    pub series: Vec<SitemapEntry<Slug>>,
    pub shops: Vec<SitemapEntry<Slug>>,
    pub authors: Vec<SitemapEntry<Slug>>,
    /// In the order of the vocabulary.
    pub moments: Vec<SitemapEntry<Moment>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SitemapEntry<T> {
    pub what: T,
    /// The latest date or update among the columns it shows.
    pub lastmod: Date,
}

impl Store {
    /// What readers can reach on `today`.
    pub async fn sitemap(&self, today: Date) -> Result<Sitemap, StoreError> {
        let catalogue = self.catalogue().await?;
        let (mut columns, mut series, mut shops) = (Latest::new(), Latest::new(), Latest::new());
        let (mut authors, mut moments) = (Latest::new(), Latest::new());
        for entry in catalogue.entries.iter().filter(|entry| entry.is_visible(today)) {
            let date = entry.lastmod;
            columns.see(&entry.slug, date);
            entry.series.iter().for_each(|number| series.see(&catalogue.series.name(*number).slug, date));
            entry.shops.iter().for_each(|number| shops.see(&catalogue.shops.name(*number).slug, date));
            entry.authors.iter().for_each(|number| authors.see(&catalogue.authors.name(*number).slug, date));
            entry.moments.iter().for_each(|moment| moments.see(&moment, date));
        }
        Ok(Sitemap {
            columns: columns.entries(),
            series: series.entries(),
            shops: shops.entries(),
            authors: authors.entries(),
            moments: moments.entries(),
        })
    }
}

/// The latest day seen of each.
struct Latest<T>(BTreeMap<T, Date>);

impl<T: Ord + Clone> Latest<T> {
    fn new() -> Self {
        Self(BTreeMap::new())
    }

    fn see(&mut self, what: &T, date: Date) {
        match self.0.get_mut(what) {
            Some(latest) => *latest = date.max(*latest),
            None => drop(self.0.insert(what.clone(), date)),
        }
    }

    fn entries(self) -> Vec<SitemapEntry<T>> {
        self.0.into_iter().map(|(what, lastmod)| SitemapEntry { what, lastmod }).collect()
    }
}
