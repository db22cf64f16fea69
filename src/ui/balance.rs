//! How many columns look back with pleasure, how many do not.

use leptos::prelude::*;
use weerklank_domain::{Balance, Sentiment};

use super::Place;
use crate::routes::Route;

/// From left to right; the place of a part tells it apart as much as its sign and its colour.
const ORDER: [Sentiment; 3] = [Sentiment::Positive, Sentiment::Mixed, Sentiment::Negative];

/// The balance as a bar and as numbers that filter. `route` names the list with a sentiment chosen,
/// or with none. A chosen part leads back to all.
pub(crate) fn balance(
    place: Place,
    balance: Balance,
    chosen: Option<Sentiment>,
    route: impl Fn(Option<Sentiment>) -> Route,
) -> Option<AnyView> {
    if balance.total() == 0 {
        return None;
    }
    let words = place.words;
    let parts: Vec<_> = ORDER
        .iter()
        .map(|sentiment| {
            let on = chosen == Some(*sentiment);
            let href = place.href(&route((!on).then_some(*sentiment)));
            let count = words.number(balance.of(*sentiment));
            view! {
                <li>
                    <a class="feel" data-feel=sentiment.as_str() href=href aria-current=on.then_some("true")>
                        <b>{count}</b>" "{words.sentiment(*sentiment)}
                    </a>
                </li>
            }
        })
        .collect();
    Some(
        view! {
            <nav class="balance" aria-label=words.balance_label()>
                {bar(balance, chosen)}
                <ul>{parts}</ul>
            </nav>
        }
        .into_any(),
    )
}

/// The bar itself: a picture of the numbers beneath it, so hidden from who cannot see it. Lengths
/// are attributes of the drawing, since a strict content policy allows no style attributes.
fn bar(balance: Balance, chosen: Option<Sentiment>) -> impl IntoView {
    let mut start = 0;
    let mut parts = Vec::new();
    for sentiment in ORDER {
        let share = balance.of(sentiment);
        let class = if chosen.is_some_and(|chosen| chosen != sentiment) { "dim" } else { "" };
        let x = percent(start, balance.total());
        let width = percent(share, balance.total());
        parts.push(
            view! { <rect class=class data-feel=sentiment.as_str() x=x width=width height="100%"></rect> },
        );
        start += share;
    }
    view! { <svg class="bar" aria-hidden="true" width="100%" height="14">{parts}</svg> }
}

/// `37.5%`, rounded down to a tenth.
fn percent(part: u64, whole: u64) -> String {
    let tenths = u128::from(part) * 1000 / u128::from(whole.max(1));
    format!("{}.{}%", tenths / 10, tenths % 10)
}

/// The three numbers in a line, for a list of shops.
pub(crate) fn tally(place: Place, balance: Balance) -> impl IntoView {
    let parts: Vec<_> = ORDER
        .iter()
        .filter(|sentiment| balance.of(**sentiment) > 0)
        .map(|sentiment| {
            let count = place.words.number(balance.of(*sentiment));
            view! {
                <li class="feel" data-feel=sentiment.as_str()>{count}" "{place.words.sentiment(*sentiment)}</li>
            }
        })
        .collect();
    view! { <ul class="meta tally">{parts}</ul> }
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn shares_are_tenths_of_a_percent() {
        assert_eq!(percent(1, 3), "33.3%");
        assert_eq!(percent(3, 3), "100.0%");
        assert_eq!(percent(0, 0), "0.0%");
    }
}
