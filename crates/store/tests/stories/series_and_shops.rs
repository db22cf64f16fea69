use weerklank_domain::{Lang, Moment, PageNumber, Sentiment, SeriesPart, Status};
use weerklank_store::{Sitemap, SitemapEntry};
use weerklank_test_support::build::{column, slug};
use weerklank_test_support::database::TestDatabase;
use weerklank_test_support::on_every_database;

use crate::{day, import, today};

on_every_database!(
    a_series_goes_over_gaps_and_hidden_parts,
    parts_of_one_number_have_one_order,
    a_series_that_nobody_sees_is_none,
    nearer_columns_come_first,
    shops_stand_by_name_with_their_balance,
    the_sitemap_has_everything_in_use,
);

async fn a_series_goes_over_gaps_and_hidden_parts(db: TestDatabase) {
    for (name, number, status) in [
        ("eerste", 1, Status::Published),
        ("tweede", 2, Status::Draft),
        ("vijfde", 5, Status::Published),
        ("zesde", 6, Status::Withdrawn),
        ("negende", 9, Status::Published),
    ] {
        let mut part = column(name);
        part.status = status;
        part.series = Some(SeriesPart { name: "Twee kanten".to_owned(), number });
        import(&db.store, &part).await;
    }
    import(&db.store, &column("los")).await;
    let position = async |name: &str| db.store.series_position(&slug(name), today()).await.unwrap();

    let middle = position("vijfde").await.unwrap();
    assert_eq!((middle.number, middle.parts, middle.series.name.as_str()), (5, 3, "Twee kanten"));
    let (previous, next) = (middle.previous.unwrap(), middle.next.unwrap());
    assert_eq!(
        (previous.slug, previous.number, previous.title),
        (slug("eerste"), 1, "Titel van eerste".into())
    );
    assert_eq!((next.slug, next.number), (slug("negende"), 9));
    let first = position("eerste").await.unwrap();
    assert_eq!((first.previous, first.next.unwrap().slug), (None, slug("vijfde")));
    assert_eq!(position("negende").await.unwrap().next, None);
    assert_eq!(position("tweede").await.unwrap().next.unwrap().slug, slug("vijfde"));
    assert_eq!(position("los").await, None);
    assert_eq!(position("nergens").await, None);

    let (series, parts) = db.store.series(&slug("twee-kanten"), today()).await.unwrap().unwrap();
    assert_eq!(series.name, "Twee kanten");
    assert_eq!(
        parts.into_iter().map(|card| card.slug).collect::<Vec<_>>(),
        ["eerste", "vijfde", "negende"].map(slug)
    );
}

async fn parts_of_one_number_have_one_order(db: TestDatabase) {
    for name in ["b", "a", "c"] {
        let mut part = column(name);
        part.series = Some(SeriesPart { name: "Reeks".to_owned(), number: 1 });
        import(&db.store, &part).await;
    }
    let b = db.store.series_position(&slug("b"), today()).await.unwrap().unwrap();
    assert_eq!((b.previous.unwrap().slug, b.next.unwrap().slug), (slug("a"), slug("c")));
}

async fn a_series_that_nobody_sees_is_none(db: TestDatabase) {
    let mut part = column("een");
    part.status = Status::Draft;
    part.series = Some(SeriesPart { name: "Reeks".to_owned(), number: 1 });
    import(&db.store, &part).await;
    assert_eq!(db.store.series(&slug("reeks"), today()).await.unwrap(), None);
    assert_eq!(db.store.series(&slug("nergens"), today()).await.unwrap(), None);
}

async fn nearer_columns_come_first(db: TestDatabase) {
    let mut here = column("hier");
    here.shops = vec!["Vonk & Zoon".to_owned()];
    here.moments = vec![Moment::Delivery, Moment::Contact];
    here.tags = vec!["warmte".to_owned()];
    here.series = Some(SeriesPart { name: "Reeks".to_owned(), number: 1 });
    import(&db.store, &here).await;

    let near = |name: &str| column(name);
    let mut tag = near("a-tag");
    tag.tags.clone_from(&here.tags);
    let mut series = near("b-reeks");
    series.series = Some(SeriesPart { name: "Reeks".to_owned(), number: 2 });
    let mut moment = near("c-moment");
    moment.moments = vec![Moment::Contact];
    let mut moments = near("d-momenten");
    moments.moments = vec![Moment::Contact, Moment::Delivery];
    let mut shop = near("e-winkel");
    shop.shops.clone_from(&here.shops);
    let mut newer = near("f-nieuwer");
    newer.shops.clone_from(&here.shops);
    newer.date = day("2026-06-01");
    let mut english = near("g-english");
    english.lang = Lang::En;
    english.shops.clone_from(&here.shops);
    let mut hidden = near("h-hidden");
    hidden.shops.clone_from(&here.shops);
    hidden.status = Status::Draft;
    let unrelated = near("i-anders");
    for other in [&tag, &series, &moment, &moments, &shop, &newer, &english, &hidden, &unrelated] {
        import(&db.store, other).await;
    }

    let related = db.store.related(&here.slug, 10, today()).await.unwrap();
    let expected = ["f-nieuwer", "e-winkel", "d-momenten", "c-moment", "a-tag", "b-reeks", "g-english"];
    assert_eq!(related.iter().map(|card| card.slug.as_str()).collect::<Vec<_>>(), expected);
    let first = db.store.related(&here.slug, 3, today()).await.unwrap();
    assert_eq!(first, related[..3]);
    assert_eq!(db.store.related(&slug("nergens"), 3, today()).await.unwrap(), []);
}

async fn shops_stand_by_name_with_their_balance(db: TestDatabase) {
    for (number, (shop, sentiment)) in [
        ("Zoon", Sentiment::Positive),
        ("Élan", Sentiment::Negative),
        ("apotheek", Sentiment::Mixed),
        ("Zoon", Sentiment::Negative),
        ("Zoon", Sentiment::Positive),
    ]
    .into_iter()
    .enumerate()
    {
        let mut column = column(&format!("column-{number}"));
        column.shops = vec![shop.to_owned()];
        column.sentiment = sentiment;
        import(&db.store, &column).await;
    }
    let mut hidden = column("verborgen");
    hidden.shops = vec!["Nergens gezien".to_owned()];
    hidden.status = Status::Draft;
    import(&db.store, &hidden).await;

    let (lines, total) = db.store.shops(PageNumber::FIRST, 10, today()).await.unwrap();
    assert_eq!(
        lines.iter().map(|line| line.shop.name.as_str()).collect::<Vec<_>>(),
        ["apotheek", "Élan", "Zoon"]
    );
    assert_eq!(total, 3);
    let balance = lines[2].balance;
    assert_eq!((balance.positive, balance.negative, balance.mixed), (2, 1, 0));
    let (second, total) = db.store.shops(PageNumber::new(2).unwrap(), 2, today()).await.unwrap();
    assert_eq!((second.as_slice(), total), (&lines[2..], 3));
}

async fn the_sitemap_has_everything_in_use(db: TestDatabase) {
    let mut old = column("b-oud");
    old.date = day("2020-01-01");
    old.updated = Some(day("2026-10-01"));
    old.shops = vec!["Zoon".to_owned()];
    old.authors = vec!["Redactie".to_owned()];
    old.moments = vec![Moment::Contact, Moment::Ordering];
    let mut new = column("a-nieuw");
    new.moments = vec![Moment::Contact];
    new.series = Some(SeriesPart { name: "Reeks".to_owned(), number: 1 });
    let mut hidden = column("c-verborgen");
    hidden.status = Status::Withdrawn;
    hidden.moments = vec![Moment::Outage];
    hidden.shops = vec!["Nergens".to_owned()];
    for column in [&old, &new, &hidden] {
        import(&db.store, column).await;
    }
    let entry = |name: &str, date| SitemapEntry { what: slug(name), lastmod: day(date) };
    assert_eq!(
        db.store.sitemap(today()).await.unwrap(),
        Sitemap {
            columns: vec![entry("a-nieuw", "2026-05-01"), entry("b-oud", "2026-10-01")],
            series: vec![entry("reeks", "2026-05-01")],
            shops: vec![entry("zoon", "2026-10-01")],
            authors: vec![entry("redactie", "2026-10-01")],
            moments: vec![
                SitemapEntry { what: Moment::Ordering, lastmod: day("2026-10-01") },
                SitemapEntry { what: Moment::Contact, lastmod: day("2026-10-01") },
            ],
        }
    );
}
