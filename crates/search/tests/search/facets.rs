//! What filters leave and facets count.

use weerklank_domain::{ColumnFilter, FacetCount, Facets, Lang, Moment, Named, Sentiment};
use weerklank_search::{Document, SearchIndex};

use crate::support::{ask, ask_with, document, index, named, public, slug, slugs};

fn column(
    name: &str,
    lang: Lang,
    sentiment: Sentiment,
    moments: &[Moment],
    shops: &[&str],
    series: Option<&str>,
) -> Document {
    let mut column = public(lang, "Vonk", "Vonk");
    column.sentiment = sentiment;
    column.moments = moments.to_vec();
    column.shops = shops.iter().map(|shop| named(shop)).collect();
    column.series = series.map(named);
    column.authors = vec![named(if name < "c" { "Noor" } else { "Bram" })];
    document(name, column)
}

fn board() -> SearchIndex {
    use Lang::{En, Nl};
    use Moment::{Delivery, Return};
    use Sentiment::{Mixed, Negative, Positive};
    index([
        column("a", Nl, Positive, &[Delivery], &["Aap", "Noot"], Some("Reeks")),
        column("b", Nl, Negative, &[Delivery, Return], &["Aap"], None),
        column("c", En, Negative, &[Return], &["Noot"], Some("Reeks")),
        column("d", En, Mixed, &[], &[], None),
        document("e", public(Nl, "Anders", "Anders")),
    ])
}

fn counts<T: Clone>(facet: &[FacetCount<T>]) -> Vec<(T, u64)> {
    facet.iter().map(|choice| (choice.value.clone(), choice.count)).collect()
}

fn names(facet: &[FacetCount<Named>]) -> Vec<(&str, u64)> {
    facet.iter().map(|choice| (choice.value.name.as_str(), choice.count)).collect()
}

#[test]
fn without_a_filter_everything_found_is_counted() {
    let answer = ask(&board(), "vonk");
    assert_eq!(answer.total, 4);
    let Facets { sentiments, moments, langs, shops, series } = answer.facets;
    assert_eq!(
        counts(&sentiments),
        [(Sentiment::Positive, 1), (Sentiment::Negative, 2), (Sentiment::Mixed, 1)]
    );
    assert_eq!(counts(&moments), [(Moment::Delivery, 2), (Moment::Return, 2)]);
    assert_eq!(counts(&langs), [(Lang::Nl, 2), (Lang::En, 2)]);
    assert_eq!(names(&shops), [("Aap", 2), ("Noot", 2)]);
    assert_eq!(names(&series), [("Reeks", 2)]);
}

#[test]
fn a_facet_counts_what_the_others_leave() {
    let filter = ColumnFilter { sentiment: Some(Sentiment::Negative), ..ColumnFilter::default() };
    let answer = ask_with(&board(), "vonk", filter.clone());
    assert_eq!(slugs(&answer), ["b", "c"]);
    // Its own choices stay as they were: those are the ways out of it.
    assert_eq!(
        counts(&answer.facets.sentiments),
        [(Sentiment::Positive, 1), (Sentiment::Negative, 2), (Sentiment::Mixed, 1)]
    );
    assert_eq!(counts(&answer.facets.moments), [(Moment::Delivery, 1), (Moment::Return, 2)]);
    assert_eq!(names(&answer.facets.shops), [("Aap", 1), ("Noot", 1)]);

    let both = ColumnFilter { shop: Some(slug("aap")), ..filter };
    let answer = ask_with(&board(), "vonk", both);
    assert_eq!(slugs(&answer), ["b"]);
    assert_eq!(counts(&answer.facets.sentiments), [(Sentiment::Positive, 1), (Sentiment::Negative, 1)]);
    assert_eq!(names(&answer.facets.shops), [("Aap", 1), ("Noot", 1)]);
    assert_eq!(counts(&answer.facets.langs), [(Lang::Nl, 1)]);
}

#[test]
fn every_filter_narrows() {
    let none = ColumnFilter::default;
    for (filter, expected) in [
        (ColumnFilter { moment: Some(Moment::Return), ..none() }, vec!["b", "c"]),
        (ColumnFilter { lang: Some(Lang::En), ..none() }, vec!["c", "d"]),
        (ColumnFilter { series: Some(slug("reeks")), ..none() }, vec!["a", "c"]),
        (ColumnFilter { author: Some(slug("noor")), ..none() }, vec!["a", "b"]),
        (ColumnFilter { shop: Some(slug("noot")), lang: Some(Lang::En), ..none() }, vec!["c"]),
        (ColumnFilter { author: Some(slug("niemand")), ..none() }, vec![]),
    ] {
        let answer = ask_with(&board(), "vonk", filter.clone());
        let mut found = slugs(&answer);
        found.sort_unstable();
        assert_eq!(found, expected, "{filter:?}");
        assert_eq!(answer.total, expected.len() as u64, "{filter:?}");
    }
}

#[test]
fn what_is_chosen_is_offered_even_when_it_leaves_nothing() {
    let filter = ColumnFilter {
        shop: Some(slug("onbekende-winkel")),
        moment: Some(Moment::Outage),
        ..ColumnFilter::default()
    };
    let answer = ask_with(&board(), "vonk", filter);
    assert_eq!(answer.total, 0);
    assert_eq!(counts(&answer.facets.moments), [(Moment::Outage, 0)]);
    assert_eq!(names(&answer.facets.shops), [("onbekende-winkel", 0)]);
}

#[test]
fn the_twenty_largest_are_offered_and_the_chosen_one() {
    let columns = (0..25).flat_map(|shop| {
        (0..=shop).map(move |i| {
            let shop = format!("Winkel {shop:02}");
            column(&format!("s-{i}-{}", Slug(&shop)), Lang::Nl, Sentiment::Mixed, &[], &[&shop], None)
        })
    });
    let index = index(columns);
    let answer = ask(&index, "vonk");
    assert_eq!(answer.facets.shops.len(), 20);
    assert_eq!(names(&answer.facets.shops)[0], ("Winkel 24", 25));
    assert_eq!(names(&answer.facets.shops)[19], ("Winkel 05", 6));
    let chosen = ColumnFilter { shop: Some(slug("winkel-02")), ..ColumnFilter::default() };
    let answer = ask_with(&index, "vonk", chosen);
    assert_eq!(answer.facets.shops.len(), 21);
    assert_eq!(names(&answer.facets.shops)[20], ("Winkel 02", 3));
}

/// A name as it stands in a slug.
struct Slug<'a>(&'a str);

impl std::fmt::Display for Slug<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(named(self.0).slug.as_str())
    }
}
