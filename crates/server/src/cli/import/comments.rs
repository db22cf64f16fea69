//! What readers said elsewhere, after all columns that come with it.

use std::{collections::BTreeSet, path::Path};

use anyhow::{Context as _, anyhow};
use weerklank_domain::Slug;
use weerklank_import::{Discussion, DisqusMap, Entry, Outcome, Stored, visible};
use weerklank_store::{EarlierThread, Store, TakenOver};

use crate::clock::Clock;

/// Bytes of a file that says which discussion belongs to which column.
const MAX_MAP: u64 = 10_000_000;

/// What `--disqus-map` names.
pub fn map(path: Option<&Path>) -> anyhow::Result<DisqusMap> {
    let Some(path) = path else { return Ok(DisqusMap::default()) };
    let shown = visible(&path.to_string_lossy());
    let size = std::fs::metadata(path).with_context(|| format!("cannot read {shown}"))?.len();
    if size > MAX_MAP {
        return Err(anyhow!("{shown} has {size} bytes; a map has at most {MAX_MAP}"));
    }
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {shown}"))?;
    DisqusMap::parse(&text).map_err(|error| anyhow!("{shown}: {}", visible(&error)))
}

/// Takes over what the entries of one file tell of, all or nothing, and says of each what became of it. Where nothing is
/// to be written it only looks; `coming` are the columns that would be made then.
pub async fn take_over(
    entries: &[Entry],
    store: Option<&Store>,
    coming: Option<&BTreeSet<Slug>>,
    clock: &Clock,
) -> anyhow::Result<Vec<Stored>> {
    let threads: Vec<_> = entries.iter().filter_map(discussion).map(thread).collect();
    let taken = match (store, coming) {
        (Some(store), None) => {
            let origin = entries.first().map(|entry| visible(&entry.file)).unwrap_or_default();
            store.import_comments(&threads, &origin, clock.now()).await?
        }
        (Some(store), Some(_)) => store.would_import_comments(&threads).await?,
        (None, _) => vec![TakenOver::NoColumn; threads.len()],
    };
    let coming = |thread: &EarlierThread<'_>| {
        let known = coming?;
        thread.columns.iter().find(|slug| known.contains(*slug)).cloned()
    };
    let told = taken.into_iter().zip(&threads).map(|(taken, thread)| match taken {
        TakenOver::Into { column, made, waiting, unchanged } => {
            Stored::Comments { column, made, waiting, unchanged }
        }
        TakenOver::NoColumn => match coming(thread) {
            Some(column) => Stored::Comments {
                column,
                made: thread.comments.len() as u64,
                waiting: thread.comments.iter().filter(|said| said.waits).count() as u64,
                unchanged: 0,
            },
            None => Stored::NoColumn,
        },
    });
    Ok(told.collect())
}

fn discussion(entry: &Entry) -> Option<&Discussion> {
    match &entry.outcome {
        Outcome::Comments(discussion) => Some(discussion),
        _ => None,
    }
}

fn thread(discussion: &Discussion) -> EarlierThread<'_> {
    EarlierThread { columns: &discussion.columns, comments: &discussion.comments }
}
