//! `/series/{slug}`: the parts in their own order; a missing number is said, not hidden.

use leptos::prelude::*;
use weerklank_api::pages::SeriesPage;
use weerklank_domain::Card;

use super::lists::heading;
use crate::ui::{Place, Size, card};

pub(super) fn series(place: Place, page: &SeriesPage) -> AnyView {
    let words = place.words;
    let count = u64::try_from(page.parts.len()).unwrap_or(u64::MAX);
    let lead = view! { <p class="standfirst">{words.series_parts(count)}". "{words.series_lead()}</p> };
    let mut items = Vec::new();
    let mut expected = 1;
    for part in &page.parts {
        let number = number(part).unwrap_or(expected);
        if number > expected {
            items.push(view! { <li class="gap">{gap(place, expected, number - 1)}</li> }.into_any());
        }
        expected = number.saturating_add(1);
        let drawn = card(place, part, Size::Usual, part.title.clone(), part.summary.clone());
        items.push(
            view! {
                <li>
                    <span class="number" aria-hidden="true">{words.number(number.into())}</span>
                    {drawn}
                </li>
            }
            .into_any(),
        );
    }
    view! {
        {heading(words.series_kicker(), page.series.name.clone(), lead.into_any())}
        <h2 class="visually-hidden">{words.column_series_label()}</h2>
        <ol class="cards parts">{items}</ol>
    }
    .into_any()
}

fn number(card: &Card) -> Option<u32> {
    card.series.as_ref().map(|part| part.number)
}

/// That the numbers from `from` to `to` are not there.
fn gap(place: Place, from: u32, to: u32) -> String {
    let words = place.words;
    let said = |number: u32| words.number(number.into());
    if from == to { words.series_gap_one(&said(from)) } else { words.series_gap_many(&said(from), &said(to)) }
}
