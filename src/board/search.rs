//! `/search`: the form, what was found, and what to do when nothing was.

use leptos::prelude::*;
use weerklank_api::pages::{SearchHit, SearchPage};
use weerklank_domain::{Card, ColumnFilter, Moment, PageNumber};

use crate::routes::Route;
use crate::ui::{Chosen, Place, SearchForm, Size, card, facets, moments, pager, search_form};

pub(super) fn search(place: Place, page: &SearchPage) -> AnyView {
    let words = place.words;
    let form = SearchForm { query: page.query.clone(), filter: page.filter.clone(), large: true };
    let needs_script =
        place.mirror.then(|| view! { <p class="scriptless">{words.search_needs_script()}</p> });
    let answer = if page.query.is_empty() && page.filter.is_empty() {
        view! { <p class="standfirst">{words.search_lead()}</p> }.into_any()
    } else {
        answer(place, page)
    };
    view! {
        <header class="opening">
            <h1>{words.search_title()}</h1>
            {search_form(place, form)}
            {needs_script}
        </header>
        {answer}
    }
    .into_any()
}

fn answer(place: Place, page: &SearchPage) -> AnyView {
    let words = place.words;
    let filter = &page.filter;
    let first = |filter: ColumnFilter| Route::Search(page.query.clone(), filter, PageNumber::FIRST);
    let listed: Vec<&Card> = page.hits.iter().map(|hit| &hit.card).collect();
    let chosen = Chosen { filter, facets: &page.facets, cards: &listed, route: &first };
    if page.hits.is_empty() {
        return nothing(place, page, &chosen);
    }
    let total = page.pager.total;
    let title = if page.query.is_empty() {
        words.balance_total(total)
    } else {
        words.search_found(total, &page.query)
    };
    let hits: Vec<_> = page.hits.iter().map(|hit| view! { <li>{found(place, hit)}</li> }).collect();
    view! {
        <div class="listing">
            {facets(place, &chosen)}
            <section aria-labelledby="list">
                <h2 id="list">{title}</h2>
                {chosen.line(place)}
                <ol class="cards">{hits}</ol>
                {pager(place, page.pager, |number| Route::Search(page.query.clone(), filter.clone(), number))}
            </section>
        </div>
    }
    .into_any()
}

fn found(place: Place, hit: &SearchHit) -> AnyView {
    card(place, &hit.card, Size::Usual, marked(&hit.title), marked(&hit.snippet))
}

/// Text in pieces; those that matched in `<mark>`.
fn marked(pieces: &[(String, bool)]) -> Vec<AnyView> {
    pieces
        .iter()
        .cloned()
        .map(
            |(text, matched)| {
                if matched { view! { <mark>{text}</mark> }.into_any() } else { text.into_any() }
            },
        )
        .collect()
}

fn nothing(place: Place, page: &SearchPage, chosen: &Chosen<'_>) -> AnyView {
    let words = place.words;
    let title = if page.query.is_empty() {
        words.list_empty_title().to_owned()
    } else {
        words.search_none_title(&page.query)
    };
    let filters = (!page.filter.is_empty()).then(|| view! { <li>{words.search_none_filters()}</li> });
    view! {
        <section class="empty">
            <h2>{title}</h2>
            {chosen.line(place)}
            <ul>
                <li>{words.search_none_spelling()}</li>
                <li>{words.search_none_shorter()}</li>
                {filters}
            </ul>
            <p>{words.search_none_browse()}</p>
            <ul class="meta">{moments(place, Moment::ALL)}</ul>
        </section>
    }
    .into_any()
}
