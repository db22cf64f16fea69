//! A filter, made ready to be held against entries.

use weerklank_domain::{ColumnFilter, Date, Lang, Moment, Sentiment};

use super::{Catalogue, Entry};

/// What a list is limited to, by the numbers of the registers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scope {
    pub sentiment: Option<Sentiment>,
    pub moment: Option<Moment>,
    pub shop: Option<u32>,
    pub series: Option<u32>,
    pub author: Option<u32>,
    pub lang: Option<Lang>,
    pub today: Date,
}

/// How an entry falls outside a scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Miss {
    Sentiment,
    Moment,
    Shop,
    Series,
    Author,
    Lang,
    /// By more than one facet, or because readers do not see it.
    Wide,
}

impl Scope {
    /// `None` where the filter names a shop, a series or an author that there is not. One that only
    /// hidden columns name is none either: the answer must not tell a guesser that it is there.
    pub fn of(catalogue: &Catalogue, filter: &ColumnFilter, today: Date) -> Option<Self> {
        let number = |slug: &Option<_>, register: &super::Register| match slug {
            Some(slug) => register.by_slug(slug).map(Some),
            None => Some(None),
        };
        let (shop, series, author) = (
            number(&filter.shop, &catalogue.shops)?,
            number(&filter.series, &catalogue.series)?,
            number(&filter.author, &catalogue.authors)?,
        );
        let is_seen = |holds: &dyn Fn(&Entry) -> bool| {
            catalogue.entries.iter().any(|entry| entry.is_visible(today) && holds(entry))
        };
        let are_seen = shop.is_none_or(|shop| is_seen(&|entry| entry.shops.contains(&shop)))
            && series.is_none_or(|series| is_seen(&|entry| entry.series == Some(series)))
            && author.is_none_or(|author| is_seen(&|entry| entry.authors.contains(&author)));
        are_seen.then_some(Self {
            sentiment: filter.sentiment,
            moment: filter.moment,
            shop,
            series,
            author,
            lang: filter.lang,
            today,
        })
    }

    pub fn holds(&self, entry: &Entry) -> bool {
        self.miss(entry).is_none()
    }

    /// `None` where the entry is inside.
    pub(super) fn miss(&self, entry: &Entry) -> Option<Miss> {
        if !entry.is_visible(self.today) {
            return Some(Miss::Wide);
        }
        let misses = [
            (Miss::Sentiment, self.sentiment.is_none_or(|it| it == entry.sentiment)),
            (Miss::Moment, self.moment.is_none_or(|it| entry.moments.has(it))),
            (Miss::Shop, self.shop.is_none_or(|it| entry.shops.contains(&it))),
            (Miss::Series, self.series.is_none_or(|it| entry.series == Some(it))),
            (Miss::Author, self.author.is_none_or(|it| entry.authors.contains(&it))),
            (Miss::Lang, self.lang.is_none_or(|it| it == entry.lang)),
        ];
        let mut misses = misses.into_iter().filter(|(_, holds)| !holds).map(|(miss, _)| miss);
        let first = misses.next();
        if misses.next().is_some() { Some(Miss::Wide) } else { first }
    }
}
