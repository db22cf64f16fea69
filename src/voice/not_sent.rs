//! Where somebody's words are shown that nothing takes any more.

use leptos::prelude::*;

use crate::routes::pattern;
use crate::share::kept::kept;
use crate::share::{Around, document, envelope};
use crate::ui::Place;
use crate::words::Words;

/// Why words were not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotSent<'a> {
    /// No comment can be left there any more.
    Closed,
    /// The report came in before with other words, under this secret.
    First(&'a str),
}

/// The document that says so, with the words.
pub fn not_sent(around: &Around, why: NotSent<'_>, text: &str) -> String {
    let words = Words::new(around.ui);
    let envelope = envelope(around, words.kept_unsent(), "");
    let place = Place::of(&envelope);
    document(&envelope, false, || {
        let (lead, link) = match why {
            NotSent::Closed => (words.kept_closed(), None),
            NotSent::First(secret) => (words.kept_first(), Some(place.link(&pattern::said(secret)))),
        };
        let link = link.map(|url| view! { <p><a class="button" href=url>{words.kept_report()}</a></p> });
        view! {
            <header class="opening">
                <h1>{words.kept_unsent()}</h1>
                <p class="standfirst" role="status">{lead} " " {words.kept_here()}</p>
            </header>
            {kept(words, text)}
            {link}
        }
        .into_any()
    })
}
