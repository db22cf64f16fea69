//! The public pages: what a reader sees.

mod column;
mod frame;
mod home;
mod lists;
#[cfg(feature = "ssr")]
mod picture;
mod problems;
mod search;
mod series;
mod shops;
mod text;
mod wording;

#[cfg(feature = "ssr")]
pub use picture::picture_html;
pub use wording::{
    ClientWords, MarkdownWords, client_words, contact_missing, feed_title, lang_name, markdown_words,
    moment_name, sentiment_name, site_description,
};

use leptos::prelude::*;
use weerklank_api::pages::{Envelope, Page};

use crate::ui::Place;

/// The `id`s that pages use themselves: a heading inside a column must not bear one of them.
pub const RESERVED_IDS: &[&str] =
    &["about", "app", "invite", "languages", "list", "main", "moments", "page", "related", "series"];

/// The whole page inside `<div id="app">`: header, `main` and footer. Draws the same markup on the
/// server and in the browser, from the envelope alone; nothing in it changes by itself.
pub fn draw(envelope: &Envelope) -> AnyView {
    let place = Place::of(envelope);
    frame::frame(place, envelope, main(place, envelope))
}

/// A page whose middle is drawn elsewhere: header, `main` and footer around it.
#[cfg(feature = "ssr")]
pub(crate) fn around(envelope: &Envelope, main: AnyView) -> AnyView {
    frame::frame(Place::of(envelope), envelope, main)
}

fn main(place: Place, envelope: &Envelope) -> AnyView {
    match &envelope.page {
        Page::Home(page) => home::home(place, page),
        Page::Column(page) => column::column(place, page, format!("{}{}", envelope.origin, envelope.url)),
        Page::Series(page) => series::series(place, page),
        Page::Moment(page) => lists::moment(place, page),
        Page::Shops(page) => shops::shops(place, page),
        Page::Shop(page) => lists::shop(place, page),
        Page::Author(page) => lists::author(place, page),
        Page::Search(page) => search::search(place, page),
        Page::Text(page) => text::text(place, page),
        Page::Gone(page) => problems::gone(place, page),
        Page::NotFound => problems::not_found(place),
        Page::Failure(page) => problems::failure(place, page),
    }
}
