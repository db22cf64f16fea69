//! `/columns/{slug}`: a column, whole.

use leptos::prelude::*;
use weerklank_api::pages::{ColumnPage, TocEntry};
use weerklank_domain::{FirstPublished, Guest, Neighbour, SeriesPosition};

use crate::routes::Route;
use crate::ui::{Place, byline, cards, day, feel, moments, reading_time, series_part, shops};

/// `address` is where the page stands, for whoever has it on paper.
pub(super) fn column(place: Place, page: &ColumnPage, address: String) -> AnyView {
    let card = &page.card;
    let lang = place.foreign(card.lang);
    let words = place.words;
    let incomplete = page.incomplete.then(|| view! { <p class="breaks-off">{words.column_incomplete()}</p> });
    view! {
        <article class="column">
            {header(place, page)}
            {page.picture_html.clone().map(|html| view! { <figure class="picture" inner_html=html></figure> })}
            {contents(place, &page.toc, lang)}
            <div class="prose" lang=lang inner_html=page.body_html.clone()></div>
            {incomplete}
            {colophon(place, page, address)}
            {page.series.as_ref().map(|series| neighbours(place, series, lang))}
        </article>
        <div class="voices" inner_html=page.voices_html.clone()></div>
        {related(place, page)}
    }
    .into_any()
}

fn header(place: Place, page: &ColumnPage) -> AnyView {
    let words = place.words;
    let card = &page.card;
    let lang = place.foreign(card.lang);
    let series = card.series.as_ref().map(|part| view! { <li>{series_part(place, part)}</li> });
    let updated = page.updated.map(|date| view! { <li>{words.column_updated()}" "{day(place, date)}</li> });
    let about = (!card.shops.is_empty()).then(|| {
        view! { <div><dt>{words.column_shops()}</dt><dd>{shops(place, &card.shops)}</dd></div> }
    });
    let on = (!card.moments.is_empty()).then(|| {
        view! {
            <div><dt>{words.column_moments()}</dt><dd><ul class="meta">{moments(place, &card.moments)}</ul></dd></div>
        }
    });
    let facts = (on.is_some() || about.is_some()).then(|| view! { <dl class="facts">{on}{about}</dl> });
    // The first sentences of the text are not said twice.
    let standfirst =
        page.summarised.then(|| view! { <p class="standfirst" lang=lang>{card.summary.clone()}</p> });
    view! {
        <header class="opening">
            <ul class="meta"><li>{feel(place, card.sentiment)}</li>{series}</ul>
            <h1 lang=lang>{card.title.clone()}</h1>
            {standfirst}
            {page.guest.as_ref().map(|guest| guest_line(place, guest))}
            <ul class="meta quiet">
                {byline(place, &card.authors)}
                <li>{day(place, card.date)}</li>
                {updated}
                <li>{reading_time(place, card.reading_minutes)}</li>
            </ul>
            {facts}
        </header>
    }
    .into_any()
}

/// `Te gast: Linde Kasboek, hoofd facturatie, Wattewarm Energie`.
fn guest_line(place: Place, guest: &Guest) -> impl IntoView + use<> {
    let more = [&guest.role, &guest.organisation]
        .into_iter()
        .flatten()
        .map(|part| view! { ", "<bdi>{part.clone()}</bdi> })
        .collect::<Vec<_>>();
    view! {
        <p class="guest">{place.words.column_guest()}" "<b><bdi>{guest.name.clone()}</bdi></b>{more}</p>
    }
}

/// Folded away where room is short, in the margin where there is room.
fn contents(place: Place, toc: &[TocEntry], lang: Option<&'static str>) -> Option<AnyView> {
    if toc.is_empty() {
        return None;
    }
    let items: Vec<_> = toc
        .iter()
        .map(|entry| {
            let link = view! { <a href=format!("#{}", entry.id)>{entry.text.clone()}</a> };
            // An absent class would be drawn as an empty one on the server alone.
            if entry.level > 2 {
                view! { <li class="deeper">{link}</li> }.into_any()
            } else {
                view! { <li>{link}</li> }.into_any()
            }
        })
        .collect();
    let label = place.words.column_contents();
    Some(
        view! {
            <nav class="contents" aria-label=label>
                <details>
                    <summary>{label}</summary>
                    <ol lang=lang>{items}</ol>
                </details>
            </nav>
        }
        .into_any(),
    )
}

/// Where the text comes from, its keywords, and ways to pass it on.
fn colophon(place: Place, page: &ColumnPage, address: String) -> AnyView {
    let words = place.words;
    let first = page.first_published.as_ref().map(|first| first_published(place, first));
    let tags = (!page.tags.is_empty()).then(|| {
        let lang = place.foreign(page.card.lang);
        let tags: Vec<_> = page
            .tags
            .iter()
            .map(|tag| {
                let route = Route::Search(
                    tag.clone(),
                    weerklank_domain::ColumnFilter::default(),
                    weerklank_domain::PageNumber::FIRST,
                );
                view! { <li><a href=place.href(&route) rel="tag">{tag.clone()}</a></li> }
            })
            .collect();
        view! {
            <div class="tags">
                <p>{words.column_tags()}</p>
                <ul class="meta" lang=lang>{tags}</ul>
            </div>
        }
    });
    view! {
        <footer class="colophon">
            <p>{words.source(page.source)}</p>
            {first}
            <p class="on-paper">{address}</p>
            {tags}
            // The script in the browser shows what the browser can do and listens by `data-share`.
            <div class="share" role="group" aria-label=words.column_share()>
                <button type="button" data-share="native" hidden=true>{words.column_share_native()}</button>
                <button type="button" data-share="copy" hidden=true>{words.column_share_copy()}</button>
                <button type="button" data-share="print" hidden=true>{words.column_share_print()}</button>
            </div>
        </footer>
    }
    .into_any()
}

fn first_published(place: Place, first: &FirstPublished) -> impl IntoView + use<> {
    let words = place.words;
    let medium = match first.url.clone() {
        Some(url) => {
            view! { <a href=url rel="noopener external"><cite>{first.medium.clone()}</cite></a> }.into_any()
        }
        None => view! { <cite>{first.medium.clone()}</cite> }.into_any(),
    };
    let issue = first.issue.as_ref().map(|issue| format!(", {}", words.column_first_published_issue(issue)));
    let date = first.date.map(|date| view! { ", "{day(place, date)} });
    view! { <p>{words.column_first_published()}" "<bdi>{medium}</bdi>{issue}{date}"."</p> }
}

/// Previous and next in the series, with their numbers: a gap shows in them.
fn neighbours(place: Place, series: &SeriesPosition, lang: Option<&'static str>) -> AnyView {
    let words = place.words;
    let link = |neighbour: &Neighbour, rel: &'static str, label: &'static str| {
        let part = words.column_part_of(&words.number(neighbour.number.into()));
        view! {
            <li class=rel>
                <a rel=rel href=place.href(&Route::Column(neighbour.slug.clone()))>
                    <small>{label}", "{part}</small>
                    <span lang=lang>{neighbour.title.clone()}</span>
                </a>
            </li>
        }
    };
    let previous = series.previous.as_ref().map(|part| link(part, "prev", words.column_previous_part()));
    let next = series.next.as_ref().map(|part| link(part, "next", words.column_next_part()));
    view! {
        <nav class="neighbours" aria-labelledby="series">
            <h2 id="series">
                <a href=place.href(&Route::Series(series.series.slug.clone()))>
                    <bdi>{series.series.name.clone()}</bdi>
                </a>
                " "<small>{words.series_parts(series.parts.into())}</small>
            </h2>
            <ul>{previous}{next}</ul>
        </nav>
    }
    .into_any()
}

fn related(place: Place, page: &ColumnPage) -> Option<AnyView> {
    (!page.related.is_empty()).then(|| {
        view! {
            <section class="related" aria-labelledby="related">
                <h2 id="related">{place.words.column_related()}</h2>
                {cards(place, &page.related, false)}
            </section>
        }
        .into_any()
    })
}
