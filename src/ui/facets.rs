//! The choices that narrow a list. They combine, live in the address and say what they would leave.

use leptos::prelude::*;
use weerklank_domain::{Card, ColumnFilter, FacetCount, Facets, Named, Slug};

use super::Place;
use crate::routes::Route;
use crate::words::Words;

/// The choices of a list, to be drawn in two places: what is chosen above it, what can be chosen
/// beside it.
pub(crate) struct Chosen<'a> {
    pub(crate) filter: &'a ColumnFilter,
    pub(crate) facets: &'a Facets,
    /// What is listed: whoever is chosen as author signs each of them.
    pub(crate) cards: &'a [&'a Card],
    /// The list under another choice, on its first page.
    pub(crate) route: &'a dyn Fn(ColumnFilter) -> Route,
}

impl Chosen<'_> {
    /// What is chosen, each with a link that takes it away, and one that takes all away.
    pub(crate) fn line(&self, place: Place) -> Option<AnyView> {
        if self.filter.is_empty() {
            return None;
        }
        let words = place.words;
        let items: Vec<_> = self
            .names(words)
            .into_iter()
            .map(|(name, without)| {
                view! {
                    <li>
                        <a href=place.href(&(self.route)(without))>
                            <bdi>{name}</bdi>" "<span class="visually-hidden">{words.facet_remove()}</span>
                        </a>
                    </li>
                }
            })
            .collect();
        let clear = place.href(&(self.route)(ColumnFilter::default()));
        Some(
            view! {
                <div class="chosen">
                    <p>{words.facet_chosen()}</p>
                    <ul>{items}</ul>
                    <a class="clear" href=clear>{words.facet_clear()}</a>
                </div>
            }
            .into_any(),
        )
    }

    /// The name of every choice that is made, with the filter that lacks it.
    fn names(&self, words: Words) -> Vec<(String, ColumnFilter)> {
        let filter = self.filter;
        let mut names = Vec::new();
        if let Some(sentiment) = filter.sentiment {
            let without = ColumnFilter { sentiment: None, ..filter.clone() };
            names.push((words.sentiment(sentiment).to_owned(), without));
        }
        if let Some(moment) = filter.moment {
            let without = ColumnFilter { moment: None, ..filter.clone() };
            names.push((words.moment(moment).to_owned(), without));
        }
        if let Some(shop) = &filter.shop {
            let without = ColumnFilter { shop: None, ..filter.clone() };
            names.push((name_of(&self.facets.shops, shop), without));
        }
        if let Some(series) = &filter.series {
            let without = ColumnFilter { series: None, ..filter.clone() };
            names.push((name_of(&self.facets.series, series), without));
        }
        if let Some(author) = &filter.author {
            let without = ColumnFilter { author: None, ..filter.clone() };
            names.push((format!("{}: {}", words.facet_author(), self.author(author)), without));
        }
        if let Some(lang) = filter.lang {
            let without = ColumnFilter { lang: None, ..filter.clone() };
            names.push((words.lang(lang).to_owned(), without));
        }
        names
    }

    /// The name of the chosen author; the slug where nothing is listed.
    fn author(&self, slug: &Slug) -> String {
        let mut authors = self.cards.iter().flat_map(|card| &card.authors);
        authors
            .find(|author| author.slug == *slug)
            .map_or_else(|| slug.to_string(), |author| author.name.clone())
    }
}

/// The name of a chosen shop or series; its slug where the list does not hold it.
fn name_of(counts: &[FacetCount<Named>], slug: &Slug) -> String {
    let found = counts.iter().find(|count| count.value.slug == *slug);
    found.map_or_else(|| slug.to_string(), |count| count.value.name.clone())
}

/// What can be chosen: folded away where room is short, beside the list where there is room.
pub(crate) fn facets(place: Place, chosen: &Chosen<'_>) -> Option<AnyView> {
    let words = place.words;
    let (filter, facets) = (chosen.filter, chosen.facets);
    let mut groups = Vec::new();
    let mut add = |label: &'static str, choices: Vec<Choice>| {
        // One choice that leaves everything as it is would be no choice.
        if choices.len() > 1 || choices.iter().any(|choice| choice.on) {
            groups.push(group(place, chosen, label, choices));
        }
    };
    add(
        words.moment_label(),
        choices(
            &facets.moments,
            |moment| words.moment(*moment).to_owned(),
            |moment| filter.moment == Some(*moment),
            |moment| ColumnFilter { moment: moment.copied(), ..filter.clone() },
        ),
    );
    add(
        words.facet_shop(),
        choices(
            &facets.shops,
            |shop| shop.name.clone(),
            |shop| filter.shop.as_ref() == Some(&shop.slug),
            |shop| ColumnFilter { shop: shop.map(|shop| shop.slug.clone()), ..filter.clone() },
        ),
    );
    add(
        words.facet_series(),
        choices(
            &facets.series,
            |series| series.name.clone(),
            |series| filter.series.as_ref() == Some(&series.slug),
            |series| ColumnFilter { series: series.map(|series| series.slug.clone()), ..filter.clone() },
        ),
    );
    add(
        words.lang_label(),
        choices(
            &facets.langs,
            |lang| words.lang(*lang).to_owned(),
            |lang| filter.lang == Some(*lang),
            |lang| ColumnFilter { lang: lang.copied(), ..filter.clone() },
        ),
    );
    if groups.is_empty() {
        return None;
    }
    let class = if place.mirror { "facets scripted" } else { "facets" };
    Some(
        view! {
            <nav class=class aria-label=words.facet_title()>
                <details>
                    <summary>{words.facet_title()}</summary>
                    {groups}
                </details>
            </nav>
        }
        .into_any(),
    )
}

/// A choice as it is shown.
struct Choice {
    label: String,
    count: u64,
    on: bool,
    /// The filter after following its link: with it, or without when it is on.
    then: ColumnFilter,
}

fn choices<T>(
    counts: &[FacetCount<T>],
    label: impl Fn(&T) -> String,
    is_on: impl Fn(&T) -> bool,
    then: impl Fn(Option<&T>) -> ColumnFilter,
) -> Vec<Choice> {
    counts
        .iter()
        .map(|FacetCount { value, count }| {
            let on = is_on(value);
            Choice { label: label(value), count: *count, on, then: then((!on).then_some(value)) }
        })
        .collect()
}

fn group(place: Place, chosen: &Chosen<'_>, label: &'static str, choices: Vec<Choice>) -> AnyView {
    let items: Vec<_> = choices
        .into_iter()
        .map(|Choice { label, count, on, then }| {
            view! {
                <li>
                    <a href=place.href(&(chosen.route)(then)) aria-current=on.then_some("true")>
                        <bdi>{label}</bdi>" "<span class="count">{place.words.number(count)}</span>
                    </a>
                </li>
            }
        })
        .collect();
    view! { <section><h2>{label}</h2><ul>{items}</ul></section> }.into_any()
}
