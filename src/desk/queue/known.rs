//! The queue as it is known in the browser.

use std::collections::HashMap;

use leptos::prelude::*;
use leptos::task::spawn_local;
use weerklank_api::desk::queue;
use weerklank_api::desk::{Item, item};
use weerklank_domain::experience::State;

use super::marks::Marks;
use crate::desk::api;
use crate::desk::state::Desk;
use crate::routes::DeskRoute;

/// How many items ahead are read before they are asked for.
const AHEAD: usize = 3;

/// The queue as it is known here; every part is a handle.
#[derive(Clone, Copy)]
pub(in crate::desk) struct Known {
    desk: Desk,
    pub items: RwSignal<Vec<Item>>,
    /// Where the list goes on.
    pub(super) next: RwSignal<Option<String>>,
    pub(super) count: RwSignal<u64>,
    /// What was read of items, by id. One that changed since is of an older version.
    wholes: RwSignal<HashMap<String, item::Response>>,
    pub(super) is_read: RwSignal<bool>,
    /// What is done something to at once.
    pub(super) marks: Marks,
    /// Asked for, and not there any more.
    pub missing: RwSignal<Option<String>>,
    /// Counts readings, so that the answer to an older one is not taken for that to a newer.
    turn: StoredValue<u32>,
}

impl Known {
    pub(super) fn new(desk: Desk) -> Self {
        Self {
            desk,
            items: RwSignal::new(Vec::new()),
            next: RwSignal::new(None),
            count: RwSignal::new(0),
            wholes: RwSignal::new(HashMap::new()),
            is_read: RwSignal::new(false),
            marks: Marks::new(),
            missing: RwSignal::new(None),
            turn: StoredValue::new(0),
        }
    }

    /// Reads the queue anew, by the words of a filter.
    pub(super) fn read(self, query: String) {
        self.turn.update_value(|turn| *turn += 1);
        let turn = self.turn.get_value();
        spawn_local(async move {
            let url = with_query(queue::PATH, &query);
            let answer = api::get::<queue::Response>(&url).await;
            // Another page may be shown by now, or another reading be under way.
            if self.turn.try_get_value() != Some(turn) {
                return;
            }
            match answer {
                Ok(queue) => {
                    self.marks.keep_only(&queue.items);
                    self.items.set(queue.items);
                    self.next.set(queue.next);
                    self.count.set(queue.count);
                    self.is_read.set(true);
                }
                Err(failure) => self.desk.failed(&failure),
            }
        });
    }

    /// Reads the next page.
    pub(super) fn read_on(self, query: String) {
        let Some(cursor) = self.next.get_untracked() else { return };
        let turn = self.turn.get_value();
        spawn_local(async move {
            let more = if query.is_empty() { String::new() } else { format!("&{query}") };
            let url = format!("{}?cursor={cursor}{more}", queue::PATH);
            match api::get::<queue::Response>(&url).await {
                _ if self.is_gone() => {}
                Ok(queue) if self.turn.get_value() == turn => {
                    self.items.update(|items| items.extend(queue.items));
                    self.next.set(queue.next);
                }
                Ok(_) => {}
                Err(failure) => self.desk.failed(&failure),
            }
        });
    }

    /// Whether its page is not shown any more: nothing of it may be touched then.
    pub(in crate::desk) fn is_gone(self) -> bool {
        self.items.try_with_untracked(|_| ()).is_none()
    }

    /// An item as the list has it.
    pub(in crate::desk) fn listed(self, id: &str) -> Option<Item> {
        self.items.with(|items| items.iter().find(|item| item.id == id).cloned())
    }

    /// What was read of an item; whoever asks is drawn anew when it is read again.
    pub(in crate::desk) fn whole(self, id: &str) -> Option<item::Response> {
        self.wholes.with(|wholes| wholes.get(id).cloned())
    }

    /// What was read of it is of no use any more.
    pub(in crate::desk) fn forget(self, id: &str) {
        self.wholes.update(|wholes| {
            wholes.remove(id);
        });
    }

    /// Reads everything about an item.
    pub(in crate::desk) fn load(self, id: String) {
        spawn_local(async move {
            let lang = self.desk.words().lang();
            let url = format!("{}?lang={lang}", item::PATH.replace("{id}", &id));
            match api::get::<item::Response>(&url).await {
                _ if self.is_gone() => {}
                Ok(whole) => {
                    self.replace(whole.item.clone());
                    self.wholes.update(|wholes| {
                        wholes.insert(id, whole);
                    });
                }
                Err(failure) if failure.code == "not-found" => {
                    self.gone(&id);
                    self.missing.set(Some(id));
                }
                Err(failure) => self.desk.failed(&failure),
            }
        });
    }

    /// Reads what comes after an item, so that it is there when it is opened.
    pub(super) fn look_ahead(self, id: &str) {
        let items = self.items.get_untracked();
        let at = items.iter().position(|item| item.id == id).unwrap_or_default();
        for item in items.iter().skip(at).take(AHEAD + 1) {
            let is_known = self.wholes.with_untracked(|wholes| {
                wholes.get(&item.id).is_some_and(|whole| whole.item.version == item.version)
            });
            if !is_known && item.id != id {
                self.load(item.id.clone());
            }
        }
    }

    /// Another state of an item that is in the list; it stays where it is.
    pub(in crate::desk) fn replace(self, new: Item) {
        let at = self.items.with_untracked(|items| items.iter().position(|item| item.id == new.id));
        // What was said earlier may come later.
        if let Some(at) = at
            && self.items.with_untracked(|items| items[at] != new && items[at].version <= new.version)
        {
            self.items.update(|items| items[at] = new);
        }
    }

    /// Takes an item out of the list; what was open before gives way to the next one.
    pub(in crate::desk) fn gone(self, id: &str) {
        self.forget(id);
        self.marks.remove(id);
        let Some(at) = self.items.with_untracked(|items| items.iter().position(|item| item.id == id)) else {
            return;
        };
        self.items.update(|items| {
            items.remove(at);
        });
        self.count.update(|count| *count = count.saturating_sub(1));
        if self.open_id().as_deref() == Some(id) {
            let next = self
                .items
                .with_untracked(|items| items.get(at).or_else(|| items.last()).map(|item| item.id.clone()));
            self.open(next);
        }
    }

    /// Puts an item back where it was, and opens it.
    pub(in crate::desk) fn back(self, item: Item) {
        let id = item.id.clone();
        self.put_back(item);
        self.open(Some(id));
    }

    /// Puts an item back where it was.
    pub(super) fn put_back(self, item: Item) {
        self.forget(&item.id);
        let is_there = self.items.with_untracked(|items| items.iter().any(|known| known.id == item.id));
        if !is_there {
            self.items.update(|items| {
                let before = |known: &Item| known.waits_since <= item.waits_since;
                let at = items.iter().position(|known| !before(known)).unwrap_or(items.len());
                items.insert(at, item);
            });
            self.count.update(|count| *count += 1);
        }
    }

    /// Which item the address names.
    pub(in crate::desk) fn open_id(self) -> Option<String> {
        match self.desk.route.get_untracked() {
            Some(DeskRoute::Queue { item, .. }) => item,
            _ => None,
        }
    }

    /// Opens an item; going back leads to the list, not through all that was read.
    pub(in crate::desk) fn open(self, item: Option<String>) {
        let query = self.query();
        let was_open = self.open_id().is_some();
        let route = DeskRoute::Queue { item, query };
        if was_open { self.desk.rename(route) } else { self.desk.go(route) }
    }

    /// Opens the item so many places further on.
    pub(in crate::desk) fn step(self, by: isize) {
        let target = self.items.with_untracked(|items| {
            let open = self.open_id();
            let at = open.and_then(|id| items.iter().position(|item| item.id == id));
            let to = match at {
                Some(at) => at.checked_add_signed(by)?,
                None => 0,
            };
            items.get(to).map(|item| item.id.clone())
        });
        if target.is_some() {
            self.open(target);
        }
    }

    pub(super) fn query(self) -> String {
        match self.desk.route.get_untracked() {
            Some(DeskRoute::Queue { query, .. }) => query,
            _ => String::new(),
        }
    }

    /// Somebody did something to an item.
    pub(super) fn happened(self, new: &Item) {
        let shows_decided = self.query().contains("view=decided");
        let is_known = self.items.with_untracked(|items| items.iter().any(|item| item.id == new.id));
        match (is_known, new.waits_since.is_some()) {
            // What is open stays open, with what became of it; the rest would only be in the way.
            (true, false) if !shows_decided && self.open_id().as_deref() != Some(&new.id) => {
                self.gone(&new.id);
            }
            (true, _) => {
                if new.state == State::Withdrawn {
                    self.forget(&new.id);
                }
                self.replace(new.clone());
            }
            // What comes now waits shortest: it belongs at the end, where the whole list is known.
            (false, true)
                if self.query().is_empty()
                    && self.next.with_untracked(Option::is_none)
                    && self.is_read.get_untracked() =>
            {
                self.items.update(|items| items.push(new.clone()));
                self.count.update(|count| *count += 1);
            }
            (false, _) => {}
        }
    }
}

fn with_query(path: &str, query: &str) -> String {
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}
