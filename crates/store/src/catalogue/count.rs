//! Counts the choices that a list offers.
//!
//! The choices of a facet are counted among the columns that meet all other facets: so an entry
//! counts in every facet when it meets the whole filter, and in one when it misses by that one alone.

use std::cmp::Reverse;

use uuid::Uuid;
use weerklank_domain::{Balance, FacetCount, Facets, Lang, Moment, Named, Sentiment};

use super::register::Register;
use super::scope::{Miss, Scope};
use super::{Catalogue, Entry, count_in};

/// How many shops and series are offered.
const OFFERED: usize = 20;

/// A page of a list and the numbers beside it.
#[derive(Debug)]
pub(crate) struct Counts {
    /// The columns of the page.
    pub ids: Vec<Uuid>,
    pub total: u64,
    pub facets: Facets,
    pub balance: Balance,
}

impl Catalogue {
    /// The columns of a scope from `offset` on, at most `limit`, and the choices beside all of them.
    pub fn count(&self, scope: &Scope, offset: u64, limit: usize) -> Counts {
        let mut ids = Vec::with_capacity(limit.min(1_000));
        let mut total = 0;
        let mut choices = Choices::new(self);
        for entry in self.entries.iter() {
            match scope.miss(entry) {
                None => {
                    if total >= offset && ids.len() < limit {
                        ids.push(entry.id);
                    }
                    total += 1;
                    choices.count_all(entry);
                }
                Some(Miss::Sentiment) => choices.sentiment(entry),
                Some(Miss::Moment) => choices.moment(entry),
                Some(Miss::Shop) => choices.shop(entry),
                Some(Miss::Series) => choices.series(entry),
                Some(Miss::Lang) => choices.lang(entry),
                Some(Miss::Author | Miss::Wide) => {}
            }
        }
        let balance = choices.balance;
        let facets = Facets {
            sentiments: offered(Sentiment::ALL, scope.sentiment, |one| balance.of(one)),
            moments: offered(Moment::ALL, scope.moment, |one| choices.moments[one as usize]),
            langs: offered(Lang::ALL, scope.lang, |one| choices.langs[one as usize]),
            shops: most(&self.shops, &choices.shops, scope.shop),
            series: most(&self.series, &choices.series, scope.series),
        };
        Counts { ids, total, facets, balance }
    }
}

struct Choices {
    balance: Balance,
    moments: Vec<u64>,
    langs: Vec<u64>,
    shops: Vec<u64>,
    series: Vec<u64>,
}

impl Choices {
    fn new(catalogue: &Catalogue) -> Self {
        Self {
            balance: Balance::default(),
            moments: vec![0; Moment::ALL.len()],
            langs: vec![0; Lang::ALL.len()],
            shops: vec![0; catalogue.shops.len()],
            series: vec![0; catalogue.series.len()],
        }
    }

    fn count_all(&mut self, entry: &Entry) {
        self.sentiment(entry);
        self.moment(entry);
        self.lang(entry);
        self.shop(entry);
        self.series(entry);
    }

    fn sentiment(&mut self, entry: &Entry) {
        count_in(&mut self.balance, entry.sentiment);
    }

    fn moment(&mut self, entry: &Entry) {
        for moment in entry.moments.iter() {
            self.moments[moment as usize] += 1;
        }
    }

    fn lang(&mut self, entry: &Entry) {
        self.langs[entry.lang as usize] += 1;
    }

    fn shop(&mut self, entry: &Entry) {
        for shop in &entry.shops {
            self.shops[*shop as usize] += 1;
        }
    }

    fn series(&mut self, entry: &Entry) {
        if let Some(series) = entry.series {
            self.series[series as usize] += 1;
        }
    }
}

/// Choices that would leave something, and the chosen one.
fn offered<T: Copy + PartialEq>(
    all: &[T],
    chosen: Option<T>,
    count: impl Fn(T) -> u64,
) -> Vec<FacetCount<T>> {
    all.iter()
        .map(|value| FacetCount { value: *value, count: count(*value) })
        .filter(|choice| choice.count > 0 || chosen == Some(choice.value))
        .collect()
}

/// The choices with most columns, and the chosen one; of equals, by slug.
fn most(register: &Register, counts: &[u64], chosen: Option<u32>) -> Vec<FacetCount<Named>> {
    let mut choices: Vec<(u32, u64)> = (0..).zip(counts.iter().copied()).collect();
    choices.retain(|(number, count)| *count > 0 || chosen == Some(*number));
    choices.sort_by_cached_key(|(number, count)| (Reverse(*count), &register.name(*number).slug));
    let rest = choices.split_off(choices.len().min(OFFERED));
    choices.extend(rest.into_iter().filter(|(number, _)| chosen == Some(*number)));
    choices
        .into_iter()
        .map(|(number, count)| FacetCount { value: register.name(number).clone(), count })
        .collect()
}
