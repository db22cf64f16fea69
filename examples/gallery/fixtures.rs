//! One page of every kind, invented: what the gallery shows and the tests of the views draw.

use weerklank_api::pages::{
    ColumnPage, Envelope, FailurePage, GonePage, HomePage, ListPage, Listing, Page, Pager, SearchHit,
    SearchPage, SeriesPage, ShopsPage, TextPage, TocEntry,
};
use weerklank_domain::{
    Balance, Card, CardSeries, ColumnFilter, Date, FacetCount, Facets, FirstPublished, Guest, Image, Lang,
    Moment, Named, Neighbour, Sentiment, SeriesPosition, ShopLine, Slug, Source,
};

/// A page in its envelope, at an address, in an interface language that stands in the address.
pub fn envelope(page: Page, url: &str, ui: Lang) -> Envelope {
    Envelope {
        ui,
        ui_in_path: true,
        url: url.to_owned(),
        origin: "https://board.example".to_owned(),
        mirror: false,
        takes: true,
        build: "test".to_owned(),
        page,
    }
}

/// Every kind of page, and the states in which a kind looks different; by file name.
pub fn all(ui: Lang) -> Vec<(&'static str, Envelope)> {
    let filter = ColumnFilter {
        sentiment: Some(Sentiment::Negative),
        moment: Some(Moment::Contact),
        ..ColumnFilter::default()
    };
    let about = named("Lampenloods Lumeta");
    let empty = Listing { cards: Vec::new(), pager: Pager::new(1, 10, 0), ..listing(filter.clone()) };
    vec![
        ("home", envelope(Page::Home(HomePage { listing: listing(ColumnFilter::default()) }), "/", ui)),
        (
            "home-filtered",
            envelope(
                Page::Home(HomePage { listing: listing(filter) }),
                "/?sentiment=negative&moment=contact",
                ui,
            ),
        ),
        (
            "home-empty",
            envelope(Page::Home(HomePage { listing: empty }), "/?sentiment=negative&moment=contact", ui),
        ),
        ("column", envelope(Page::Column(Box::new(column())), "/columns/het-bedrag-onder-de-streep", ui)),
        ("column-bare", envelope(Page::Column(Box::new(bare())), "/columns/een-stem-zonder-naam", ui)),
        ("series", envelope(Page::Series(series()), "/series/twee-kanten", ui)),
        (
            "moment",
            envelope(
                Page::Moment(ListPage { about: Moment::Contact, listing: listing(ColumnFilter::default()) }),
                "/moments/contact",
                ui,
            ),
        ),
        ("shops", envelope(Page::Shops(shops()), "/shops", ui)),
        (
            "shop",
            envelope(
                Page::Shop(ListPage { about, listing: listing(ColumnFilter::default()) }),
                "/shops/lampenloods-lumeta",
                ui,
            ),
        ),
        (
            "author",
            envelope(
                Page::Author(ListPage {
                    about: named("Teun Oeverstegen"),
                    listing: listing(ColumnFilter::default()),
                }),
                "/authors/teun-oeverstegen",
                ui,
            ),
        ),
        ("search", envelope(Page::Search(search("retour", true)), "/search?q=retour", ui)),
        (
            "search-none",
            envelope(Page::Search(search("kwispelstaart", false)), "/search?q=kwispelstaart", ui),
        ),
        ("search-form", envelope(Page::Search(search("", false)), "/search", ui)),
        ("text", envelope(Page::Text(text()), "/about/method", ui)),
        ("gone", envelope(Page::Gone(gone()), "/columns/weg", ui)),
        ("not-found", envelope(Page::NotFound, "/nergens", ui)),
        ("failure", envelope(Page::Failure(failure(false)), "/", ui)),
        ("unavailable", envelope(Page::Failure(failure(true)), "/", ui)),
    ]
}

/// A column with everything a column can have; its names try to break out of the markup.
pub fn column() -> ColumnPage {
    let cards = cards();
    ColumnPage {
        card: Card {
            title: "Twee kanten: het bedrag onder de streep".to_owned(),
            shops: vec![named("Wattewarm Energie"), named("Snoerhof <Telecom> & Co")],
            authors: vec![named("Teun Oeverstegen"), named("Jorinde \"Jo\" Vlasakker")],
            series: Some(CardSeries { series: named("Twee kanten"), number: 4 }),
            image: Some(image("/images/doos-met-lamp.svg")),
            reading_minutes: 7,
            ..cards[1].clone()
        },
        picture_html: Some(
            "<img src=\"/images/doos-met-lamp.svg\" alt=\"Een doos met een lamp\" width=\"960\" height=\"540\" decoding=\"async\">\
             <figcaption><bdi>Tekening: &lt;de redactie&gt;</bdi></figcaption>"
                .to_owned(),
        ),
        summarised: true,
        updated: Date::new(2026, 11, 1),
        guest: Some(Guest {
            name: "Linde Kasboek".to_owned(),
            role: Some("hoofd facturatie".to_owned()),
            organisation: Some("Wattewarm Energie".to_owned()),
        }),
        first_published: Some(FirstPublished {
            medium: "Balie & Baken".to_owned(),
            issue: Some("11/12-2015".to_owned()),
            date: Date::new(2015, 12, 16),
            url: Some("https://balie.example/".to_owned()),
        }),
        tags: vec!["rekening".to_owned(), "een & ander".to_owned()],
        source: Source::SecondHand,
        voices_html: "<section><h2>Reacties <small>1</small></h2><ol class=\"comments\"><li id=\"comment-1\">\
                      <p class=\"who\"><b><bdi>Bo</bdi></b></p><div class=\"prose\"><p>Herken ik.</p></div></li></ol></section>"
            .to_owned(),
        incomplete: true,
        body_html:
            "<p>Een rekening is een brief. &lt;!-- </p>\n<h2 id=\"geld\">Geld</h2>\n<p>Tot op de cent.</p>\n"
                .to_owned(),
        words: 1_412,
        toc: vec![toc(2, "geld", "Geld"), toc(3, "cent", "Tot op de cent"), toc(2, "slot", "Slot")],
        series: Some(SeriesPosition {
            series: named("Twee kanten"),
            number: 4,
            parts: 4,
            previous: Some(neighbour("Twee kanten: zes gaten in een muur", 2)),
            next: Some(neighbour("Twee kanten: u bent nummer vierendertig", 5)),
        }),
        related: cards[..3].to_vec(),
    }
}

/// A column with nothing but what every column has.
fn bare() -> ColumnPage {
    ColumnPage {
        card: bare_card(),
        picture_html: None,
        summarised: false,
        updated: None,
        guest: None,
        first_published: None,
        tags: Vec::new(),
        incomplete: false,
        body_html: "<p>Niemand weet wie dit schreef. Het lag er gewoon.</p>\n".to_owned(),
        toc: Vec::new(),
        series: None,
        related: vec![bare_card()],
        ..column()
    }
}

fn bare_card() -> Card {
    Card {
        moments: Vec::new(),
        shops: Vec::new(),
        authors: Vec::new(),
        ..card("Een stem zonder naam", Sentiment::Mixed, 8, "Niemand weet wie dit schreef.")
    }
}

fn listing(filter: ColumnFilter) -> Listing {
    Listing {
        filter,
        cards: cards(),
        pager: Pager::new(1, 6, 18),
        facets: facets(),
        balance: Balance { positive: 6, negative: 5, mixed: 7 },
    }
}

fn facets() -> Facets {
    let count = |value, count| FacetCount { value, count };
    Facets {
        sentiments: Sentiment::ALL.iter().map(|each| FacetCount { value: *each, count: 5 }).collect(),
        moments: Moment::ALL.iter().map(|each| FacetCount { value: *each, count: 3 }).collect(),
        langs: vec![FacetCount { value: Lang::Nl, count: 14 }, FacetCount { value: Lang::En, count: 4 }],
        shops: vec![count(named("Lampenloods Lumeta"), 3), count(named("Kachelhuis Vonk & Zoon"), 2)],
        series: vec![count(named("Twee kanten"), 4), count(named("The other side of the counter"), 2)],
    }
}

/// Six columns, newest first, one of them English.
pub fn cards() -> Vec<Card> {
    let series = Some(CardSeries { series: named("Twee kanten"), number: 4 });
    let english =
        card("The boots came back twice", Sentiment::Positive, 11, "A return in one step, and a call after.");
    vec![
        Card {
            image: Some(image("/images/kachel-met-mok.svg")),
            ..card(
                "Een chocoladeletter van de kachelman",
                Sentiment::Positive,
                14,
                "De kachel was na twee dagen weer stuk. Wat de monteur op de derde dag meebracht, staat nog in de kast.",
            )
        },
        Card {
            series,
            ..card(
                "Twee kanten: het bedrag onder de streep",
                Sentiment::Mixed,
                13,
                "Een jaarafrekening van € 2.316 voor een flat waar niemand woonde, en een rekening die uit zichzelf \
                 lager werd.",
            )
        },
        Card {
            image: Some(image("/images/doos-met-lamp.svg")),
            ..card(
                "Retour in elf stappen",
                Sentiment::Negative,
                12,
                "Een te grote lamp gaat terug naar de webwinkel. Daar zijn elf stappen voor nodig, waarvan de wet er \
                 twee kent.",
            )
        },
        Card { lang: Lang::En, ..english },
        card(
            "Arbeidsongeschiktheidsverzekeringsmaatschappij zwijgt",
            Sentiment::Negative,
            10,
            "Een woord dat nergens op past, ook niet op een telefoon.",
        ),
        card("De stoel die bleef", Sentiment::Positive, 9, "Hij mocht op proef, en niemand vroeg hem terug."),
    ]
}

fn card(title: &str, sentiment: Sentiment, day: u8, summary: &str) -> Card {
    Card {
        slug: slug(title),
        title: title.to_owned(),
        summary: summary.to_owned(),
        date: date(day),
        lang: Lang::Nl,
        sentiment,
        moments: vec![Moment::Return, Moment::Contact],
        shops: vec![named("Lampenloods Lumeta")],
        authors: vec![named("Jorinde Vlasakker")],
        series: None,
        reading_minutes: 6,
        image: None,
    }
}

fn series() -> SeriesPage {
    let part = |number| Card {
        series: Some(CardSeries { series: named("Twee kanten"), number }),
        slug: slug(&format!("deel {number}")),
        ..cards()[1].clone()
    };
    SeriesPage { series: named("Twee kanten"), parts: [1, 2, 4, 9].map(part).to_vec() }
}

fn shops() -> ShopsPage {
    let line = |name, positive, negative, mixed| ShopLine {
        shop: named(name),
        balance: Balance { positive, negative, mixed },
    };
    ShopsPage {
        shops: vec![
            line("Kachelhuis Vonk & Zoon", 2, 0, 1),
            line("Lampenloods Lumeta", 0, 3, 0),
            line("Pakketdienst Hollebol", 1, 1, 1),
        ],
        pager: Pager::new(1, 50, 3),
    }
}

fn search(query: &str, found: bool) -> SearchPage {
    let piece = |text: &str, matched| (text.to_owned(), matched);
    let hits: Vec<_> = if found {
        vec![SearchHit {
            card: cards()[2].clone(),
            title: vec![piece("Retour", true), piece(" in elf stappen", false)],
            snippet: vec![
                piece("… dat vond ik het beste moment van het hele ", false),
                piece("retour", true),
                piece(". Laat iedereen die over <retouren> gaat …", false),
            ],
        }]
    } else {
        Vec::new()
    };
    SearchPage {
        query: query.to_owned(),
        filter: ColumnFilter::default(),
        pager: Pager::new(1, 10, u64::try_from(hits.len()).unwrap_or(0)),
        facets: if found { facets() } else { Facets::default() },
        hits,
    }
}

fn text() -> TextPage {
    TextPage {
        path: "about/method".to_owned(),
        title: "Hoe we tellen".to_owned(),
        summary: "Hoe een lijst op volgorde komt, en waarom er nergens een cijfer staat.".to_owned(),
        body_html: "<h2 id=\"volgorde\">Volgorde</h2>\n<p>De nieuwste eerst, zonder uitzondering.</p>\n"
            .to_owned(),
    }
}

fn gone() -> GonePage {
    GonePage { slug: slug("weg"), title: "De winkel die niet bestond".to_owned(), lang: Lang::Nl }
}

fn failure(passing: bool) -> FailurePage {
    FailurePage {
        request_id: "01jd3v5kq8".to_owned(),
        passing,
        contact: (!passing).then(|| "mailto:redactie@board.example".to_owned()),
    }
}

fn image(src: &str) -> Image {
    Image {
        src: src.to_owned(),
        alt: "Een open kartonnen doos waar een bolle hanglamp half uitsteekt.".to_owned(),
        credit: Some("Tekening: Redactie".to_owned()),
    }
}

fn toc(level: u8, id: &str, text: &str) -> TocEntry {
    TocEntry { level, id: id.to_owned(), text: text.to_owned() }
}

fn neighbour(title: &str, number: u32) -> Neighbour {
    Neighbour { slug: slug(title), title: title.to_owned(), number }
}

fn named(name: &str) -> Named {
    Named { slug: slug(name), name: name.to_owned() }
}

/// Names in this file have letters, days exist.
fn slug(name: &str) -> Slug {
    Slug::from_name(name).expect("a name with letters")
}

fn date(day: u8) -> Date {
    Date::new(2026, 5, day).expect("a day in May")
}
