//! `/`: the newest columns, their balance, and why readers matter here.

use leptos::prelude::*;
use weerklank_api::pages::HomePage;

use super::lists::listing;
use crate::routes::Route;
use crate::ui::Place;

pub(super) fn home(place: Place, page: &HomePage) -> AnyView {
    let words = place.words;
    let listing = listing(place, &page.listing, &Route::Home, page.listing.filter.is_empty());
    view! {
        <header class="opening">
            <h1>{words.home_title()}</h1>
            <p class="standfirst">{words.home_lead()}</p>
        </header>
        {listing}
        <section class="invite" aria-labelledby="invite">
            <h2 id="invite">{words.home_invite_title()}</h2>
            <p>{words.home_invite_body()}</p>
            <p><a class="act" href=place.href(&Route::AboutPart("moderation"))>{words.home_invite_link()}</a></p>
        </section>
    }
    .into_any()
}
