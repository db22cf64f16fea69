//! `/about` and its sub-pages: the house's own words.

use leptos::prelude::*;
use weerklank_api::pages::TextPage;

use crate::ui::Place;

pub(super) fn text(place: Place, page: &TextPage) -> AnyView {
    let kicker = (page.path != "about").then(|| {
        view! { <p class="kicker"><a href=place.href(&crate::routes::Route::About)>{place.words.footer_about()}</a></p> }
    });
    view! {
        <article class="text">
            <header class="opening">
                {kicker}
                <h1>{page.title.clone()}</h1>
                <p class="standfirst">{page.summary.clone()}</p>
            </header>
            <div class="prose" inner_html=page.body_html.clone()></div>
        </article>
    }
    .into_any()
}
