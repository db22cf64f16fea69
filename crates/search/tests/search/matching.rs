//! Which columns a query finds.

use weerklank_domain::Lang::{En, Nl};

use crate::support::{ask, document, found, index, index_of, marked, public};

#[test]
fn every_form_of_a_word_is_found() {
    let dutch = index_of(Nl, &[("een", "De klachten over de bezorging."), ("twee", "Niets aan de hand.")]);
    for text in ["klacht", "KLACHTEN", "bezorgingen"] {
        assert_eq!(found(&dutch, text), ["een"], "{text}");
    }
    let english = index_of(En, &[("one", "They returned my deliveries."), ("two", "Nothing happened.")]);
    for text in ["return", "returning", "delivery"] {
        assert_eq!(found(&english, text), ["one"], "{text}");
    }
}

#[test]
fn accents_case_ligatures_and_apostrophes_fold() {
    let index =
        index_of(Nl, &[("een", "Één café aan de Ĳssel, in de Hauptstraße; Anna’s foto's, zo'n dag.")]);
    for text in
        ["een cafe", "CAFÉ", "cafe\u{301}", "ijssel", "IJSSEL", "hauptstrasse", "anna", "foto", "zo’n"]
    {
        assert_eq!(found(&index, text), ["een"], "{text}");
    }
    let english = index_of(En, &[("one", "The customer's résumé wasn’t read.")]);
    for text in ["customer", "customers", "resume", "wasnt", "wasn't"] {
        assert_eq!(found(&english, text), ["one"], "{text}");
    }
}

#[test]
fn a_phrase_stands_together_stop_words_included() {
    let index = index_of(
        Nl,
        &[
            ("samen", "Het kwam op tijd aan."),
            ("los", "Op de dag zelf was er tijd."),
            ("om", "De tijd is op."),
        ],
    );
    assert_eq!(found(&index, "\"op tijd\""), ["samen"]);
    assert_eq!(found(&index, "„op tijd”"), ["samen"]);
    let english = index_of(En, &[("one", "It was out of the box."), ("two", "The box was out.")]);
    assert_eq!(found(&english, "\"out of the box\""), ["one"]);
}

#[test]
fn a_phrase_does_not_run_from_one_part_of_a_column_into_the_next() {
    let index = index([document("een", public(Nl, "Geld terug", "Binnen een week."))]);
    assert_eq!(found(&index, "\"geld terug\""), ["een"]);
    assert_eq!(found(&index, "\"terug binnen\""), Vec::<String>::new());
}

#[test]
fn all_words_are_wanted_and_if_none_has_all_the_most() {
    let index = index_of(
        Nl,
        &[
            ("alle", "appel banaan citroen druif"),
            ("drie", "appel banaan citroen"),
            ("twee", "appel banaan banaan banaan"),
            ("een", "appel appel appel"),
        ],
    );
    assert_eq!(found(&index, "appel banaan citroen druif"), ["alle"]);
    assert_eq!(found(&index, "appel banaan citroen zzzzz"), ["drie", "alle", "twee"]);
    assert_eq!(found(&index, "druif zzzzz yyyyy xxxxx"), ["alle"]);
    assert_eq!(found(&index, "zzzzz yyyyy"), Vec::<String>::new());
}

#[test]
fn words_that_say_little_are_not_asked_for_unless_there_are_no_others() {
    let dutch = index_of(Nl, &[("een", "Garantie geweigerd."), ("twee", "De zaak is gesloten.")]);
    assert_eq!(found(&dutch, "de garantie"), ["een"]);
    assert_eq!(found(&dutch, "de"), ["twee"]);
    let english = index_of(En, &[("one", "Warranty refused."), ("two", "This is the end.")]);
    assert_eq!(found(&english, "the warranty"), ["one"]);
    assert_eq!(found(&english, "the"), ["two"]);
}

#[test]
fn a_compound_is_found_by_its_parts() {
    let index = index_of(
        Nl,
        &[
            ("lang", "Over de webwinkelretour gesproken."),
            ("dienst", "De bezorgingsdienst belde niet."),
            ("klein", "Het pakketje was open."),
        ],
    );
    for (text, slug) in [
        ("retour", "lang"),
        ("retouren", "lang"),
        ("winkel", "lang"),
        ("bezorging", "dienst"),
        ("dienst", "dienst"),
        ("pakket", "klein"),
    ] {
        assert_eq!(found(&index, text), [slug], "{text}");
    }
    let english =
        index_of(En, &[("one", "A warehouse."), ("two", "Ware words on a house."), ("three", "Department.")]);
    assert!(found(&english, "house").contains(&"one".to_owned()));
    assert_eq!(found(&english, "part"), Vec::<String>::new());
}

#[test]
fn a_column_with_the_word_itself_stands_before_one_with_a_compound() {
    let index =
        index_of(Nl, &[("a-deel", "De webwinkelretour is er."), ("b-woord", "De eigen retour is er.")]);
    assert_eq!(found(&index, "retour"), ["b-woord", "a-deel"]);
}

#[test]
fn a_compound_may_be_written_apart_and_the_other_way_round() {
    let index = index_of(
        Nl,
        &[
            ("los", "De retour termijn is kort."),
            ("aan", "De retourtermijn is kort."),
            ("ver", "Termijn voor retour."),
        ],
    );
    let mut both = found(&index, "retourtermijn");
    both.sort();
    assert_eq!(both, ["aan", "los"]);
    let mut all = found(&index, "retour termijn");
    all.sort();
    assert_eq!(all, ["aan", "los", "ver"]);
    let webshop = index_of(Nl, &[("een", "Een webwinkel.")]);
    assert_eq!(found(&webshop, "web-winkel"), ["een"]);
}

#[test]
fn one_typing_error_is_forgiven_in_longer_words() {
    let dutch = index_of(Nl, &[("een", "De bezorging 12345 en de garantie."), ("twee", "Een tas.")]);
    for text in ["bezorgin", "bezorrging", "bezogring", "vezorging", "garnatie", "garansie", "arantie"] {
        assert_eq!(found(&dutch, text), ["een"], "{text}");
    }
    for text in ["tes", "tast", "garanzzie", "12346"] {
        assert_eq!(found(&dutch, text), Vec::<String>::new(), "{text}");
    }
    let english = index_of(En, &[("one", "A delivery under warranty.")]);
    for text in ["delivrey", "waranty", "velivery"] {
        assert_eq!(found(&english, text), ["one"], "{text}");
    }
}

#[test]
fn a_word_that_is_there_is_no_typing_error() {
    let index = index_of(Nl, &[("een", "De kaars brandt."), ("twee", "De laars past.")]);
    assert_eq!(found(&index, "kaars"), ["een"]);
    // Nor does an English word become a Dutch one when an English column has it.
    let mixed = crate::support::index([
        document("nl", public(Nl, "Titel", "De kader is klaar.")),
        document("en", public(En, "Title", "The wader is ready.")),
    ]);
    assert_eq!(found(&mixed, "wader"), ["en"]);
}

#[test]
fn a_word_is_looked_for_in_both_languages_each_by_its_own_rules() {
    let index = index([
        document("nl", public(Nl, "Titel", "Wij willen service en services.")),
        document("en", public(En, "Title", "Serviced by people.")),
    ]);
    assert_eq!(found(&index, "service").len(), 2);
}

#[test]
fn shops_labels_series_and_authors_are_found() {
    let mut column = public(Nl, "Titel", "Tekst.");
    column.shops = vec![crate::support::named("Vonk & Zoon")];
    column.labels = vec!["warmte".to_owned()];
    column.series = Some(crate::support::named("Twee kanten"));
    column.authors = vec![crate::support::named("Noor Ganzevoort")];
    let index = index([document("een", column), document("twee", public(Nl, "Ander", "Tekst."))]);
    for text in ["vonk zoon", "vonk & zoon", "warmte", "\"twee kanten\"", "ganzevoort"] {
        assert_eq!(found(&index, text), ["een"], "{text}");
    }
}

#[test]
fn stemmed_compound_and_mistyped_matches_are_marked() {
    let index = index_of(
        Nl,
        &[("een", "De klachten over webwinkelretouren, de garantie en de retour termijn in één café.")],
    );
    for (text, words) in [
        ("klacht", vec!["klachten"]),
        ("winkel", vec!["webwinkelretouren"]),
        ("garnatie", vec!["garantie"]),
        ("retourtermijn", vec!["retour", "termijn"]),
        ("\"een cafe\"", vec!["één", "café"]),
    ] {
        assert_eq!(marked(&ask(&index, text).hits[0].snippet), words, "{text}");
    }
}
