use weerklank::routes::Route;
use weerklank_api::pages::{Listing, Page};
use weerklank_domain::{Column, ColumnFilter, Moment, PageNumber, Sentiment};
use weerklank_test_support::{
    app::TestApp,
    build::{column, slug},
    database::TestDatabase,
    on_every_database,
};

use crate::{data_of, html::elements, slugs};

on_every_database!(
    lists_end_where_they_end,
    facets_combine_and_count_what_they_leave,
    whom_and_what_is_missing_is_said_by_name,
    search_finds_parts_and_forgives,
    a_part_of_a_series_knows_its_neighbours,
);

async fn home(app: &TestApp, url: &str) -> Listing {
    let Page::Home(page) = data_of(app, url).await.page else { panic!("{url} is no home page") };
    page.listing
}

async fn lists_end_where_they_end(db: TestDatabase) {
    let app = TestApp::new(db).await;
    assert_eq!(app.get("/").await.status, 200, "an empty board");
    assert_eq!(app.get("/?page=2").await.status, 404);
    let columns: Vec<Column> = (0..41).map(|number| column(&format!("nummer-{number:02}"))).collect();
    app.store(&columns).await;
    let mut seen = Vec::new();
    for (page, cards) in [(1, 20), (2, 20), (3, 1)] {
        let listing = home(&app, &format!("/?page={page}")).await;
        assert_eq!((listing.cards.len(), listing.pager.pages, listing.pager.total), (cards, 3, 41));
        seen.extend(listing.cards.into_iter().map(|card| card.slug));
    }
    assert_eq!(slugs(&seen), slugs(columns.iter().map(|column| &column.slug)));
    for page in ["4", "1000000", "1000001", "4294967296", "0", "-1", "x", "1.0"] {
        for list in ["/", "/moments/contact", "/shops", "/search"] {
            assert_eq!(app.get(&format!("{list}?page={page}")).await.status, 404, "{list} {page}");
        }
    }
}

async fn facets_combine_and_count_what_they_leave(db: TestDatabase) {
    let app = TestApp::with_samples(db).await;
    let both = home(&app, "/?sentiment=negative&moment=contact").await;
    assert!(!both.cards.is_empty());
    for card in &both.cards {
        assert!(card.sentiment == Sentiment::Negative && card.moments.contains(&Moment::Contact), "{card:?}");
    }
    let facets = home(&app, "/?sentiment=negative").await.facets;
    assert!(!facets.moments.is_empty() && !facets.shops.is_empty() && !facets.langs.is_empty());
    for facet in facets.moments {
        let url = format!("/?sentiment=negative&moment={}", facet.value);
        assert_eq!(home(&app, &url).await.pager.total, facet.count, "{url}");
    }
    for facet in facets.shops {
        let url = format!("/?sentiment=negative&shop={}", facet.value.slug);
        assert_eq!(home(&app, &url).await.pager.total, facet.count, "{url}");
    }
}

async fn whom_and_what_is_missing_is_said_by_name(db: TestDatabase) {
    let app = TestApp::with_samples(db).await;
    for url in ["/en?author=jorinde-vlasakker", "/en/search?q=de&author=jorinde-vlasakker"] {
        let html = app.get(url).await.text();
        assert!(html.contains("<bdi>Author: Jorinde Vlasakker</bdi>"), "{url}: {html}");
    }
    for (url, parts, gap) in [
        ("/en/series/twee-kanten", "4 parts published", "Part 3 was not published."),
        ("/nl/series/twee-kanten", "4 delen verschenen", "Deel 3 is niet verschenen."),
    ] {
        let html = app.get(url).await.text();
        assert!(html.contains(parts) && html.contains(gap), "{url}: {html}");
    }
}

async fn search_finds_parts_and_forgives(db: TestDatabase) {
    let app = TestApp::new(db).await;
    let body = "De webwinkelretour van de bezorgdienst ging naar het café.\n".to_owned();
    app.store(&[Column { body, ..column("een") }, column("twee")]).await;
    for query in ["retour", "webwinkelretour", "BEZORGDIENST", "bezorgdiemst", "cafe", "retour bezorgdienst"]
    {
        let Page::Search(page) = data_of(&app, &format!("/search?q={}", query.replace(' ', "+"))).await.page
        else {
            panic!("no search page")
        };
        assert_eq!(
            page.hits.iter().map(|hit| hit.card.slug.as_str()).collect::<Vec<_>>(),
            ["een"],
            "{query}"
        );
        assert!(
            page.hits[0].snippet.iter().any(|(_, marked)| *marked),
            "{query}: {:?}",
            page.hits[0].snippet
        );
    }
    let html = app.get("/search?q=bezorgdienst").await.text();
    assert!(elements(&html).iter().any(|mark| mark.name == "mark" && mark.text == "bezorgdienst"), "{html}");
    // What a moment is called finds its columns, in whichever language.
    let refund = Column { moments: vec![Moment::Refund], ..column("drie") };
    app.store(&[refund]).await;
    for query in ["terugbetaling", "refunds"] {
        let Page::Search(page) = data_of(&app, &format!("/search?q={query}")).await.page else {
            panic!("no search page")
        };
        assert_eq!(
            page.hits.iter().map(|hit| hit.card.slug.as_str()).collect::<Vec<_>>(),
            ["drie"],
            "{query}"
        );
    }
    let Page::Search(none) = data_of(&app, "/search?q=zeppelin").await.page else { panic!("no search page") };
    assert_eq!((none.hits.len(), none.query.as_str()), (0, "zeppelin"));
}

async fn a_part_of_a_series_knows_its_neighbours(db: TestDatabase) {
    let app = TestApp::with_samples(db).await;
    let Page::Column(page) = data_of(&app, "/columns/twee-kanten-4-de-factuur").await.page else {
        panic!("no column")
    };
    let place = page.series.unwrap();
    let numbers = (place.previous.map(|part| part.number), place.number, place.next.map(|part| part.number));
    assert_eq!(numbers, (Some(2), 4, Some(5)));
    let url = Route::Home(
        ColumnFilter { series: Some(slug("twee-kanten")), ..ColumnFilter::default() },
        PageNumber::FIRST,
    )
    .url();
    assert_eq!(home(&app, &url).await.pager.total, 4);
}
