//! From page to page.

use gloo_events::{EventListener, EventListenerOptions};
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{
    Event, EventTarget, HtmlElement, MouseEvent, PopStateEvent, ScrollBehavior, ScrollIntoViewOptions,
    SubmitEvent,
};
use weerklank_api::pages::{Envelope, Page};

use super::drawn::Drawn;
use super::journey::Spot;
use super::links::{Target, path};
use super::pages::{Age, Unreachable};
use super::{Client, head, keep, read, turn};
use crate::board::client_words;
use crate::routes::localised;

/// After so many milliseconds a page counts as slow, and the reader is told that it is coming.
const SLOW_MS: u32 = 400;

/// How the reader comes to a page.
#[derive(Clone, Copy)]
enum How {
    /// By a link or a form: a new entry in the history.
    Forth,
    /// Back or forward, to where they were.
    Back(Option<Spot>),
}

pub(super) fn listen(client: &'static Client) {
    let journey = &client.journey;
    decide(&client.document, "click", move |event| clicked(client, event.unchecked_ref()));
    decide(&client.document, "submit", move |event| submitted(client, event.unchecked_ref()));
    on(&client.window, "popstate", move |event| came_back(client, event.unchecked_ref()));
    on(&client.window, "scroll", move |_| journey.scrolled());
    on(&client.window, "pagehide", move |_| {
        journey.note_scroll();
        journey.write();
        journey.give_back();
    });
    // Fired after the document is whole, and when it is taken out of the browser's memory again.
    on(&client.window, "pageshow", move |_| journey.take());
    if client.document.ready_state() == "complete" {
        journey.take();
    }
}

/// Listens as long as the document lives.
pub(super) fn on(target: &EventTarget, event: &'static str, heard: impl FnMut(&Event) + 'static) {
    EventListener::new(target, event, heard).forget();
}

/// As [`on`]; the browser does nothing of its own where `heard` says that the event is ours.
fn decide(target: &EventTarget, event: &'static str, heard: impl Fn(&Event) -> bool + 'static) {
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(target, event, options, move |event| {
        if !event.default_prevented() && heard(event) {
            event.prevent_default();
        }
    })
    .forget();
}

fn clicked(client: &'static Client, click: &MouseEvent) -> bool {
    // With a modifier, or another button, it asks for a window, a tab or a file.
    let plain = click.button() == 0
        && !(click.meta_key() || click.ctrl_key() || click.shift_key() || click.alt_key());
    let Some(target) = plain.then(|| Target::of_link(&client.window, click)).flatten() else { return false };
    if target.url == *client.shown.borrow() {
        if !target.hash.is_empty() {
            client.journey.depart();
            return false;
        }
        // A link of a page to itself asks for it anew.
        client.pages.forget(&target.url);
    }
    visit(client, target, How::Forth);
    true
}

fn submitted(client: &'static Client, submit: &SubmitEvent) -> bool {
    let target = Target::of_form(&client.window, submit);
    let ours = target.is_some();
    if let Some(target) = target {
        visit(client, target, How::Forth);
    }
    ours
}

fn came_back(client: &'static Client, event: &PopStateEvent) {
    let Some(target) = Target::here(&client.window) else { return };
    let spot = client.journey.arrive(&event.state());
    if target.url != *client.shown.borrow() {
        visit(client, target, How::Back(spot));
    } else if let Some(spot) = spot {
        supersede(client);
        client.journey.show(spot);
    }
}

/// Fetches a page and shows it; until it is there, the page that stands stays.
fn visit(client: &'static Client, target: Target, how: How) {
    let number = supersede(client);
    client.prefetch.rest();
    client.status.clear();
    *client.awaited.borrow_mut() = Some(target.url.clone());
    *client.slow.borrow_mut() = Some(Timeout::new(SLOW_MS, move || set_busy(client, true)));
    spawn_local(async move {
        let age = if matches!(how, How::Forth) { Age::Fresh } else { Age::Any };
        let data = client.pages.get(&client.window, &target.url, age).await;
        if client.visits.get() != number {
            return;
        }
        settle(client);
        match data {
            Ok(data) => show(client, data, target, how, number).await,
            Err(Unreachable) => client.status.failed(move || visit(client, target.clone(), how)),
        }
    });
}

/// Draws a page from its data and puts it in place. Data that this code cannot read, or of another
/// build, is for the code of its own document.
async fn show(client: &'static Client, data: String, target: Target, how: How, number: u32) {
    let envelope = read::page(&data).filter(|page| page.build == client.build);
    let Some(envelope) = envelope else { return load_whole(client, &target, how) };
    turn::next_task(&client.window).await;
    let drawn = Drawn::new(&client.document, &envelope);
    turn::next_task(&client.window).await;
    if client.visits.get() != number {
        return;
    }

    let before = client.shown.borrow().clone();
    let mut standing = client.drawn.borrow_mut();
    let address = match how {
        How::Forth => address(&envelope, &target),
        How::Back(_) => target.url.clone(),
    };
    let same_list = matches!(how, How::Forth) && address != before && path(&address) == path(&before);
    if same_list {
        keep::open_alike(&standing.root, &drawn.root);
    }
    if matches!(how, How::Forth) {
        if address == before {
            client.journey.rename(&address);
        } else {
            let active = client.document.active_element();
            client.journey.push(&address, active.and_then(|active| keep::position(&standing.root, &active)));
        }
    }
    let _ = standing.root.replace_with_with_node_1(&drawn.root);
    *standing = drawn;
    head::update(&client.document, &envelope);
    client.status.speak(client_words(envelope.ui));
    client.status.announce(&client.document.title());
    arrive(client, &standing.root, &target.hash, how, same_list);
    if address != target.url {
        client.pages.keep(address.clone(), data);
    }
    *client.shown.borrow_mut() = address;
}

/// Puts the reader at the right place of a page that was just drawn.
fn arrive(client: &Client, root: &HtmlElement, hash: &str, how: How, same_list: bool) {
    let find = |selector| root.query_selector(selector).ok().flatten()?.dyn_into::<HtmlElement>().ok();
    let main = || find("main").iter().for_each(keep::focus);
    match how {
        How::Back(Some(spot)) => {
            match spot.focus {
                Some(index) => keep::focus_on(root, index),
                None => main(),
            }
            client.journey.show(spot);
        }
        // The browser knows best how to go to a part of a page, and marks it for the style.
        _ if !hash.is_empty() => {
            let _ = client.window.location().replace(hash);
            find(":target").iter().for_each(at_once);
        }
        _ => {
            // Another choice of the same list: its beginning, without moving what is in sight. On a
            // phone it begins below the choices.
            if let Some(list) = find("#list").filter(|_| same_list) {
                list.set_tab_index(-1);
                keep::focus(&list);
                let height = client.window.inner_height().ok().and_then(|height| height.as_f64());
                let top = list.get_bounding_client_rect().top();
                if top < 0.0 || height.is_some_and(|height| top >= height) {
                    at_once(&list);
                }
            } else {
                main();
                Spot::default().show(&client.window);
            }
        }
    }
}

/// Scrolls to an element without the style's smoothness, which is for ways within one page.
fn at_once(element: &HtmlElement) {
    let options = ScrollIntoViewOptions::new();
    options.set_behavior(ScrollBehavior::Instant);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// The address to show: the page's own, which a redirect or the order of a query may have changed.
fn address(envelope: &Envelope, target: &Target) -> String {
    match envelope.page {
        Page::NotFound | Page::Failure(_) => target.url.clone(),
        _ => localised(&envelope.url, envelope.ui_in_path.then_some(envelope.ui)),
    }
}

fn load_whole(client: &Client, target: &Target, how: How) {
    let location = client.window.location();
    // Back and forward have changed the address already.
    let _ = match how {
        How::Forth => location.assign(&target.whole()),
        How::Back(_) => location.reload(),
    };
}

/// Starts a visit, or the end of all: gives up what was awaited. Returns the number of the visit.
fn supersede(client: &Client) -> u32 {
    settle(client);
    if let Some(url) = client.awaited.borrow_mut().take() {
        client.pages.abort(&url);
    }
    client.visits.set(client.visits.get() + 1);
    client.visits.get()
}

/// Nothing is on its way any more.
fn settle(client: &Client) {
    client.slow.borrow_mut().take();
    set_busy(client, false);
}

/// A thin line above the page, by the style; the text stays.
fn set_busy(client: &Client, busy: bool) {
    if let Ok(Some(main)) = client.drawn.borrow().root.query_selector("main") {
        let _ =
            if busy { main.set_attribute("aria-busy", "true") } else { main.remove_attribute("aria-busy") };
    }
}
