//! From an address and the page that lies there to the page that is asked for.

use weerklank::routes::{Route, split_language};
use weerklank_api::pages::{
    Envelope, HomePage, ListPage, Listing, PER_PAGE, Page, Pager, SHOPS_PER_PAGE, SearchPage, ShopsPage,
};
use weerklank_domain::{ColumnFilter, Facets, PageNumber};

use crate::Index;
use crate::list::{Counted, page_of};

/// How many pairs of a query count; the server reads no more either.
const MAX_PAIRS: usize = 32;

/// The page that a path (with its interface language, perhaps with a slash at its end) and a decoded
/// query name; `None` where there is none.
pub fn route(path: &str, query: &[(String, String)]) -> Option<Route> {
    let path = split_language(path).1;
    let trimmed = path.trim_end_matches('/');
    Route::parse(if trimmed.is_empty() { "/" } else { trimmed }, &query[..query.len().min(MAX_PAIRS)])
}

/// The page at `route`, given `bare`: the page that lies at the same path, without a query. Not found
/// where the address is none, the list has no such page, or `bare` is another kind of page.
pub fn answer(index: &Index, bare: &Envelope, route: Option<&Route>) -> Envelope {
    let page = route.and_then(|route| page(index, &bare.page, route)).unwrap_or(Page::NotFound);
    Envelope { url: route.map_or_else(|| bare.url.clone(), Route::url), page, ..bare.clone() }
}

fn page(index: &Index, bare: &Page, route: &Route) -> Option<Page> {
    Some(match (route, bare) {
        (Route::Home(filter, page), Page::Home(_)) => {
            Page::Home(HomePage { listing: listing(index, filter, filter, *page)? })
        }
        (Route::Moment(moment, filter, page), Page::Moment(_)) => {
            let full = ColumnFilter { moment: Some(*moment), ..filter.clone() };
            Page::Moment(ListPage { about: *moment, listing: listing(index, filter, &full, *page)? })
        }
        (Route::Shop(slug, filter, page), Page::Shop(list)) => {
            let full = ColumnFilter { shop: Some(slug.clone()), ..filter.clone() };
            Page::Shop(ListPage { about: list.about.clone(), listing: listing(index, filter, &full, *page)? })
        }
        (Route::Author(slug, filter, page), Page::Author(list)) => {
            let full = ColumnFilter { author: Some(slug.clone()), ..filter.clone() };
            Page::Author(ListPage {
                about: list.about.clone(),
                listing: listing(index, filter, &full, *page)?,
            })
        }
        (Route::Shops(page), Page::Shops(_)) => {
            let shops = index.shops();
            let pager = pager(*page, SHOPS_PER_PAGE, shops.len())?;
            Page::Shops(ShopsPage { shops: page_of(shops, *page, SHOPS_PER_PAGE), pager })
        }
        (Route::Search(query, filter, page), Page::Search(_)) => {
            Page::Search(search(index, query, filter, *page)?)
        }
        // A query means nothing to the other pages.
        (Route::Column(_) | Route::Series(_) | Route::About | Route::AboutPart(_), page) => page.clone(),
        // Another page lies there than the address names: the one that tells that nothing does.
        (
            Route::Home(..)
            | Route::Moment(..)
            | Route::Shops(_)
            | Route::Shop(..)
            | Route::Author(..)
            | Route::Search(..),
            _,
        ) => return None,
    })
}

fn listing(index: &Index, chosen: &ColumnFilter, full: &ColumnFilter, page: PageNumber) -> Option<Listing> {
    let Counted { cards, facets, balance } = index.list(full);
    let pager = pager(page, PER_PAGE, cards.len())?;
    let cards = page_of(cards, page, PER_PAGE).into_iter().cloned().collect();
    Some(Listing { filter: chosen.clone(), cards, pager, facets, balance })
}

fn search(index: &Index, query: &str, filter: &ColumnFilter, page: PageNumber) -> Option<SearchPage> {
    let (query, filter) = (query.to_owned(), filter.clone());
    if query.is_empty() {
        let pager = pager(page, PER_PAGE, 0)?;
        return Some(SearchPage { query, filter, hits: Vec::new(), pager, facets: Facets::default() });
    }
    let (wanted, Counted { cards, facets, .. }) = index.search(&query, &filter);
    let pager = pager(page, PER_PAGE, cards.len())?;
    let hits = page_of(cards, page, PER_PAGE).into_iter().map(|card| wanted.hit(card)).collect();
    Some(SearchPage { query, filter, hits, pager, facets })
}

/// `None` for a page that the list does not have.
fn pager(page: PageNumber, per_page: u32, total: usize) -> Option<Pager> {
    Some(Pager::new(page.get(), per_page, total as u64)).filter(|pager| pager.exists())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_as_a_host_spells_it() {
        let query = |key: &str, value: &str| vec![(key.to_owned(), value.to_owned())];
        let url = |path, query: &[(String, String)]| route(path, query).map(|route| route.url());
        assert_eq!(url("/en/", &query("page", "2")).as_deref(), Some("/?page=2"));
        assert_eq!(url("/en/shops/", &query("page", "2")).as_deref(), Some("/shops?page=2"));
        assert_eq!(url("/search", &query("q", " één ")).as_deref(), Some("/search?q=%C3%A9%C3%A9n"));
        assert_eq!(url("/", &query("sentiment", "angry")), None);
        assert_eq!(url("/nowhere", &[]), None);
        let mut many = vec![("x".to_owned(), String::new()); MAX_PAIRS];
        many.extend(query("page", "2"));
        assert_eq!(url("/", &many).as_deref(), Some("/"));
    }
}
