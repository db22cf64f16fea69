//! The pages of a moment, a shop and an author: a heading, then their columns. The list itself is
//! also the body of the front page.

use leptos::prelude::*;
use weerklank_api::pages::{ListPage, Listing};
use weerklank_domain::{Card, ColumnFilter, Moment, Named, PageNumber};

use crate::routes::Route;
use crate::ui::{Chosen, Place, balance, cards, facets, pager};

/// The list under a filter and a page number.
pub(super) type RouteOf<'a> = &'a dyn Fn(ColumnFilter, PageNumber) -> Route;

pub(super) fn moment(place: Place, page: &ListPage<Moment>) -> AnyView {
    let words = place.words;
    let about = page.about;
    let lead = view! { <p class="standfirst">{words.moment_lead(about)}</p> }.into_any();
    let heading = heading(words.moment_page_kicker(), words.moment(about).to_owned(), lead);
    let route = move |filter, page| Route::Moment(about, filter, page);
    view! { {heading}{listing(place, &page.listing, &route, false)} }.into_any()
}

pub(super) fn shop(place: Place, page: &ListPage<Named>) -> AnyView {
    let words = place.words;
    let lead = view! {
        <p class="standfirst">
            {words.shop_no_score()}" "<a href=place.href(&Route::AboutPart("method"))>{words.shop_method()}</a>
        </p>
    }
    .into_any();
    let heading = heading(words.shop_kicker(), page.about.name.clone(), lead);
    let route = |filter, number| Route::Shop(page.about.slug.clone(), filter, number);
    view! { {heading}{listing(place, &page.listing, &route, false)} }.into_any()
}

pub(super) fn author(place: Place, page: &ListPage<Named>) -> AnyView {
    let words = place.words;
    let lead = view! {
        <p class="standfirst">{words.balance_total(page.listing.balance.total())}</p>
    }
    .into_any();
    let heading = heading(words.author_kicker(), page.about.name.clone(), lead);
    let route = |filter, number| Route::Author(page.about.slug.clone(), filter, number);
    view! { {heading}{listing(place, &page.listing, &route, false)} }.into_any()
}

/// The head of a list: what kind of thing it is about, its name, a sentence.
pub(super) fn heading(kicker: &'static str, title: String, lead: AnyView) -> AnyView {
    view! {
        <header class="opening">
            <p class="kicker">{kicker}</p>
            <h1><bdi>{title}</bdi></h1>
            {lead}
        </header>
    }
    .into_any()
}

/// Balance, choices, cards and pager. `lead` enlarges the newest.
pub(super) fn listing(place: Place, listing: &Listing, route: RouteOf<'_>, lead: bool) -> AnyView {
    let words = place.words;
    let filter = &listing.filter;
    let first = |filter| route(filter, PageNumber::FIRST);
    let listed: Vec<&Card> = listing.cards.iter().collect();
    let chosen = Chosen { filter, facets: &listing.facets, cards: &listed, route: &first };
    let bar = balance(place, listing.balance, filter.sentiment, |sentiment| {
        first(ColumnFilter { sentiment, ..filter.clone() })
    });
    let title = if filter.is_empty() { words.home_latest() } else { words.home_filtered() };
    let list = if listing.cards.is_empty() {
        empty(place, filter, &first)
    } else {
        cards(place, &listing.cards, lead && listing.pager.page == 1).into_any()
    };
    view! {
        {bar}
        <div class="listing">
            {facets(place, &chosen)}
            <section aria-labelledby="list">
                <h2 id="list">
                    {title}" "<span class="count">{words.number(listing.pager.total)}</span>
                </h2>
                {chosen.line(place)}
                {list}
                {pager(place, listing.pager, |page| route(filter.clone(), page))}
            </section>
        </div>
    }
    .into_any()
}

fn empty(place: Place, filter: &ColumnFilter, first: &dyn Fn(ColumnFilter) -> Route) -> AnyView {
    let words = place.words;
    let advice = (!filter.is_empty()).then(|| {
        let href = place.href(&first(ColumnFilter::default()));
        view! { <p>{words.list_empty_body()}</p><p><a href=href>{words.facet_all()}</a></p> }
    });
    view! { <div class="empty"><p class="big">{words.list_empty_title()}</p>{advice}</div> }.into_any()
}
