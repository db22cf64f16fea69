//! The way back: where the reader was on each page of the browser's history.
//!
//! An entry of the history carries a key and a position in its state, so that a reload finds them;
//! what changed since is in memory, since the state of an entry cannot be written any more once the
//! reader has gone back from it.

#![expect(clippy::float_cmp, reason = "a key is a number of the browser's that comes back as it was")]

use std::cell::{Cell, RefCell};

use gloo_timers::callback::Timeout;
use js_sys::{Array, Date};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{History, ScrollBehavior, ScrollRestoration, ScrollToOptions, Window};

/// Scrolling counts as over after so many milliseconds without.
const STILL_MS: u32 = 150;
/// How many entries are remembered.
const KEPT: usize = 100;

pub(super) struct Journey {
    window: Window,
    history: History,
    /// The entry that is shown.
    key: Cell<f64>,
    spots: RefCell<Vec<(f64, Spot)>>,
    writing: RefCell<Option<Timeout>>,
    /// Where the reader was before this document was loaded again, until they are there.
    due: Cell<Option<Spot>>,
}

/// Where a reader was on a page.
#[derive(Clone, Copy, Default)]
pub(super) struct Spot {
    x: f64,
    y: f64,
    /// Which element had the focus, counted through the page.
    pub(super) focus: Option<u32>,
}

impl Spot {
    pub(super) fn now(window: &Window) -> Self {
        let position = |axis: Result<f64, JsValue>| axis.unwrap_or_default();
        Self { x: position(window.scroll_x()), y: position(window.scroll_y()), focus: None }
    }

    fn is_away_from_the_top(self) -> bool {
        self.x != 0.0 || self.y != 0.0
    }

    /// Scrolls there, at once, whatever the style says about smoothness.
    pub(super) fn show(self, window: &Window) {
        let options = ScrollToOptions::new();
        options.set_left(self.x);
        options.set_top(self.y);
        options.set_behavior(ScrollBehavior::Instant);
        window.scroll_to_with_scroll_to_options(&options);
    }
}

impl Journey {
    pub(super) fn new(window: &Window) -> Option<Self> {
        let journey = Self {
            history: window.history().ok()?,
            window: window.clone(),
            key: Cell::new(0.0),
            spots: RefCell::default(),
            writing: RefCell::default(),
            due: Cell::default(),
        };
        let state = journey.history.state().unwrap_or_default();
        journey.due.set(journey.arrive(&state));
        Some(journey)
    }

    /// Positions are ours to restore from now on. They are the browser's while a document loads: it
    /// can restore them before any script runs. What it has not come to by now, it would leave.
    pub(super) fn take(&self) {
        let _ = self.history.set_scroll_restoration(ScrollRestoration::Manual);
        if let Some(spot) = self.due.take().filter(|spot| spot.is_away_from_the_top())
            && !Spot::now(&self.window).is_away_from_the_top()
        {
            spot.show(&self.window);
        }
    }

    /// The document leaves: positions are the browser's again, for when it is loaded once more.
    pub(super) fn give_back(&self) {
        let _ = self.history.set_scroll_restoration(ScrollRestoration::Auto);
    }

    /// The reader came to an entry with this state. An entry without is new: the browser made it for
    /// a link within the page.
    pub(super) fn arrive(&self, state: &JsValue) -> Option<Spot> {
        let Some(state) = state.dyn_ref::<Array>() else {
            self.begin();
            self.note_scroll();
            self.write();
            return None;
        };
        let number = |index| state.get(index).as_f64().unwrap_or_default();
        self.key.set(number(0));
        let known = self.spots.borrow().iter().find(|(key, _)| *key == number(0)).map(|(_, spot)| *spot);
        Some(known.unwrap_or(Spot { x: number(1), y: number(2), focus: None }))
    }

    /// The reader leaves for another part of this page. The browser scrolls before it tells of the new
    /// entry, and that is no place of this one.
    pub(super) fn depart(&self) {
        self.note_scroll();
        self.begin();
    }

    /// Shows the place of the entry that the reader came back to, and writes it down: what its state
    /// says may be older, and a reload reads that.
    pub(super) fn show(&self, spot: Spot) {
        spot.show(&self.window);
        self.note_scroll();
        self.write();
    }

    /// A new entry after this one, with the address. `focus` is what has it on the page being left.
    pub(super) fn push(&self, url: &str, focus: Option<u32>) {
        self.note_scroll();
        if let Some((_, spot)) = self.spots.borrow_mut().last_mut() {
            spot.focus = focus;
        }
        self.write();
        self.begin();
        let _ = self.history.push_state_with_url(&self.state(), "", Some(url));
    }

    /// The same entry under another address.
    pub(super) fn rename(&self, url: &str) {
        let _ = self.history.replace_state_with_url(&self.state(), "", Some(url));
    }

    /// Remembers where the reader is now.
    pub(super) fn note_scroll(&self) {
        let spot = Spot::now(&self.window);
        let mut spots = self.spots.borrow_mut();
        spots.retain(|(key, _)| *key != self.key.get());
        if spots.len() == KEPT {
            spots.remove(0);
        }
        spots.push((self.key.get(), spot));
    }

    /// The reader scrolled: remembered now, written into the history when they are still.
    pub(super) fn scrolled(&'static self) {
        self.note_scroll();
        *self.writing.borrow_mut() = Some(Timeout::new(STILL_MS, || self.write()));
    }

    /// Writes the position into the history's entry.
    pub(super) fn write(&self) {
        self.writing.borrow_mut().take();
        let _ = self.history.replace_state(&self.state(), "");
    }

    /// A key that no entry has, not even one of a document before this one.
    fn begin(&self) {
        self.key.set(Date::now().max(self.key.get() + 1.0));
    }

    fn state(&self) -> JsValue {
        let key = self.key.get();
        let spots = self.spots.borrow();
        let spot = spots.iter().find(|(known, _)| *known == key).map(|(_, spot)| *spot).unwrap_or_default();
        Array::of3(&key.into(), &spot.x.into(), &spot.y.into()).into()
    }
}
