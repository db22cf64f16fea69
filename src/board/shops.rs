//! `/shops`: who the columns are about. Numbers of columns, no score: that would need a sample.

use leptos::prelude::*;
use weerklank_api::pages::ShopsPage;

use crate::routes::Route;
use crate::ui::{Place, pager, tally};

pub(super) fn shops(place: Place, page: &ShopsPage) -> AnyView {
    let words = place.words;
    let items: Vec<_> = page
        .shops
        .iter()
        .map(|line| {
            view! {
                <li>
                    <a href=place.href(&Route::shop(line.shop.slug.clone()))><bdi>{line.shop.name.clone()}</bdi></a>
                    {tally(place, line.balance)}
                </li>
            }
        })
        .collect();
    let list = if items.is_empty() {
        view! { <p class="empty">{words.shops_empty()}</p> }.into_any()
    } else {
        view! { <ul class="shops">{items}</ul> }.into_any()
    };
    view! {
        <header class="opening">
            <h1>{words.shops_title()}</h1>
            <p class="standfirst">
                {words.shops_lead()}" "{words.shop_no_score()}" "
                <a href=place.href(&Route::AboutPart("method"))>{words.shop_method()}</a>
            </p>
        </header>
        {list}
        {pager(place, page.pager, Route::Shops)}
    }
    .into_any()
}
