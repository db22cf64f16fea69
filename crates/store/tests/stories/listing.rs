use std::collections::BTreeMap;

use weerklank_domain::{
    Balance, Column, ColumnFilter, Date, FacetCount, Facets, Lang, Moment, Named, PageNumber, Sentiment,
    Slug, Status,
};
use weerklank_store::Derived;
use weerklank_test_support::build::{column, derived, slug};
use weerklank_test_support::database::TestDatabase;
use weerklank_test_support::generate::Generator;
use weerklank_test_support::on_every_database;

use crate::{all, day, import, now, today};

on_every_database!(
    a_list_is_what_counting_by_hand_gives,
    pages_follow_on_without_gap_or_overlap,
    scheduled_columns_appear_on_their_day,
    a_filter_by_what_is_not_there_lists_nothing,
    a_chosen_facet_is_offered_though_it_leaves_nothing,
    cards_come_in_the_order_asked_for,
    a_card_shows_the_excerpt_where_there_is_no_summary,
);

/// Columns of every status, over few shops and moments so that filters meet.
fn mixed(seed: u64) -> Vec<(Column, Derived)> {
    let mut columns: Vec<_> = Generator::new(seed).take(300).collect();
    for (number, (column, _)) in columns.iter_mut().enumerate() {
        column.status = match number % 10 {
            0 => Status::Draft,
            1 => Status::Withdrawn,
            2 => Status::Scheduled,
            _ => Status::Published,
        };
        if number % 20 == 2 {
            column.date = day("2026-12-01");
        }
    }
    columns
}

async fn a_list_is_what_counting_by_hand_gives(db: TestDatabase) {
    db.store.import_columns(&mixed(3), now(0)).await.unwrap();
    // Half of them become other columns under the same slugs.
    let changed: Vec<_> = mixed(3)
        .into_iter()
        .zip(mixed(4))
        .step_by(2)
        .map(|((old, _), (new, derived))| (Column { slug: old.slug, ..new }, derived))
        .collect();
    db.store.import_columns(&changed, now(1)).await.unwrap();
    let columns = all(&db.store).await;

    let shop = || Some(slug("boekhuis-1"));
    let series = || Some(slug("reeks-1"));
    let author = || Some(slug("redacteur-2"));
    let none = ColumnFilter::default;
    for filter in [
        none(),
        ColumnFilter { sentiment: Some(Sentiment::Negative), ..none() },
        ColumnFilter { lang: Some(Lang::En), ..none() },
        ColumnFilter { moment: Some(Moment::Ordering), ..none() },
        ColumnFilter { shop: shop(), ..none() },
        ColumnFilter { series: series(), ..none() },
        ColumnFilter { author: author(), ..none() },
        ColumnFilter { sentiment: Some(Sentiment::Positive), lang: Some(Lang::Nl), ..none() },
        ColumnFilter { moment: Some(Moment::Ordering), sentiment: Some(Sentiment::Mixed), ..none() },
        ColumnFilter { shop: shop(), moment: Some(Moment::Orientation), ..none() },
        ColumnFilter { author: author(), moment: Some(Moment::Payment), lang: Some(Lang::Nl), ..none() },
        ColumnFilter { shop: shop(), author: author(), sentiment: Some(Sentiment::Negative), ..none() },
    ] {
        for today in [today(), day("2026-12-24")] {
            let answer = db.store.list(&filter, PageNumber::FIRST, 1_000, today).await.unwrap();
            let by_hand = ByHand { columns: &columns, today };
            assert_eq!(
                answer.cards.iter().map(|card| card.slug.clone()).collect::<Vec<_>>(),
                by_hand.slugs(&filter),
                "{filter:?}"
            );
            assert_eq!(answer.total, answer.cards.len() as u64, "{filter:?}");
            assert_eq!(answer.facets, by_hand.facets(&filter), "{filter:?}");
            assert_eq!(answer.balance, by_hand.balance(&filter), "{filter:?}");
        }
    }
}

/// The same list, without a database.
struct ByHand<'a> {
    columns: &'a [Column],
    today: Date,
}

impl ByHand<'_> {
    fn meeting(&self, filter: &ColumnFilter) -> impl Iterator<Item = &Column> {
        let has = |names: &[String], slug: &Option<Slug>| {
            slug.as_ref().is_none_or(|slug| names.iter().any(|name| named(name).slug == *slug))
        };
        self.columns.iter().filter(move |column| {
            let series: Vec<String> = column.series.iter().map(|part| part.name.clone()).collect();
            column.is_public(self.today)
                && filter.sentiment.is_none_or(|it| it == column.sentiment)
                && filter.lang.is_none_or(|it| it == column.lang)
                && filter.moment.is_none_or(|it| column.moments.contains(&it))
                && has(&column.shops, &filter.shop)
                && has(&column.authors, &filter.author)
                && has(&series, &filter.series)
        })
    }

    fn slugs(&self, filter: &ColumnFilter) -> Vec<Slug> {
        let mut columns: Vec<_> = self.meeting(filter).collect();
        columns.sort_by_key(|column| (std::cmp::Reverse(column.date), column.slug.clone()));
        columns.into_iter().map(|column| column.slug.clone()).collect()
    }

    fn count(&self, filter: &ColumnFilter) -> u64 {
        self.meeting(filter).count() as u64
    }

    fn balance(&self, filter: &ColumnFilter) -> Balance {
        let of = |one| self.count(&ColumnFilter { sentiment: Some(one), ..filter.clone() });
        Balance {
            positive: of(Sentiment::Positive),
            negative: of(Sentiment::Negative),
            mixed: of(Sentiment::Mixed),
        }
    }

    fn facets(&self, filter: &ColumnFilter) -> Facets {
        let shops = |column: &Column| column.shops.clone();
        let series = |column: &Column| column.series.iter().map(|part| part.name.clone()).collect();
        Facets {
            sentiments: self.choices(Sentiment::ALL, filter.sentiment, |one| ColumnFilter {
                sentiment: Some(one),
                ..filter.clone()
            }),
            moments: self.choices(Moment::ALL, filter.moment, |one| ColumnFilter {
                moment: Some(one),
                ..filter.clone()
            }),
            langs: self
                .choices(Lang::ALL, filter.lang, |one| ColumnFilter { lang: Some(one), ..filter.clone() }),
            shops: self.names(&ColumnFilter { shop: None, ..filter.clone() }, filter.shop.as_ref(), shops),
            series: self.names(
                &ColumnFilter { series: None, ..filter.clone() },
                filter.series.as_ref(),
                series,
            ),
        }
    }

    fn choices<T: Copy + PartialEq>(
        &self,
        all: &[T],
        chosen: Option<T>,
        with: impl Fn(T) -> ColumnFilter,
    ) -> Vec<FacetCount<T>> {
        all.iter()
            .map(|value| FacetCount { value: *value, count: self.count(&with(*value)) })
            .filter(|choice| choice.count > 0 || chosen == Some(choice.value))
            .collect()
    }

    fn names(
        &self,
        filter: &ColumnFilter,
        chosen: Option<&Slug>,
        of: impl Fn(&Column) -> Vec<String>,
    ) -> Vec<FacetCount<Named>> {
        let mut counts: BTreeMap<Named, u64> = BTreeMap::new();
        for name in self.meeting(filter).flat_map(of) {
            *counts.entry(named(&name)).or_default() += 1;
        }
        let mut choices: Vec<_> =
            counts.into_iter().map(|(value, count)| FacetCount { value, count }).collect();
        choices.sort_by_key(|choice| (std::cmp::Reverse(choice.count), choice.value.slug.clone()));
        let rest = choices.split_off(choices.len().min(20));
        choices.extend(rest.into_iter().filter(|choice| Some(&choice.value.slug) == chosen));
        choices
    }
}

fn named(name: &str) -> Named {
    Named { slug: Slug::from_name(name).unwrap(), name: name.to_owned() }
}

async fn pages_follow_on_without_gap_or_overlap(db: TestDatabase) {
    db.store.import_columns(&mixed(5), now(0)).await.unwrap();
    let filter = ColumnFilter { lang: Some(Lang::Nl), ..ColumnFilter::default() };
    let whole = db.store.list(&filter, PageNumber::FIRST, 1_000, today()).await.unwrap();
    let mut pages = Vec::new();
    for number in 1.. {
        let page = db.store.list(&filter, PageNumber::new(number).unwrap(), 7, today()).await.unwrap();
        assert_eq!((page.total, &page.facets), (whole.total, &whole.facets));
        if page.cards.is_empty() {
            break;
        }
        pages.extend(page.cards);
    }
    assert_eq!(pages, whole.cards);
}

async fn scheduled_columns_appear_on_their_day(db: TestDatabase) {
    let mut later = column("later");
    later.status = Status::Scheduled;
    later.date = day("2026-12-01");
    later.shops = vec!["Vonk & Zoon".to_owned()];
    import(&db.store, &later).await;
    let store = &db.store;
    for (today, seen) in [("2026-11-30", 0), ("2026-12-01", 1), ("2027-01-01", 1)] {
        let today = day(today);
        let list = store.list(&ColumnFilter::default(), PageNumber::FIRST, 10, today).await.unwrap();
        let (shops, count) = store.shops(PageNumber::FIRST, 10, today).await.unwrap();
        let (public, _) =
            store.public_columns_after(None, &ColumnFilter::default(), 10, today).await.unwrap();
        assert_eq!((list.total, list.cards.len(), list.balance.mixed), (seen as u64, seen, seen as u64));
        assert_eq!((list.facets.shops.len(), shops.len(), count), (seen, seen, seen as u64));
        assert_eq!(public.len(), seen);
        assert_eq!(store.cards(std::slice::from_ref(&later.slug), today).await.unwrap().len(), seen);
        assert_eq!(store.feed(&ColumnFilter::default(), 10, today).await.unwrap().len(), seen);
        assert_eq!(store.sitemap(today).await.unwrap().columns.len(), seen);
        assert_eq!(store.sitemap(today).await.unwrap().shops.len(), seen);
        assert_eq!(store.scheduled_until(today).await.unwrap().len(), seen);
    }
}

async fn a_filter_by_what_is_not_there_lists_nothing(db: TestDatabase) {
    import(&db.store, &column("een")).await;
    let filter = ColumnFilter { shop: Some(slug("nergens")), ..ColumnFilter::default() };
    let answer = db.store.list(&filter, PageNumber::FIRST, 10, today()).await.unwrap();
    assert_eq!(answer, weerklank_store::ListAnswer::default());
    assert_eq!(db.store.feed(&filter, 10, today()).await.unwrap(), []);
    assert_eq!(db.store.public_columns_after(None, &filter, 10, today()).await.unwrap(), (Vec::new(), None));
}

async fn a_chosen_facet_is_offered_though_it_leaves_nothing(db: TestDatabase) {
    let mut hidden = column("een");
    hidden.status = Status::Draft;
    hidden.shops = vec!["Vonk & Zoon".to_owned()];
    import(&db.store, &hidden).await;
    let filter = ColumnFilter {
        shop: Some(slug("vonk-zoon")),
        moment: Some(Moment::Outage),
        sentiment: Some(Sentiment::Positive),
        ..ColumnFilter::default()
    };
    let answer = db.store.list(&filter, PageNumber::FIRST, 10, today()).await.unwrap();
    assert_eq!(answer, weerklank_store::ListAnswer::default(), "as of a shop that there is not");

    let mut shown = column("twee");
    shown.shops = vec!["Vonk & Zoon".to_owned()];
    shown.moments = vec![Moment::Refund];
    import(&db.store, &shown).await;
    let facets = db.store.list(&filter, PageNumber::FIRST, 10, today()).await.unwrap().facets;
    assert_eq!(facets.shops, [FacetCount { value: named("Vonk & Zoon"), count: 0 }]);
    assert_eq!(facets.moments, [FacetCount { value: Moment::Outage, count: 0 }]);
    assert_eq!(facets.sentiments, [FacetCount { value: Sentiment::Positive, count: 0 }]);
    assert_eq!((facets.langs, facets.series), (Vec::new(), Vec::new()));
}

async fn cards_come_in_the_order_asked_for(db: TestDatabase) {
    for name in ["een", "twee", "drie"] {
        import(&db.store, &column(name)).await;
    }
    let mut hidden = column("vier");
    hidden.status = Status::Draft;
    import(&db.store, &hidden).await;
    let wanted = ["twee", "vier", "vijf", "een"].map(slug);
    let cards = db.store.cards(&wanted, today()).await.unwrap();
    assert_eq!(cards.into_iter().map(|card| card.slug).collect::<Vec<_>>(), ["twee", "een"].map(slug));
}

async fn a_card_shows_the_excerpt_where_there_is_no_summary(db: TestDatabase) {
    import(&db.store, &column("een")).await;
    let cards = db.store.cards(&[slug("een")], today()).await.unwrap();
    assert_eq!(cards[0].summary, derived().excerpt);
}
