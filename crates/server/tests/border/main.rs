//! The server as the world meets it: over HTTP, and on the command line.

#![expect(clippy::unwrap_used, reason = "a story that cannot go on has failed")]

#[cfg(target_os = "linux")]
mod acknowledged;
mod addresses;
mod api;
mod cli;
mod composing;
mod confirming;
mod copies;
mod desk;
mod desk_door;
mod device;
#[cfg(target_os = "linux")]
mod durable;
mod export;
mod faults;
mod feedback;
mod feeds;
mod guarding;
mod headers;
mod hostile;
mod html;
mod images;
mod importing;
mod inert;
mod keeping;
mod killed;
mod lists;
mod mailing;
mod pages;
mod parts;
mod passkeys;
mod process;
mod replying;
mod scores;
mod searching;
mod second_look;
mod sharing;
mod sharing_api;
mod slow;
mod standing;
mod templates;
mod too_late;
mod transparency;
mod views;
mod voice;
mod voice_closed;
mod voice_decided;
mod wire;

use weerklank::routes::{ABOUT_PARTS, Route, data_url};
use weerklank_api::pages::Envelope;
use weerklank_domain::{Column, ColumnFilter, Lang, Moment, PageNumber, Sentiment, Slug, Status};
use weerklank_server::samples::samples;
use weerklank_test_support::{
    app::TestApp,
    build::{column, slug},
};

/// The three forms of an address: negotiated, Dutch, English.
const FORMS: [Option<Lang>; 3] = [None, Some(Lang::Nl), Some(Lang::En)];

/// Pages that the sample columns make: at least one of every kind.
fn sample_routes() -> Vec<Route> {
    let negative = || ColumnFilter { sentiment: Some(Sentiment::Negative), ..ColumnFilter::default() };
    let mut routes = vec![
        Route::home(),
        Route::Home(negative(), PageNumber::FIRST),
        Route::Column(slug("retour-in-elf-stappen")),
        Route::Column(slug("the-returns-desk")),
        Route::Series(slug("twee-kanten")),
        Route::Shops(PageNumber::FIRST),
        Route::shop(slug("lampenloods-lumeta")),
        Route::Shop(slug("lampenloods-lumeta"), negative(), PageNumber::FIRST),
        Route::author(slug("jorinde-vlasakker")),
        Route::Search(String::new(), ColumnFilter::default(), PageNumber::FIRST),
        Route::Search("één lamp & \"terug\" <b>".to_owned(), ColumnFilter::default(), PageNumber::FIRST),
        Route::About,
    ];
    routes.extend(Moment::ALL.iter().map(|moment| Route::moment(*moment)));
    routes.extend(ABOUT_PARTS.iter().map(|part| Route::AboutPart(part)));
    for route in &routes {
        // A new kind of page does not compile until it stands here, and then above as well.
        match route {
            Route::Home(..)
            | Route::Column(_)
            | Route::Series(_)
            | Route::Moment(..)
            | Route::Shops(_)
            | Route::Shop(..)
            | Route::Author(..)
            | Route::Search(..)
            | Route::About
            | Route::AboutPart(_) => {}
        }
    }
    routes
}

/// The data of a page, from beside it.
async fn data_of(app: &TestApp, url: &str) -> Envelope {
    let answer = app.get(&data_url(url)).await;
    assert_eq!(answer.header("content-type"), "application/json", "{url}");
    serde_json::from_slice(&answer.body).unwrap()
}

/// The sample columns that readers see on the day on which the tests are set.
fn public_samples() -> Vec<Column> {
    let today = "2026-11-21".parse().unwrap();
    let mut samples = samples().unwrap();
    samples.retain(|column| column.is_public(today));
    samples
}

/// A column of each status, by its name; the scheduled one is due on 1 December 2026.
fn one_of_each_status() -> Vec<Column> {
    let of = |status: Status| Column {
        title: format!("Titel die {status} is"),
        date: if status == Status::Scheduled { "2026-12-01" } else { "2026-05-01" }.parse().unwrap(),
        shops: vec![format!("Winkel {status}")],
        authors: vec![format!("Auteur {status}")],
        status,
        body: format!("Geheim{status} woord.\n"),
        ..column(&format!("een-{status}"))
    };
    Status::ALL.iter().map(|status| of(*status)).collect()
}

/// The slugs of some cards, to be compared without regard to order.
fn slugs<'a>(slugs: impl IntoIterator<Item = &'a Slug>) -> std::collections::BTreeSet<&'a str> {
    slugs.into_iter().map(Slug::as_str).collect()
}
