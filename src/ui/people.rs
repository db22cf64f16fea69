//! Names that people gave: isolated, so that a right-to-left name cannot turn the line around.

use leptos::prelude::*;
use weerklank_domain::Named;

use super::Place;
use crate::routes::Route;

/// `Door A, B en C` as an item of a list, each linking to their page; nothing where nobody is named.
pub(crate) fn byline(place: Place, authors: &[Named]) -> Option<impl IntoView + use<>> {
    (!authors.is_empty()).then(|| {
        view! { <li>{place.words.card_by()}" "{linked(place, authors, Route::author)}</li> }
    })
}

/// As in [`byline`], the names alone.
pub(crate) fn shops(place: Place, shops: &[Named]) -> Vec<impl IntoView + use<>> {
    linked(place, shops, Route::shop)
}

fn linked(
    place: Place,
    names: &[Named],
    route: fn(weerklank_domain::Slug) -> Route,
) -> Vec<impl IntoView + use<>> {
    names
        .iter()
        .enumerate()
        .map(|(index, named)| {
            let href = place.href(&route(named.slug.clone()));
            let before = place.words.before(index, names.len());
            view! { {before}<a href=href><bdi>{named.name.clone()}</bdi></a> }
        })
        .collect()
}
