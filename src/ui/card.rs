//! A column in a list.

use leptos::prelude::*;
use weerklank_domain::Card;

use super::{Place, byline, day, feel, moments, reading_time, series_part};
use crate::routes::Route;

/// How much room a card takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Size {
    /// The first of a list: larger, with its picture.
    Lead,
    Usual,
}

/// A list of cards, newest first as given. `lead` enlarges the first.
pub(crate) fn cards(place: Place, cards: &[Card], lead: bool) -> impl IntoView + use<> {
    let items: Vec<_> = cards
        .iter()
        .enumerate()
        .map(|(index, each)| {
            let size = if lead && index == 0 { Size::Lead } else { Size::Usual };
            view! { <li>{card(place, each, size, each.title.clone(), each.summary.clone())}</li> }
        })
        .collect();
    view! { <ol class="cards">{items}</ol> }
}

/// One card. `title` and `summary` are given apart, since a search marks what matched in them.
pub(crate) fn card(
    place: Place,
    card: &Card,
    size: Size,
    title: impl IntoView + 'static,
    summary: impl IntoView + 'static,
) -> AnyView {
    let class = if size == Size::Lead { "card lead" } else { "card" };
    let lang = place.foreign(card.lang);
    let picture = card.image.as_ref().map(|image| {
        // Decoration here: the column's own page has the picture with its description.
        let loading = if size == Size::Lead { "eager" } else { "lazy" };
        view! { <img src=image.src.clone() alt="" width="640" height="400" loading=loading decoding="async"/> }
    });
    let series = card.series.as_ref().map(|part| view! { <li>{series_part(place, part)}</li> });
    view! {
        <article class=class>
            <div class="card-text">
                <ul class="meta">
                    <li>{feel(place, card.sentiment)}</li>
                    {series}
                    {moments(place, &card.moments)}
                </ul>
                <h3 lang=lang><a href=place.href(&Route::Column(card.slug.clone()))>{title}</a></h3>
                <p class="summary" lang=lang>{summary}</p>
                <ul class="meta quiet">
                    {byline(place, &card.authors)}
                    <li>{day(place, card.date)}</li>
                    <li>{reading_time(place, card.reading_minutes)}</li>
                </ul>
            </div>
            {picture}
        </article>
    }
    .into_any()
}
