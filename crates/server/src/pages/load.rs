//! The data of a page, as one struct.

use weerklank::{
    board::picture_html,
    routes::{Route, TRANSPARENCY, picture},
    transparency::tables_html,
};
use weerklank_api::pages::{
    ColumnPage, GonePage, HomePage, ListPage, Listing, PER_PAGE, Page, Pager, SHOPS_PER_PAGE, SearchHit,
    SearchPage, SeriesPage, ShopsPage, TextPage, TocEntry,
};
use weerklank_domain::{Card, ColumnFilter, Lang, Named, PageNumber, Slug, Status};
use weerklank_search::SearchError;
use weerklank_store::{StoreError, StoredColumn};

use super::{markdown, voices::voices};
use crate::{
    app::{App, Edition},
    transparency,
};

/// Columns offered below a column.
const RELATED: u32 = 3;
/// A column with fewer headings needs no table of contents.
const TOC_FROM: usize = 4;

/// Why there is no data.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Search(#[from] SearchError),
}

/// How a page is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    pub ui: Lang,
    /// Whether the language stands in the address.
    pub ui_in_path: bool,
    /// Whether no server stands behind it.
    pub mirror: bool,
}

/// Loads a page; `Page::NotFound` where nothing public is there, `Page::Gone` where a column was.
pub async fn load(app: &App, edition: Edition, route: &Route, seen: Seen) -> Result<Page, LoadError> {
    let today = edition.today;
    let page = match route {
        Route::Home(filter, page) => listing(app, edition, filter, filter, *page)
            .await?
            .map(|listing| Page::Home(HomePage { listing })),
        Route::Column(slug) => column(app, edition, slug, seen).await?,
        Route::Series(slug) => app
            .store
            .series(slug, today)
            .await?
            .map(|(series, parts)| Page::Series(SeriesPage { series, parts: with_small(parts) })),
        Route::Moment(moment, filter, page) => {
            let full = ColumnFilter { moment: Some(*moment), ..filter.clone() };
            listing(app, edition, filter, &full, *page)
                .await?
                .map(|listing| Page::Moment(ListPage { about: *moment, listing }))
        }
        Route::Shops(page) => {
            let (shops, total) = app.store.shops(*page, SHOPS_PER_PAGE, today).await?;
            let pager = Pager::new(page.get(), SHOPS_PER_PAGE, total);
            pager.exists().then_some(Page::Shops(ShopsPage { shops, pager }))
        }
        Route::Shop(slug, filter, page) => {
            let full = ColumnFilter { shop: Some(slug.clone()), ..filter.clone() };
            let alone = ColumnFilter { shop: Some(slug.clone()), ..ColumnFilter::default() };
            let about = known(app, edition, app.store.shop(slug).await?, &alone).await?;
            about_someone(app, edition, about, filter, &full, *page).await?.map(Page::Shop)
        }
        Route::Author(slug, filter, page) => {
            let full = ColumnFilter { author: Some(slug.clone()), ..filter.clone() };
            let alone = ColumnFilter { author: Some(slug.clone()), ..ColumnFilter::default() };
            let about = known(app, edition, app.store.author(slug).await?, &alone).await?;
            about_someone(app, edition, about, filter, &full, *page).await?.map(Page::Author)
        }
        Route::Search(query, filter, page) => search(app, edition, query, filter, *page).await?,
        Route::About => app.texts.get(seen.ui, "about").cloned().map(Page::Text),
        Route::AboutPart(part) => about(app, edition, part, seen.ui).await?.map(Page::Text),
    };
    Ok(page.unwrap_or(Page::NotFound))
}

/// A sub-page of `/about`, with the figures where it tells of some.
async fn about(app: &App, edition: Edition, part: &str, ui: Lang) -> Result<Option<TextPage>, StoreError> {
    let Some(mut page) = app.texts.get(ui, &format!("about/{part}")).cloned() else { return Ok(None) };
    if part == TRANSPARENCY {
        let figures = transparency::load(app, edition).await?;
        page.body_html.push_str(&tables_html(ui, &figures));
    }
    Ok(Some(page))
}

async fn listing(
    app: &App,
    edition: Edition,
    chosen: &ColumnFilter,
    full: &ColumnFilter,
    page: PageNumber,
) -> Result<Option<Listing>, StoreError> {
    let answer = app.store.list(full, page, PER_PAGE, edition.today).await?;
    let pager = Pager::new(page.get(), PER_PAGE, answer.total);
    Ok(pager.exists().then_some(Listing {
        filter: chosen.clone(),
        cards: with_small(answer.cards),
        pager,
        facets: answer.facets,
        balance: answer.balance,
    }))
}

/// A shop or an author whom a public column names. Whom only drafts name is nobody's business yet.
pub async fn known(
    app: &App,
    edition: Edition,
    about: Option<Named>,
    alone: &ColumnFilter,
) -> Result<Option<Named>, StoreError> {
    let public = app.store.list(alone, PageNumber::FIRST, 1, edition.today).await?.total > 0;
    Ok(about.filter(|_| public))
}

async fn about_someone(
    app: &App,
    edition: Edition,
    about: Option<Named>,
    chosen: &ColumnFilter,
    full: &ColumnFilter,
    page: PageNumber,
) -> Result<Option<ListPage<Named>>, StoreError> {
    let Some(about) = about else { return Ok(None) };
    let listing = listing(app, edition, chosen, full, page).await?;
    Ok(listing.map(|listing| ListPage { about, listing }))
}

/// CSS pixels, for sharp screens: the picture of the first card is at most half as wide.
const CARD_WIDTH: u32 = 960;

/// Cards as lists show them: with pictures that are no larger than they need.
pub fn with_small(mut cards: Vec<Card>) -> Vec<Card> {
    for image in cards.iter_mut().filter_map(|card| card.image.as_mut()) {
        image.src = picture::at_least(std::mem::take(&mut image.src), CARD_WIDTH);
    }
    cards
}

async fn column(app: &App, edition: Edition, slug: &Slug, seen: Seen) -> Result<Option<Page>, StoreError> {
    let Some(stored) = app.store.column(slug).await? else { return Ok(None) };
    if stored.column.status == Status::Withdrawn {
        let gone = GonePage { slug: slug.clone(), title: stored.column.title, lang: stored.column.lang };
        return Ok(Some(Page::Gone(gone)));
    }
    if !stored.column.is_public(edition.today) {
        return Ok(None);
    }
    let series = match &stored.column.series {
        Some(_) => app.store.series_position(slug, edition.today).await?,
        None => None,
    };
    let related = with_small(app.store.related(slug, RELATED, edition.today).await?);
    let StoredColumn { id, column, mut card, .. } = stored;
    let voices_html = voices(app, seen, (id, slug, column.comments)).await?;
    // A picture from elsewhere would tell that place who reads; the policy keeps it out anyway.
    card.image = card.image.filter(|image| image.src.starts_with('/'));
    let foreign = Some(column.lang).filter(|lang| *lang != seen.ui);
    let picture_html =
        card.image.as_ref().map(|image| picture_html(image, app.assets.image_size(&image.src), foreign));
    let rendered = markdown::render_column(&column.body, column.lang, app.public_url.as_str(), &app.assets);
    let toc =
        rendered.toc.into_iter().map(|entry| TocEntry { level: entry.level, id: entry.id, text: entry.text });
    let toc: Vec<TocEntry> = toc.collect();
    Ok(Some(Page::Column(Box::new(ColumnPage {
        card,
        picture_html,
        summarised: column.summary.is_some(),
        updated: column.updated,
        guest: column.guest,
        first_published: column.first_published,
        tags: column.tags,
        source: column.source,
        voices_html,
        incomplete: column.incomplete,
        body_html: rendered.html,
        words: rendered.words,
        toc: if toc.len() < TOC_FROM { Vec::new() } else { toc },
        series,
        related,
    }))))
}

async fn search(
    app: &App,
    edition: Edition,
    query: &str,
    filter: &ColumnFilter,
    page: PageNumber,
) -> Result<Option<Page>, LoadError> {
    if query.is_empty() {
        let empty = SearchPage {
            query: String::new(),
            filter: filter.clone(),
            hits: Vec::new(),
            pager: Pager::new(1, PER_PAGE, 0),
            facets: weerklank_domain::Facets::default(),
        };
        return Ok((page == PageNumber::FIRST).then_some(Page::Search(empty)));
    }
    let answer = find(app, query, filter, page.offset(PER_PAGE), PER_PAGE).await?;
    let pager = Pager::new(page.get(), PER_PAGE, answer.total);
    if !pager.exists() {
        return Ok(None);
    }
    let slugs: Vec<Slug> = answer.hits.iter().map(|hit| hit.slug.clone()).collect();
    let cards = with_small(app.store.cards(&slugs, edition.today).await?);
    // A column may have gone between the index and the database; its hit goes with it.
    let hits = answer.hits.into_iter().filter_map(|hit| {
        let card = cards.iter().find(|card| card.slug == hit.slug)?.clone();
        Some(SearchHit { card, title: hit.title, snippet: hit.snippet })
    });
    Ok(Some(Page::Search(SearchPage {
        query: query.to_owned(),
        filter: filter.clone(),
        hits: hits.collect(),
        pager,
        facets: answer.facets,
    })))
}

/// Searches beside the threads that answer requests: it reads files and computes.
pub async fn find(
    app: &App,
    query: &str,
    filter: &ColumnFilter,
    offset: u64,
    limit: u32,
) -> Result<weerklank_search::Answer, SearchError> {
    let index = app.search.index();
    let query = weerklank_search::Query { text: query.to_owned(), filter: filter.clone(), offset, limit };
    match tokio::task::spawn_blocking(move || index.search(&query)).await {
        Ok(answer) => answer,
        Err(stopped) => std::panic::resume_unwind(stopped.into_panic()),
    }
}
