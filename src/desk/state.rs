//! What all of the desk shares: who is here, which page, what to say.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsValue;
use weerklank_api::desk::Person;
use weerklank_domain::Lang;

use super::api::Failure;
use super::first_words::FirstWords;
use super::live::Ear;
use super::paint::painted;
use super::statements::Statements;
use super::toast::Toast;
use super::words::DeskWords;
use crate::routes::DeskRoute;

/// Handed down by context; every part of it is a handle.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    /// Whether this program draws a page; to others the browser goes by itself.
    pub owns: fn(&DeskRoute) -> bool,
    /// Who is signed in; `None` before it is known, and after.
    pub me: RwSignal<Option<Person>>,
    /// `None` where the address is of no page.
    pub route: RwSignal<Option<DeskRoute>>,
    pub toast: RwSignal<Option<Toast>>,
    /// How many wait.
    pub waiting: RwSignal<Option<u64>>,
    pub lang: RwSignal<Lang>,
    pub statements: Statements,
    /// An accepted experience that waits for the other of a pair: its id, and how it begins.
    pub pair: RwSignal<Option<(String, String)>>,
    /// What statements begin with.
    pub first_words: FirstWords,
    /// Of the page that is shown.
    pub ear: StoredValue<Option<Ear>>,
}

impl Desk {
    pub(super) fn new(lang: Lang, owns: fn(&DeskRoute) -> bool) -> Self {
        Self {
            owns,
            me: RwSignal::new(None),
            route: RwSignal::new(here()),
            toast: RwSignal::new(None),
            waiting: RwSignal::new(None),
            lang: RwSignal::new(lang),
            statements: Statements::new(),
            pair: RwSignal::new(None),
            first_words: FirstWords::default(),
            ear: StoredValue::new(None),
        }
    }

    pub(super) fn get() -> Self {
        expect_context()
    }

    /// In the language that it is drawn in; whoever asks is drawn anew when that changes.
    pub(super) fn words(self) -> DeskWords {
        DeskWords::new(self.lang.get_untracked())
    }

    /// Somebody is signed in.
    pub(super) fn welcome(self, person: Person) {
        self.lang.set(person.lang);
        self.me.set(Some(person));
        // Known before the first statement is begun; what fails is read again then.
        self.first_words.read(|_| {});
    }

    /// The id of who is signed in; empty where nobody is.
    pub(super) fn my_id(self) -> String {
        self.me.with_untracked(|me| me.as_ref().map(|me| me.id.clone())).unwrap_or_default()
    }

    /// Nobody is signed in any more: what they were told and what they put by is nobody's. What they did not send yet
    /// is there again when they are.
    pub(super) fn farewell(self) {
        self.pair.set(None);
        self.toast.set(None);
        self.me.set(None);
    }

    /// To another page, with an entry in the history.
    pub(super) fn go(self, route: DeskRoute) {
        if !(self.owns)(&route) {
            // A browser that refuses to go stays where it is.
            let _going = window().location().set_href(&route.url());
            return;
        }
        Self::note(&route, false);
        self.route.set(Some(route));
    }

    /// The same page by another address, without an entry. The browser, which takes its time for it, hears of it when
    /// the page is shown.
    pub(super) fn rename(self, route: DeskRoute) {
        self.route.set(Some(route));
        spawn_local(async move {
            painted().await;
            // Where it has gone on meanwhile, this is no news.
            if let Some(route) = self.route.get_untracked() {
                Self::note(&route, true);
            }
        });
    }

    fn note(route: &DeskRoute, in_place: bool) {
        let Ok(history) = window().history() else { return };
        let url = route.url();
        // A browser may refuse too many at once; the page goes on all the same.
        let _noted = if in_place {
            history.replace_state_with_url(&JsValue::NULL, "", Some(&url))
        } else {
            history.push_state_with_url(&JsValue::NULL, "", Some(&url))
        };
    }

    /// What went wrong, said where everybody sees it; who is signed out signs in again.
    pub(super) fn failed(self, failure: &Failure) {
        if failure.code == "not-signed-in" {
            self.farewell();
        }
        Toast::wrong(failure.words(self.words())).show(self);
    }
}

/// The page that the address names.
pub(super) fn here() -> Option<DeskRoute> {
    let location = window().location();
    let path = location.pathname().unwrap_or_default();
    let query = location.search().unwrap_or_default();
    DeskRoute::parse(&path, query.trim_start_matches('?'))
}
