//! From a question to an answer.

use std::cmp::Reverse;

use tantivy::TantivyDocument;
use tantivy::schema::Value;
use weerklank_domain::Lang;

use crate::analysis::Lexicon;
use crate::collect::{Found, Gather, Gathered};
use crate::plan::{Plan, Share};
use crate::query::Clause;
use crate::schema::{self, PackedFacts};
use crate::snapshot::{Snapshot, str_column};
use crate::{Answer, Hit, Query, facets, snippet};

/// Bytes of a body that are looked through for a snippet.
const MAX_SNIPPET_BODY: usize = 65_536;

pub fn answer(
    snapshot: &Snapshot,
    mut lexicons: [Lexicon; 2],
    query: &Query,
    clauses: &[Clause],
) -> tantivy::Result<Answer> {
    let mut plan = Plan::new(snapshot, &mut lexicons, clauses)?;
    let offset = usize::try_from(query.offset).unwrap_or(usize::MAX);
    let limit = usize::try_from(query.limit).unwrap_or(usize::MAX);
    let documents = usize::try_from(snapshot.searcher.num_docs()).unwrap_or(usize::MAX);
    let wanted = if limit == 0 { 0 } else { offset.saturating_add(limit).min(documents) };
    let gather = Gather { snapshot, filter: &query.filter, wanted };
    let mut answer = Answer::default();
    for share in [Share::All, Share::Half, Share::Any] {
        // A column is in one language: adding up is cheaper than a union.
        let mut gathered = Gathered::empty(snapshot);
        for part in plan.queries(share) {
            let searcher = &snapshot.searcher;
            gathered.add(searcher.search_with_statistics_provider(&part, &gather, &plan.statistics)?);
        }
        if gathered.matched > 0 {
            answer.total = gathered.total;
            answer.facets = facets::facets(snapshot, &query.filter, &gathered.counts);
            for (found, slug) in page(snapshot, gathered.found, offset, limit)? {
                answer.hits.extend(hit(snapshot, &mut plan, &mut lexicons, &found, &slug)?);
            }
            break;
        }
    }
    Ok(answer)
}

/// The hits of a page in order, with their slugs.
fn page(
    snapshot: &Snapshot,
    mut found: Vec<Found>,
    offset: usize,
    limit: usize,
) -> tantivy::Result<Vec<(Found, String)>> {
    let end = offset.saturating_add(limit).min(found.len());
    if offset >= end {
        return Ok(Vec::new());
    }
    // Slugs are read only of what may stand on the page: of the hits up to its last, and of those
    // that are as good as that one.
    found.sort_unstable_by_key(|found| Reverse(found.merit));
    let (first, last) = (found[offset].merit, found[end - 1].merit);
    let before = found.iter().take_while(|found| found.merit > first).count();
    let candidates = found[before..].iter().take_while(|found| found.merit >= last);
    let mut named = Vec::new();
    for found in candidates {
        let reader = snapshot.searcher.segment_reader(found.address.segment_ord);
        let mut slug = String::new();
        if let Some(column) = str_column(reader, schema::SLUG)? {
            column.ord_to_str(found.slug, &mut slug)?;
        }
        named.push((*found, slug));
    }
    named.sort_by(|(a, one), (b, other)| b.merit.cmp(&a.merit).then_with(|| one.cmp(other)));
    Ok(named.into_iter().skip(offset - before).take(end - offset).collect())
}

fn hit(
    snapshot: &Snapshot,
    plan: &mut Plan<'_>,
    lexicons: &mut [Lexicon; 2],
    found: &Found,
    slug: &str,
) -> tantivy::Result<Option<Hit>> {
    let Ok(slug) = slug.parse() else { return Ok(None) };
    let facts = snapshot.facts(found.address.segment_ord);
    let lang = PackedFacts(facts[found.address.doc_id as usize]).lang();
    let stored: TantivyDocument = snapshot.searcher.doc(found.address)?;
    let text = |field| stored.get_first(field).and_then(|value| value.as_str()).unwrap_or_default();
    let title = text(snapshot.fields.title);
    let summary = text(snapshot.fields.summary);
    let body = text(snapshot.fields.body);
    let body = &body[..body.floor_char_boundary(MAX_SNIPPET_BODY)];

    let (marks, lexicon) = (&mut plan.marks[lang], &mut lexicons[lang]);
    let mut of_body = marks.find(body, lexicon);
    let mut shown = body;
    if of_body.is_empty() {
        let of_summary = marks.find(summary, lexicon);
        if !of_summary.is_empty() || body.is_empty() {
            (shown, of_body) = (summary, of_summary);
        }
    }
    Ok(Some(Hit {
        slug,
        lang: Lang::ALL[lang],
        title: snippet::whole(title, &marks.find(title, lexicon)),
        snippet: snippet::excerpt(shown, &of_body),
    }))
}
