use weerklank_domain::{ColumnFilter, Moment, Sentiment};

use super::*;
use crate::fixtures;

fn head(name: &str, lang: Lang) -> Head {
    Head::of(&page(name, lang))
}

fn page(name: &str, lang: Lang) -> Envelope {
    fixtures::all(lang).into_iter().find(|(found, _)| *found == name).expect("a page of that name").1
}

#[test]
fn a_column_says_what_it_is() {
    let head = head("column", Lang::En);
    assert_eq!(head.title, "Twee kanten: het bedrag onder de streep · Weerklank");
    let url = "https://board.example/columns/het-bedrag-onder-de-streep";
    assert_eq!(head.canonical.as_deref(), Some(url));
    assert_eq!(head.robots, None);
    assert_eq!(head.alternates, [], "its own words are the same in every interface");
    let graph = |name| head.open_graph.iter().find(|(key, _)| *key == name).map(|(_, value)| value.as_str());
    assert_eq!(graph("og:type"), Some("article"));
    assert_eq!(graph("og:locale"), Some("nl_NL"), "the column's own language");
    assert_eq!(graph("og:image"), Some("https://board.example/share.png"), "nobody draws an SVG");
    assert_eq!(graph("og:image:alt"), None, "the mark says nothing");
    let mut drawn = page("column", Lang::En);
    if let Page::Column(page) = &mut drawn.page {
        page.card.image.as_mut().unwrap().src = "/images/doos.jpg".to_owned();
    }
    let picture = ("og:image", "https://board.example/images/doos.jpg".to_owned());
    assert!(Head::of(&drawn).open_graph.contains(&picture));
    assert!(head.previous.unwrap().contains("/en/columns/twee-kanten-zes-gaten"));
    assert!(head.next.unwrap().contains("/en/columns/twee-kanten-u-bent"));
}

#[test]
fn what_is_translated_names_its_translations() {
    let head = head("text", Lang::En);
    assert_eq!(head.canonical.as_deref(), Some("https://board.example/en/about/method"));
    assert_eq!(head.alternates.iter().map(|(lang, _)| *lang).collect::<Vec<_>>(), ["nl", "en", "x-default"]);
    assert_eq!(head.alternates[2].1, "https://board.example/about/method");
}

#[test]
fn structured_data_has_no_stars() {
    let json = head("column", Lang::Nl).json_ld.unwrap();
    let value: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(value["@type"], "Article");
    assert_eq!(value["author"][1]["name"], "Jorinde \"Jo\" Vlasakker");
    assert_eq!(value["position"], 4);
    assert!(!json.contains("Rating") && !json.contains("Review"));
    let list: serde_json::Value = serde_json::from_str(&head("home", Lang::Nl).json_ld.unwrap()).unwrap();
    assert_eq!(list["@type"], "CollectionPage");
    assert_eq!(list["mainEntity"]["itemListElement"][5]["position"], 6);
    assert_eq!(head("shops", Lang::Nl).json_ld, None);
}

#[test]
fn a_column_of_nobody_is_the_boards() {
    let json: serde_json::Value =
        serde_json::from_str(&head("column-bare", Lang::Nl).json_ld.unwrap()).unwrap();
    assert_eq!(json["author"].as_array().unwrap().len(), 1);
    assert_eq!(json["author"][0], json["publisher"]);
}

#[test]
fn lists_offer_their_own_feed_and_neighbours() {
    let filtered = head("home-filtered", Lang::Nl);
    assert_eq!(filtered.title, "Columns: negatief, Contact · Weerklank");
    assert_eq!(filtered.robots, Some("noindex, follow"));
    assert_eq!(filtered.feeds[0].href, "https://board.example/feed.atom?sentiment=negative&moment=contact");
    assert_eq!(filtered.feeds[0].title, "Weerklank: columns over negatief, Contact");
    assert_eq!(filtered.previous, None);
    let next = "https://board.example/nl/?sentiment=negative&moment=contact&page=2";
    assert_eq!(filtered.next.as_deref(), Some(next));

    let shop = head("shop", Lang::En);
    assert_eq!(shop.feeds[1].href, "https://board.example/feed.json?shop=lampenloods-lumeta");
    assert_eq!(shop.feeds[1].media_type, "application/feed+json");
    assert_eq!(head("shops", Lang::En).feeds[1].href, "https://board.example/feed.json");
}

#[test]
fn a_feed_of_a_moment_keeps_the_other_choices() {
    let mut envelope = page("moment", Lang::Nl);
    if let Page::Moment(page) = &mut envelope.page {
        page.listing.filter =
            ColumnFilter { sentiment: Some(Sentiment::Positive), ..ColumnFilter::default() };
        assert_eq!(page.about, Moment::Contact);
    }
    assert!(Head::of(&envelope).feeds[0].href.ends_with("?sentiment=positive&moment=contact"));
}

#[test]
fn every_list_describes_itself() {
    let names = ["home", "home-filtered", "moment", "series", "shop", "author", "shops"];
    let all: std::collections::BTreeSet<_> =
        names.iter().map(|name| head(name, Lang::Nl).description).collect();
    assert_eq!(all.len(), names.len(), "{all:?}");
    assert!(
        head("shop", Lang::En)
            .description
            .starts_with("Lampenloods Lumeta: 18 columns (6 positive, 5 negative, 7 mixed). ")
    );
    assert!(head("home-filtered", Lang::Nl).description.starts_with("negatief, Contact: 18 columns ("));
    assert!(head("series", Lang::Nl).description.starts_with("Twee kanten: 4 delen verschenen. "));
}

#[test]
fn later_pages_say_so_in_their_title() {
    let mut envelope = page("home", Lang::Nl);
    if let Page::Home(page) = &mut envelope.page {
        page.listing.pager.page = 2;
    }
    assert!(title(&envelope).contains("(Pagina 2 van 3)"), "{}", title(&envelope));
    assert!(Head::of(&envelope).previous.unwrap().ends_with("/nl/"));
}

#[test]
fn what_is_not_there_is_not_remembered() {
    for name in ["gone", "not-found", "failure", "unavailable"] {
        let head = head(name, Lang::En);
        assert_eq!((head.canonical, head.robots), (None, Some("noindex")), "{name}");
        assert!(head.alternates.is_empty() && head.feeds.is_empty() && head.json_ld.is_none(), "{name}");
    }
    assert_eq!(head("search", Lang::En).robots, Some("noindex, follow"));
}
