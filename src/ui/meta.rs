//! What stands above and below a title: experience, moments, series, date, reading time.

use leptos::prelude::*;
use weerklank_domain::{CardSeries, ColumnFilter, Date, Moment, PageNumber, Sentiment};

use super::Place;
use crate::routes::Route;

/// The kind of experience: a sign (from the style, by `data-feel`) and the word, linking to its like.
pub(crate) fn feel(place: Place, sentiment: Sentiment) -> impl IntoView {
    let filter = ColumnFilter { sentiment: Some(sentiment), ..ColumnFilter::default() };
    view! {
        <a class="feel" data-feel=sentiment.as_str() href=place.href(&Route::Home(filter, PageNumber::FIRST))>
            {place.words.sentiment(sentiment)}
        </a>
    }
}

/// Links to moments, as list items.
pub(crate) fn moments(place: Place, moments: &[Moment]) -> Vec<impl IntoView + use<>> {
    moments
        .iter()
        .map(|moment| {
            view! { <li><a href=place.href(&Route::moment(*moment))>{place.words.moment(*moment)}</a></li> }
        })
        .collect()
}

/// `Twee kanten, deel 4`, linking to the series.
pub(crate) fn series_part(place: Place, part: &CardSeries) -> impl IntoView + use<> {
    let label = place.words.card_part(&part.series.name, &place.words.number(part.number.into()));
    view! { <a href=place.href(&Route::Series(part.series.slug.clone()))><bdi>{label}</bdi></a> }
}

/// A date in words.
pub(crate) fn day(place: Place, date: Date) -> impl IntoView {
    view! { <time datetime=date.to_string()>{place.words.date(date)}</time> }
}

/// `8 minuten lezen`.
pub(crate) fn reading_time(place: Place, minutes: u32) -> String {
    place.words.card_reading(minutes.into())
}
