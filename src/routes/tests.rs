use weerklank_domain::Sentiment;

use super::*;

#[test]
fn a_page_has_one_address() {
    let filter = ColumnFilter {
        sentiment: Some(Sentiment::Negative),
        moment: Some(Moment::Contact),
        ..ColumnFilter::default()
    };
    let page = PageNumber::new(2).unwrap();
    assert_eq!(Route::home().url(), "/");
    assert_eq!(Route::Home(filter.clone(), page).url(), "/?sentiment=negative&moment=contact&page=2");
    assert_eq!(
        Route::Search("één & twee".into(), filter, PageNumber::FIRST).url(),
        "/search?q=%C3%A9%C3%A9n+%26+twee&sentiment=negative&moment=contact"
    );
}

#[test]
fn every_address_leads_back_to_its_page() {
    let slug = || "een-twee".parse::<Slug>().unwrap();
    let filter = || ColumnFilter { lang: Some(Lang::En), ..ColumnFilter::default() };
    let page = PageNumber::new(3).unwrap();
    for route in [
        Route::home(),
        Route::Home(filter(), page),
        Route::Column(slug()),
        Route::Series(slug()),
        Route::Moment(Moment::Refund, filter(), page),
        Route::Shops(page),
        Route::Shop(slug(), filter(), page),
        Route::Author(slug(), filter(), page),
        Route::Search("a".into(), filter(), page),
        Route::About,
        Route::AboutPart("method"),
    ] {
        let url = route.url();
        let (path, query) = url.split_once('?').unwrap_or((&url, ""));
        let pairs: Vec<(String, String)> = query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .map(|(key, value)| (key.to_owned(), value.to_owned()))
            .collect();
        assert_eq!(Route::parse(path, &pairs), Some(route), "{url}");
    }
}

#[test]
fn what_is_no_page_is_none() {
    for path in [
        "",
        "columns/x",
        "/columns",
        "/columns/",
        "/columns/A",
        "/columns/../x",
        "/columns/a/b",
        "/about/x",
        "/x",
    ] {
        assert_eq!(Route::parse(path, &[]), None, "{path}");
    }
    for (key, value) in
        [("sentiment", "angry"), ("page", "0"), ("page", "-1"), ("page", "9999999999"), ("shop", "../x")]
    {
        assert_eq!(Route::parse("/", &[(key.into(), value.into())]), None, "{key}={value}");
    }
    let unknown = [("utm_source".to_owned(), "mail".to_owned()), ("moment".to_owned(), String::new())];
    assert_eq!(Route::parse("/", &unknown), Some(Route::home()));
}

#[test]
fn what_was_clearly_meant_is_found() {
    let query = [("sentiment".to_owned(), "negative".to_owned())];
    for (path, query, meant) in [
        ("/columns", &[][..], Some("/")),
        ("/Columns/", &query, Some("/?sentiment=negative")),
        ("/series", &[], Some("/")),
        ("/authors/", &[], Some("/")),
        ("/moments", &[], Some("/#moments")),
        ("/moments/", &query, Some("/?sentiment=negative")),
        ("/columns/Retour-In-Elf", &[], Some("/columns/retour-in-elf")),
        ("/columns/x/", &query, Some("/columns/x")),
        ("/MOMENTS/Contact/", &query, Some("/moments/contact?sentiment=negative")),
        ("/About/Privacy", &[], Some("/about/privacy")),
        // What is left of `/EN`.
        ("/", &[], Some("/")),
        ("//", &[], None),
        ("/columns//", &[], None),
        ("/columns/a/b", &[], None),
        ("/columns/één", &[], None),
        ("/shop", &[], None),
        ("//board.example/", &[], None),
        ("/\\board.example", &[], None),
        ("columns", &[], None),
    ] {
        let found = Route::meant(path, query).map(|(route, place)| route.url() + place);
        assert_eq!(found.as_deref(), meant, "{path}");
    }
    let wrong = [("page".to_owned(), "0".to_owned())];
    for path in ["/columns", "/moments"] {
        assert_eq!(Route::meant(path, &wrong), None, "{path}");
    }
}

#[test]
fn languages_go_in_front_and_come_off_again() {
    for url in ["/", "/?page=2", "/#moments", "/columns/nl", "/search?q=a"] {
        for lang in [None, Some(Lang::Nl), Some(Lang::En)] {
            let localised = localised(url, lang);
            let (path, query) = localised.split_once('?').map_or((&*localised, ""), |(p, q)| (p, q));
            let (found, path) = split_language(path);
            assert_eq!(found, lang);
            let back = if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") };
            assert_eq!(back, url);
        }
    }
    assert_eq!(split_language("/english"), (None, "/english"));
}

#[test]
fn data_lies_beside_its_page() {
    assert_eq!(data_url("/"), "/page.json");
    assert_eq!(data_url("/en/?page=2"), "/en/page.json?page=2");
    assert_eq!(data_url("/columns/x"), "/columns/x/page.json");
}
