//! From counts to choices.

use weerklank_domain::{ColumnFilter, FacetCount, Facets, Named, Slug};

use crate::collect::Counts;
use crate::snapshot::{Registry, Snapshot};

/// How many shops and series are offered, besides the chosen one.
const OFFERED: usize = 20;

pub fn facets(snapshot: &Snapshot, filter: &ColumnFilter, counts: &Counts) -> Facets {
    Facets {
        sentiments: closed(weerklank_domain::Sentiment::ALL, filter.sentiment, &counts.sentiments),
        moments: closed(weerklank_domain::Moment::ALL, filter.moment, &counts.moments),
        langs: closed(weerklank_domain::Lang::ALL, filter.lang, &counts.langs),
        shops: named(&snapshot.shops, filter.shop.as_ref(), &counts.shops),
        series: named(&snapshot.series, filter.series.as_ref(), &counts.series),
    }
}

fn closed<T: Copy + PartialEq>(all: &[T], chosen: Option<T>, counts: &[u64]) -> Vec<FacetCount<T>> {
    let choices = all.iter().zip(counts).map(|(value, count)| FacetCount { value: *value, count: *count });
    choices.filter(|choice| choice.count > 0 || chosen == Some(choice.value)).collect()
}

fn named(registry: &Registry, chosen: Option<&Slug>, counts: &[u64]) -> Vec<FacetCount<Named>> {
    let numbers = 0..u32::try_from(counts.len()).unwrap_or(u32::MAX);
    let mut choices: Vec<(u64, &Named)> =
        numbers.zip(counts).filter(|(_, n)| **n > 0).map(|(i, n)| (*n, registry.get(i))).collect();
    choices.sort_unstable_by(|(a, one), (b, other)| b.cmp(a).then_with(|| one.slug.cmp(&other.slug)));
    let is_chosen = |named: &Named| Some(&named.slug) == chosen;
    let missing = chosen.filter(|_| !choices.iter().take(OFFERED).any(|(_, named)| is_chosen(named)));
    let missing = missing.map(|slug| match choices.iter().find(|(_, named)| is_chosen(named)) {
        Some((count, named)) => FacetCount { value: (*named).clone(), count: *count },
        None => FacetCount { value: by_slug(registry, slug), count: 0 },
    });
    let offered = choices.iter().take(OFFERED);
    let offered = offered.map(|(count, named)| FacetCount { value: (*named).clone(), count: *count });
    offered.chain(missing).collect()
}

/// Something no column names has no name but its slug.
fn by_slug(registry: &Registry, slug: &Slug) -> Named {
    let unnamed = || Named { slug: slug.clone(), name: slug.to_string() };
    registry.find(slug).map_or_else(unnamed, |number| registry.get(number).clone())
}
