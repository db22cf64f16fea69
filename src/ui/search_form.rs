//! A plain GET form: it works without script.

use leptos::prelude::*;
use weerklank_domain::{ColumnFilter, PageNumber};

use super::Place;
use crate::routes::Route;

/// What the form starts with.
#[derive(Debug, Clone, Default)]
pub(crate) struct SearchForm {
    pub(crate) query: String,
    /// Kept as hidden fields, so that a new query searches within the choice.
    pub(crate) filter: ColumnFilter,
    /// Large, with a visible label, for a page about searching.
    pub(crate) large: bool,
}

/// The form. On the static mirror it needs script and is hidden without (`scripted` in the style).
pub(crate) fn search_form(place: Place, form: SearchForm) -> AnyView {
    let words = place.words;
    let SearchForm { query, filter, large } = form;
    let action = place.href(&Route::Search(String::new(), ColumnFilter::default(), PageNumber::FIRST));
    let class = match (large, place.mirror) {
        (true, true) => "search large scripted",
        (true, false) => "search large",
        (false, true) => "search scripted",
        (false, false) => "search",
    };
    let label = if large { "" } else { "visually-hidden" };
    let hidden = |name: &'static str, value: Option<String>| {
        value.map(|value| view! { <input type="hidden" name=name value=value/> })
    };
    view! {
        <form class=class role="search" action=action method="get">
            <label>
                <span class=label>{words.search_label()}</span>
                <input type="search" name="q" value=query maxlength="200" enterkeyhint="search"/>
            </label>
            {hidden("sentiment", filter.sentiment.map(|value| value.to_string()))}
            {hidden("moment", filter.moment.map(|value| value.to_string()))}
            {hidden("shop", filter.shop.map(String::from))}
            {hidden("series", filter.series.map(String::from))}
            {hidden("author", filter.author.map(String::from))}
            {hidden("lang", filter.lang.map(|value| value.to_string()))}
            <button>{words.search_button()}</button>
        </form>
    }
    .into_any()
}
