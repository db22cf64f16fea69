//! Structured data: an `Article` for a column, a `CollectionPage` for a list. No ratings and no
//! review stars: those would be a site's own verdict on itself.

use serde_json::{Value, json};
use weerklank_api::pages::{ColumnPage, Envelope, Page};
use weerklank_domain::{Card, Named};

use super::{SITE, absolute, listing};
use crate::routes::{Route, localised};

pub(super) fn of(envelope: &Envelope, title: &str, description: &str) -> Option<String> {
    let mut document = match &envelope.page {
        Page::Column(page) => article(envelope, page),
        Page::Series(page) => collection(envelope, title, description, &page.parts),
        page => collection(envelope, title, description, &listing(page)?.cards),
    };
    document["@context"] = json!("https://schema.org");
    Some(document.to_string())
}

fn article(envelope: &Envelope, page: &ColumnPage) -> Value {
    let card = &page.card;
    let publisher = json!({ "@type": "Organization", "name": SITE, "url": format!("{}/", envelope.origin) });
    let mut authors: Vec<Value> = card
        .authors
        .iter()
        .map(|Named { slug, name }| {
            json!({ "@type": "Person", "name": name, "url": url(envelope, &Route::author(slug.clone())) })
        })
        .collect();
    if authors.is_empty() {
        authors.push(publisher.clone());
    }
    let mut article = json!({
        "@type": "Article",
        "headline": card.title,
        "description": card.summary,
        "datePublished": card.date.to_string(),
        "dateModified": page.updated.unwrap_or(card.date).to_string(),
        "inLanguage": card.lang.as_str(),
        "author": authors,
        "publisher": publisher,
        "mainEntityOfPage": url(envelope, &Route::Column(card.slug.clone())),
        "wordCount": page.words,
        "isAccessibleForFree": true,
    });
    if let Some(image) = &card.image {
        article["image"] = json!(absolute(envelope, &image.src));
    }
    if !page.tags.is_empty() {
        article["keywords"] = json!(page.tags);
    }
    if let Some(series) = &card.series {
        let address = url(envelope, &Route::Series(series.series.slug.clone()));
        article["isPartOf"] =
            json!({ "@type": "CreativeWorkSeries", "name": series.series.name, "url": address });
        article["position"] = json!(series.number);
    }
    article
}

fn collection(envelope: &Envelope, title: &str, description: &str, cards: &[Card]) -> Value {
    let items: Vec<Value> = cards
        .iter()
        .enumerate()
        .map(|(index, card)| {
            let address = url(envelope, &Route::Column(card.slug.clone()));
            json!({ "@type": "ListItem", "position": index + 1, "name": card.title, "url": address })
        })
        .collect();
    json!({
        "@type": "CollectionPage",
        "name": title,
        "description": description,
        "inLanguage": envelope.ui.as_str(),
        "url": absolute(envelope, &localised(&envelope.url, envelope.ui_in_path.then_some(envelope.ui))),
        "mainEntity": { "@type": "ItemList", "itemListElement": items },
    })
}

/// Structured data names a thing by its one address, without an interface language.
fn url(envelope: &Envelope, route: &Route) -> String {
    absolute(envelope, &route.url())
}
