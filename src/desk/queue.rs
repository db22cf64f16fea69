//! What waits, and what is open.

use std::collections::HashMap;

use leptos::prelude::*;
use leptos::task::spawn_local;
use weerklank_api::desk::queue;
use weerklank_api::desk::{Item, item};
use weerklank_domain::desk::Kind;
use weerklank_domain::experience::{Side, State};
use weerklank_domain::{Lang, Moment};

use super::keys;
use super::state::Desk;
use super::triage::Triage;
use super::words::DeskWords;
use super::{api, live, time};
use crate::routes::DeskRoute;

/// How many items ahead are read before they are asked for.
const AHEAD: usize = 3;

/// The queue as it is known here; every part is a handle.
#[derive(Clone, Copy)]
pub(super) struct Known {
    desk: Desk,
    pub items: RwSignal<Vec<Item>>,
    /// Where the list goes on.
    next: RwSignal<Option<String>>,
    count: RwSignal<u64>,
    /// What was read of items, by id. One that changed since is of an older version.
    wholes: RwSignal<HashMap<String, item::Response>>,
    is_read: RwSignal<bool>,
    /// Asked for, and not there any more.
    pub missing: RwSignal<Option<String>>,
    /// Counts readings, so that the answer to an older one is not taken for that to a newer.
    turn: StoredValue<u32>,
}

impl Known {
    fn new(desk: Desk) -> Self {
        Self {
            desk,
            items: RwSignal::new(Vec::new()),
            next: RwSignal::new(None),
            count: RwSignal::new(0),
            wholes: RwSignal::new(HashMap::new()),
            is_read: RwSignal::new(false),
            missing: RwSignal::new(None),
            turn: StoredValue::new(0),
        }
    }

    /// Reads the queue anew, by the words of a filter.
    fn read(self, query: String) {
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
    fn read_on(self, query: String) {
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
    pub(super) fn is_gone(self) -> bool {
        self.items.try_with_untracked(|_| ()).is_none()
    }

    /// An item as the list has it.
    pub(super) fn listed(self, id: &str) -> Option<Item> {
        self.items.with(|items| items.iter().find(|item| item.id == id).cloned())
    }

    /// What was read of an item; whoever asks is drawn anew when it is read again.
    pub(super) fn whole(self, id: &str) -> Option<item::Response> {
        self.wholes.with(|wholes| wholes.get(id).cloned())
    }

    /// What was read of it is of no use any more.
    pub(super) fn forget(self, id: &str) {
        self.wholes.update(|wholes| {
            wholes.remove(id);
        });
    }

    /// Reads everything about an item.
    pub(super) fn load(self, id: String) {
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
    fn look_ahead(self, id: &str) {
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
    pub(super) fn replace(self, new: Item) {
        let at = self.items.with_untracked(|items| items.iter().position(|item| item.id == new.id));
        // What was said earlier may come later.
        if let Some(at) = at
            && self.items.with_untracked(|items| items[at] != new && items[at].version <= new.version)
        {
            self.items.update(|items| items[at] = new);
        }
    }

    /// Takes an item out of the list; what was open before gives way to the next one.
    pub(super) fn gone(self, id: &str) {
        self.forget(id);
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

    /// Puts an item back where it was.
    pub(super) fn back(self, item: Item) {
        self.wholes.update(|wholes| {
            wholes.remove(&item.id);
        });
        let id = item.id.clone();
        let is_there = self.items.with_untracked(|items| items.iter().any(|known| known.id == id));
        if !is_there {
            self.items.update(|items| {
                let before = |known: &Item| known.waits_since <= item.waits_since;
                let at = items.iter().position(|known| !before(known)).unwrap_or(items.len());
                items.insert(at, item);
            });
            self.count.update(|count| *count += 1);
        }
        self.open(Some(id));
    }

    /// Which item the address names.
    pub(super) fn open_id(self) -> Option<String> {
        match self.desk.route.get_untracked() {
            Some(DeskRoute::Queue { item, .. }) => item,
            _ => None,
        }
    }

    /// Opens an item; going back leads to the list, not through all that was read.
    pub(super) fn open(self, item: Option<String>) {
        let query = self.query();
        let was_open = self.open_id().is_some();
        let route = DeskRoute::Queue { item, query };
        if was_open { self.desk.rename(route) } else { self.desk.go(route) }
    }

    /// Opens the item so many places further on.
    pub(super) fn step(self, by: isize) {
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

    fn query(self) -> String {
        match self.desk.route.get_untracked() {
            Some(DeskRoute::Queue { query, .. }) => query,
            _ => String::new(),
        }
    }

    /// Somebody did something to an item.
    fn happened(self, new: &Item) {
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

/// The list and, beside it or over it, the item that is open.
#[component]
pub(super) fn Queue() -> impl IntoView {
    let desk = Desk::get();
    let words = desk.words();
    let known = Known::new(desk);
    provide_context(known);
    let query = Memo::new(move |_| match desk.route.get() {
        Some(DeskRoute::Queue { query, .. }) => query,
        _ => String::new(),
    });
    let open = Memo::new(move |_| match desk.route.get() {
        Some(DeskRoute::Queue { item, .. }) => item,
        _ => None,
    });
    Effect::new(move || known.read(query.get()));
    Effect::new(move || {
        if let Some(id) = open.get()
            && known.is_read.get()
        {
            known.look_ahead(&id);
        }
    });
    live::on_item(desk, move |item| known.happened(&item), move || known.read(known.query()));
    let keys_help = keys::listen(known);

    let item = move || {
        open.get().map(|id| {
            view! { <Triage id=id.clone()/> }
        })
    };
    let empty = move || {
        (known.is_read.get() && known.items.with(Vec::is_empty)).then(|| {
            let text = if query.get().is_empty() { words.queue_empty() } else { words.queue_none() };
            view! { <p class="hint">{text}</p> }
        })
    };
    let more = move || {
        known.next.with(Option::is_some).then(|| {
            view! {
                <p class="buttons">
                    <button type="button" on:click=move |_| known.read_on(query.get_untracked())>{words.queue_more()}</button>
                </p>
            }
        })
    };
    let class = move || if open.with(Option::is_some) { "queue with-item" } else { "queue" };
    view! {
        <main id="main" class=class tabindex="-1">
            <section class="list" aria-label=words.nav_queue()>
                <h1>{words.nav_queue()} " " <span class="count">{move || known.count.get()}</span></h1>
                <Filters query=query/>
                {empty}
                <ol class="items">
                    <For each=move || known.items.get() key=|item| item.id.clone() let(item)>
                        <Line id=item.id.clone() words=words/>
                    </For>
                </ol>
                {more}
                <p class="hint">
                    <button type="button" class="plain" on:click=move |_| keys_help.set(true)>{words.keys_title()} " (?)"</button>
                </p>
            </section>
            {item}
            <keys::Help shown=keys_help/>
        </main>
    }
}

/// What the list is restricted to: in the address, so that it can be kept and sent.
#[component]
fn Filters(
    /// The words of the filter.
    query: Memo<String>,
) -> impl IntoView {
    let desk = Desk::get();
    let words = desk.words();
    let value = move |key: &'static str| {
        query
            .get()
            .split('&')
            .find_map(|pair| pair.strip_prefix(key)?.strip_prefix('=').map(ToOwned::to_owned))
            .unwrap_or_default()
    };
    let choose = move |key: &'static str, value: String| {
        let mut pairs: Vec<String> = query
            .get_untracked()
            .split('&')
            .filter(|pair| !pair.is_empty() && pair.split('=').next() != Some(key))
            .map(ToOwned::to_owned)
            .collect();
        if !value.is_empty() {
            pairs.push(format!("{key}={value}"));
        }
        pairs.sort();
        desk.rename(DeskRoute::Queue { item: None, query: pairs.join("&") });
    };
    let select = move |key: &'static str, label: &'static str, options: Vec<(&'static str, &'static str)>| {
        let options = options.into_iter().map(move |(word, text)| {
            view! { <option value=word selected=move || value(key) == word>{text}</option> }
        });
        view! {
            <label>
                <span>{label}</span>
                <select on:change=move |event| choose(key, event_target_value(&event))>{options.collect_view()}</select>
            </label>
        }
    };
    let all = words.filter_all();
    let views = vec![
        ("", words.view_waiting()),
        ("mine", words.view_mine()),
        ("free", words.view_free()),
        ("decided", words.view_decided()),
    ];
    let kinds =
        [("", all)].into_iter().chain(Kind::ALL.iter().map(|kind| (kind.as_str(), words.kind(*kind))));
    let langs = [("", all)]
        .into_iter()
        .chain(Lang::ALL.iter().map(|lang| (lang.as_str(), words.board().lang(*lang))));
    let sides =
        [("", all)].into_iter().chain(Side::ALL.iter().map(|side| (side.as_str(), words.side(*side))));
    let moments = [("", all)]
        .into_iter()
        .chain(Moment::ALL.iter().map(|moment| (moment.as_str(), words.moment(*moment))));
    view! {
        <form class="filters" on:submit=|event| event.prevent_default()>
            {select("view", words.filter_view(), views)}
            {select("kind", words.filter_kind(), kinds.collect())}
            {select("lang", words.filter_lang(), langs.collect())}
            {select("side", words.filter_side(), sides.collect())}
            {select("moment", words.filter_moment(), moments.collect())}
        </form>
    }
}

/// A line of the list.
#[component]
fn Line(
    /// Of the item.
    id: String,
    words: DeskWords,
) -> impl IntoView {
    let desk = Desk::get();
    let known = expect_context::<Known>();
    let item = {
        let id = id.clone();
        Memo::new(move |_| known.items.with(|items| items.iter().find(|item| item.id == id).cloned()))
    };
    let me = desk.me.with_untracked(|me| me.as_ref().map(|me| me.id.clone()));
    let is_open = {
        let id = id.clone();
        move || match desk.route.get() {
            Some(DeskRoute::Queue { item: Some(open), .. }) => (open == id).then_some("true"),
            _ => None,
        }
    };
    let url = move || DeskRoute::Queue { item: Some(id.clone()), query: known.query() }.url();
    let body = move || {
        item.get().map(|item| {
            let feel = match item.sides.as_slice() {
                [] => None,
                [side] => Some(side.as_str()),
                _ => Some("mixed"),
            };
            let about: Vec<&str> = item.moments.iter().map(|moment| words.moment(*moment)).collect();
            let about = about.join(", ");
            let holder = item.holder.as_ref().map(|holder| {
                let text = if Some(&holder.id) == me.as_ref() {
                    words.held_by_you().to_owned()
                } else {
                    words.held_by(&holder.name)
                };
                view! { <span class="holder">{text}</span> }
            });
            let marked =
                (!item.marks.is_empty()).then(|| view! { <span class="marked">{words.marked()}</span> });
            // Most are experiences: the others say what they are.
            let kind =
                (item.kind != Kind::Experience).then(|| view! { <span>{words.kind(item.kind)}</span> });
            let since = item.waits_since.as_deref().map(|at| words.waits(&time::since(words, at)));
            let state = item.waits_since.is_none().then(|| words.state(item.state));
            view! {
                <span class="excerpt" data-feel=feel lang=item.lang.as_str()>{item.excerpt}</span>
                <span class="meta">
                    {kind}
                    <bdi>{item.shop}</bdi>
                    <span>{about}</span>
                    <span>{since}{state}</span>
                    {marked}
                    {holder}
                </span>
            }
        })
    };
    view! { <li><a href=url aria-current=is_open>{body}</a></li> }
}
