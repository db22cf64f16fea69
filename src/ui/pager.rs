//! Previous, position, next: plain links.

use leptos::prelude::*;
use weerklank_api::pages::Pager;
use weerklank_domain::PageNumber;

use super::Place;
use crate::routes::Route;

/// Nothing for a list of one page. `route` names the page with a given number.
pub(crate) fn pager(place: Place, pager: Pager, route: impl Fn(PageNumber) -> Route) -> Option<AnyView> {
    if pager.pages <= 1 {
        return None;
    }
    let words = place.words;
    let href = |page: Option<PageNumber>| page.map(|page| place.href(&route(page)));
    let previous = href(previous(pager))
        .map(|href| view! { <li><a rel="prev" href=href>{words.pager_previous()}</a></li> });
    let next =
        href(next(pager)).map(|href| view! { <li><a rel="next" href=href>{words.pager_next()}</a></li> });
    let position = words.pager_position(&words.number(pager.page.into()), &words.number(pager.pages.into()));
    Some(
        view! {
            <nav class="pager" aria-label=words.pager_label()>
                <ul>{previous}<li>{position}</li>{next}</ul>
            </nav>
        }
        .into_any(),
    )
}

/// The page before this one; the last one for a page past the end.
pub(crate) fn previous(pager: Pager) -> Option<PageNumber> {
    PageNumber::new(pager.page.saturating_sub(1).min(pager.pages))
}

/// The page after this one.
pub(crate) fn next(pager: Pager) -> Option<PageNumber> {
    (pager.page < pager.pages).then(|| PageNumber::new(pager.page + 1)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_have_one_neighbour() {
        let at = |page| Pager { page, pages: 3, total: 30 };
        assert_eq!((previous(at(1)), next(at(1))), (None, PageNumber::new(2)));
        assert_eq!((previous(at(3)), next(at(3))), (PageNumber::new(2), None));
        assert_eq!((previous(at(9)), next(at(9))), (PageNumber::new(3), None));
    }
}
