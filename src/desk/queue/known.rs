//! The queue as it is known in the browser.

use std::collections::HashMap;
use std::mem;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use weerklank_api::desk::queue;
use weerklank_api::desk::{Item, item};
use weerklank_domain::experience::State;

use super::marks::Marks;
use crate::desk::api;
use crate::desk::paint::painted;
use crate::desk::state::Desk;
use crate::routes::DeskRoute;

/// How many items ahead are read before they are asked for.
const AHEAD: usize = 3;

/// A place in the list. What is known of its item changes by itself, so that nothing else is drawn anew with it.
#[derive(Clone)]
pub(in crate::desk) struct Row {
    /// Of the item.
    pub id: Arc<str>,
    pub item: ArcRwSignal<Item>,
}

impl Row {
    fn new(item: Item) -> Self {
        Self { id: item.id.as_str().into(), item: ArcRwSignal::new(item) }
    }
}

/// The queue as it is known here; every part is a handle.
#[derive(Clone, Copy)]
pub(in crate::desk) struct Known {
    desk: Desk,
    /// Which items, in which order.
    pub(super) rows: RwSignal<Vec<Row>>,
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
            rows: RwSignal::new(Vec::new()),
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
                    self.take_over(queue.items);
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
                    self.rows.update(|rows| rows.extend(queue.items.into_iter().map(Row::new)));
                    self.next.set(queue.next);
                }
                Ok(_) => {}
                Err(failure) => self.desk.failed(&failure),
            }
        });
    }

    /// Whether its page is not shown any more: nothing of it may be touched then.
    pub(in crate::desk) fn is_gone(self) -> bool {
        self.rows.try_with_untracked(|_| ()).is_none()
    }

    /// An item as the list has it.
    pub(in crate::desk) fn listed(self, id: &str) -> Option<Item> {
        let item = self.rows.with(|rows| rows.iter().find(|row| *row.id == *id).map(|row| row.item.clone()));
        item.map(|item| item.get())
    }

    /// Another list; who is in both stays drawn as they are.
    fn take_over(self, items: Vec<Item>) {
        self.rows.update(|rows| {
            let mut known = mem::take(rows);
            rows.extend(items.into_iter().map(|item| {
                let Some(at) = known.iter().position(|row| *row.id == item.id) else { return Row::new(item) };
                let row = known.swap_remove(at);
                row.item.set(item);
                row
            }));
        });
    }

    fn place_of(self, id: &str) -> Option<usize> {
        self.rows.with_untracked(|rows| rows.iter().position(|row| *row.id == *id))
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
    pub(super) fn look_ahead(self, id: String) {
        spawn_local(async move {
            painted().await;
            // Another page may be shown by now.
            if !self.is_gone() && self.open_id().as_deref() == Some(&*id) {
                self.read_from(&id);
            }
        });
    }

    fn read_from(self, id: &str) {
        let at = self.place_of(id).unwrap_or_default();
        let ahead = self.rows.with_untracked(|rows| {
            rows.iter().skip(at).take(AHEAD + 1).map(|row| row.item.get_untracked()).collect::<Vec<_>>()
        });
        for item in ahead {
            let is_known = self.wholes.with_untracked(|wholes| {
                wholes.get(&item.id).is_some_and(|whole| whole.item.version == item.version)
            });
            if !is_known && item.id != id {
                self.load(item.id);
            }
        }
    }

    /// Another state of an item that is in the list; it stays where it is.
    pub(in crate::desk) fn replace(self, new: Item) {
        let Some(at) = self.place_of(&new.id) else { return };
        let item = self.rows.with_untracked(|rows| rows[at].item.clone());
        // What was said earlier may come later.
        if item.with_untracked(|item| *item != new && item.version <= new.version) {
            item.set(new);
        }
    }

    /// Takes an item out of the list; what was open before gives way to the next one.
    pub(in crate::desk) fn gone(self, id: &str) {
        self.forget(id);
        self.marks.remove(id);
        let Some(at) = self.place_of(id) else { return };
        self.rows.update(|rows| {
            rows.remove(at);
        });
        self.count.update(|count| *count = count.saturating_sub(1));
        if self.open_id().as_deref() == Some(id) {
            let next = self
                .rows
                .with_untracked(|rows| rows.get(at).or_else(|| rows.last()).map(|row| row.id.to_string()));
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
        if self.place_of(&item.id).is_none() {
            self.rows.update(|rows| {
                let before =
                    |row: &Row| row.item.with_untracked(|known| known.waits_since <= item.waits_since);
                let at = rows.iter().position(|row| !before(row)).unwrap_or(rows.len());
                rows.insert(at, Row::new(item));
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
        let_go_of_focus();
        let query = self.query();
        let was_open = self.open_id().is_some();
        let route = DeskRoute::Queue { item, query };
        if was_open { self.desk.rename(route) } else { self.desk.go(route) }
    }

    /// Opens the item so many places further on.
    pub(in crate::desk) fn step(self, by: isize) {
        let at = self.open_id().and_then(|id| self.place_of(&id));
        let to = at.map_or(Some(0), |at| at.checked_add_signed(by));
        let target =
            self.rows.with_untracked(|rows| to.and_then(|to| rows.get(to)).map(|row| row.id.to_string()));
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
        match (self.place_of(&new.id).is_some(), new.waits_since.is_some()) {
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
                self.rows.update(|rows| rows.push(Row::new(new.clone())));
                self.count.update(|count| *count += 1);
            }
            (false, _) => {}
        }
    }
}

/// A browser that loses the element with the focus lays out the whole page there and then, and once more with what
/// takes its place: it is let go of while there is nothing to lay out.
fn let_go_of_focus() {
    let active = document().active_element().filter(|active| matches!(active.closest("#item"), Ok(Some(_))));
    if let Some(active) = active.and_then(|active| active.dyn_into::<HtmlElement>().ok()) {
        // What comes gets it soon.
        let _blurred = active.blur();
    }
}

fn with_query(path: &str, query: &str) -> String {
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}
