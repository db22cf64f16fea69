//! Lists with their choices, by the rules of the server's catalogue: the choices of a facet are
//! counted among the columns that meet all other facets.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use weerklank_domain::{
    Balance, Card, ColumnFilter, FacetCount, Facets, Lang, Moment, Named, PageNumber, Sentiment, ShopLine,
    Slug,
};

use crate::Index;

/// How many shops and series are offered, besides the chosen one.
const OFFERED: usize = 20;

/// The cards that meet a filter, in the order they came in, and the choices beside them.
#[derive(Debug, Default)]
pub(crate) struct Counted<'a> {
    pub cards: Vec<&'a Card>,
    pub facets: Facets,
    pub balance: Balance,
}

/// How a card falls outside a filter.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Miss {
    Sentiment,
    Moment,
    Shop,
    Series,
    Author,
    Lang,
}

impl Index {
    /// What meets a filter; nothing, and no choice, where it names a shop, a series or an author that
    /// there is not.
    pub(crate) fn list(&self, filter: &ColumnFilter) -> Counted<'_> {
        let known = |slug: &Option<Slug>, has: &dyn Fn(&Card, &Slug) -> bool| {
            slug.as_ref().is_none_or(|slug| self.cards.iter().any(|card| has(card, slug)))
        };
        if known(&filter.shop, &|card, slug| names(&card.shops, slug))
            && known(&filter.author, &|card, slug| names(&card.authors, slug))
            && known(&filter.series, &|card, slug| is_part_of(card, slug))
        {
            self.count(self.cards.iter(), filter)
        } else {
            Counted::default()
        }
    }

    /// Every shop that a column is about, by slug.
    pub(crate) fn shops(&self) -> Vec<ShopLine> {
        let mut lines = BTreeMap::new();
        for card in &self.cards {
            for shop in &card.shops {
                let (_, balance) = lines.entry(&shop.slug).or_insert((shop, Balance::default()));
                *of(balance, card.sentiment) += 1;
            }
        }
        lines.into_values().map(|(shop, balance)| ShopLine { shop: shop.clone(), balance }).collect()
    }

    /// Those of `cards` that meet the filter, and the choices beside them.
    pub(crate) fn count<'a>(
        &'a self,
        cards: impl Iterator<Item = &'a Card>,
        filter: &ColumnFilter,
    ) -> Counted<'a> {
        let mut inside = Vec::new();
        let mut balance = Balance::default();
        let mut moments = [0; Moment::ALL.len()];
        let mut langs = [0; Lang::ALL.len()];
        let (mut shops, mut series) = (Names::default(), Names::default());
        for card in cards {
            let misses = misses(card, filter);
            // In every facet when nothing is missed, in one when that alone is.
            let counts = |facet| misses.iter().flatten().all(|miss| *miss == facet);
            if counts(Miss::Sentiment) {
                *of(&mut balance, card.sentiment) += 1;
            }
            if counts(Miss::Moment) {
                card.moments.iter().for_each(|moment| moments[*moment as usize] += 1);
            }
            if counts(Miss::Lang) {
                langs[card.lang as usize] += 1;
            }
            if counts(Miss::Shop) {
                card.shops.iter().for_each(|shop| shops.add(shop));
            }
            if counts(Miss::Series) {
                card.series.iter().for_each(|part| series.add(&part.series));
            }
            if misses.iter().all(Option::is_none) {
                inside.push(card);
            }
        }
        let shop =
            filter.shop.as_ref().map(|slug| named(slug, self.cards.iter().flat_map(|card| &card.shops)));
        let one_series = filter.series.as_ref().map(|slug| {
            named(slug, self.cards.iter().flat_map(|card| &card.series).map(|part| &part.series))
        });
        let facets = Facets {
            sentiments: closed(Sentiment::ALL, filter.sentiment, |one| balance.of(one)),
            moments: closed(Moment::ALL, filter.moment, |one| moments[one as usize]),
            langs: closed(Lang::ALL, filter.lang, |one| langs[one as usize]),
            shops: shops.most(shop.as_ref()),
            series: series.most(one_series.as_ref()),
        };
        Counted { cards: inside, facets, balance }
    }
}

fn misses(card: &Card, filter: &ColumnFilter) -> [Option<Miss>; 6] {
    let miss = |miss, holds: bool| (!holds).then_some(miss);
    [
        miss(Miss::Sentiment, filter.sentiment.is_none_or(|it| it == card.sentiment)),
        miss(Miss::Moment, filter.moment.is_none_or(|it| card.moments.contains(&it))),
        miss(Miss::Shop, filter.shop.as_ref().is_none_or(|it| names(&card.shops, it))),
        miss(Miss::Series, filter.series.as_ref().is_none_or(|it| is_part_of(card, it))),
        miss(Miss::Author, filter.author.as_ref().is_none_or(|it| names(&card.authors, it))),
        miss(Miss::Lang, filter.lang.is_none_or(|it| it == card.lang)),
    ]
}

fn names(names: &[Named], slug: &Slug) -> bool {
    names.iter().any(|named| named.slug == *slug)
}

fn is_part_of(card: &Card, slug: &Slug) -> bool {
    card.series.as_ref().is_some_and(|part| part.series.slug == *slug)
}

/// What a choice is called; something that no column names has no name but its slug.
fn named<'a>(slug: &Slug, mut known: impl Iterator<Item = &'a Named>) -> Named {
    let found = known.find(|named| named.slug == *slug);
    found.cloned().unwrap_or_else(|| Named { slug: slug.clone(), name: slug.to_string() })
}

fn of(balance: &mut Balance, sentiment: Sentiment) -> &mut u64 {
    match sentiment {
        Sentiment::Positive => &mut balance.positive,
        Sentiment::Negative => &mut balance.negative,
        Sentiment::Mixed => &mut balance.mixed,
    }
}

/// Choices that would leave something, and the chosen one.
fn closed<T: Copy + PartialEq>(all: &[T], chosen: Option<T>, count: impl Fn(T) -> u64) -> Vec<FacetCount<T>> {
    all.iter()
        .map(|value| FacetCount { value: *value, count: count(*value) })
        .filter(|choice| choice.count > 0 || chosen == Some(choice.value))
        .collect()
}

#[derive(Default)]
struct Names<'a>(BTreeMap<&'a Slug, (&'a Named, u64)>);

impl<'a> Names<'a> {
    fn add(&mut self, named: &'a Named) {
        self.0.entry(&named.slug).or_insert((named, 0)).1 += 1;
    }

    /// The ones with most columns, and the chosen one; of equals, by slug.
    fn most(self, chosen: Option<&Named>) -> Vec<FacetCount<Named>> {
        let mut choices: Vec<_> =
            self.0.into_values().map(|(named, count)| FacetCount { value: named.clone(), count }).collect();
        let is_chosen =
            |choice: &FacetCount<Named>| chosen.is_some_and(|chosen| chosen.slug == choice.value.slug);
        if !choices.iter().any(is_chosen) {
            choices.extend(chosen.map(|value| FacetCount { value: value.clone(), count: 0 }));
        }
        // They come by slug, and the sort keeps the order of equals.
        choices.sort_by_key(|choice| Reverse(choice.count));
        let rest = choices.split_off(choices.len().min(OFFERED));
        choices.extend(rest.into_iter().filter(is_chosen));
        choices
    }
}

/// One page of a list.
pub(crate) fn page_of<T>(items: Vec<T>, page: PageNumber, per_page: u32) -> Vec<T> {
    let offset = usize::try_from(page.offset(per_page)).unwrap_or(usize::MAX);
    items.into_iter().skip(offset).take(per_page as usize).collect()
}
