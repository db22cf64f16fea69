//! The sample columns as pages, drawn straight from their files.

use std::fs;
use std::path::Path;

use weerklank::board::{RESERVED_IDS, markdown_words, picture_html};
use weerklank_api::pages::{ColumnPage, Envelope, HomePage, Listing, Page, Pager, TocEntry};
use weerklank_domain::{
    Balance, Card, CardSeries, Column, ColumnFilter, FacetCount, Facets, Lang, Moment, Named, Neighbour,
    Sentiment, SeriesPosition, Slug, Status,
};
use weerklank_markdown::{Labels, Options, parse_file, reading_minutes, render, summary};

use crate::fixtures::envelope;

/// From this many headings on, a column gets a table of contents.
const LONG: usize = 4;

/// A front page and a page for every column in `folder`, by file name.
pub fn all(folder: &Path, ui: Lang) -> Result<Vec<(String, Envelope)>, String> {
    let mut columns = Vec::new();
    for entry in fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))? {
        let path = entry.map_err(|error| error.to_string())?.path();
        let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        columns.push(parse_file(&name, &text).map_err(|problems| format!("{name}: {problems:?}"))?);
    }
    columns.retain(|column| column.status == Status::Published);
    columns.sort_by(|a, b| b.date.cmp(&a.date).then_with(|| a.slug.cmp(&b.slug)));
    let home = Page::Home(HomePage { listing: listing(&columns) });
    let mut pages = vec![("content".to_owned(), envelope(home, "/", ui))];
    for column in &columns {
        let page = Page::Column(Box::new(page(column, &columns)));
        pages.push((column.slug.to_string(), envelope(page, &format!("/columns/{}", column.slug), ui)));
    }
    Ok(pages)
}

fn listing(columns: &[Column]) -> Listing {
    let total = |matches: &dyn Fn(&Column) -> bool| {
        u64::try_from(columns.iter().filter(|column| matches(column)).count()).unwrap_or(0)
    };
    let of = |sentiment| total(&|column| column.sentiment == sentiment);
    let moments = Moment::ALL
        .iter()
        .map(|moment| FacetCount { value: *moment, count: total(&|column| column.moments.contains(moment)) });
    let langs = Lang::ALL
        .iter()
        .map(|lang| FacetCount { value: *lang, count: total(&|column| column.lang == *lang) });
    Listing {
        filter: ColumnFilter::default(),
        cards: columns.iter().map(card).collect(),
        pager: Pager::new(1, 20, total(&|_| true)),
        facets: Facets {
            moments: moments.filter(|facet| facet.count > 0).collect(),
            langs: langs.collect(),
            ..Facets::default()
        },
        balance: Balance {
            positive: of(Sentiment::Positive),
            negative: of(Sentiment::Negative),
            mixed: of(Sentiment::Mixed),
        },
    }
}

fn page(column: &Column, all: &[Column]) -> ColumnPage {
    let words = markdown_words(column.lang);
    let date = |date| words.date(date);
    let labels = Labels {
        advice: words.advice,
        law: words.law,
        checked_on: words.checked_on,
        update: words.update,
        note: words.note,
        footnotes: words.footnotes,
        footnote_back: words.footnote_back,
        external_link: words.external_link,
        table: words.table,
        date: &date,
    };
    let rendered = render(
        &column.body,
        &Options {
            labels: &labels,
            site_origin: Some("https://board.example"),
            heading_base: 2,
            reserved_ids: RESERVED_IDS,
            image_size: &|src| src.starts_with("/images/").then_some((960, 540)),
            image_sources: &|_| None,
        },
    );
    let toc =
        rendered.toc.into_iter().map(|entry| TocEntry { level: entry.level, id: entry.id, text: entry.text });
    let toc: Vec<_> = toc.collect();
    ColumnPage {
        card: card(column),
        // Every picture in public/images is drawn so.
        picture_html: column.image.as_ref().map(|image| picture_html(image, Some((960, 540)), None)),
        summarised: column.summary.is_some(),
        updated: column.updated,
        guest: column.guest.clone(),
        first_published: column.first_published.clone(),
        tags: column.tags.clone(),
        source: column.source,
        voices_html: String::new(),
        incomplete: column.incomplete,
        body_html: rendered.html,
        words: rendered.words,
        toc: if toc.len() < LONG { Vec::new() } else { toc },
        series: position(column, all),
        related: all
            .iter()
            .filter(|other| {
                other.slug != column.slug && other.moments.iter().any(|m| column.moments.contains(m))
            })
            .take(3)
            .map(card)
            .collect(),
    }
}

fn position(column: &Column, all: &[Column]) -> Option<SeriesPosition> {
    let own = column.series.as_ref()?;
    let mut parts: Vec<_> = all
        .iter()
        .filter_map(|other| {
            other.series.as_ref().filter(|part| part.name == own.name).map(|part| (part.number, other))
        })
        .collect();
    parts.sort_by_key(|(number, _)| *number);
    let neighbour = |(number, column): &(u32, &Column)| Neighbour {
        slug: column.slug.clone(),
        title: column.title.clone(),
        number: *number,
    };
    Some(SeriesPosition {
        series: named(&own.name),
        number: own.number,
        parts: u32::try_from(parts.len()).unwrap_or(u32::MAX),
        previous: parts.iter().rev().find(|(number, _)| *number < own.number).map(neighbour),
        next: parts.iter().find(|(number, _)| *number > own.number).map(neighbour),
    })
}

fn card(column: &Column) -> Card {
    Card {
        slug: column.slug.clone(),
        title: column.title.clone(),
        summary: column.summary.clone().unwrap_or_else(|| summary(&column.body, 200)),
        date: column.date,
        lang: column.lang,
        sentiment: column.sentiment,
        moments: column.moments.clone(),
        shops: column.shops.iter().map(|name| named(name)).collect(),
        authors: column.authors.iter().map(|name| named(name)).collect(),
        series: column
            .series
            .as_ref()
            .map(|part| CardSeries { series: named(&part.name), number: part.number }),
        reading_minutes: reading_minutes(weerklank_markdown::word_count(&column.body)),
        image: column.image.clone(),
    }
}

/// Names in a column that was read have a letter.
fn named(name: &str) -> Named {
    Named { slug: Slug::from_name(name).expect("a name with letters"), name: name.to_owned() }
}
