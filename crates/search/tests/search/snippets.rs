//! What of a column is shown with a hit.

use weerklank_domain::Lang::{En, Nl};

use crate::support::{ask, document, index, joined, marked, public};

#[test]
fn a_snippet_comes_from_where_the_words_are() {
    let filler = "Zomaar een zin die er niet toe doet en die nog even doorgaat. ".repeat(40);
    let mut column =
        public(Nl, "Een <b>retour</b> & meer", &format!("{filler}Toen kwam de retour terug. {filler}"));
    column.summary = "De samenvatting noemt de bloemen.".to_owned();
    let index = index([document("een", column)]);

    let hit = ask(&index, "retouren").hits.remove(0);
    assert_eq!(hit.lang, Nl);
    assert_eq!(joined(&hit.title), "Een <b>retour</b> & meer");
    assert_eq!(marked(&hit.title), ["retour"]);
    assert_eq!(marked(&hit.snippet), ["retour"]);
    assert!(joined(&hit.snippet).starts_with("… Toen kwam de retour terug."), "{:?}", hit.snippet);
    assert!(joined(&hit.snippet).chars().count() <= 184);

    let hit = ask(&index, "bloem").hits.remove(0);
    assert_eq!(joined(&hit.snippet), "De samenvatting noemt de bloemen.");
    assert_eq!(marked(&hit.snippet), ["bloemen"]);

    let hit = ask(&index, "meer").hits.remove(0);
    assert!(joined(&hit.snippet).starts_with("Zomaar een zin"));
    assert_eq!(marked(&hit.snippet), Vec::<&str>::new());
}

#[test]
fn a_snippet_is_marked_by_the_rules_of_its_language() {
    let index = index([document("one", public(En, "Title", "They returned the skies, dying."))]);
    assert_eq!(marked(&ask(&index, "returning").hits[0].snippet), ["returned"]);
    assert_eq!(marked(&ask(&index, "sky").hits[0].snippet), ["skies"]);
}
