//! What the list is restricted to.

use leptos::prelude::*;
use weerklank_domain::desk::Kind;
use weerklank_domain::experience::Side;
use weerklank_domain::{Lang, Moment};

use crate::desk::state::Desk;
use crate::routes::DeskRoute;

/// In the address, so that it can be kept and sent.
#[component]
pub(super) fn Filters(
    /// The words of the filter.
    query: Memo<String>,
) -> impl IntoView {
    let desk = Desk::get();
    let words = desk.words();
    let value = move |key: &'static str| {
        query
            .get()
            .split('&')
            .find_map(|pair| pair.strip_prefix(key)?.strip_prefix('=').map(ToOwned::to_owned))
            .unwrap_or_default()
    };
    let choose = move |key: &'static str, value: String| {
        let mut pairs: Vec<String> = query
            .get_untracked()
            .split('&')
            .filter(|pair| !pair.is_empty() && pair.split('=').next() != Some(key))
            .map(ToOwned::to_owned)
            .collect();
        if !value.is_empty() {
            pairs.push(format!("{key}={value}"));
        }
        pairs.sort();
        desk.rename(DeskRoute::Queue { item: None, query: pairs.join("&") });
    };
    let select = move |key: &'static str, label: &'static str, options: Vec<(&'static str, &'static str)>| {
        let options = options.into_iter().map(move |(word, text)| {
            view! { <option value=word selected=move || value(key) == word>{text}</option> }
        });
        view! {
            <label>
                <span>{label}</span>
                <select on:change=move |event| choose(key, event_target_value(&event))>{options.collect_view()}</select>
            </label>
        }
    };
    let all = words.filter_all();
    let views = vec![
        ("", words.view_waiting()),
        ("mine", words.view_mine()),
        ("free", words.view_free()),
        ("decided", words.view_decided()),
    ];
    let kinds =
        [("", all)].into_iter().chain(Kind::ALL.iter().map(|kind| (kind.as_str(), words.kind(*kind))));
    let langs = [("", all)]
        .into_iter()
        .chain(Lang::ALL.iter().map(|lang| (lang.as_str(), words.board().lang(*lang))));
    let sides =
        [("", all)].into_iter().chain(Side::ALL.iter().map(|side| (side.as_str(), words.side(*side))));
    let moments = [("", all)]
        .into_iter()
        .chain(Moment::ALL.iter().map(|moment| (moment.as_str(), words.moment(*moment))));
    view! {
        <form class="filters" on:submit=|event| event.prevent_default()>
            {select("view", words.filter_view(), views)}
            {select("kind", words.filter_kind(), kinds.collect())}
            {select("lang", words.filter_lang(), langs.collect())}
            {select("side", words.filter_side(), sides.collect())}
            {select("moment", words.filter_moment(), moments.collect())}
        </form>
    }
}
