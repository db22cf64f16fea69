//! What is marked in the list, to do something to all of it.

use std::collections::BTreeMap;

use leptos::prelude::*;
use weerklank_api::desk::Item;

use super::known::{Known, Row};

/// Marks on items of the list; every part is a handle.
#[derive(Clone, Copy)]
pub(super) struct Marks {
    /// By id: the version that was in the list when it was marked.
    versions: RwSignal<BTreeMap<String, i64>>,
    /// Where a range begins: what was marked last.
    last: StoredValue<Option<String>>,
}

impl Marks {
    pub(super) fn new() -> Self {
        Self { versions: RwSignal::new(BTreeMap::new()), last: StoredValue::new(None) }
    }

    /// Whether an item is marked.
    pub(super) fn has(self, id: &str) -> bool {
        self.versions.with(|versions| versions.contains_key(id))
    }

    /// How many are.
    pub(super) fn count(self) -> usize {
        self.versions.with(BTreeMap::len)
    }

    pub(super) fn clear(self) {
        self.versions.set(BTreeMap::new());
    }

    pub(super) fn remove(self, id: &str) {
        if self.versions.with_untracked(|versions| versions.contains_key(id)) {
            self.versions.update(|versions| {
                versions.remove(id);
            });
        }
    }

    /// Nothing is done to what the list does not show.
    pub(super) fn keep_only(self, items: &[Item]) {
        self.versions.update(|versions| versions.retain(|id, _| items.iter().any(|item| item.id == *id)));
    }
}

impl Known {
    /// Marks an item that waits, or no longer does.
    pub(in crate::desk) fn mark(self, id: &str) {
        if self.marks.versions.with_untracked(|versions| versions.contains_key(id)) {
            self.marks.remove(id);
        } else {
            self.mark_all(|rows| rows.iter().filter(|row| *row.id == *id).cloned().collect());
        }
        self.marks.last.set_value(Some(id.to_owned()));
    }

    /// Marks all that wait between what was marked last and this one, both included.
    pub(in crate::desk) fn mark_to(self, id: &str) {
        let last = self.marks.last.get_value();
        self.mark_all(|rows| {
            let place = |id: &str| rows.iter().position(|row| *row.id == *id);
            let Some(to) = place(id) else { return Vec::new() };
            let from = last.as_deref().and_then(place).unwrap_or(to);
            rows[from.min(to)..=from.max(to)].to_vec()
        });
        self.marks.last.set_value(Some(id.to_owned()));
    }

    fn mark_all(self, of: impl FnOnce(&[Row]) -> Vec<Row>) {
        let chosen = self.rows.with_untracked(|rows| of(rows));
        self.marks.versions.update(|versions| {
            let items = chosen.into_iter().map(|row| row.item.get_untracked());
            for item in items.filter(|item| item.waits_since.is_some()) {
                // What was marked before stays as it was seen then.
                versions.entry(item.id).or_insert(item.version);
            }
        });
    }

    /// What is marked, in the order of the list, with the version that was there when it was.
    pub(super) fn marked(self) -> Vec<(Item, i64)> {
        self.marks.versions.with(|versions| {
            let of = |row: &Row| versions.get(&*row.id).map(|version| (row.item.get(), *version));
            self.rows.with(|rows| rows.iter().filter_map(of).collect())
        })
    }
}
