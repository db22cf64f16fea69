//! What statements begin with, as the desk last wrote it.

use leptos::prelude::*;
use leptos::task::spawn_local;
use weerklank_api::desk::templates::{self, Entry};
use weerklank_domain::Lang;
use weerklank_domain::desk::{Ground, Verdict};

use super::api::{self, Failure};

/// All of them, once they are read. They are suggestions: without them an editor begins with nothing.
#[derive(Clone, Copy)]
pub(super) struct FirstWords(StoredValue<Vec<Entry>>);

impl Default for FirstWords {
    fn default() -> Self {
        Self(StoredValue::new(Vec::new()))
    }
}

impl FirstWords {
    /// Nothing where they are not read yet, or where nothing needs to be said.
    pub(super) fn of(self, lang: Lang, verdict: Verdict, ground: Option<Ground>) -> String {
        self.0.with_value(|all| text_of(all, lang, verdict, ground))
    }

    /// Whether a text is nothing but first words.
    pub(super) fn are(self, text: &str) -> bool {
        text.trim().is_empty() || self.0.with_value(|all| all.iter().any(|one| one.text == text))
    }

    pub(super) fn set(self, all: Vec<Entry>) {
        self.0.set_value(all);
    }

    /// Reads them anew; then `told` is called with all of them, before they are those that are known.
    pub(super) fn read(self, told: impl FnOnce(Result<&[Entry], Failure>) + 'static) {
        spawn_local(async move {
            match api::get::<templates::Response>(templates::PATH).await {
                Ok(read) => {
                    told(Ok(&read.templates));
                    self.set(read.templates);
                }
                Err(failure) => told(Err(failure)),
            }
        });
    }
}

/// Of these.
pub(super) fn text_of(all: &[Entry], lang: Lang, verdict: Verdict, ground: Option<Ground>) -> String {
    let mut found = all.iter().filter(|one| (one.lang, one.verdict, one.ground) == (lang, verdict, ground));
    found.next().map(|one| one.text.clone()).unwrap_or_default()
}
